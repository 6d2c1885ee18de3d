// k-means, half a step at a time: assign, move, and a cost that never rises. Two centres share a group and cannot get out.
import { button, choice, slider } from "../../kit/controls.ts";
import { fill, html, say } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { frames } from "../../kit/frames.ts";
import { guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import { random } from "../../kit/random.ts";
import { common } from "../../kit/text.ts";
import { isText, widget, type Stage } from "../../kit/widget.ts";
import { makeChart } from "./chart.ts";
import { ARRANGEMENTS, arrange, inside, start, TELLING, type Arrangement } from "./data.ts";
import { makeEditor } from "./editor.ts";
import meta from "./meta.json" with { type: "json" };
import type { Place } from "./model.ts";
import { makePlane } from "./plane.ts";
import { Run } from "./run.ts";
import { style } from "./style.ts";
import { words as texts } from "./text.ts";

const PERIOD_S = 0.75; // between half steps while playing
const RUSH_PER_S = 9; // how fast a centre glides to its new place
const MOST_CENTRES = 6;
const SEED = 12;

export default widget({ meta, style, build });

/** What the reader can change. */
interface State {
  arrangement: Arrangement;
  points: readonly Place[];
  centres: readonly Place[];
}

function readState(stage: Stage): State {
  const isPlaces = (value: unknown): value is Place[] => Array.isArray(value) && value.length > 0 && value.every((one) => Array.isArray(one) && one.length === 2 && one.every(Number.isFinite));
  const name = stage.read("data", isText, "groups");
  const arrangement = ARRANGEMENTS.find((known) => known === name) ?? "groups";
  const points = stage.read("points", isPlaces, arrange(arrangement, SEED) as Place[]).map(inside);
  return { arrangement, points, centres: stage.read("centres", isPlaces, [...TELLING]).slice(0, MOST_CENTRES).map(inside) };
}

function build(stage: Stage): void {
  const [words, shared] = [texts[stage.lang], common[stage.lang]];
  const initial = readState(stage);
  let arrangement = initial.arrangement;
  let run = new Run(initial.points, initial.centres);
  let shown: Place[] = [...run.centres];
  let [chosen, playing, clock_s, asked, seed] = [-1, false, 0, false, 0];
  let telling = true; // the question is about the first start only
  const question = guess({
    question: words.question, answers: words.answers, truth: 1, tryIt: words.tryIt, because: words.because,
    lang: stage.lang, signal: stage.signal, maybeOnGuess: () => play.focus(),
  });
  const tell = (commit: boolean): void => stage.write({ points: run.points, centres: run.centres, data: arrangement }, commit);
  const plane = makePlane({
    stage, words, run: () => run, shown: () => shown, chosen: () => chosen, onCommit: () => tell(true),
    onCentre: (k, place) => byHand(run.points, run.centres.map((old, j) => (j === k ? place : old))),
  });
  const chart = makeChart(words);
  const [reading, next, spoken] = [html("p", { class: "reading" }), html("p", { class: "next", role: "status" }), html("p", { class: "hidden", role: "status" })];
  const size = { width: 0, height: 0 };
  const draw = (): void => {
    if (size.width === 0) return;
    plane.draw();
    chart.draw(run, size.width, size.height);
    fill(reading, mathHtml("C = "), html("b", { class: "sym-C" }, fixed(run.cost(), 1)), Number.isFinite(run.least) && html("span", { class: "quiet" }, ` · ${words.least(fixed(run.least, 1))}`));
    say(next, run.stopped ? words.stopped : words.next[run.next()]);
    next.classList.toggle("stopped", run.stopped);
    say(play, playing ? shared.pause : shared.play);
    if (run.stopped && telling && !run.touched) question.reveal();
  };
  const loop = frames({
    signal: stage.signal, still: stage.still,
    jump: () => {
      if (playing) while (run.step());
      playing = false;
      shown = [...run.centres];
      draw();
    },
    frame: (elapsed_s) => {
      clock_s += elapsed_s;
      if (playing && clock_s > PERIOD_S) [playing, clock_s] = [run.step(), 0];
      const gliding = glide(shown, run.centres, elapsed_s);
      draw();
      return playing || gliding;
    },
  });
  const byHand = (points: readonly Place[], centres: readonly Place[]): void => {
    playing = false;
    run.byHand(points, centres);
    shown = [...run.centres];
    tell(false);
    draw();
  };
  const begin = (points: readonly Place[], centres: readonly Place[]): void => {
    const least = points === run.points && centres.length === run.centres.length ? run.least : Infinity;
    run = Object.assign(new Run(points, centres), { least });
    [playing, chosen, telling, shown] = [false, -1, points === initial.points && centres === initial.centres, [...centres]];
    plane.renew();
    count.show(centres.length);
    kinds.show(arrangement);
    tell(true);
    draw();
  };
  const toggle = (): void => {
    if (!question.settled() && !asked && telling) { // asked once; a second press runs without a guess
      asked = true;
      return question.ask();
    }
    playing = !playing && run.step();
    clock_s = 0;
    loop.start();
    draw();
  };
  const play = button(shared.play, toggle, stage.signal);
  play.classList.add("main");
  const count = slider({
    label: words.count, spoken: words.count, min: 1, max: MOST_CENTRES, step: 1, value: run.centres.length, text: (value) => fixed(value, 0), signal: stage.signal,
    onInput: (value) => { if (value !== run.centres.length) begin(run.points, start(run.points, value, ++seed, false)); },
  });
  const kinds = choice<Arrangement>({
    label: words.points, value: arrangement, signal: stage.signal, choices: ARRANGEMENTS.map((value) => ({ value, content: words.arrangements[value] })),
    onChange: (value) => {
      arrangement = value;
      const points = arrange(value, SEED);
      begin(points, start(points, run.centres.length, ++seed, false));
    },
  });
  const tools = html("div", { class: "tools" }, play,
    button(shared.step, () => { playing = false; run.step(); loop.start(); draw(); }, stage.signal),
    button(shared.reset, () => {
      [asked, arrangement, seed] = [false, initial.arrangement, 0];
      question.again();
      run.least = Infinity;
      begin(initial.points, initial.centres);
    }, stage.signal),
    button(shared.surprise, () => {
      arrangement = "groups";
      const points = scatter(++seed);
      begin(points, start(points, run.centres.length, seed, false));
    }, stage.signal));
  const spread = button(words.spread, () => begin(run.points, start(run.points, run.centres.length, ++seed, true)), stage.signal);
  const panels = html("div", { class: "panels" }, plane.node, html("div", { class: "side" }, chart.node, reading, next));
  const controls = html("div", { class: "row" }, kinds.node, count.node, spread);
  stage.body.append(html("div", { class: "top" }, html("p", { class: "invite" }, words.invite), tools), question.node, panels, controls, spoken);
  makeEditor({
    plane, signal: stage.signal, points: () => run.points,
    onChange: (points, wanted, done) => {
      chosen = wanted;
      if (points === run.points) draw();
      else byHand(points, run.centres);
      const [x, y] = run.points[wanted] ?? [0, 0];
      if (done && wanted >= 0) spoken.textContent = words.point(wanted + 1, run.points.length, fixed(x, 1), fixed(y, 1));
      if (done) tell(true);
    },
  });
  plane.renew();
  stage.onWidth((width) => {
    const wide = width >= 600;
    panels.classList.toggle("wide", wide);
    plane.resize(Math.floor(wide ? (width - 24) * 0.6 : width));
    Object.assign(size, { width: Math.floor(wide ? (width - 24) * 0.4 : width), height: wide ? 170 : 150 });
    draw();
  });
  const repaint = (paper: boolean): void => { plane.recolour(paper); draw(); };
  stage.onTheme(() => repaint(false));
  stage.onPrint(() => repaint(true), () => repaint(false));
  for (const name of ["points", "centres", "data"]) stage.onModel(name, () => { const now = readState(stage); arrangement = now.arrangement; begin(now.points, now.centres); });
}

/** Lets the shown centres run after the true ones; returns whether any is still on its way. */
function glide(shown: Place[], centres: readonly Place[], elapsed_s: number): boolean {
  const share = 1 - Math.exp(-RUSH_PER_S * elapsed_s);
  let far = false;
  centres.forEach(([x, y], k) => {
    const [sx, sy] = shown[k] ?? [x, y];
    const near = Math.hypot(x - sx, y - sy) < 0.01;
    far ||= !near;
    shown[k] = near ? [x, y] : [sx + share * (x - sx), sy + share * (y - sy)];
  });
  return far;
}

/** Other groups: three to five clouds in other places; seeded. */
function scatter(seed: number): Place[] {
  const chance = random(200 + seed);
  const middles = Array.from({ length: 3 + chance.below(3) }, (): Place => [1.2 + 7.6 * chance.uniform(), 1 + 5 * chance.uniform()]);
  return Array.from({ length: 45 }, (_, n) => {
    const [x, y] = middles[n % middles.length] ?? [5, 3.5];
    return inside([x + 0.5 * chance.normal(), y + 0.45 * chance.normal()]);
  });
}
