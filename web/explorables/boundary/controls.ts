// What has no place in the picture: width of the hidden layer, learning rate, activation, and the class that a press adds.
import { choice, slider } from "../../kit/controls.ts";
import { html, svg } from "../../kit/dom.ts";
import { fixed, significant } from "../../kit/format.ts";
import { mathHtml } from "../../kit/math.ts";
import { shapes } from "../../kit/palette.ts";
import { CLASSES } from "./data.ts";
import type { Activation } from "./model.ts";
import type { words as texts } from "./text.ts";
import type { State } from "./trainer.ts";

/** What the controls need to know. */
export interface ControlsOptions {
  words: (typeof texts)["en"];
  state: State;
  signal: AbortSignal;
  /** A new setting; `fresh` when it needs new weights. */
  change(part: Partial<State>, fresh: boolean): void;
  /** The gesture is over. */
  tell(): void;
  /** The class that a press on empty ground adds. */
  paint(brush: number | "erase"): void;
}

/** Makes the controls; `show` after the state came from elsewhere. */
export function makeControls({ words, state, signal, change, tell, paint }: ControlsOptions): { nodes: Node[]; show(): void } {
  const hidden = slider({
    label: words.hidden, spoken: words.hidden, min: 1, max: 32, step: 1, value: state.hidden, text: (value) => fixed(value, 0), signal,
    onInput: (value) => { if (value !== state.hidden) change({ hidden: value }, true); }, maybeOnCommit: tell,
  });
  const eta = slider({
    label: html("span", {}, `${words.eta} `, mathHtml("η")), spoken: words.eta, min: -2.5, max: 0.5, step: 0.05, value: Math.log10(state.eta),
    text: (value) => significant(10 ** value), signal, onInput: (value) => change({ eta: 10 ** value }, false), maybeOnCommit: tell,
  });
  const activation = choice<Activation>({
    label: words.activation, value: state.activation, signal, choices: [{ value: "tanh", content: "tanh" }, { value: "relu", content: "ReLU" }],
    onChange: (value) => { change({ activation: value }, true); tell(); },
  });
  const colours = Array.from({ length: CLASSES }, (_, c) => ({ value: String(c), content: shapeIcon(c, words.className(c + 1)) }));
  const brush = choice<string>({
    label: words.brush, value: "0", signal, choices: [...colours, { value: "erase", content: words.erase }],
    onChange: (value) => paint(value === "erase" ? "erase" : Number(value)),
  });
  const nodes = [hidden.node, eta.node, activation.node, html("div", {}, html("div", { class: "brush" }, words.brush), brush.node)];
  return { nodes, show: () => { hidden.show(state.hidden); eta.show(Math.log10(state.eta)); activation.show(state.activation); } };
}

function shapeIcon(c: number, name: string): SVGSVGElement {
  return svg("svg", { class: "shape", viewBox: "-1.3 -1.3 2.6 2.6", role: "img", "aria-label": name }, svg("path", { class: `shape-${c}`, d: shapes[c] ?? "" }));
}
