// The learning slowdown: two neurons, one more wrong than the other, race with two costs. Being more wrong should help; it need not.
import { button, choice } from "../../kit/controls.ts";
import { fill, html, say, set, svg } from "../../kit/dom.ts";
import { fixed, significant } from "../../kit/format.ts";
import { frames } from "../../kit/frames.ts";
import { guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import { random } from "../../kit/random.ts";
import { clamp } from "../../kit/scale.ts";
import { common } from "../../kit/text.ts";
import { isNumber, isNumbers, isText, widget, type Stage } from "../../kit/widget.ts";
import { costPanel, outputPanel } from "./curves.ts";
import meta from "./meta.json" with { type: "json" };
import { equalFirstStepRate, passes } from "./model.ts";
import { planePanel } from "./plane.ts";
import { speedPanel } from "./speed.ts";
import { crossEntropyRate, raceAll, startOf, STEPS, type Rates, type State, type View } from "./state.ts";
import { style } from "./style.ts";
import { words as texts } from "./text.ts";

const EPOCHS_PER_S = 60;

export default widget({ meta, style, build });

function readState(stage: Stage): State {
  const isPair = (value: unknown): value is number[] => isNumbers(value) && value.length === 2;
  const rates = stage.read("rates", isText, "same");
  return {
    w: stage.read("w", isPair, [0.6, 2]), b: stage.read("b", isPair, [0.9, 2]),
    eta: clamp(stage.read("eta", isNumber, 0.15), 0.001, 10), rates: rates === "fair" ? "fair" : "same",
  };
}

function build(stage: Stage): void {
  const state = readState(stage);
  const initial = { ...state };
  const words = texts[stage.lang];
  let racers = raceAll(state);
  let epoch = 0;
  let redraw = (): void => {};
  let settled = (): boolean => false;
  const view: View = {
    stage, state, words,
    racers: () => racers,
    epoch: () => epoch,
    settled: () => settled(),
    goTo: (wanted) => { epoch = clamp(wanted, 0, STEPS); redraw(); },
    change: (part) => {
      Object.assign(state, part);
      racers = raceAll(state);
      stage.write(part, false);
      redraw();
    },
    commit: () => stage.write({ ...state }, true),
  };
  const parts = arrange(view, initial);
  redraw = parts.redraw;
  settled = parts.settled;
  redraw();
  stage.onPrint(() => { const here = epoch; view.goTo(STEPS); epoch = here; }, () => redraw());
  for (const name of ["w", "b", "eta", "rates"]) stage.onModel(name, () => view.change(readState(stage)));
}

/** Puts everything into the stage. */
function arrange(view: View, initial: State): { redraw(): void; settled(): boolean } {
  const { stage, words } = view;
  const [first, second] = [0, 1].map((k) => raceAll(initial)[2 * k]?.race.output ?? []);
  const question = guess({
    question: words.question(fixed(first?.[0] ?? 0, 2), fixed(second?.[0] ?? 0, 2)), answers: words.answers, truth: slower(first, second), tryIt: words.tryIt, because: mathHtml(words.because),
    lang: stage.lang, signal: stage.signal, maybeOnGuess: () => { redraw(); player.play.focus(); },
  });
  const player = makePlayer(view, question, initial);
  const rates = makeRates(view);
  const table = html("table");
  const note = html("p");
  const picture = svg("svg", { role: "group", "aria-label": meta.title[stage.lang] });
  const panels = { output: outputPanel(view), cost: costPanel(view), plane: planePanel(view), speed: speedPanel(view) };
  picture.append(panels.cost.node, panels.speed.node, panels.plane.node, panels.output.node);
  stage.body.append(
    html("div", { class: "top" }, html("p", { class: "invite" }, words.invite), player.node), question.node, legend(view), picture,
    html("div", { class: "row" }, html("span", { class: "quiet" }, words.rates), rates.node), html("div", { class: "below" }, table, note));
  let width = 0;
  const redraw = (): void => {
    if (width === 0) return;
    place(view, panels, picture, width);
    rates.show();
    fillTable(view, table);
    say(note, noteOf(view));
    player.show();
    if (view.epoch() >= STEPS && sameStarts(view.state, initial)) question.reveal();
  };
  stage.onWidth((now) => { width = now; redraw(); });
  return { redraw, settled: question.settled };
}

/** The index of the answer that comes true: A learns first, B does, or neither. */
function slower(a: readonly number[] = [], b: readonly number[] = []): number {
  const [atA, atB] = [passes(a) ?? STEPS + 1, passes(b) ?? STEPS + 1];
  return atA < atB ? 0 : atA > atB ? 1 : 2;
}

function sameStarts(one: State, other: State): boolean {
  return [0, 1].every((k) => one.w[k] === other.w[k] && one.b[k] === other.b[k]);
}

/** The sentence beside the table; it claims nothing that the race has not shown. */
function noteOf(view: View): string {
  const { state, words } = view;
  if (state.rates === "same") return words.note;
  const at = view.racers().map(({ race }) => passes(race.output) ?? Infinity);
  const [slowA = 0, fastA = 0, slowB = 0, fastB = 0] = at;
  return Math.max(...at) <= view.epoch() && fastA > slowA && fastB < slowB ? words.fairNote : words.fair0;
}

type Panels = Record<"output" | "cost" | "plane" | "speed", ReturnType<typeof outputPanel>>;

function place(view: View, panels: Panels, picture: SVGSVGElement, width: number): void {
  const wide = width >= 600;
  const left = wide ? width * 0.6 : width;
  const [first, second] = wide ? [210, 140] : [190, 110];
  panels.output.draw(0, 0, left, first);
  panels.cost.draw(0, first + 44, left, second);
  if (wide) {
    panels.plane.draw(width * 0.65, 0, width * 0.35, 225);
    panels.speed.draw(width * 0.65, 254, width * 0.35, 140);
  } else {
    panels.plane.draw(0, 372, width * 0.5 - 8, 190);
    panels.speed.draw(width * 0.5 + 4, 372, width * 0.5 - 4, 190);
  }
  set(picture, { height: wide ? 418 : 582 });
}

/** The key to the curves: colour is the cost, the stroke is the start. */
function legend({ words }: View): HTMLElement {
  const entry = (group: string, text: string): HTMLElement =>
    html("span", { class: "entry" }, svg("svg", { class: group, width: 24, height: 10, "aria-hidden": "true" }, svg("path", { class: "run", d: "M1 5h22" })), text);
  const kinds = (["quadratic", "crossEntropy"] as const).map((kind) => entry(kind, words[kind]));
  return html("div", { class: "legend" }, ...kinds, entry("run-A plain", `${words.from} A`), entry("run-B plain", `${words.from} B`));
}

interface Player {
  node: HTMLElement;
  play: HTMLButtonElement;
  show(): void;
}

function makePlayer(view: View, question: ReturnType<typeof guess>, initial: State): Player {
  const { stage } = view;
  const words = common[stage.lang];
  let asked = false;
  const loop = frames({
    signal: stage.signal, still: stage.still, jump: () => view.goTo(STEPS), maybeOnChange: () => show(),
    frame: (elapsed_s) => {
      view.goTo(view.epoch() + elapsed_s * EPOCHS_PER_S);
      return view.epoch() < STEPS;
    },
  });
  const toggle = (): void => {
    if (loop.running) return loop.stop();
    if (!question.settled() && !asked) { // asked once; a second press runs without a guess
      asked = true;
      return question.ask();
    }
    if (view.epoch() >= STEPS) view.goTo(0);
    loop.start();
  };
  const play = button(words.play, toggle, stage.signal);
  play.classList.add("main");
  const show = (): void => say(play, loop.running ? words.pause : words.play);
  const renew = (state: State): void => { loop.stop(); view.goTo(0); view.change(state); view.commit(); };
  const node = html("div", { class: "tools" }, play,
    button(words.step, () => { loop.stop(); view.goTo(Math.floor(view.epoch()) + 1); }, stage.signal),
    button(words.reset, () => { asked = false; question.again(); renew({ ...initial }); }, stage.signal),
    button(words.surprise, () => { renew({ ...view.state, ...surprise() }); loop.start(); }, stage.signal));
  return { node, play, show };
}

function makeRates(view: View): { node: HTMLElement; show(): void } {
  const [same, fair] = [html("span"), html("span")];
  const rates = choice<Rates>({
    label: view.words.rates, value: view.state.rates, signal: view.stage.signal,
    choices: [{ value: "same", content: same }, { value: "fair", content: fair }],
    onChange: (value) => { view.change({ rates: value }); view.commit(); },
  });
  const show = (): void => {
    say(same, view.words.same(significant(view.state.eta)));
    say(fair, view.words.fair(significant(equalFirstStepRate(startOf(view.state, 0), view.state.eta), 3)));
    rates.show(view.state.rates);
  };
  return { node: rates.node, show };
}

/** When each neuron passes one half: shown as it happens. */
function fillTable(view: View, table: HTMLTableElement): void {
  const { words, state } = view;
  const cell = (k: number): HTMLTableCellElement => {
    const at = passes(view.racers()[k]?.race.output ?? []);
    return html("td", {}, at === null || at > view.epoch() ? "…" : String(at));
  };
  const head = (k: 0 | 1): HTMLTableCellElement => {
    const { w, b } = startOf(state, k);
    return html("th", { scope: "col" }, html("b", {}, k === 0 ? "A" : "B"), ` ${fixed(1 / (1 + Math.exp(-w - b)), 2)}`);
  };
  fill(table, html("caption", {}, words.passes),
    html("tr", {}, html("th"), head(0), head(1)),
    html("tr", {}, html("th", { scope: "row" }, html("span", { class: "swatch quadratic" }), `${words.quadratic} (η ${significant(state.eta)})`), cell(0), cell(2)),
    html("tr", {}, html("th", { scope: "row" }, html("span", { class: "swatch crossEntropy" }), `${words.crossEntropy} (η ${significant(crossEntropyRate(state), 3).replace(/0$/, "")})`), cell(1), cell(3)));
}

let surprises = 0;

/** Other starts, both on the wrong side; seeded. */
function surprise(): Pick<State, "w" | "b"> {
  const { uniform } = random(36 + ++surprises);
  const value = (low: number, high: number): number => Number((low + (high - low) * uniform()).toFixed(1));
  return { w: [value(-0.5, 1.5), value(1, 3)], b: [value(0, 1.5), value(1, 3)] };
}
