// One verdict as a row: its sign and word, the step as a formula, why, a case that shows it, the repair as a diff.

import { h } from "../reader/dom.ts";
import { formula, mathText } from "../reader/math/text.ts";
import { choose, type Lang } from "../reader/page.ts";
import type { Repair, Step } from "./protocol.ts";
import { changed, showable } from "./source.ts";
import { STATUS_WORDS, type speaker } from "./words.ts";

export interface ViewOptions {
  lang: Lang;
  say: ReturnType<typeof speaker>;
  /** The place of a step, in words. */
  place: (step: Step) => string;
  /** Goes to a step in the text. */
  go: (step: Step) => void;
  /** Puts a repair into the text. */
  use: (repair: Repair) => void;
}

const FAULTS = ["error", "ill-formed", "needs-assumption"];
const RELATIONS: Record<string, string> = { "<=": "\\le", ">=": "\\ge", ":=": ":=", "!=": "\\ne", "~": "\\approx", assign: "\\leftarrow", in: "\\in", to: "\\to", implies: "\\Rightarrow", prop: "\\propto" };

export const isFault = (step: Step): boolean => FAULTS.includes(step.status);
export const isOpen = (step: Step): boolean => step.status === "not-confirmed" || step.status === "not-understood";

/** Draws the verdict on one step. */
export function stepElement(step: Step, options: ViewOptions): HTMLLIElement {
  const { lang, say, place, go } = options;
  const word = STATUS_WORDS[step.status];
  const where = place(step);
  const spoken = choose(lang, step.reason);
  const badge = h("span", { class: "step-badge" }, h("span", { class: "step-sign", "aria-hidden": "true" }, word.sign), " ", word[lang]);
  const link = h("button", { type: "button", class: "quiet step-line", "aria-label": `${where}: ${say("toLine", { n: step.line })}`, onclick: () => go(step) }, where);
  return h(
    "li",
    { class: "step", "data-status": step.status, tabindex: -1 },
    h("div", { class: "step-head" }, badge, link),
    h("div", { class: "step-formula" }, formula(`\\displaystyle ${shown(step)}`)),
    step.status === "holds" ? evidence(step, say) : spoken === "" ? null : h("p", { class: "step-reason" }, mathText(spoken)),
    step.counterexample === null || !isFault(step) ? null : h("p", { class: "step-case" }, say("at"), h("span", {}, step.counterexample.text)),
    step.repair === null || !isFault(step) ? null : diff(step.repair, options),
  );
}

function shown({ previous, relation, latex }: Step): string {
  const left = showable(previous);
  const sign = RELATIONS[relation] ?? relation;
  return left === "" ? showable(latex) : `${left} ${sign} ${showable(latex)}`;
}

function evidence({ evidence: { points, worlds } }: Step, say: ViewOptions["say"]): HTMLElement | null {
  return points === 0 ? null : h("p", { class: "step-reason" }, say("evidence", { points, worlds }));
}

function diff(repair: Repair, { say, use }: ViewOptions): HTMLElement {
  const cut = changed(repair.before, repair.after);
  const row = (tag: "del" | "ins", sign: string, word: string, part: string): HTMLElement =>
    h("div", { class: `diff-row ${tag}` }, h("span", { class: "diff-sign", "aria-hidden": "true" }, sign), h("span", { class: "visually-hidden" }, word), h("code", {}, cut.head, part === "" ? null : h(tag, {}, part), cut.tail));
  return h(
    "div",
    { class: "step-repair" },
    h("p", {}, say("repair")),
    h("div", { class: "diff" }, row("del", "−", say("minus"), cut.old), row("ins", "+", say("plus"), cut.new)),
    h("button", { type: "button", onclick: () => use(repair) }, say("useRepair")),
  );
}
