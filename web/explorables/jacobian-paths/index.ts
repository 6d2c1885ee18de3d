// The chain rule as a graph: a logit reaches the cost through every probability, and each line of the derivation lights its terms.
import { button } from "../../kit/controls.ts";
import { html, set, svg } from "../../kit/dom.ts";
import { guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import { random } from "../../kit/random.ts";
import { clamp } from "../../kit/scale.ts";
import { common } from "../../kit/text.ts";
import { isNumber, isNumbers, widget, type Stage } from "../../kit/widget.ts";
import { derivation } from "./derivation.ts";
import { graph } from "./graph.ts";
import meta from "./meta.json" with { type: "json" };
import { paths, type Paths } from "./model.ts";
import { LIGHTS, type Light, type State, type View } from "./state.ts";
import { style } from "./style.ts";
import { words as texts } from "./text.ts";

export default widget({ meta, style, build });

/** Labels come as a list, or as the index of the true class. */
function readState(stage: Stage): State {
  const z = stage.read("z", isNumbers, [3, 1, -3]).slice(0, 5).map((value) => clamp(value, -6, 6));
  const truth = stage.read("y", isNumber, 0);
  const labels = stage.read("y", isNumbers, z.map((_, j) => (j === truth ? 1 : 0)));
  return { z, y: z.map((_, j) => clamp(labels[j] ?? 0, 0, 1)), i: clamp(Math.round(stage.read("i", isNumber, 1)), 0, z.length - 1) };
}

function build(stage: Stage): void {
  const state = readState(stage);
  const initial: State = { ...state };
  let redraw = (): void => {};
  let cache = new Map<number, Paths>();
  let maybeHeld: Light | null = null;
  let maybePassing: Light | null = null;
  const view: View = {
    stage, state, words: texts[stage.lang],
    paths: (i = state.i) => {
      const found = cache.get(i) ?? paths(state.z, state.y, i);
      cache.set(i, found);
      return found;
    },
    change: (part) => {
      Object.assign(state, part);
      cache = new Map();
      stage.write(part, false);
      redraw();
    },
    commit: () => stage.write({ ...state }, true),
    light: (name, hold) => {
      if (hold) maybeHeld = name;
      maybePassing = hold ? null : name;
      redraw();
    },
    lit: () => maybePassing ?? maybeHeld,
  };
  redraw = arrange(view, initial);
  const hear = (): void => view.light(LIGHTS.find((name) => name === stage.light()) ?? null, true);
  stage.onModel("light", hear);
  stage.onModel("lights", hear);
  hear();
  for (const name of ["z", "y", "i"]) {
    stage.onModel(name, () => {
      const next = readState(stage);
      if (next.z.length === state.z.length) view.change(next);
    });
  }
}

/** Puts everything into the stage and returns the redraw. */
function arrange(view: View, initial: State): () => void {
  const { stage, state, words } = view;
  const [picture, lines] = [graph(view), derivation(view)];
  const root = svg("svg", { role: "group", "aria-label": meta.title[stage.lang] }, picture.node);
  const question = guess({
    question: mathHtml(words.question), answers: words.answers, truth: 1, tryIt: mathHtml(words.tryIt).textContent ?? "",
    because: mathHtml(words.because), lang: stage.lang, signal: stage.signal,
  });
  const panels = html("div", { class: "panels" }, root, lines.node);
  const tools = html("div", { class: "tools" },
    button(common[stage.lang].reset, () => { view.change({ ...initial }); view.light(null, true); view.commit(); question.again(); }, stage.signal),
    button(common[stage.lang].surprise, () => { view.change(surprise(state.z.length)); view.commit(); }, stage.signal));
  stage.body.append(html("div", { class: "top" }, html("p", { class: "invite" }, mathHtml(words.invite)), tools), question.node, panels);
  let width = 0;
  const redraw = (): void => {
    if (width === 0) return;
    const wide = width >= 600;
    panels.classList.toggle("wide", wide);
    const height = 100 + (wide ? 105 : 88) * (state.z.length - 1);
    set(root, { height });
    picture.draw(wide ? (width - 16) * 0.57 : width, height);
    lines.draw();
    const maybeLit = view.lit();
    if (maybeLit === null) delete stage.body.dataset.light;
    else stage.body.dataset.light = maybeLit;
    if (state.y.reduce((sum, value) => sum + value, 0) > 1.09) question.reveal();
  };
  stage.onWidth((now) => { width = now; redraw(); });
  return redraw;
}

let surprises = 0;

/** Other logits, another true class, another chosen logit; seeded. Every third time the labels are soft, yet sum to one. */
function surprise(count: number): State {
  const { uniform, below } = random(88 + ++surprises);
  const z = Array.from({ length: count }, () => Number((uniform() * 6 - 3).toFixed(1)));
  const truth = below(count);
  const soft = surprises % 3 === 0;
  const rest = 0.2 / Math.max(1, count - 1);
  return { z, y: z.map((_, j) => (j === truth ? (soft ? 0.8 : 1) : soft ? rest : 0)), i: below(count) };
}
