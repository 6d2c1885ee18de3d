// A planar quadrotor to fly: an autopilot that can be watched, a wind that can be raised, a stick that can be taken.
import { axisX, axisY, panelTitle } from "../../kit/axes.ts";
import { button, choice, slider } from "../../kit/controls.ts";
import { fill, html, say, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { frames } from "../../kit/frames.ts";
import { guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import { random } from "../../kit/random.ts";
import { clamp, line, linear } from "../../kit/scale.ts";
import { common } from "../../kit/text.ts";
import { isNumber, isNumbers, isText, widget, type Stage } from "../../kit/widget.ts";
import meta from "./meta.json" with { type: "json" };
import { command, WEIGHT_N, type Order, type Pilot } from "./model.ts";
import { Run, SHOWN_S } from "./run.ts";
import { makeScene } from "./scene.ts";
import { style } from "./style.ts";
import { words as texts } from "./text.ts";

const CHART_PX = 110;

export default widget({ meta, style, build });

function readOrder(stage: Stage): Order {
  const isPair = (value: unknown): value is [number, number] => isNumbers(value) && value.length === 2;
  const pilot = stage.read("pilot", isText, "pd");
  const [x, z] = stage.read("target", isPair, [2, 2.4]);
  return {
    pilot: pilot === "pid" || pilot === "you" ? pilot : "pd", target: [clamp(x, -4.5, 4.5), clamp(z, 0.5, 3.5)],
    stick: [0, WEIGHT_N], wind: clamp(stage.read("wind", isNumber, 0), -8, 8),
  };
}

function build(stage: Stage): void {
  const words = texts[stage.lang];
  const order = readOrder(stage);
  const initial: Order = { ...order };
  const run = new Run(order);
  const question = guess({ question: words.question, answers: words.answers, truth: 1, tryIt: words.tryIt, because: words.because, lang: stage.lang, signal: stage.signal });
  const tell = (): void => stage.write({ pilot: order.pilot, target: [...order.target], wind: order.wind }, true);
  const [reading, curve] = [html("p", { class: "reading", role: "status", "aria-live": "off" }), svg("g")];
  const chart = svg("svg", { role: "img", "aria-label": words.away, height: CHART_PX }, curve);
  let width = 0;
  const scene = makeScene({
    words, label: meta.title[stage.lang], signal: stage.signal, onDone: tell,
    view: () => ({ moment: run.moment, order, trail: run.trail, wanted: command(run.moment, order) }),
    onTarget: (x, z) => change({ target: [x, z] }),
    onStick: (tilt, lift) => { change({ pilot: "you", stick: [tilt, lift] }); pilot.show("you"); },
  });
  const draw = (): void => {
    if (width === 0) return;
    scene.draw();
    drawMiss(curve, run, words, width);
    const [, , theta] = run.moment.x;
    const lean_deg = Math.round((theta * 180) / Math.PI);
    fill(reading,
      html("span", {}, run.down ? words.down : [words.time(fixed(run.t_s, 1)), words.lean(Math.abs(lean_deg), Math.sign(lean_deg)), words.thrusts(run.moment.u.map((thrust) => fixed(thrust, 1)).join(" / "))].join(" · ")),
      html("span", {}, `${words.mean} `, mathHtml("C = "), html("b", { class: "sym-C" }, fixed(run.cost(), 2)), " m²"));
    if (run.rests() && order.pilot === "pd" && Math.abs(order.wind) > 0.9) question.reveal();
  };
  const change = (part: Partial<Order>): void => {
    Object.assign(order, part);
    stage.write({ pilot: order.pilot, target: [...order.target], wind: order.wind }, false);
    draw();
    if (!stage.still()) loop.start();
  };
  const loop = frames({
    signal: stage.signal, still: stage.still, maybeOnChange: (running) => say(play, running ? common[stage.lang].pause : common[stage.lang].play),
    jump: () => { run.advance(SHOWN_S); draw(); },
    frame: (elapsed_s) => { run.advance(elapsed_s); draw(); return !run.down; },
  });
  const play = button(common[stage.lang].play, () => { if (loop.running) loop.stop(); else loop.start(); }, stage.signal);
  play.classList.add("main");
  const wind = slider({ label: words.wind, spoken: words.wind, min: -8, max: 8, step: 0.5, value: order.wind, text: (value) => words.windText(fixed(value, 1)), signal: stage.signal, onInput: (value) => change({ wind: value }), maybeOnCommit: tell });
  const pilot = choice<Pilot>({
    label: words.pilot, value: order.pilot, signal: stage.signal, onChange: (value) => { change({ pilot: value, stick: [0, WEIGHT_N] }); tell(); },
    choices: (["pd", "pid", "you"] as const).map((value) => ({ value, content: words.pilots[value] })),
  });
  const begin = (next: Order): void => {
    loop.stop();
    Object.assign(order, next);
    run.restart();
    wind.show(order.wind);
    pilot.show(order.pilot);
    draw();
    tell();
  };
  const tools = html("div", { class: "tools" }, play,
    button(common[stage.lang].reset, () => { question.again(); begin({ ...initial }); }, stage.signal),
    button(common[stage.lang].surprise, () => { begin(surprise()); loop.start(); }, stage.signal));
  stage.body.append(html("div", { class: "top" }, html("p", { class: "invite" }, words.invite), tools), question.node, scene.node, reading, chart,
    html("div", { class: "row" }, html("div", {}, html("span", { class: "who" }, words.pilot), pilot.node), wind.node));
  stage.onWidth((now) => { width = now; scene.resize(now); set(chart, { viewBox: `0 0 ${now} ${CHART_PX}` }); draw(); });
  for (const name of ["pilot", "target", "wind"]) stage.onModel(name, () => begin(readOrder(stage)));
}

/** Distance from the cross over the last seconds. */
function drawMiss(node: SVGGElement, run: Run, words: (typeof texts)["en"], width: number): void {
  const begin = Math.max(0, run.t_s - SHOWN_S);
  const xs = linear([begin, begin + SHOWN_S], [28, width - 18]);
  const ys = linear([0, 6], [CHART_PX - 20, 22]);
  fill(node, panelTitle(words.away, 0, 14), axisY({ scale: ys, at: 28, grid: width - 46, ticks: [0, 3, 6], format: String }),
    axisX({ scale: xs, at: CHART_PX - 20, grid: 0, ticks: 5, format: (v) => `${v} ${words.seconds}` }),
    svg("path", { class: "miss", d: line(run.misses.filter(([t]) => t >= begin).map(([t, miss]) => [xs(t), ys(Math.min(miss, 6.3))] as const)) }));
}

let surprises = 0;

/** Another place to hover, another wind, another pilot; seeded. */
function surprise(): Order {
  const { uniform } = random(40 + ++surprises);
  const wind = Math.round(2 * (2 + 5 * uniform())) / 2;
  return { pilot: surprises % 2 === 1 ? "pid" : "pd", target: [Math.round(10 * (-4 + 8 * uniform())) / 10, Math.round(10 * (0.8 + 2.4 * uniform())) / 10], stick: [0, WEIGHT_N], wind: uniform() < 0.5 ? -wind : wind };
}
