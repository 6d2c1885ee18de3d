// A small network learns borders while you move its points: one hidden layer, softmax cross-entropy, backpropagation by hand.
import { button } from "../../kit/controls.ts";
import { html, say } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { frames, type Frames } from "../../kit/frames.ts";
import { guess } from "../../kit/guess.ts";
import { random } from "../../kit/random.ts";
import { clamp } from "../../kit/scale.ts";
import { common } from "../../kit/text.ts";
import { isNumber, isText, widget, type Stage } from "../../kit/widget.ts";
import { makeControls } from "./controls.ts";
import { ARRANGEMENTS, CLASSES, type Dot } from "./data.ts";
import { makeEditor } from "./editor.ts";
import meta from "./meta.json" with { type: "json" };
import { makeScreen } from "./screen.ts";
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

/** What the reader has in hand. */
interface Hand {
  chosen: number;
  brush: number | "erase";
}

function build(stage: Stage): void {
  const words = texts[stage.lang];
  const trainer = new Trainer(readState(stage));
  trainer.run(WARM_UP);
  const { state } = trainer;
  const initial: State = { ...state };
  const hand: Hand = { chosen: -1, brush: 0 };
  const question = guess({ question: words.question, answers: words.answers, truth: 1, tryIt: words.tryIt, because: words.because, lang: stage.lang, signal: stage.signal });
  const screen = makeScreen(stage, trainer, words, question);
  const draw = (): void => screen.draw(hand.chosen);
  const play = button(common[stage.lang].play, () => { if (loop.running) loop.stop(); else { trainer.touch(); loop.start(); } }, stage.signal);
  play.classList.add("main");
  const loop = makeLoop(stage, trainer, draw, (running) => say(play, running ? common[stage.lang].pause : common[stage.lang].play));
  const change = (part: Partial<State>, fresh: boolean): void => {
    Object.assign(state, part);
    if (fresh) trainer.restart();
    else trainer.touch();
    loop.start();
    if (!loop.running) draw();
  };
  const tell = (): void => stage.write({ points: state.dots.map(({ x, y, c }) => [x, y, c]), hidden: state.hidden, eta: state.eta, activation: state.activation }, true);
  const controls = makeControls({ words, state, signal: stage.signal, change, tell, paint: (brush) => { hand.brush = brush; } });
  const begin = (next: State): void => {
    loop.stop();
    Object.assign(state, next);
    hand.chosen = -1;
    trainer.restart();
    trainer.run(next.arrangement === "island" ? WARM_UP : 1);
    controls.show();
    draw();
  };
  const tools = html("div", { class: "tools" }, play,
    button(common[stage.lang].step, () => { loop.stop(); trainer.touch(); trainer.run(1); draw(); }, stage.signal),
    button(common[stage.lang].reset, () => { question.again(); begin({ ...initial }); tell(); }, stage.signal),
    button(common[stage.lang].surprise, () => { begin(surprise(state)); tell(); loop.start(); }, stage.signal));
  const panels = html("div", { class: "panels" }, screen.field, html("div", { class: "side" }, screen.chart, screen.reading, ...controls.nodes));
  stage.body.append(html("div", { class: "top" }, html("p", { class: "invite" }, words.invite), tools), screen.cards, panels);
  const onDots = (dots: Dot[], chosen: number, done: boolean): void => {
    hand.chosen = chosen;
    if (dots === state.dots) draw();
    else change({ dots }, false);
    const dot = dots[chosen];
    if (done && dot !== undefined) screen.announce(words.point(chosen + 1, dots.length, dot.c + 1, fixed(dot.x, 1), fixed(dot.y, 1)));
    if (done) tell();
  };
  makeEditor({ picture: screen.picture, signal: stage.signal, dots: () => state.dots, brush: () => hand.brush, onChange: onDots });
  stage.onWidth((width) => { panels.classList.toggle("wide", screen.resize(width)); draw(); });
  followPage(stage, screen, draw);
  stage.onModel("points", () => change({ dots: readState(stage).dots }, false));
  for (const name of ["hidden", "eta", "activation", "data", "seed", "n"]) stage.onModel(name, () => begin(readState(stage)));
}

/** Learns for a part of each frame and draws in the rest; at once and without moving when motion is reduced. */
function makeLoop(stage: Stage, trainer: Trainer, draw: () => void, onChange: (running: boolean) => void): Frames {
  return frames({
    signal: stage.signal, still: stage.still, maybeOnChange: onChange,
    jump: () => { trainer.run(WARM_UP); draw(); },
    frame: () => {
      const began_ms = performance.now();
      let more = true;
      for (let k = 0; k < MOST_EPOCHS && more && performance.now() - began_ms < BUDGET_MS; k++) more = trainer.run(1);
      draw();
      return more;
    },
  });
}

/** Draws the canvas again when the page turns dark or goes to paper. */
function followPage(stage: Stage, { picture }: ReturnType<typeof makeScreen>, draw: () => void): void {
  const repaint = (paper: boolean): void => { picture.recolour(paper); draw(); };
  stage.onTheme(() => repaint(false));
  stage.onPrint(() => repaint(true), () => repaint(false));
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
