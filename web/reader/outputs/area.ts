// The output of one cell. While a cell runs again its old output stays, dimmed, until the first new one comes,
// and its room is kept until the end: nothing below it jumps.

import type { KernelMessage } from "@jupyterlab/services";
import { h } from "../dom.ts";
import { MIME_VERDICT, type Verdict } from "../exercises/verdict.ts";
import type { Reader } from "../reader.ts";
import { ansiNodes, errorElement } from "./error.ts";
import { richElement, type Bundle, type DrawWidget } from "./rich.ts";
import { tail, terminal } from "./stream.ts";

export interface AreaOptions {
  element: HTMLElement;
  reader: Reader;
  /** Draws a widget of the kernel; resolves to its clean-up, or to null when there is no such widget. */
  drawWidget: (id: string, element: HTMLElement) => Promise<(() => unknown) | null>;
  /** Takes a verdict elsewhere (an exercise's panel); without it verdicts show here. */
  onVerdict?: (verdict: Verdict) => void;
}

export class OutputArea {
  readonly element: HTMLElement;
  private readonly options: AreaOptions;
  private readonly displays = new Map<string, HTMLElement>();
  private stream: { element: HTMLPreElement; text: string; dropped: number } | null = null;
  private stale = false;
  private frame = 0;
  private cleanups: (() => unknown)[] = [];

  constructor(options: AreaOptions) {
    this.options = options;
    this.element = options.element;
  }

  /** A run begins. */
  begin(): void {
    this.stale = true;
    this.element.style.minHeight = `${this.element.offsetHeight}px`;
    this.element.classList.add("stale");
  }

  /** The run is over. */
  end(): void {
    this.freshen();
    this.paintStream();
    this.stream = null;
    this.element.style.minHeight = "";
  }

  clear(): void {
    for (const cleanup of this.cleanups.splice(0)) cleanup();
    this.element.replaceChildren();
    this.displays.clear();
    this.stream = null;
  }

  /** Takes one message of the kernel. */
  handle(message: KernelMessage.IIOPubMessage): void {
    const type = message.header.msg_type;
    if (type === "stream") this.onStream(message.content as KernelMessage.IStreamMsg["content"]);
    else if (type === "execute_result" || type === "display_data") {
      this.onDisplay(message.content as KernelMessage.IDisplayDataMsg["content"]);
    } else if (type === "update_display_data") {
      this.onUpdate(message.content as KernelMessage.IUpdateDisplayDataMsg["content"]);
    } else if (type === "error") {
      this.add(errorElement(message.content as KernelMessage.IErrorMsg["content"], this.options.reader.t));
    } else if (type === "clear_output") {
      if ((message.content as { wait?: boolean }).wait === true) this.stale = true;
      else this.clear();
    }
  }

  private onDisplay(content: KernelMessage.IDisplayDataMsg["content"]): void {
    const data = content.data as Bundle;
    const verdict = data[MIME_VERDICT];
    if (verdict !== undefined && this.options.onVerdict !== undefined) return this.options.onVerdict(verdict as Verdict);
    const element = this.draw(data);
    const id = content.transient?.display_id;
    if (typeof id === "string") this.displays.set(id, element);
    this.add(element);
  }

  private onUpdate(content: KernelMessage.IUpdateDisplayDataMsg["content"]): void {
    const id = content.transient.display_id;
    const old = typeof id === "string" ? this.displays.get(id) : undefined;
    if (old === undefined || typeof id !== "string") return;
    const element = this.draw(content.data as Bundle);
    old.replaceWith(element);
    this.displays.set(id, element);
  }

  private draw(data: Bundle): HTMLElement {
    const { reader } = this.options;
    try {
      return richElement(data, reader, this.drawWidget);
    } catch (error) {
      return h("p", { class: "failed" }, reader.t("outputFailed", { reason: String(error) }));
    }
  }

  private readonly drawWidget: DrawWidget = async (id, element) => {
    const cleanup = await this.options.drawWidget(id, element);
    if (cleanup !== null) this.cleanups.push(cleanup);
    return cleanup !== null;
  };

  private onStream({ name, text }: KernelMessage.IStreamMsg["content"]): void {
    if (this.stream === null || this.stream.element.dataset["name"] !== name || this.stale) {
      const element = h("pre", { class: "stream", "data-name": name });
      this.add(element);
      this.stream = { element, text: "", dropped: 0 };
    }
    // The raw text is kept: a carriage return at its end acts on what comes next.
    const kept = tail(this.stream.text + text);
    this.stream.text = kept.text;
    this.stream.dropped += kept.dropped;
    // A loop may print thousands of times a second; the page paints once a frame.
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.paintStream());
  }

  private paintStream(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.stream === null) return;
    const { element, text, dropped } = this.stream;
    const note = dropped > 0 ? h("span", { class: "dropped" }, this.options.reader.t("dropped", { n: dropped }), "\n") : null;
    element.replaceChildren(...(note === null ? [] : [note]), ...ansiNodes(terminal(text)));
  }

  private add(element: HTMLElement): void {
    this.freshen();
    this.paintStream();
    this.stream = null;
    this.element.append(element);
  }

  private freshen(): void {
    this.element.classList.remove("stale");
    if (this.stale) this.clear();
    this.stale = false;
  }
}
