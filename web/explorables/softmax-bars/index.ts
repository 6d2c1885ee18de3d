// Softmax as something to hold: drag a logit and watch the probabilities, the loss, its gradient and the Jacobian follow.
import { button, choice, slider, type Choice, type Slider } from "../../kit/controls.ts";
import { fill, html, set, svg } from "../../kit/dom.ts";
import { effect, fixed, probability, significant } from "../../kit/format.ts";
import { guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import { random } from "../../kit/random.ts";
import { clamp } from "../../kit/scale.ts";
import { common } from "../../kit/text.ts";
import { isNumber, isNumbers, widget, type Stage } from "../../kit/widget.ts";
import { heatmapPanel } from "./heatmap.ts";
import { logitPanel } from "./logits.ts";
import meta from "./meta.json" with { type: "json" };
import { gradient, loss, softmax } from "./model.ts";
import { probabilityPanel } from "./probabilities.ts";
import { style } from "./style.ts";
import { words as texts } from "./text.ts";

/** The state: logits, index of the true class, temperature. */
export interface State {
  z: number[];
  y: number;
  T: number;
}

/** What the panels see. */
export interface View {
  readonly stage: Stage;
  readonly state: State;
  readonly words: (typeof texts)["en"];
  a(): number[];
  /** What a screen reader hears for bar i. */
  spoken(i: number): string;
  change(part: Partial<State>): void;
  commit(): void;
  /** Frames the column of a bar in the table; −1 for none. */
  look(i: number): void;
  looked(): number;
  /** Has nothing been moved yet? Then the picture shows the gesture that it invites. */
  fresh(): boolean;
  /** Back to the start. */
  reset(): void;
}

const START: State = { z: [3, 1, -3], y: 0, T: 1 };

export default widget({ meta, style, build });

function build(stage: Stage): void {
  const state = readState(stage);
  const start = { ...state };
  const words = texts[stage.lang];
  const svgRoot = svg("svg", { role: "group", "aria-label": meta.title[stage.lang] });
  let redraw = (): void => {};
  let column = 1;
  let fresh = true;
  const view: View = {
    stage, state, words,
    a: () => softmax(state.z, state.T),
    spoken: (i) => words.barValue(fixed(state.z[i] ?? 0, 1), probability(view.a()[i] ?? 0), fixed(loss(state.z, state.y, state.T), 2)),
    fresh: () => fresh,
    change: (part) => {
      fresh = false;
      Object.assign(state, part);
      stage.write(part, false);
      redraw();
    },
    commit: () => stage.write({ ...state }, true),
    reset: () => {
      view.change({ ...start });
      [fresh, column] = [true, 1];
      redraw();
      view.commit();
    },
    look: (i) => {
      if (i !== column) {
        column = i;
        redraw();
      }
    },
    looked: () => column,
  };
  redraw = arrange(view, svgRoot, start);
  for (const name of ["z", "y", "T"]) {
    stage.onModel(name, () => {
      const next = readState(stage);
      if (next.z.length === state.z.length) view.change(next);
    });
  }
}

function readState(stage: Stage): State {
  const z = stage.read("z", isNumbers, START.z).slice(0, 6).map((value) => clamp(value, -6, 6));
  const y = clamp(Math.round(stage.read("y", isNumber, START.y)), 0, z.length - 1);
  return { z, y, T: clamp(stage.read("T", isNumber, START.T), 0.1, 10) };
}

/** Puts everything into the stage and returns the redraw. */
function arrange(view: View, svgRoot: SVGSVGElement, start: State): () => void {
  const { stage, state, words } = view;
  const panels = { logits: logitPanel(view), probabilities: probabilityPanel(view), heat: heatmapPanel(view) };
  svgRoot.append(panels.logits.node, panels.probabilities.node, panels.heat.node);
  const controls = makeControls(view);
  const reading = html("p", { class: "reading" });
  const before = softmax(start.z, start.T)[0] ?? 0;
  const question = guess({
    question: mathHtml(words.question(probability(before))), answers: words.answers, truth: 2,
    tryIt: words.tryIt, because: mathHtml(words.because), lang: stage.lang, signal: stage.signal,
  });
  const asks = start.z.length >= 2 && before > 0.5;
  const tools = html("div", { class: "tools" },
    button(common[stage.lang].reset, () => { view.reset(); question.again(); }, stage.signal),
    button(common[stage.lang].surprise, () => { view.change(surprise(start.z.length)); view.commit(); }, stage.signal));
  stage.body.append(html("div", { class: "top" }, html("p", { class: "invite" }, start.z.length === 3 && (start.z[0] ?? 0) > (start.z[1] ?? 0) ? words.invite : words.inviteAny), tools), ...(asks ? [question.node] : []), svgRoot, controls.node, reading);
  let width = 0;
  const redraw = (): void => {
    if (width === 0) return;
    place(panels, svgRoot, width, state.z.length);
    controls.show();
    fill(reading, ...readingOf(view));
    if (asks && (state.z[1] ?? 0) > (start.z[1] ?? 0) && before - (view.a()[0] ?? 0) > 0.2) question.reveal();
  };
  stage.onWidth((now) => { width = now; redraw(); });
  return redraw;
}

interface Panels {
  logits: ReturnType<typeof logitPanel>;
  probabilities: ReturnType<typeof probabilityPanel>;
  heat: ReturnType<typeof heatmapPanel>;
}

function place({ logits, probabilities, heat }: Panels, root: SVGSVGElement, width: number, classes: number): void {
  const wide = width >= 600;
  const height = 300;
  if (wide) {
    const [first, second] = [width * 0.37, width * 0.34];
    logits.draw(0, 0, first - 14, height);
    probabilities.draw(first, 0, second - 20, height);
    heat.draw(first + second, 16, Math.min(width - first - second, 240));
  } else {
    const stacked = classes > 3; // side by side, the bars would be too thin for a finger
    logits.draw(0, 0, stacked ? width : width * 0.5 - 8, height);
    probabilities.draw(stacked ? 0 : width * 0.5, stacked ? height : 0, stacked ? width : width * 0.5, height);
    heat.draw(Math.max(0, (width - 260) / 2), (stacked ? 2 * height : height) + 6, Math.min(width, 220));
  }
  set(root, { height: wide ? height : (classes > 3 ? 2 * height : height) + 262 });
}

function makeControls(view: View): { node: HTMLElement; show(): void } {
  const { stage, state, words } = view;
  const temperature: Slider = slider({
    label: html("span", {}, `${words.temperature} `, mathHtml("T")), spoken: words.temperature, min: -1, max: 1, step: 0.05, value: Math.log10(state.T),
    text: (value) => significant(10 ** value, 2), signal: stage.signal,
    onInput: (value) => view.change({ T: Math.abs(value) < 1e-9 ? 1 : 10 ** value }), maybeOnCommit: view.commit,
  });
  const truth: Choice<string> = choice({
    label: words.truth, value: String(state.y), signal: stage.signal,
    choices: state.z.map((_, i) => ({ value: String(i), content: String(i + 1) })),
    onChange: (value) => { view.change({ y: Number(value) }); view.commit(); },
  });
  const node = html("div", { class: "row" }, html("div", { class: "truth-row" }, html("span", {}, words.truth, " ", mathHtml("y")), truth.node), temperature.node);
  return { node, show: () => { temperature.show(Math.log10(state.T)); truth.show(String(state.y)); } };
}

/** The line below: the loss, and the gradient as numbers. */
function readingOf({ state, words }: View): Node[] {
  const C = loss(state.z, state.y, state.T);
  const slopes = gradient(state.z, state.y, state.T).map((value) => effect(value)).join(", ");
  const formula = state.T === 1 ? "∂C/∂z = a − y" : "∂C/∂z = (a − y)/T";
  return [
    html("span", {}, mathHtml(`C = −"ln" a_${state.y + 1} = `), html("b", { class: "sym-C" }, fixed(C, C < 0.1 ? 3 : 2)), ` ${words.nats}`),
    html("span", {}, mathHtml(`${formula} = `), html("b", {}, `(${slopes})`)),
  ];
}

let surprises = 0;

/** Another telling state: seeded, so that a class sees the same surprises in the same order. */
function surprise(count: number): State {
  const { uniform, below } = random(2015 + ++surprises);
  const z = Array.from({ length: count }, () => Number((uniform() * 10 - 5).toFixed(1)));
  return { z, y: below(count), T: [0.5, 1, 2, 1][below(4)] ?? 1 };
}
