// One cell of a lesson: its source, highlighted at once and an editor when it comes near; its output; its bar of buttons.

import { h, whenNear } from "../dom.ts";
import type { Verdict } from "../exercises/verdict.ts";
import { OutputArea, type AreaOptions } from "../outputs/area.ts";
import type { Reader } from "../reader.ts";
import { CellBar, type CellState } from "./bar.ts";
import type { Editor } from "./editor.ts";
import type { Completions } from "../kernel/kernel.ts";

export interface CellOptions {
  section: HTMLElement;
  reader: Reader;
  /** The cell's place among the page's cells, from 1. */
  number: number;
  run: (cell: Cell) => void;
  runNext: (cell: Cell) => void;
  runToHere: (cell: Cell) => void;
  interrupt: () => void;
  changed: (cell: Cell) => void;
  reset: (cell: Cell) => void;
  complete: (source: string, cursor: number) => Promise<Completions | null>;
  drawWidget: AreaOptions["drawWidget"];
}

export class Cell {
  readonly name: string;
  readonly number: number;
  readonly tags: string[];
  readonly element: HTMLElement;
  readonly output: OutputArea;
  /** The source as the lesson has it. */
  readonly original: string;
  /** Takes the cell's verdicts to an exercise's panel. */
  onVerdict: ((verdict: Verdict) => void) | null = null;
  private readonly options: CellOptions;
  private readonly pre: HTMLElement;
  private readonly bar: CellBar;
  private editor: Editor | null = null;
  private opening: Promise<Editor> | null = null;
  private text: string;

  constructor(options: CellOptions) {
    const { section, reader, number } = options;
    this.options = options;
    this.element = section;
    this.number = number;
    this.name = section.dataset["cell"] ?? "";
    this.tags = (section.dataset["tags"] ?? "").split(/\s+/).filter((tag) => tag !== "");
    this.pre = section.querySelector<HTMLElement>(".cell-source") ?? section.appendChild(h("pre", { class: "cell-source" }));
    this.original = (this.pre.textContent ?? "").replace(/\n$/, "");
    this.text = this.original;
    this.output = this.prepareOutput();
    this.bar = new CellBar({ cell: this, ...options });
    section.setAttribute("role", "group");
    section.setAttribute("aria-label", reader.t("cell", { n: number }));
    section.dataset["alive"] = "yes";
    this.pre.after(this.bar.element);
    this.awaitReader();
  }

  get source(): string {
    return this.editor?.source() ?? this.text;
  }

  get edited(): boolean {
    return this.source !== this.original;
  }

  /** Replaces the source: an edit that was kept, or the original. */
  setSource(source: string): void {
    this.text = source;
    if (this.editor !== null) this.editor.replace(source);
    else if (source !== this.original) (this.pre.querySelector("code") ?? this.pre).textContent = source;
    this.bar.update();
  }

  /** Turns the source into an editor, once. */
  edit(): Promise<Editor> {
    this.opening ??= this.open();
    return this.opening;
  }

  async focus(at?: { x: number; y: number }): Promise<void> {
    (await this.edit()).focus(at);
  }

  /** Shows whether the cell waits, runs or has run. */
  show(state: CellState): void {
    this.element.dataset["state"] = state.kind;
    this.output.element.setAttribute("aria-busy", String(state.kind === "running"));
    this.bar.update(state);
  }

  private async open(): Promise<Editor> {
    const { reader, changed, complete } = this.options;
    const { createEditor } = await import("./editor.ts");
    const editor = createEditor({
      doc: this.text,
      label: reader.t("cell", { n: this.number }),
      description: reader.t("editorHelp"),
      changed: () => {
        changed(this);
        this.bar.update();
      },
      run: () => this.options.run(this),
      runNext: () => this.options.runNext(this),
      complete,
    });
    this.editor = editor;
    this.pre.replaceWith(editor.dom);
    return editor;
  }

  private prepareOutput(): OutputArea {
    const { section, reader, number, drawWidget } = this.options;
    const element = section.querySelector<HTMLElement>(".cell-output") ?? section.appendChild(h("div", { class: "cell-output" }));
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", reader.t("output", { n: number }));
    const onVerdict = (verdict: Verdict): void => this.onVerdict?.(verdict);
    return new OutputArea({ element, reader, drawWidget, ...(this.tags.includes("exercise") ? { onVerdict } : {}) });
  }

  private awaitReader(): void {
    if (!this.options.reader.page.live) return;
    whenNear(this.element, 500, () => void this.edit());
    this.pre.addEventListener("focus", () => void this.focus());
    this.pre.addEventListener("pointerdown", (event) => {
      // A finger may be scrolling: it gets the editor, not the keyboard.
      if (event.pointerType !== "touch") void this.focus({ x: event.clientX, y: event.clientY });
    });
  }
}
