// Find the broken line: each chain is a list of rows with one mistake; the learner chooses the row and types what it should be.

import { h, readJson, whenNear } from "../dom.ts";
import { formula, mathText } from "../math/text.ts";
import type { Reader } from "../reader.ts";
import type { Judge, Repair } from "./judge.ts";
import { MathInput } from "./math-input.ts";
import type { Verdict } from "./verdict.ts";
import { verdictElement } from "./verdict-panel.ts";

interface Chain {
  id: string;
  rows: string[];
}

export interface BrokenLineOptions {
  box: HTMLElement;
  exercise: string;
  reader: Reader;
  judge: Judge;
  judged: (verdict: Verdict) => void;
}

/** Makes the rows choosable; returns what puts kept answers back. */
export function startBrokenLine(options: BrokenLineOptions): (answers: Repair[]) => void {
  const { box } = options;
  const { chains } = readJson<{ chains: Chain[] }>(box, { chains: [] });
  box.dataset["alive"] = "yes";
  const repaired = new Map<string, Repair>();
  const questions = chains.map((chain, index) => new ChainQuestion({ ...options, chain, number: index + 1, repaired }));
  box.replaceChildren(...questions.map((question) => question.element));
  return (answers) => void restore(answers, questions, { ...options, repaired });
}

/** The kept answers are judged again, together: the verdict's lines are in their order. */
async function restore(answers: Repair[], questions: ChainQuestion[], options: Asked): Promise<void> {
  if (answers.length === 0) return;
  const { exercise, judge, reader, judged } = options;
  try {
    const verdict = await judge.judge(exercise, { answers }, true);
    answers.forEach((answer, index) => {
      const holds = verdict.lines?.[index]?.status === "holds";
      questions.find((question) => question.id === answer.chain)?.restore(answer, holds);
    });
    judged(verdict);
  } catch (error) {
    reader.notices.failure(error);
  }
}

interface Asked extends BrokenLineOptions {
  /** The chains that are mended, with what mended them; shared by all of them. */
  repaired: Map<string, Repair>;
}

interface ChainOptions extends Asked {
  chain: Chain;
  number: number;
}

/** Fractions in a row of their own have room to be full-sized. */
const shown = (latex: string): string => `\\displaystyle ${latex}`;

class ChainQuestion {
  readonly id: string;
  readonly element: HTMLFieldSetElement;
  private readonly options: ChainOptions;
  private readonly input: MathInput;
  private readonly entry: HTMLElement;
  private readonly answer = h("div", { class: "verdict", role: "status" });
  private row: number | null = null;

  constructor(options: ChainOptions) {
    const { chain, number, reader } = options;
    const { t } = reader;
    this.id = chain.id;
    this.options = options;
    this.input = new MathInput({ t, label: t("lineInput"), commit: () => void this.commit() });
    const check = h("button", { type: "button", class: "primary", onclick: () => void this.commit() }, t("checkRepair"));
    const buttons = h("div", { class: "entry-buttons" }, check, this.input.toggleButton());
    this.entry = h("div", { class: "entry", hidden: true }, this.input.element, buttons);
    const rows = h("div", { class: "chain-rows" }, ...chain.rows.map((latex, index) => this.rowElement(latex, index + 1)));
    const legend = h("legend", {}, t("chain", { n: number }), " · ", t("whichLine"));
    this.element = h("fieldset", { class: "chain" }, legend, rows, this.entry, this.answer);
  }

  /** Shows an answer given before, unless the learner has begun another. */
  restore(kept: Repair, holds: boolean): void {
    if (this.row !== null) return;
    const radio = this.element.querySelectorAll<HTMLInputElement>('input[type="radio"]')[kept.row - 1];
    if (radio === undefined) return;
    radio.checked = true;
    this.pick(kept.row);
    this.input.latex = kept.repair;
    this.mark(kept, holds);
  }

  private rowElement(latex: string, row: number): HTMLElement {
    const name = `chain-${this.options.exercise}-${this.id}`;
    const radio = h("input", { type: "radio", name, value: row, onchange: () => this.pick(row) });
    return h("label", { class: "chain-row" }, radio, h("span", { class: "row-number" }, row), formula(shown(latex)));
  }

  private pick(row: number): void {
    const { reader, chain } = this.options;
    this.row = row;
    this.input.label = reader.t("repairLine", { n: row });
    this.input.latex = chain.rows[row - 1] ?? "";
    this.entry.hidden = false;
    whenNear(this.element, 300, () => void this.input.load());
    this.answer.replaceChildren();
  }

  private async commit(): Promise<void> {
    const { exercise, reader, judge, judged, repaired } = this.options;
    if (this.row === null) return this.answer.replaceChildren(h("p", {}, reader.t("pickFirst")));
    const mine: Repair = { chain: this.id, row: this.row, repair: this.input.latex };
    if (judge.far) this.answer.replaceChildren(h("p", {}, reader.t("judgeComing")));
    const others = [...repaired.values()].filter((repair) => repair.chain !== this.id);
    try {
      const verdict = await judge.judge(exercise, { answers: [...others, mine] });
      const line = verdict.lines?.at(-1);
      const holds = line?.status === "holds";
      this.mark(mine, holds);
      // The line says why it was wrong; the whole says how many are left.
      const message = holds ? verdict.message : (line?.message ?? verdict.message);
      this.answer.replaceChildren(verdictElement({ exercise, passed: holds, status: holds ? "ok" : "wrong", message }, reader));
      judged(verdict);
    } catch (error) {
      this.answer.replaceChildren(h("p", {}, mathText(reader.notices.explain(error))));
    }
  }

  private mark(answer: Repair, holds: boolean): void {
    this.element.classList.toggle("passed", holds);
    if (holds) this.options.repaired.set(this.id, answer);
    else this.options.repaired.delete(this.id);
  }
}
