// One Python process for the lesson: started when first needed, found again after a reload, its state told to whoever listens.
// The protocol comes from @jupyterlab/services, loaded with the first need.

import type { Kernel as Jupyter, KernelMessage } from "@jupyterlab/services";
import type { Page } from "../page.ts";
import { answering } from "./answering.ts";
import { toCodePoints, toUnits } from "./offsets.ts";

export type KernelState = "none" | "starting" | "idle" | "busy" | "restarting" | "dead" | "lost";
export type Reply = KernelMessage.IExecuteReplyMsg["content"];

export interface KernelOptions {
  page: Page;
  /** Called with each new state. */
  changed: (state: KernelState) => void;
  /** Called when the process ended by itself. */
  died: () => void;
  /** Called with each new connection, before any cell runs on it. */
  connected?: (connection: Jupyter.IKernelConnection) => void;
}

export interface Completions {
  from: number;
  options: { label: string; type: string | undefined }[];
}

// Sent silently after each start. Jedi reads whole libraries before its first answer, and a cell would wait behind it;
// IPython's own completer is instant. NumPy and Matplotlib are read from disk while the learner reads.
const MAKE_READY = [
  "try:",
  "    get_ipython().Completer.use_jedi = False",
  "    __import__('numpy'), __import__('matplotlib.pyplot')",
  "except Exception: pass",
].join("\n");

export class Kernel {
  state: KernelState = "none";
  private connection: Promise<Jupyter.IKernelConnection> | null = null;
  private live: Jupyter.IKernelConnection | null = null;
  private readonly options: KernelOptions;
  private readonly expected = { restart: false };
  private fail: ((error: Error) => void) | null = null;

  constructor(options: KernelOptions) {
    this.options = options;
  }

  /** The connection, started if there is none. A failed start is tried anew at the next call. */
  ensure(): Promise<Jupyter.IKernelConnection> {
    return this.connection ?? this.hold(this.connect());
  }

  /** Runs code; every message about its outputs goes to `onMessage`. Rejects when the process dies meanwhile. */
  async execute(code: string, onMessage: (message: KernelMessage.IIOPubMessage) => void): Promise<Reply> {
    const connection = await this.ensure();
    const future = connection.requestExecute({ code, allow_stdin: false, stop_on_error: true });
    future.onIOPub = onMessage;
    const death = new Promise<never>((_, reject) => (this.fail = reject));
    try {
      const reply = await Promise.race([future.done, death]);
      if (reply === undefined) throw new Error("no reply");
      return reply.content;
    } finally {
      this.fail = null;
      future.dispose();
    }
  }

  async interrupt(): Promise<void> {
    if (this.live !== null) await this.live.interrupt();
  }

  /** Ends the process and starts a fresh one; a running cell is rejected. */
  async restart(): Promise<void> {
    if (this.live === null) return void (await this.ensure());
    this.expected.restart = true;
    this.fail?.(new Error("restarted"));
    this.tell("restarting");
    const { live } = this;
    try {
      await this.hold(live.restart().then(() => this.makeReady(live)));
      this.tell("idle");
    } catch (error) {
      this.tell("lost");
      throw error;
    } finally {
      this.expected.restart = false;
    }
  }

  /** Completions at a place in the code; null when no Python runs or it is busy: typing never waits. */
  async complete(code: string, cursor: number): Promise<Completions | null> {
    if (this.live === null || this.state !== "idle") return null;
    const request = { code, cursor_pos: toCodePoints(code, cursor) };
    const { content } = await this.live.requestComplete(request);
    if (content.status !== "ok") return null;
    const types = content.metadata["_jupyter_types_experimental"] as { text: string; type?: string }[] | undefined;
    const typeOf = new Map((types ?? []).map((entry) => [entry.text, entry.type]));
    const from = toUnits(code, content.cursor_start);
    // IPython answers attributes with their dot; the list reads better without.
    const skip = code[from] === "." && content.matches.every((match) => match.startsWith(".")) ? 1 : 0;
    return { from: from + skip, options: content.matches.map((match) => ({ label: match.slice(skip), type: typeOf.get(match) })) };
  }

  private async connect(): Promise<Jupyter.IKernelConnection> {
    this.tell("starting");
    const { openSession } = await import("./connection.ts");
    const connection = await openSession(this.options.page);
    connection.statusChanged.connect((_, status) => this.onStatus(status));
    connection.connectionStatusChanged.connect((_, status) => this.onConnection(status));
    this.options.connected?.(connection);
    await this.makeReady(connection);
    this.live = connection;
    if (this.state === "starting") this.tell("idle");
    return connection;
  }

  /** Waits for Python's first answer and tells it what every lesson wants. */
  private async makeReady(connection: Jupyter.IKernelConnection): Promise<Jupyter.IKernelConnection> {
    await answering(connection);
    connection.requestExecute({ code: MAKE_READY, silent: true, store_history: false });
    return connection;
  }

  private onStatus(status: Jupyter.Status): void {
    if (status === "idle" || status === "busy") {
      // The start is told idle by connect(), when code can really be sent.
      if (this.live !== null && !this.expected.restart) this.tell(status);
    } else if (status === "autorestarting" || status === "dead") {
      if (this.expected.restart) return;
      this.fail?.(new Error("died"));
      if (status === "dead") this.forget();
      else this.revive();
      this.tell(status === "dead" ? "dead" : "restarting");
      this.options.died();
    }
  }

  private onConnection(status: Jupyter.ConnectionStatus): void {
    if (this.live === null || this.expected.restart) return;
    if (status === "connected") this.tell(this.live.status === "busy" ? "busy" : "idle");
    else if (this.state !== "dead" && this.state !== "restarting") this.tell("lost");
  }

  /** The server has started another process: what is run next waits until that one answers. */
  private revive(): void {
    const { live } = this;
    if (live === null) return;
    // A turn later: the connection first closes the socket to the old process.
    this.hold(Promise.resolve().then(() => this.makeReady(live))).catch(() => undefined);
  }

  /** What is run from now on waits for `ready`. */
  private hold(ready: Promise<Jupyter.IKernelConnection>): Promise<Jupyter.IKernelConnection> {
    const held = ready.catch((error: unknown) => {
      if (this.connection === held) {
        this.forget();
        this.tell("none");
      }
      throw error;
    });
    this.connection = held;
    return held;
  }

  private forget(): void {
    this.connection = null;
    this.live?.dispose();
    this.live = null;
  }

  private tell(state: KernelState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.changed(state);
  }
}
