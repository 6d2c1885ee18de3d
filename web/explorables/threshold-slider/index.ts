// A threshold among a thousand scores: drag it, and four counts, two curves and a cost move with it.
import { button, choice, slider } from "../../kit/controls.ts";
import { fill, html, set, svg } from "../../kit/dom.ts";
import { fixed, significant } from "../../kit/format.ts";
import { guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import { random } from "../../kit/random.ts";
import { clamp } from "../../kit/scale.ts";
import { common } from "../../kit/text.ts";
import { isNumber, widget, type Stage } from "../../kit/widget.ts";
import { hillsPanel } from "./hills.ts";
import meta from "./meta.json" with { type: "json" };
import { area, averagePrecision, cost, count, f1, hill, precision, recall, steps, type Counts, type Step } from "./model.ts";
import { costStrip, matrixPanel, precisionPanel, rocPanel } from "./panels.ts";
import { style } from "./style.ts";
import { words as texts } from "./text.ts";

/** The scores that the picture spans. */
export const [LOW, HIGH] = [-7.5, 12];

/** The state: threshold, distance of the two hills, strikes in 1000 windows, price of a miss in false alarms. */
export interface State {
  t: number;
  d: number;
  strikes: number;
  miss: number;
}

/** What the panels see. */
export interface View {
  readonly stage: Stage;
  readonly state: State;
  readonly words: (typeof texts)["en"];
  scores(): { strikes: number[]; quiet: number[] };
  curve(): Step[];
  counts(): Counts;
  change(part: Partial<State>): void;
  commit(): void;
}

const START: State = { t: 5, d: 5, strikes: 10, miss: 20 };
const RATES = [10, 100, 500];

export default widget({ meta, style, build });

function build(stage: Stage): void {
  const state = readState(stage);
  let redraw = (): void => {};
  let made = "";
  let [scores, curve] = [{ strikes: [] as number[], quiet: [] as number[] }, [] as Step[]];
  const make = (): void => {
    if (made === `${state.d} ${state.strikes}`) return;
    made = `${state.d} ${state.strikes}`;
    scores = { strikes: hill(state.strikes, state.d), quiet: hill(1000 - state.strikes, 0) };
    curve = steps(scores.strikes, scores.quiet);
  };
  const view: View = {
    stage, state, words: texts[stage.lang],
    scores: () => (make(), scores),
    curve: () => (make(), curve),
    counts: () => (make(), count(scores.strikes, scores.quiet, state.t)),
    change: (part) => {
      Object.assign(state, part);
      stage.write(part, false);
      redraw();
    },
    commit: () => stage.write({ ...state }, true),
  };
  redraw = arrange(view, { ...state });
  for (const name of Object.keys(START)) stage.onModel(name, () => view.change(readState(stage)));
}

function readState(stage: Stage): State {
  const number = (name: keyof State, low: number, high: number): number => clamp(stage.read(name, isNumber, START[name]), low, high);
  return { t: number("t", LOW, HIGH), d: number("d", 1, 7), strikes: Math.round(number("strikes", 1, 500)), miss: number("miss", 1, 1000) };
}

/** Puts everything into the stage and returns the redraw. */
function arrange(view: View, start: State): () => void {
  const { stage, state, words } = view;
  const root = svg("svg", { role: "group", "aria-label": meta.title[stage.lang] });
  const panels = { hills: hillsPanel(view), cost: costStrip(view), matrix: matrixPanel(view), roc: rocPanel(view), pr: precisionPanel(view) };
  root.append(panels.hills.node, panels.cost.node, panels.matrix.node, panels.roc.node, panels.pr.node);
  const question = guess({ question: words.question, answers: words.answers, truth: 2, tryIt: words.tryIt, because: words.because, lang: stage.lang, signal: stage.signal });
  const controls = makeControls(view);
  const reading = html("p", { class: "reading" });
  const tools = html("div", { class: "tools" },
    button(common[stage.lang].reset, () => { view.change({ ...start }); view.commit(); question.again(); }, stage.signal),
    button(common[stage.lang].surprise, () => { view.change(surprise()); view.commit(); }, stage.signal));
  stage.body.append(html("div", { class: "top" }, html("p", { class: "invite" }, words.invite), tools), question.node, root, reading, controls.node);
  let width = 0;
  const redraw = (): void => {
    if (width === 0) return;
    place(panels, root, width);
    controls.show();
    fill(reading, ...readingOf(view));
    const now = view.counts();
    if (state.strikes <= 10 && state.d === start.d && recall(now) >= 0.9 && recall(now) < 1) question.reveal();
  };
  stage.onWidth((now) => {
    width = now;
    stage.body.classList.toggle("narrow", width < 600); // lines that come and go must not move what is below
    redraw();
  });
  return redraw;
}

interface Panels {
  hills: ReturnType<typeof hillsPanel>;
  cost: ReturnType<typeof costStrip>;
  matrix: ReturnType<typeof matrixPanel>;
  roc: ReturnType<typeof rocPanel>;
  pr: ReturnType<typeof precisionPanel>;
}

function place({ hills, cost: strip, matrix, roc, pr }: Panels, root: SVGSVGElement, width: number): void {
  const scale = hills.draw(width);
  strip.draw(hills.height, width, scale);
  const below = hills.height + strip.height + 22;
  if (width >= 600) {
    const size = 168;
    matrix.draw(0, below, width - 2 * size - 76);
    roc.draw(width - 2 * size - 36, below, size);
    pr.draw(width - size, below, size);
    set(root, { height: below + size + 38 });
  } else {
    const size = (width - 16) / 2;
    matrix.draw(0, below, Math.min(width, 300));
    roc.draw(0, below + 172, size);
    pr.draw(width - size, below + 172, size);
    set(root, { height: below + 172 + size + 38 });
  }
}

function makeControls(view: View): { node: HTMLElement; show(): void } {
  const { stage, state, words } = view;
  const rate = choice<string>({
    label: words.rate, value: String(state.strikes), signal: stage.signal, choices: RATES.map((value) => ({ value: String(value), content: String(value) })),
    onChange: (value) => { view.change({ strikes: Number(value) }); view.commit(); },
  });
  const missText = (value: number): string => words.missUnit(significant(10 ** value, 2));
  const miss = slider({ label: words.miss, spoken: words.miss, min: 0, max: 3, step: 0.05, value: Math.log10(state.miss), text: missText, signal: stage.signal,
    onInput: (value) => view.change({ miss: 10 ** value }), maybeOnCommit: view.commit });
  const distance = slider({ label: words.distance, spoken: words.distance, min: 1, max: 7, step: 0.1, value: state.d, text: (value) => fixed(value, 1), signal: stage.signal,
    onInput: (d) => view.change({ d }), maybeOnCommit: view.commit });
  const node = html("div", { class: "row" }, html("div", { class: "rate-row" }, html("span", {}, words.rate), rate.node), miss.node, distance.node);
  return { node, show: () => { rate.show(String(state.strikes)); miss.show(Math.log10(state.miss)); distance.show(state.d); } };
}

/** The line below: what the counts come to. */
function readingOf(view: View): Node[] {
  const { words, state } = view;
  const now = view.counts();
  const pair = (name: string | Node, value: string): Node => html("span", {}, name, " ", html("b", {}, value));
  return [pair(words.recall, fixed(recall(now))), pair(words.precision, now.TP + now.FP === 0 ? "–" : fixed(precision(now))), pair(mathHtml("F_1"), fixed(f1(now))),
    pair(words.accuracy, fixed((now.TP + now.TN) / 1000, 3)), pair(mathHtml("C"), significant(cost(now, state.miss), 3)), pair("AUC", fixed(area(view.curve()), 3)), pair("AP", fixed(averagePrecision(view.curve()), 2))];
}

let surprises = 0;

/** Another telling state: seeded, so that a class sees the same surprises in the same order. */
function surprise(): State {
  const { uniform, below } = random(1943 + ++surprises);
  const d = Number((2 + 4 * uniform()).toFixed(1));
  return { d, t: Number((d * uniform()).toFixed(1)), strikes: RATES[below(3)] ?? 100, miss: [1, 5, 20, 100][below(4)] ?? 20 };
}
