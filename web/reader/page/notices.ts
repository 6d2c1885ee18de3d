// One strip under the bar for what the reader must know now, in one sentence; and a quiet voice for screen readers.

import { h } from "../dom.ts";
import { ApiError } from "../api.ts";
import { mathText } from "../math/text.ts";
import { choose, type Lang } from "../page.ts";
import type { Translate, Word } from "../strings.ts";

export class Notices {
  private readonly strip: HTMLElement;
  private readonly voice: HTMLElement;
  private readonly t: Translate;
  private readonly lang: Lang;
  private shown: string | null = null;

  constructor(t: Translate, lang: Lang, bar: Element | null) {
    this.t = t;
    this.lang = lang;
    this.strip = h("div", { class: "notice", role: "status", hidden: true });
    this.voice = h("div", { class: "visually-hidden", "aria-live": "polite" });
    (bar ?? document.body).append(this.strip);
    document.body.append(this.voice);
  }

  /** Shows a sentence until it is dismissed or replaced; `topic` lets a later `clear(topic)` take it away. */
  show(sentence: string, topic: string): void {
    this.shown = topic;
    const dismiss = h("button", { type: "button", class: "quiet", "aria-label": this.t("close"), onclick: () => this.hide() }, "×");
    this.strip.replaceChildren(h("p", {}, mathText(sentence)), dismiss);
    this.strip.hidden = false;
  }

  /** Says one of the reader's own sentences. */
  word(word: Word): void {
    this.show(this.t(word), word);
  }

  /** Shows why a call failed. */
  failure(error: unknown): void {
    this.show(this.explain(error), error instanceof ApiError ? error.trouble : "refused");
  }

  /** The sentence for a failed call. */
  explain(error: unknown): string {
    if (!(error instanceof ApiError)) return this.t("refused");
    return error.said === null ? this.t(error.trouble) : choose(this.lang, error.said);
  }

  /** Takes a notice away when it is the one shown. */
  clear(...topics: string[]): void {
    if (this.shown !== null && topics.includes(this.shown)) this.hide();
  }

  /** Speaks to screen readers only. */
  say(sentence: string): void {
    this.voice.textContent = sentence;
  }

  private hide(): void {
    this.shown = null;
    this.strip.hidden = true;
    this.strip.replaceChildren();
  }
}
