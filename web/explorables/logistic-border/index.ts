// Two of thirty-eight readings in hand: what moves the border of logistic regression, and what cannot.
import { button, slider } from "../../kit/controls.ts";
import { fill, html } from "../../kit/dom.ts";
import { fixed, significant } from "../../kit/format.ts";
import { guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import { clamp } from "../../kit/scale.ts";
import { common } from "../../kit/text.ts";
import { isNumber, isNumbers, widget, type Stage } from "../../kit/widget.ts";
import { elsewhere, FIXED, LOAD, SPEED, STARTS } from "./data.ts";
import meta from "./meta.json" with { type: "json" };
import { crossing, fit, leastSquares, score, sigmoid, type Place, type Reading, type Weights } from "./model.ts";
import { makePlane } from "./plane.ts";
import { style } from "./style.ts";
import { words as texts } from "./text.ts";

const FAR = 26; // kt: A has been dragged as far as it goes
const TAU: Place = [0.1, 100];

export default widget({ meta, style, build });

/** The two readings in hand, and the standard deviation of the bell around zero for the weights. */
interface State {
  A: Place;
  B: Place;
  tau: number;
}

function readState(stage: Stage): State {
  const place = (name: "A" | "B", start: Place): Place => {
    const [V = start[0], n = start[1]] = stage.read(name, isNumbers, [...start]);
    return [clamp(V, ...SPEED), clamp(n, ...LOAD)];
  };
  return { A: place("A", STARTS[0]), B: place("B", STARTS[1]), tau: clamp(stage.read("tau", isNumber, 3), ...TAU) };
}

function build(stage: Stage): void {
  const [words, shared] = [texts[stage.lang], common[stage.lang]];
  const state = readState(stage);
  const start = { ...state };
  let width = 0;
  let lines: { border: Weights; rival: Weights } = solved(state);
  const question = guess({ question: words.question, answers: words.answers, truth: 1, tryIt: words.tryIt, because: words.because, lang: stage.lang, signal: stage.signal });
  const plane = makePlane({
    stage, words, places: () => [state.A, state.B], weights: () => lines,
    onMove: (k, place) => change(k === 0 ? { A: place } : { B: place }), onCommit: () => stage.write({ ...state }, true),
  });
  const reading = html("p", { class: "reading" });
  const tau = slider({
    label: words.tau, spoken: words.tau, min: -1, max: 2, step: 0.05, value: Math.log10(state.tau), text: (value) => significant(10 ** value, 2), signal: stage.signal,
    onInput: (value) => change({ tau: 10 ** value }), maybeOnCommit: () => stage.write({ ...state }, true),
  });
  const redraw = (): void => {
    if (width === 0) return;
    lines = solved(state);
    plane.draw(width);
    tau.show(Math.log10(state.tau));
    fill(reading, ...readingOf(state, lines, words));
    if (state.A[0] <= FAR) question.reveal();
  };
  const change = (part: Partial<State>): void => {
    Object.assign(state, part);
    stage.write(part, false);
    redraw();
  };
  const commit = (part: Partial<State>): void => { change(part); stage.write({ ...state }, true); };
  let surprises = 0;
  const tools = html("div", { class: "tools" },
    button(shared.reset, () => { surprises = 0; question.again(); commit({ ...start }); }, stage.signal),
    button(shared.surprise, () => { const [A, B] = elsewhere(++surprises); commit({ A, B }); }, stage.signal));
  stage.body.append(html("div", { class: "top" }, html("p", { class: "invite" }, words.invite), tools), question.node, plane.node, reading, html("div", { class: "row" }, tau.node));
  stage.onWidth((now) => {
    width = now;
    stage.body.classList.toggle("narrow", width < 600);
    redraw();
  });
  for (const name of ["A", "B", "tau"]) stage.onModel(name, () => { Object.assign(state, readState(stage)); redraw(); });
}

function solved({ A, B, tau }: State): { border: Weights; rival: Weights } {
  const readings: Reading[] = [...FIXED, [...A, 1], [...B, 0]];
  return { border: fit(readings, tau), rival: leastSquares(readings) };
}

/** Answers and errors of A and B, and where both lines cross the load factor of level flight. */
function readingOf({ A, B }: State, { border, rival }: { border: Weights; rival: Weights }, words: (typeof texts)["en"]): Node[] {
  const [a, b] = [sigmoid(score(border, A)), sigmoid(score(border, B))];
  const where = (weights: Weights): string => { const V = crossing(weights, 1); return V > 0 && V < 200 ? words.knots(fixed(V, 1)) : words.none; };
  return [
    priced("A", a, a - 1, -Math.log(a), words),
    priced("B", b, b, -Math.log1p(-b), words),
    html("span", {}, `${words.border}: `, html("b", {}, where(border))),
    html("span", { class: "quiet" }, html("span", { class: "dash" }, "- - "), `${words.lines}: ${where(rival)}`),
  ];
}

function priced(who: string, answer: number, error: number, cost: number, words: (typeof texts)["en"]): HTMLElement {
  return html("span", {}, words.answer(who, fixed(answer, 3), fixed(error, 3)), html("span", { class: "sym-C" }, mathHtml("C"), words.nats(fixed(cost, 3))));
}
