// The model an anywidget is drawn from: named values, "change:name" events, save_changes. No kernel is needed to hold one.

type Listener = (...values: unknown[]) => void;

export class Model {
  private readonly state: Record<string, unknown>;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly save: ((changes: Record<string, unknown>) => void) | null;
  private dirty: Record<string, unknown> = {};

  /** `save` receives what changed since the last save_changes; without it changes stay in the page. */
  constructor(state: Record<string, unknown>, save: ((changes: Record<string, unknown>) => void) | null = null) {
    this.state = state;
    this.save = save;
  }

  get(name: string): unknown {
    return this.state[name];
  }

  /** Sets a value and tells its listeners when it is another one. */
  set(name: string, value: unknown): void {
    if (Object.is(this.state[name], value)) return;
    this.state[name] = value;
    this.dirty[name] = value;
    this.emit(`change:${name}`, this, value);
    this.emit("change", this);
  }

  /** Takes values from the other side: listeners hear of them, save_changes does not send them back. */
  receive(values: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(values)) {
      this.set(name, value);
      delete this.dirty[name];
    }
  }

  save_changes(): void {
    const changes = this.dirty;
    this.dirty = {};
    if (Object.keys(changes).length > 0) this.save?.(changes);
  }

  on(event: string, listener: Listener): void {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(listener));
  }

  /** Without a listener, forgets all of the event's; without an event, all. */
  off(event?: string | null, listener?: Listener | null): void {
    if (event === undefined || event === null) this.listeners.clear();
    else if (listener === undefined || listener === null) this.listeners.delete(event);
    else this.listeners.get(event)?.delete(listener);
  }

  emit(event: string, ...values: unknown[]): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) listener(...values);
  }

  /** Part of anywidget's model; nothing listens on the other side of a page without a kernel. */
  send(): void {}
}
