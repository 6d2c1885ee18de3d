// What a page says about itself: its language, its lesson, where the site and the server stand. Read once, from <html>.

export type Lang = "en" | "zh";
export interface Bilingual {
  en: string;
  zh: string;
}

export interface Page {
  lang: Lang;
  /** Slug of the lesson; empty outside lessons. */
  lesson: string;
  /** True when a Jupyter server serves the page. */
  live: boolean;
  /** The site's root, with a slash at its end. */
  root: URL;
  /** The Jupyter server's base address (kernels stand under it); the site is its folder `learn/`. */
  base: URL;
}

/** Reads the page's facts from the data attributes of `<html>`. */
export function readPage(html: HTMLElement, address: string): Page {
  const root = new URL(`${(html.dataset["root"] ?? ".").replace(/\/$/, "")}/`, address);
  return {
    lang: html.lang.toLowerCase().startsWith("zh") ? "zh" : "en",
    lesson: html.dataset["lesson"] ?? "",
    live: html.dataset["live"] === "yes",
    root,
    base: new URL("../", root),
  };
}

/** Chooses the page's language from a sentence given in both. */
export function choose(lang: Lang, text: Bilingual | string | null | undefined): string {
  if (text === null || text === undefined) return "";
  return typeof text === "string" ? text : (text[lang] ?? text.en);
}
