// The derivation box in a notebook, an anywidget: lines typed as LaTeX with the formula under them, judged in the kernel.
// Formulas are MathML, which browsers draw by themselves: no font and no style sheet has to travel.

import katex from "katex";
import { h } from "../reader/dom.ts";
import { choose, type Bilingual, type Lang } from "../reader/page.ts";
import { strings } from "../reader/strings.ts";
import type { Verdict } from "../reader/exercises/verdict.ts";
import { splitInline } from "../reader/math/inline.ts";

interface Model {
  get(name: "task"): { start: string; goal: string; given: string[] };
  get(name: "answer"): { round: number; verdict: Verdict } | null;
  set(name: "asked", value: { round: number; lines: string[] }): void;
  save_changes(): void;
  on(event: string, call: () => void): void;
  off(event: string, call: () => void): void;
}

const STYLE = `
.gs-box { font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; max-width: 46rem; }
.gs-box dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; margin: 0 0 .6em; } .gs-box dd { margin: 0; overflow-x: auto; }
.gs-box ol { margin: 0; padding-left: 1.8em; } .gs-box li { padding: .3em 0 .3em .7em; border-left: 3px solid #1a6846; overflow-x: auto; }
.gs-box li:not([data-sound]) { border-left: 6px double #a33a12; } .gs-box li b::before { content: "✓ "; } .gs-box li:not([data-sound]) b::before { content: "✗ "; }
.gs-box b { font-size: 13px; margin-left: 1em; } .gs-box p { margin: .2em 0; } .gs-box form { display: flex; gap: .5em; margin-top: .5em; }
.gs-box input { flex: 1; min-width: 0; min-height: 40px; padding: 0 .7em; font: 15px ui-monospace, monospace; color: inherit; background: transparent; border: 1px solid currentColor; border-radius: 6px; }
.gs-box button { min-height: 34px; padding: 0 .9em; font: inherit; color: inherit; background: transparent; border: 1px solid currentColor; border-radius: 999px; cursor: pointer; }
.gs-box li button { min-height: 28px; border: 0; opacity: .7; } .gs-box :focus-visible { outline: 3px solid #3a8fb0; outline-offset: 1px; }
.gs-box .preview { min-height: 2.2em; padding: .3em .7em; overflow-x: auto; }`;

export default {
  render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    const box = new Box(model);
    el.append(h("style", {}, STYLE), box.element);
    const answered = (): void => box.show(model.get("answer"));
    model.on("change:answer", answered);
    answered();
    return () => {
      model.off("change:answer", answered);
      el.replaceChildren();
    };
  },
};

class Box {
  readonly element: HTMLElement;
  private readonly model: Model;
  private readonly lang: Lang = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  private readonly words = strings[this.lang];
  private readonly list = h("ol");
  private readonly input: HTMLInputElement;
  private readonly preview = h("div", { class: "preview", "aria-hidden": "true" });
  private readonly status = h("p", { role: "status" });
  private lines: string[] = [];
  private round = 0;

  constructor(model: Model) {
    this.model = model;
    const { words } = this;
    this.input = h("input", { type: "text", "aria-label": words.lineInput, placeholder: "= …", autocomplete: "off", autocapitalize: "off", spellcheck: "false", oninput: () => this.preview.replaceChildren(formula(this.input.value)) });
    // Notebooks have shortcuts of their own for keys pressed outside a field; inside ours they are letters.
    this.input.addEventListener("keydown", (event) => event.stopPropagation());
    const form = h("form", {}, this.input, h("button", { type: "submit" }, words.addLine));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask([...this.lines, this.input.value.trim()].filter((line) => line !== ""));
    });
    this.element = h("div", { class: "gs-box", lang: this.lang === "zh" ? "zh-Hans" : "en" }, this.task(), this.list, form, this.preview, this.status);
  }

  /** Shows the kernel's answer to the last question. */
  show(answer: { round: number; verdict: Verdict } | null): void {
    if (answer === null) return;
    const { verdict } = answer;
    const lines = verdict.lines ?? [];
    const sound = lines.filter(({ status }) => status === "holds" || status === "goal");
    this.lines = sound.length === lines.length ? lines.map(({ latex }) => latex) : lines.slice(0, -1).map(({ latex }) => latex);
    this.list.replaceChildren(...lines.map((line, index) => this.row(line, index, line.status === "holds" || line.status === "goal")));
    // A line that does not hold stays in the field, to be mended.
    if (sound.length === lines.length) this.input.value = "";
    this.preview.replaceChildren(formula(this.input.value));
    this.status.replaceChildren(sentence(choose(this.lang, verdict.message)));
    if (verdict.passed && verdict.after) this.status.append(h("br"), sentence(choose(this.lang, verdict.after)));
    if (answer.round === this.round && this.round > 0) this.input.focus();
  }

  private ask(lines: string[]): void {
    this.model.set("asked", { round: ++this.round, lines });
    this.model.save_changes();
  }

  private task(): HTMLElement {
    const { start, goal, given } = this.model.get("task");
    const row = (name: string, latex: string): HTMLElement[] => [h("dt", {}, name), h("dd", {}, formula(latex))];
    return h("dl", {}, ...row(this.words.startFrom, start), ...given.flatMap((known, index) => row(index === 0 ? this.words.given : "", known)), ...row(this.words.goal, goal));
  }

  private row(line: NonNullable<Verdict["lines"]>[number], index: number, sound: boolean): HTMLElement {
    const remove = h("button", { type: "button", "aria-label": this.words.deleteLine.replace("{n}", String(index + 1)), onclick: () => this.ask(this.lines.filter((_, at) => at !== index)) }, "×");
    const said = sound ? "" : choose(this.lang, line.message);
    const shown = line.counterexample == null ? "" : choose(this.lang, line.counterexample as Bilingual | string);
    return h("li", { "data-sound": sound }, formula(line.latex), h("b", {}, this.words[`status_${line.status}`]), index < this.lines.length ? remove : null, said === "" ? null : h("p", {}, sentence(said)), shown === "" ? null : h("p", {}, shown));
  }
}

function formula(latex: string): HTMLElement {
  const element = h("span");
  try {
    katex.render(latex, element, { throwOnError: false, errorColor: "currentColor", strict: false, output: "mathml" });
  } catch {
    element.textContent = latex;
  }
  return element;
}

function sentence(text: string): HTMLElement {
  return h("span", {}, ...splitInline(text).map((piece) => (piece.kind === "math" ? formula(piece.text) : piece.text)));
}
