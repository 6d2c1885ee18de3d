// The kernel's half of an anywidget: a comm carries the state, the module's text travels in it as `_esm`.
// A model here is the same plain model an explorable gets without a kernel, with save_changes sending home.

import type { Kernel, KernelMessage } from "@jupyterlab/services";
import type { JSONObject } from "@lumino/coreutils";
import { Model } from "../explorables/model.ts";

interface Live {
  model: Model;
  comm: Kernel.IComm;
  module: Promise<unknown> | null;
}

export class Widgets {
  private readonly live = new Map<string, Live>();

  /** Listens for widgets that this connection's Python opens. */
  attach(connection: Kernel.IKernelConnection): void {
    connection.registerCommTarget("jupyter.widget", (comm, message) => this.open(comm, message));
  }

  /** Forgets every widget: their Python is gone. */
  clear(): void {
    this.live.clear();
  }

  /** The model and module of one widget; null when it is unknown or no anywidget. */
  async find(id: string): Promise<{ model: Model; module: unknown } | null> {
    const entry = this.live.get(id);
    const source = entry?.model.get("_esm");
    if (entry === undefined || typeof source !== "string") return null;
    entry.module ??= importText(source);
    return { model: entry.model, module: await entry.module };
  }

  private open(comm: Kernel.IComm, message: KernelMessage.ICommOpenMsg): void {
    const state = { ...(message.content.data["state"] as JSONObject) };
    putBuffers(state, message);
    const model = new Model(state, (changes) => {
      comm.send({ method: "update", state: changes as JSONObject, buffer_paths: [] });
    });
    comm.onMsg = (update) => {
      const { method, state: changes, content } = update.content.data as { method?: string; state?: JSONObject; content?: unknown };
      if (method === "update" && changes !== undefined) model.receive({ ...changes });
      else if (method === "custom") model.emit("msg:custom", content, update.buffers ?? []);
    };
    comm.onClose = () => void this.live.delete(comm.commId);
    this.live.set(comm.commId, { model, comm, module: null });
  }
}

function putBuffers(state: Record<string, unknown>, message: KernelMessage.ICommOpenMsg): void {
  const paths = (message.content.data["buffer_paths"] ?? []) as (string | number)[][];
  paths.forEach(([name, ...rest], index) => {
    if (typeof name === "string" && rest.length === 0) state[name] = message.buffers?.[index];
  });
}

async function importText(source: string): Promise<unknown> {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return await import(/* @vite-ignore */ address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
