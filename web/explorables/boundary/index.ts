// A small network learns borders while you move its points: one hidden layer, softmax cross-entropy, backpropagation by hand.
import { button, choice, slider } from "../../kit/controls.ts";
import { fill, html, say, set, svg } from "../../kit/dom.ts";
import { fixed, significant } from "../../kit/format.ts";
import { frames } from "../../kit/frames.ts";
import { guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import { shapes } from "../../kit/palette.ts";
import { random } from "../../kit/random.ts";
import { clamp } from "../../kit/scale.ts";
import { common } from "../../kit/text.ts";
import { isNumber, isText, widget, type Stage } from "../../kit/widget.ts";
import { ARRANGEMENTS, CLASSES } from "./data.ts";
import { makeEditor } from "./editor.ts";
import { drawLoss } from "./losscurve.ts";
import meta from "./meta.json" with { type: "json" };
import type { Activation } from "./model.ts";
import { makePicture } from "./picture.ts";
import { style } from "./style.ts";
import { words as texts } from "./text.ts";
import { opening, Trainer, WARM_UP, type State } from "./trainer.ts";

const BUDGET_MS = 5; // of each frame for learning; the rest is for drawing
const MOST_EPOCHS = 12; // in a frame: faster than this the eye cannot follow

export default widget({ meta, style, build });

/** Points come as [x, y, class] triples, or from a named arrangement with a seed and a count. */
function readState(stage: Stage): State {
  const isDots = (value: unknown): value is number[][] => Array.isArray(value) && value.every((dot) => Array.isArray(dot) && dot.length === 3 && dot.every(Number.isFinite));
  const triples = stage.read("points", isDots, []);
  const name = stage.read("data", isText, "island");
  return opening({
    arrangement: ARRANGEMENTS.find((known) => known === name) ?? "island",
    seed: stage.read("seed", isNumber, 5), count: clamp(Math.round(stage.read("n", isNumber, 120)), 0, 5000),
    hidden: clamp(Math.round(stage.read("hidden", isNumber, 2)), 1, 32), eta: clamp(stage.read("eta", isNumber, 0.5), 0.001, 10),
    activation: stage.read("activation", isText, "tanh") === "relu" ? "relu" : "tanh",
    ...(triples.length > 0 ? { dots: triples.map(([x = 0, y = 0, c = 0]) => ({ x, y, c: clamp(Math.round(c), 0, CLASSES - 1) })) } : {}),
  });
}

function build(stage: Stage): void {
  const words = texts[stage.lang];
  const trainer = new Trainer(readState(stage));
  trainer.run(WARM_UP);
  const { state } = trainer;
  const initial: State = { ...state };
  let chosen = -1;
  let brush: number | "erase" = 0;

  const help = html("p", { class: "help", id: "keys" }, words.keys);
  const spoken = html("p", { class: "hidden", role: "status" });
  const canvas = html("canvas", { tabindex: 0, role: "application", "aria-label": words.canvas, "aria-describedby": "keys" });
  const picture = makePicture(stage.body, canvas);
  const curve = svg("g");
  const chart = svg("svg", { role: "img", "aria-label": `${mathHtml(words.loss).textContent}` }, curve);
  const reading = html("p", { class: "reading" });
  const question = guess({ question: words.question, answers: words.answers, truth: 1, tryIt: words.tryIt, because: words.because, lang: stage.lang, signal: stage.signal });
  let chartSize = { width: 0, height: 0 };

  const draw = (): void => {
    if (chartSize.width === 0) return;
    picture.draw({ field: trainer.field(), net: trainer.net, dots: state.dots, chosen });
    drawLoss(curve, trainer.loss, words, chartSize.width, chartSize.height);
    const { loss, accuracy } = trainer.measure();
    fill(reading, `${words.epochAt(trainer.loss.length)} · `, mathHtml("C = "), html("b", { class: "sym-C" }, fixed(loss, 3)), " · ", html("b", {}, `${Math.round(100 * accuracy)} %`), ` ${words.right}`);
    if (trainer.fenced()) question.reveal();
  };
  const loop = frames({
    signal: stage.signal, still: stage.still, maybeOnChange: (running) => { say(play, running ? common[stage.lang].pause : common[stage.lang].play); },
    jump: () => { trainer.run(WARM_UP); draw(); },
    frame: () => {
      const began_ms = performance.now();
      let more = true;
      for (let k = 0; k < MOST_EPOCHS && more && performance.now() - began_ms < BUDGET_MS; k++) more = trainer.run(1);
      draw();
      return more;
    },
  });
  const change = (part: Partial<State>, fresh: boolean): void => {
    Object.assign(state, part);
    if (fresh) trainer.restart();
    else trainer.touch();
    loop.start();
    if (!loop.running) draw();
  };
  const tell = (): void => stage.write({ points: state.dots.map(({ x, y, c }) => [x, y, c]), hidden: state.hidden, eta: state.eta, activation: state.activation }, true);
  const begin = (next: State): void => {
    loop.stop();
    Object.assign(state, next);
    chosen = -1;
    trainer.restart();
    trainer.run(next.arrangement === "island" ? WARM_UP : 1);
    controls.show();
    draw();
    tell();
  };

  makeEditor({
    picture, signal: stage.signal, dots: () => state.dots, brush: () => brush,
    onChange: (dots, hand, done) => {
      chosen = hand;
      const changed = dots !== state.dots;
      if (changed) change({ dots }, false);
      else draw();
      const dot = dots[hand];
      if (done) {
        if (dot !== undefined) say(spoken, words.point(hand + 1, dots.length, dot.c + 1, fixed(dot.x, 1), fixed(dot.y, 1)));
        tell();
      }
    },
  });

  const play = button(common[stage.lang].play, () => { if (loop.running) loop.stop(); else { trainer.touch(); loop.start(); } }, stage.signal);
  play.classList.add("main");
  const tools = html("div", { class: "tools" }, play,
    button(common[stage.lang].step, () => { loop.stop(); trainer.touch(); trainer.run(1); draw(); }, stage.signal),
    button(common[stage.lang].reset, () => { question.again(); begin({ ...initial }); }, stage.signal),
    button(common[stage.lang].surprise, () => { begin(surprise(state)); loop.start(); }, stage.signal));
  const controls = makeControls(stage, state, change, tell, (value) => { brush = value; });
  const side = html("div", { class: "side" }, chart, reading, ...controls.nodes);
  const panels = html("div", { class: "panels" }, html("div", { class: "field" }, canvas, help, spoken), side);
  stage.body.append(html("div", { class: "top" }, html("p", { class: "invite" }, words.invite), tools), question.node, panels);
  stage.onTheme(() => { picture.recolour(); draw(); });
  stage.onPrint(() => { stage.body.removeAttribute("data-dark"); picture.recolour(); draw(); }, () => { picture.recolour(); draw(); });
  stage.onWidth((width) => {
    const wide = width >= 600;
    panels.classList.toggle("wide", wide);
    picture.resize(Math.floor(wide ? (width - 24) * 0.56 : Math.min(width, 420)));
    chartSize = { width: wide ? (width - 24) * 0.44 : width, height: wide ? 150 : 124 };
    set(chart, { height: chartSize.height });
    draw();
  });
  for (const name of ["points", "hidden", "eta", "activation", "data", "seed", "n"]) stage.onModel(name, () => begin(readState(stage)));
}

type Change = (part: Partial<State>, fresh: boolean) => void;

function makeControls(stage: Stage, state: State, change: Change, tell: () => void, paint: (brush: number | "erase") => void): { nodes: Node[]; show(): void } {
  const words = texts[stage.lang];
  const { signal } = stage;
  const hidden = slider({
    label: words.hidden, spoken: words.hidden, min: 1, max: 32, step: 1, value: state.hidden, text: (value) => fixed(value, 0), signal,
    onInput: (value) => { if (value !== state.hidden) change({ hidden: value }, true); }, maybeOnCommit: tell,
  });
  const eta = slider({
    label: html("span", {}, `${words.eta} `, mathHtml("η")), spoken: words.eta, min: -2.5, max: 0.5, step: 0.05, value: Math.log10(state.eta), text: (value) => significant(10 ** value), signal,
    onInput: (value) => change({ eta: 10 ** value }, false), maybeOnCommit: tell,
  });
  const activation = choice<Activation>({
    label: words.activation, value: state.activation, signal, choices: [{ value: "tanh", content: "tanh" }, { value: "relu", content: "ReLU" }],
    onChange: (value) => { change({ activation: value }, true); tell(); },
  });
  const brush = choice<string>({
    label: words.brush, value: "0", signal,
    choices: [
      ...Array.from({ length: CLASSES }, (_, c) => ({ value: String(c), content: shapeIcon(c, words.className(c + 1)) })),
      { value: "erase", content: words.erase },
    ],
    onChange: (value) => paint(value === "erase" ? "erase" : Number(value)),
  });
  const nodes = [hidden.node, eta.node, activation.node, html("div", {}, html("div", { class: "brush" }, words.brush), brush.node)];
  return { nodes, show: () => { hidden.show(state.hidden); eta.show(Math.log10(state.eta)); activation.show(state.activation); } };
}

function shapeIcon(c: number, name: string): SVGSVGElement {
  return svg("svg", { class: "shape", viewBox: "-1.3 -1.3 2.6 2.6", role: "img", "aria-label": name }, svg("path", { class: `shape-${c}`, d: shapes[c] ?? "" }));
}

let surprises = 0;

/** Another arrangement with a network that has a chance; seeded. */
function surprise(state: State): State {
  const { below } = random(7 + ++surprises);
  const others = ARRANGEMENTS.filter((name) => name !== state.arrangement);
  const arrangement = others[below(others.length)] ?? "spiral";
  const hidden = { island: 4, spiral: 14, blobs: 3, stripes: 6 }[arrangement];
  return opening({ arrangement, seed: 100 + surprises, count: arrangement === "spiral" ? 180 : 150, hidden, eta: arrangement === "spiral" ? 1 : 0.5 });
}
