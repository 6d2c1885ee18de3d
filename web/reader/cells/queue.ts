// Cells run one after another in the order they were asked for; an error drops those still waiting,
// because they were written to follow a cell that worked.

export interface QueueOptions<T> {
  /** Runs one item; resolves to false when what waits should not run. */
  run: (item: T) => Promise<boolean>;
  /** Called whenever what runs or waits has changed. */
  changed?: () => void;
}

export class RunQueue<T> {
  running: T | null = null;
  private waiting: T[] = [];
  private draining: Promise<void> | null = null;
  private readonly options: QueueOptions<T>;
  constructor(options: QueueOptions<T>) {
    this.options = options;
  }

  /** Adds items that do not wait already; resolves when the queue is empty. */
  add(...items: T[]): Promise<void> {
    for (const item of items) if (!this.waiting.includes(item)) this.waiting.push(item);
    this.options.changed?.();
    // Begun a tick later: an item may add others while it starts.
    this.draining ??= Promise.resolve().then(() => this.drain());
    return this.draining;
  }

  /** Forgets what waits; what runs goes on. */
  clear(): void {
    this.waiting = [];
    this.options.changed?.();
  }

  state(item: T): "running" | "waiting" | "idle" {
    if (this.running === item) return "running";
    return this.waiting.includes(item) ? "waiting" : "idle";
  }

  private async drain(): Promise<void> {
    try {
      for (let item = this.waiting.shift(); item !== undefined; item = this.waiting.shift()) {
        this.running = item;
        this.options.changed?.();
        const goOn = await this.options.run(item).catch(() => false);
        this.running = null;
        if (!goOn) this.waiting = [];
        this.options.changed?.();
      }
    } finally {
      this.draining = null;
    }
  }
}
