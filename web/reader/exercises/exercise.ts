// An exercise on the page: its panel of verdicts, its hints one after another, what it leaves to wonder about once passed.

import type { Notebook, RunResult } from "../cells/notebook.ts";
import type { Cell } from "../cells/cell.ts";
import { h, whenNear } from "../dom.ts";
import type { Reader } from "../reader.ts";
import { Derivation } from "./derivation.ts";
import { startBrokenLine } from "./broken-line.ts";
import type { Judge, Repair } from "./judge.ts";
import type { Verdict } from "./verdict.ts";
import { sentenceElement, verdictElement } from "./verdict-panel.ts";

export interface Kept {
  passed: boolean;
  attempts: number;
}

export class Exercise {
  readonly slug: string;
  readonly cell: Cell | null;
  private readonly section: HTMLElement;
  private readonly reader: Reader;
  private readonly panel: HTMLElement;
  private restoreAnswer: (answer: unknown) => void = () => undefined;
  private verdict: Verdict | null = null;

  constructor(section: HTMLElement, reader: Reader, notebook: Notebook, judge: Judge) {
    this.section = section;
    this.reader = reader;
    this.slug = section.dataset["exercise"] ?? "";
    this.panel = section.querySelector<HTMLElement>(":scope > .verdict") ?? section.appendChild(h("div", { class: "verdict", role: "status" }));
    this.cell = notebook.cells.find((cell) => section.contains(cell.element)) ?? null;
    if (this.cell !== null) this.cell.onVerdict = (verdict) => this.take(verdict, true);
    chainHints(section);
    this.startAnswer(judge);
  }

  /** Puts back what the server kept. */
  restore(kept: Kept | undefined, answer: unknown): void {
    if (kept?.passed === true) this.markPassed();
    // Judged again when it comes near, not while the page opens.
    if (answer !== undefined && answer !== null) whenNear(this.section, 800, () => this.restoreAnswer(answer));
  }

  /** The exercise's cell starts; what it said before no longer holds. */
  begin(): void {
    this.verdict = null;
    this.panel.classList.add("stale");
  }

  /** The exercise's cell has run; a cell that checked nothing says so. */
  ran(result: RunResult): void {
    this.panel.classList.remove("stale");
    if (this.verdict !== null) return;
    const word = { done: "nothingChecked", failed: "cellStopped", interrupted: "checkInterrupted", lost: "cellStopped" } as const;
    if (result === "lost") return this.panel.replaceChildren();
    this.panel.replaceChildren(sentenceElement(this.reader.t("couldNotCheck"), this.reader.t(word[result])));
  }

  private startAnswer(judge: Judge): void {
    const { section, reader, slug: exercise } = this;
    const derivation = section.querySelector<HTMLElement>(".derivation-box");
    const brokenLine = section.querySelector<HTMLElement>(".broken-line");
    const judged = (verdict: Verdict): void => this.take(verdict, false);
    if (derivation !== null) {
      const box = new Derivation({ box: derivation, exercise, reader, judge, judged });
      this.restoreAnswer = (answer) => void box.restore((answer as { lines?: string[] }).lines ?? []);
    } else if (brokenLine !== null) {
      const restore = startBrokenLine({ box: brokenLine, exercise, reader, judge, judged });
      this.restoreAnswer = (answer) => restore((answer as { answers?: Repair[] }).answers ?? []);
    }
  }

  private take(verdict: Verdict, fromCell: boolean): void {
    this.verdict = verdict;
    // Derivations and broken lines are answered where they stand, line by line.
    if (fromCell) this.panel.replaceChildren(verdictElement(verdict, this.reader));
    if (verdict.passed) this.markPassed();
    if (fromCell) void this.report(verdict.passed);
  }

  private markPassed(): void {
    this.section.dataset["passed"] = "yes";
    const after = this.section.querySelector<HTMLElement>(":scope > .after");
    if (after !== null) after.hidden = false;
    const title = this.section.querySelector("header .kicker") ?? this.section.querySelector("header");
    if (title !== null && title.querySelector(".passed-mark") === null) {
      title.append(" ", h("span", { class: "passed-mark" }, this.reader.t("exercisePassed")));
    }
  }

  private async report(passed: boolean): Promise<void> {
    const { api, page, notices } = this.reader;
    const path = `progress/${page.lesson}/exercises/${encodeURIComponent(this.slug)}`;
    await api.send("POST", path, { passed }).catch((error: unknown) => notices.failure(error));
  }
}

/** A hint appears once the one before it was opened. */
function chainHints(section: HTMLElement): void {
  const hints = [...section.querySelectorAll<HTMLDetailsElement>(":scope > .hints > details")];
  hints.forEach((hint, index) => {
    const next = hints[index + 1];
    if (next === undefined) return;
    next.hidden = !hint.open;
    hint.addEventListener("toggle", () => {
      if (hint.open) next.hidden = false;
    });
  });
}
