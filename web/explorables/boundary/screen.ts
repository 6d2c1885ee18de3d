// Everything that is seen: the plane, the loss, the numbers. It draws what the trainer knows and decides nothing.
import { fill, html, say, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import type { Guess } from "../../kit/guess.ts";
import { mathHtml } from "../../kit/math.ts";
import type { Stage } from "../../kit/widget.ts";
import { drawLoss } from "./losscurve.ts";
import { makePicture, type Picture } from "./picture.ts";
import type { words as texts } from "./text.ts";
import type { Trainer } from "./trainer.ts";

/** The parts of the screen and their redraw. */
export interface Screen {
  picture: Picture;
  /** The question of the island, or the challenge of another arrangement, in one place. */
  cards: HTMLElement;
  field: HTMLElement;
  chart: SVGSVGElement;
  reading: HTMLElement;
  /** Draws all; `chosen` is the index of the point in hand, or −1. */
  draw(chosen: number): void;
  /** Fits a width in px; true when two columns have room. */
  resize(width: number): boolean;
  /** Says something to a screen reader. */
  announce(text: string): void;
}

const WIDE_PX = 600;
const GAP_PX = 24;

/** Makes the screen inside a stage. */
export function makeScreen(stage: Stage, trainer: Trainer, words: (typeof texts)["en"], question: Guess): Screen {
  const help = html("p", { class: "help", id: "keys" }, words.keys);
  const spoken = html("p", { class: "hidden", role: "status" });
  const canvas = html("canvas", { tabindex: 0, role: "application", "aria-label": words.canvas, "aria-describedby": "keys" });
  const field = html("div", { class: "field" }, canvas, help, spoken);
  const curve = svg("g");
  const chart = svg("svg", { role: "img", "aria-label": words.loss }, curve);
  const reading = html("p", { class: "reading" });
  const challenge = html("p", { class: "guess challenge" });
  const cards = html("div", { class: "stack" }, question.node, challenge);
  const picture = makePicture(stage.body, canvas);
  const size = { width: 0, height: 0 };
  const draw = (chosen: number): void => {
    if (size.width === 0) return;
    const { loss, accuracy, given } = trainer.opinion();
    picture.draw({ field: trainer.field(), net: trainer.net, dots: trainer.state.dots, given, chosen });
    drawLoss(curve, trainer.loss, words, size.width, size.height);
    fill(reading, `${words.epochAt(trainer.loss.length)} · `, mathHtml("C = "), html("b", { class: "sym-C" }, fixed(loss, 3)), " · ", html("b", {}, `${Math.round(100 * accuracy)} %`), ` ${words.right}`);
    const { arrangement } = trainer.state;
    question.node.classList.toggle("away", arrangement !== "island"); // out of sight, not gone: nothing may jump
    challenge.classList.toggle("away", arrangement === "island");
    say(challenge, words.challenge[arrangement]);
    if (trainer.fenced()) question.reveal();
  };
  const resize = (width: number): boolean => {
    const wide = width >= WIDE_PX;
    picture.resize(Math.floor(wide ? (width - GAP_PX) * 0.56 : Math.min(width, 420)));
    Object.assign(size, { width: wide ? (width - GAP_PX) * 0.44 : width, height: wide ? 150 : 124 });
    set(chart, { height: size.height });
    return wide;
  };
  return { picture, cards, field, chart, reading, draw, resize, announce: (text) => { spoken.textContent = text; } };
}
