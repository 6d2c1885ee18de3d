// A computation graph to step through: values forward, slopes back, and one value that is used twice.
import { button } from "../../kit/controls.ts";
import { html, say, set, svg } from "../../kit/dom.ts";
import { guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import { random } from "../../kit/random.ts";
import { clamp } from "../../kit/scale.ts";
import { common } from "../../kit/text.ts";
import { isNumber, isNumbers, widget, type Stage } from "../../kit/widget.ts";
import { graph } from "./graph.ts";
import meta from "./meta.json" with { type: "json" };
import { GEAR, stepsOf, walk, type Walk } from "./model.ts";
import { tidy } from "./numbers.ts";
import { style } from "./style.ts";
import { words as texts } from "./text.ts";

const TELLING = [1, 2, 1, 5];
const STEPS = stepsOf(GEAR);
const SPEED = 4; // the node that is used twice
const RULES: Readonly<Record<string, (v: readonly string[]) => string>> = {
  s: ([g, x]) => `${g} · ${x}`, m: ([s, b]) => `${s} + ${b}`, p: ([s, m]) => `${s} · ${m}`, C: ([p, y]) => `½ (${p} − ${y})²`,
};

export default widget({ meta, style, build });

/** What the reader can change. */
interface State {
  inputs: number[];
  step: number;
}

function readState(stage: Stage): State {
  const inputs = stage.read("inputs", isNumbers, TELLING);
  return { inputs: TELLING.map((value, k) => clamp(inputs[k] ?? value, -5, 5)), step: clamp(Math.round(stage.read("step", isNumber, 0)), 0, STEPS) };
}

function build(stage: Stage): void {
  const [words, shared] = [texts[stage.lang], common[stage.lang]];
  const initial = readState(stage);
  let state: State = { ...initial };
  let surprises = 0;
  let now: Walk = walk(GEAR, state.inputs, state.step);
  const question = guess({
    question: mathHtml(words.question), answers: words.answers, truth: 2, tryIt: words.tryIt, because: mathHtml(words.because),
    lang: stage.lang, signal: stage.signal, maybeOnGuess: () => onward.focus(),
  });
  const [says, legend] = [html("p", { class: "says", role: "status" }), html("p", { class: "legend" }, html("b", {}, words.value), " · ", html("b", { class: "slope" }, words.slope))];
  const change = (part: Partial<State>, commit: boolean): void => {
    state = { ...state, ...part };
    now = walk(GEAR, state.inputs, state.step);
    stage.write({ ...state }, commit);
    draw();
  };
  const picture = graph({
    stage, words, inputs: () => state.inputs, walk: () => now,
    onInput: (k, value) => change({ inputs: state.inputs.map((old, n) => (n === k ? value : old)) }, false),
    onCommit: () => stage.write({ ...state }, true),
  });
  const root = svg("svg", { role: "group", "aria-label": meta.title[stage.lang] }, picture.node);
  let width = 0;
  const draw = (): void => {
    if (width === 0) return;
    const height = width >= 600 ? 290 : 400;
    set(root, { height });
    picture.draw(width, height);
    say(says, sentence(now, state.step, words));
    set(onward, { disabled: state.step === STEPS });
    const telling = state.inputs.every((value, k) => value === TELLING[k]);
    if (telling && ways(now).length === 2) question.reveal();
  };
  const onward = button(shared.step, () => {
    change({ step: Math.min(STEPS, state.step + 1) }, true);
    if (state.step === STEPS) root.querySelector<SVGElement>("[role=slider]")?.focus({ preventScroll: true }); // a disabled button drops the focus
  }, stage.signal);
  onward.classList.add("main");
  const tools = html("div", { class: "tools" }, onward,
    button(shared.reset, () => { surprises = 0; question.again(); change({ ...initial }, true); }, stage.signal),
    button(shared.surprise, () => change({ inputs: surprise(++surprises), step: STEPS / 2 }, true), stage.signal));
  stage.body.append(html("div", { class: "top" }, html("p", { class: "invite" }, words.invite), tools), question.node, root, legend, says);
  stage.onWidth((next) => { width = next; draw(); });
  stage.onPrint(() => { now = walk(GEAR, state.inputs, STEPS); draw(); }, () => { now = walk(GEAR, state.inputs, state.step); draw(); });
  for (const name of ["inputs", "step"]) stage.onModel(name, () => { state = readState(stage); now = walk(GEAR, state.inputs, state.step); draw(); });
}

/** The slopes that have arrived at the value used twice. */
function ways(now: Walk): number[] {
  return now.shares.filter(({ to }) => to === SPEED).map(({ amount }) => amount);
}

/** What the last step did, in one or two sentences. */
function sentence(now: Walk, step: number, words: (typeof texts)["en"]): string {
  const node = GEAR[now.at];
  if (node === undefined) return words.ready;
  const name = words.named(node.name, words.names[node.name] ?? "");
  const number = (k: number): string => tidy(now.values[k] ?? 0);
  if (step <= STEPS / 2) return words.forward(name, `${RULES[node.name]?.(node.inputs.map(number)) ?? ""} = ${number(now.at)}`);
  const mine = now.shares.filter(({ from }) => from === now.at).map(({ to, amount }) => words.share(GEAR[to]?.name ?? "", tidy(amount)));
  const both = ways(now).map((amount) => tidy(amount));
  const added = node.name === "m" ? words.space + words.added(both[0] ?? "", both[1] ?? "", tidy(now.slopes[SPEED] ?? 0)) : "";
  return words.backward(name, tidy(now.slopes[now.at] ?? 0), mine.join(words.comma)) + added + (step === STEPS ? words.space + words.done : "");
}

/** Other inputs in halves, never zero; seeded. */
function surprise(seed: number): number[] {
  const chance = random(300 + seed);
  return TELLING.map(() => (1 + chance.below(6)) * 0.5 * (chance.uniform() < 0.3 ? -1 : 1));
}
