// All the cells of a page and the one Python behind them: running in order, keeping edits, saying what went wrong.

import { ApiError } from "../api.ts";
import type { Reader } from "../reader.ts";
import { Kernel, type KernelState } from "../kernel/kernel.ts";
import { Widgets } from "../kernel/widgets.ts";
import { draw } from "../explorables/host.ts";
import { Cell } from "./cell.ts";
import { RunQueue } from "./queue.ts";
import { Saver } from "./saver.ts";

export type RunResult = "done" | "failed" | "interrupted" | "lost";

export class Notebook {
  readonly cells: Cell[];
  readonly kernel: Kernel;
  /** Called with each state of the kernel. */
  onKernel: ((state: KernelState) => void) | null = null;
  /** Called when a cell begins to run. */
  onBegin: ((cell: Cell) => void) | null = null;
  /** Called when a cell has run. */
  onRun: ((cell: Cell, result: RunResult) => void) | null = null;
  private readonly reader: Reader;
  private readonly widgets = new Widgets();
  private readonly queue: RunQueue<Cell>;
  private readonly saver: Saver;
  private restarting = false;

  constructor(root: ParentNode, reader: Reader) {
    this.reader = reader;
    this.kernel = new Kernel({
      page: reader.page,
      changed: (state) => this.kernelChanged(state),
      died: () => this.kernelDied(),
      connected: (connection) => this.widgets.attach(connection),
    });
    this.queue = new RunQueue<Cell>({ run: (cell) => this.execute(cell), changed: () => this.showWaiting() });
    this.saver = new Saver({
      save: (name, source, leaving) => this.saveCell(name, source, leaving),
      failed: (error) => reader.notices.failure(error),
    });
    const sections = [...root.querySelectorAll<HTMLElement>("section.cell[data-cell]")];
    this.cells = sections.map((section, index) => this.makeCell(section, index + 1));
    if (!reader.page.live) return;
    addEventListener("pagehide", () => void this.saver.flush(true));
    for (const event of ["pointerover", "focusin"]) {
      for (const section of sections) section.addEventListener(event, () => this.warm(), { once: true });
    }
  }

  /** Puts back the edits that the server kept. */
  restore(sources: Record<string, string>): void {
    for (const cell of this.cells) {
      const source = sources[cell.name];
      if (source !== undefined && !cell.edited) cell.setSource(source);
    }
  }

  run(...cells: Cell[]): Promise<void> {
    return this.queue.add(...cells);
  }

  runAll(): Promise<void> {
    return this.run(...this.cells.filter((cell) => !cell.tags.includes("exercise")));
  }

  /** Runs every ordinary cell before this one, and this one. */
  runTo(cell: Cell): Promise<void> {
    const before = this.cells.slice(0, this.cells.indexOf(cell)).filter((other) => !other.tags.includes("exercise"));
    return this.run(...before, cell);
  }

  async interrupt(): Promise<void> {
    this.queue.clear();
    await this.kernel.interrupt().catch((error: unknown) => this.reader.notices.failure(error));
  }

  async restart(): Promise<void> {
    this.queue.clear();
    this.restarting = true;
    try {
      await this.kernel.restart();
      this.widgets.clear();
      for (const cell of this.cells) cell.show({ kind: "idle" });
      this.reader.notices.word("restarted");
    } catch {
      this.reader.notices.word("kernelDeadNow");
    } finally {
      this.restarting = false;
    }
  }

  private makeCell(section: HTMLElement, number: number): Cell {
    return new Cell({
      section,
      reader: this.reader,
      number,
      run: (cell) => void this.run(cell),
      runNext: (cell) => {
        void this.run(cell);
        void this.after(cell)?.focus();
      },
      runToHere: (cell) => void this.runTo(cell),
      interrupt: () => void this.interrupt(),
      changed: (cell) => this.cellChanged(cell),
      reset: (cell) => void this.reset(cell),
      complete: (source, cursor) => this.kernel.complete(source, cursor),
      drawWidget: (id, element) => this.drawWidget(id, element),
    });
  }

  private async execute(cell: Cell): Promise<boolean> {
    const { reader } = this;
    let started = performance.now();
    reader.notices.clear("restarted", "kernelDied", "kernelDeadNow");
    cell.show({ kind: "running", sinceMs: started });
    cell.output.begin();
    this.onBegin?.(cell);
    let result: RunResult = "lost";
    let count: number | null = null;
    try {
      await this.kernel.ensure();
      // The time shown is the cell's own, without Python's start.
      started = performance.now();
      const reply = await this.kernel.execute(cell.source, (message) => cell.output.handle(message));
      count = reply.execution_count;
      result = reply.status === "ok" ? "done" : "ename" in reply && reply.ename === "KeyboardInterrupt" ? "interrupted" : "failed";
    } catch (error) {
      if (this.kernel.state === "none") reader.notices.failure(asTrouble(error));
    }
    cell.output.end();
    const kind = result === "done" ? "done" : "failed";
    cell.show(result === "lost" ? { kind: "idle" } : { kind, count, tookMs: performance.now() - started });
    reader.notices.say(reader.t(result === "done" ? "finished" : "failed", { n: cell.number }));
    this.onRun?.(cell, result);
    return result === "done" || (result === "failed" && cell.tags.includes("raises-exception"));
  }

  private showWaiting(): void {
    for (const cell of this.cells) {
      const state = this.queue.state(cell);
      if (state === "waiting") cell.show({ kind: "waiting" });
      else if (state === "idle" && cell.element.dataset["state"] === "waiting") cell.show({ kind: "idle" });
    }
  }

  private cellChanged(cell: Cell): void {
    if (!this.reader.page.live) return;
    this.warm();
    this.saver.change(cell.name, cell.source);
  }

  /** The learner is about to run something: Python starts while they read or type. */
  private warm(): void {
    if (this.kernel.state === "none") this.kernel.ensure().catch(() => undefined);
  }

  private async reset(cell: Cell): Promise<void> {
    cell.setSource(cell.original);
    this.saver.forget(cell.name);
    await this.reader.api
      .send("DELETE", this.cellPath(cell.name))
      .catch((error: unknown) => this.reader.notices.failure(error));
  }

  private async saveCell(name: string, source: string, leaving: boolean): Promise<void> {
    await this.reader.api.send("PUT", this.cellPath(name), { source }, leaving);
    this.reader.notices.clear("offline", "lost");
  }

  private cellPath(name: string): string {
    return `progress/${this.reader.page.lesson}/cells/${encodeURIComponent(name)}`;
  }

  private after(cell: Cell): Cell | undefined {
    return this.cells[this.cells.indexOf(cell) + 1];
  }

  private async drawWidget(id: string, element: HTMLElement): Promise<(() => unknown) | null> {
    const found = await this.widgets.find(id);
    return found === null ? null : draw(found.module, found.model, element);
  }

  private kernelChanged(state: KernelState): void {
    const { notices } = this.reader;
    if (state === "lost") notices.word("lost");
    if (state === "idle" || state === "busy") notices.clear("lost", "offline");
    this.onKernel?.(state);
  }

  private kernelDied(): void {
    if (this.restarting) return;
    this.queue.clear();
    this.widgets.clear();
    this.reader.notices.word("kernelDied");
  }
}

/** The errors of the Jupyter client as the reader's own kinds. */
function asTrouble(error: unknown): unknown {
  const status = (error as { response?: { status?: number } }).response?.status;
  if (status === 401 || status === 403) return new ApiError("forbidden");
  if (status === undefined) return new ApiError(navigator.onLine ? "lost" : "offline");
  return error;
}
