// Saves what is typed: shortly after the last keystroke, and at once when the page goes away.

export interface SaverOptions {
  /** Stores one value; `leaving` is true when the page is about to go. */
  save: (name: string, value: string, leaving: boolean) => Promise<void>;
  /** Called when a save failed; the value stays pending and is tried again with the next change, or after `retryMs`. */
  failed?: (error: unknown) => void;
  /** Default 10 000 ms. */
  retryMs?: number;
  /** Quiet time before a save. Default 800 ms. */
  delayMs?: number;
  setTimer?: (callback: () => void, ms: number) => unknown;
  clearTimer?: (timer: unknown) => void;
}

export class Saver {
  private readonly pending = new Map<string, string>();
  private timer: unknown = null;
  private readonly options: SaverOptions;
  constructor(options: SaverOptions) {
    this.options = options;
  }

  /** Notes a new value; the last one of a name wins. */
  change(name: string, value: string): void {
    this.pending.set(name, value);
    this.flushAfter(this.options.delayMs ?? 800);
  }

  /** Drops a value that waits, because it was reset. */
  forget(name: string): void {
    this.pending.delete(name);
  }

  /** Saves everything that waits. */
  async flush(leaving = false): Promise<void> {
    this.stop();
    const batch = [...this.pending];
    this.pending.clear();
    await Promise.all(batch.map(([name, value]) => this.saveOne(name, value, leaving)));
  }

  private async saveOne(name: string, value: string, leaving: boolean): Promise<void> {
    try {
      await this.options.save(name, value, leaving);
    } catch (error) {
      if (!this.pending.has(name)) this.pending.set(name, value);
      if (this.timer === null) this.flushAfter(this.options.retryMs ?? 10_000);
      this.options.failed?.(error);
    }
  }

  private flushAfter(ms: number): void {
    const { setTimer = (callback, wait) => setTimeout(callback, wait) } = this.options;
    this.stop();
    this.timer = setTimer(() => void this.flush(), ms);
  }

  private stop(): void {
    if (this.timer === null) return;
    const { clearTimer = (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>) } = this.options;
    clearTimer(this.timer);
    this.timer = null;
  }
}
