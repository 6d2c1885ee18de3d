// The bar between a cell's source and its output. Its room is reserved by the style sheet before the reader runs.

import { h } from "../dom.ts";
import { mathText } from "../math/text.ts";
import type { Reader } from "../reader.ts";
import type { Cell } from "./cell.ts";

export type CellState =
  | { kind: "idle" }
  | { kind: "waiting" }
  | { kind: "running"; sinceMs: number }
  | { kind: "done"; count: number | null; tookMs: number }
  | { kind: "failed"; count: number | null; tookMs: number };

export interface CellBarOptions {
  cell: Cell;
  reader: Reader;
  number: number;
  run: (cell: Cell) => void;
  runToHere: (cell: Cell) => void;
  interrupt: () => void;
  reset: (cell: Cell) => void;
}

/** Shorter runs show no time: a number that flickers says nothing. */
const SHOW_TIME_AFTER_MS = 2000;

export class CellBar {
  readonly element: HTMLElement;
  private readonly options: CellBarOptions;
  private readonly runButton: HTMLButtonElement;
  private readonly resetButton: HTMLButtonElement;
  private readonly label = h("span", { class: "cell-count" });
  private readonly time = h("span", { class: "cell-time" });
  private state: CellState = { kind: "idle" };
  private timer = 0;

  constructor(options: CellBarOptions) {
    this.options = options;
    const { reader, number, cell } = options;
    const { t } = reader;
    this.runButton = h("button", { type: "button", class: "run", onclick: () => this.press() });
    this.resetButton = h(
      "button",
      { type: "button", class: "quiet reset", hidden: true, title: t("resetCell", { n: number }), onclick: () => options.reset(cell) },
      t("reset"),
    );
    this.element = h("div", { class: "cell-bar" });
    if (reader.page.live) this.element.append(this.runButton, this.label, this.time, h("span", { class: "spring" }), this.resetButton);
    // On a site without a server one cell says so for all.
    else if (number === 1) this.element.append(h("span", { class: "cached" }, mathText(t("cachedOutput"))), h("span", { class: "spring" }));
    if (cell.tags.includes("remove-input")) this.element.append(this.foldButton());
    else if (reader.page.live) this.element.append(this.toHereButton());
    this.element.hidden = this.element.childElementCount === 0;
    this.update();
  }

  /** Shows a state; without one, what depends on the source only. */
  update(state: CellState = this.state): void {
    this.state = state;
    const { reader, number, cell } = this.options;
    const busy = state.kind === "running" || state.kind === "waiting";
    const exercise = cell.tags.includes("exercise");
    const word = busy ? "stop" : exercise ? "check" : "run";
    this.runButton.textContent = reader.t(word);
    this.runButton.dataset["act"] = word;
    this.runButton.setAttribute("aria-label", exercise && !busy ? reader.t("check") : reader.t(busy ? "stopCell" : "runCell", { n: number }));
    this.resetButton.hidden = !cell.edited;
    this.label.textContent = count(state);
    clearInterval(this.timer);
    if (state.kind === "running") this.timer = window.setInterval(() => this.showTime(), 500);
    this.showTime();
  }

  private showTime(): void {
    const { state } = this;
    const { t } = this.options.reader;
    const ms = state.kind === "running" ? performance.now() - state.sinceMs : "tookMs" in state ? state.tookMs : 0;
    const digits = state.kind === "running" ? 0 : 1;
    if (state.kind === "waiting") this.time.textContent = t("waiting");
    else this.time.textContent = ms > SHOW_TIME_AFTER_MS ? t("seconds", { s: (ms / 1000).toFixed(digits) }) : "";
  }

  private press(): void {
    const { cell, run, interrupt } = this.options;
    if (this.state.kind === "running" || this.state.kind === "waiting") interrupt();
    else run(cell);
  }

  private toHereButton(): HTMLElement {
    const { cell, runToHere, reader } = this.options;
    return h("button", { type: "button", class: "quiet to-here", onclick: () => runToHere(cell) }, reader.t("runToHere"));
  }

  private foldButton(): HTMLElement {
    const { reader, cell } = this.options;
    const button = h("button", { type: "button", class: "quiet fold", "aria-expanded": "false" }, reader.t("showCode"));
    button.addEventListener("click", () => {
      const open = cell.element.classList.toggle("unfolded");
      button.setAttribute("aria-expanded", String(open));
      button.textContent = reader.t(open ? "hideCode" : "showCode");
    });
    return button;
  }
}

function count(state: CellState): string {
  if (state.kind === "running") return "[*]";
  if (state.kind === "waiting") return "[…]";
  if (state.kind === "idle") return "";
  return state.count === null ? "" : `[${state.count}]`;
}
