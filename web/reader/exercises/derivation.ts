// The derivation box: one line at a time, each judged at once. The lines are a list; the field stands at its end,
// or in the place of the line that is being edited.

import { h, readJson, whenNear } from "../dom.ts";
import { formula, mathText } from "../math/text.ts";
import { choose } from "../page.ts";
import type { Reader } from "../reader.ts";
import type { Judge } from "./judge.ts";
import { MathInput } from "./math-input.ts";
import type { JudgedLine, Verdict } from "./verdict.ts";

interface Task {
  start?: string;
  goal?: string;
  given?: string[];
}

export interface DerivationOptions {
  box: HTMLElement;
  exercise: string;
  reader: Reader;
  judge: Judge;
  judged: (verdict: Verdict) => void;
}

export class Derivation {
  private readonly options: DerivationOptions;
  private readonly list: HTMLOListElement;
  private readonly input: MathInput;
  private readonly entry: HTMLElement;
  private readonly message = h("p", { class: "entry-message", role: "status" });
  private readonly button: HTMLButtonElement;
  private readonly cancel: HTMLButtonElement;
  private lines: JudgedLine[] = [];
  private editing: number | null = null;

  constructor(options: DerivationOptions) {
    this.options = options;
    const { box, reader } = options;
    const { t } = reader;
    this.list = h("ol", { class: "lines", "aria-label": t("derivation") });
    this.input = new MathInput({ t, label: t("lineInput"), commit: () => void this.commit(), back: () => this.editLast() });
    this.button = h("button", { type: "button", class: "primary", onclick: () => void this.commit() }, t("addLine"));
    this.cancel = h("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.stopEditing() }, t("cancel"));
    this.entry = this.makeEntry();
    this.showTask(readJson<Task>(box, {}));
    box.dataset["alive"] = "yes";
    box.append(this.list, this.entry);
    whenNear(box, 300, () => void this.load());
  }

  /** Shows lines kept by the server; they are judged again, since the course may have been updated. */
  async restore(lines: string[]): Promise<void> {
    if (lines.length > 0 && this.lines.length === 0) await this.judge(lines, false, true);
  }

  private async load(): Promise<void> {
    await this.input.load().catch((error: unknown) => {
      console.error(error);
      this.say(this.options.reader.t("mathFailed"));
    });
  }

  private makeEntry(): HTMLElement {
    const { t } = this.options.reader;
    this.message.append(t("lineHint"));
    const buttons = h("div", { class: "entry-buttons" }, this.button, this.cancel, this.input.toggleButton());
    return h("div", { class: "entry", role: "group" }, this.input.element, buttons, this.message);
  }

  private showTask({ start, goal, given }: Task): void {
    const { box, reader } = this.options;
    // The builder has rendered the formulas already; a box without them gets them here.
    if (box.querySelector(".math, .katex") !== null) return;
    const row = (name: string, latex: string): HTMLElement => h("div", {}, h("dt", {}, name), h("dd", {}, formula(`\\displaystyle ${latex}`)));
    const rows: HTMLElement[] = [];
    if (start !== undefined) rows.push(row(reader.t("startFrom"), start));
    for (const [index, known] of (given ?? []).entries()) rows.push(row(index === 0 ? reader.t("given") : "", known));
    if (goal !== undefined) rows.push(row(reader.t("goal"), goal));
    box.prepend(h("dl", { class: "task" }, ...rows));
  }

  private async commit(): Promise<void> {
    const latex = this.input.latex;
    if (latex === "") return this.say(this.options.reader.t("emptyLine"));
    const lines = this.lines.map((line) => line.latex);
    lines.splice(this.editing ?? lines.length, this.editing === null ? 0 : 1, latex);
    // Emptied at once: whoever types on while the line is judged types the next one.
    this.input.latex = "";
    if (!(await this.judge(lines, true))) this.input.latex = latex;
  }

  /** Asks the judge and shows the answer; false when there was none. */
  private async judge(lines: string[], typed: boolean, again = false): Promise<boolean> {
    const { exercise, judge, judged, reader } = this.options;
    this.button.disabled = true;
    if (judge.far && lines.length > 0) this.say(reader.t("judgeComing"));
    try {
      const verdict = await judge.judge(exercise, { lines }, again);
      this.lines = verdict.lines ?? lines.map((latex) => ({ latex, status: "not-understood" }));
      const at = this.editing ?? this.lines.length - 1;
      this.editing = null;
      this.draw();
      if (typed) this.after(at, verdict);
      judged(verdict);
      return true;
    } catch (error) {
      this.say(reader.notices.explain(error));
      return false;
    } finally {
      this.button.disabled = false;
    }
  }

  /** A line that holds makes room for the next; one that does not stays in the field to be mended. */
  private after(at: number, verdict: Verdict): void {
    const line = this.lines[at];
    const { reader } = this.options;
    const { t, page } = reader;
    if (line === undefined) return;
    const sound = line.status === "holds" || line.status === "goal";
    const said = choose(page.lang, line.message);
    // The line itself shows why; a screen reader is told.
    reader.notices.say(`${t(`status_${line.status}`)}. ${said}`);
    this.say(t(verdict.passed ? "goalReached" : "lineHint"), verdict.passed);
    if (!sound) this.edit(at, false);
    this.input.focus();
  }

  private draw(): void {
    const { t } = this.options.reader;
    this.list.replaceChildren(...this.lines.map((line, index) => this.lineElement(line, index)));
    if (!this.entry.isConnected || this.entry.parentElement !== this.list.parentElement) this.list.after(this.entry);
    this.input.label = this.editing === null ? t("lineInput") : t("editingLine", { n: this.editing + 1 });
    this.cancel.hidden = this.editing === null;
  }

  private lineElement(line: JudgedLine, index: number): HTMLElement {
    const { reader } = this.options;
    const { t, page } = reader;
    const n = index + 1;
    const edit = h("button", { type: "button", class: "quiet", title: t("editLine", { n }), "aria-label": t("editLine", { n }), onclick: () => this.edit(index) }, "✎");
    const remove = h("button", { type: "button", class: "quiet", title: t("deleteLine", { n }), "aria-label": t("deleteLine", { n }), onclick: () => void this.remove(index) }, "×");
    const said = choose(page.lang, line.message);
    const sound = line.status === "holds" || line.status === "goal";
    return h(
      "li",
      { class: index === this.editing ? "line editing" : "line", "data-status": line.status },
      h("div", { class: "line-formula" }, formula(`\\displaystyle ${line.latex}`)),
      sound && said !== "" ? evidence(t(`status_${line.status}`), said) : h("span", { class: "line-badge" }, t(`status_${line.status}`)),
      h("span", { class: "line-buttons" }, edit, remove),
      sound || said === "" ? null : h("p", { class: "line-said" }, mathText(said)),
      line.counterexample == null ? null : h("p", { class: "line-counterexample" }, mathText(choose(page.lang, line.counterexample))),
      line.repair == null ? null : this.repairElement(line.repair, index),
    );
  }

  private repairElement(repair: string, index: number): HTMLElement {
    const { t } = this.options.reader;
    const use = (): void => {
      this.edit(index);
      this.input.latex = repair;
    };
    return h("p", { class: "line-repair" }, t("repair"), formula(repair), " ", h("button", { type: "button", class: "quiet", onclick: use }, t("useRepair")));
  }

  private edit(index: number, focus = true): void {
    this.editing = index;
    this.input.latex = this.lines[index]?.latex ?? "";
    this.draw();
    if (focus) this.input.focus();
  }

  private editLast(): void {
    if (this.lines.length > 0) this.edit(this.lines.length - 1);
  }

  private stopEditing(): void {
    this.editing = null;
    this.input.latex = "";
    this.draw();
    this.input.focus();
  }

  private async remove(index: number): Promise<void> {
    this.editing = null;
    this.input.latex = "";
    const lines = this.lines.filter((_, at) => at !== index).map((line) => line.latex);
    await this.judge(lines, false);
    this.input.focus();
  }

  private say(sentence: string, good = false): void {
    this.message.classList.toggle("good", good);
    this.message.replaceChildren(mathText(sentence));
  }
}

/** A line that holds says so in a word; how it was found out opens over the page. */
function evidence(word: string, said: string): HTMLElement {
  return h("details", { class: "badge line-badge", "data-status": "holds" }, h("summary", {}, word), h("div", {}, h("p", {}, mathText(said))));
}
