// Search over the built pages with Pagefind: an index of small files, read where the site stands. "/" opens it.

import { h } from "../dom.ts";
import type { Reader } from "../reader.ts";

interface Fragment {
  url: string;
  meta: { title?: string };
  excerpt: string;
  sub_results: { title: string; url: string; excerpt: string }[];
}
interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  debouncedSearch(query: string, options?: object, ms?: number): Promise<{ results: { data(): Promise<Fragment> }[] } | null>;
}
interface Hit {
  title: string;
  page: string;
  url: string;
  excerpt: string;
}

const PAGES = 8;
const PLACES_PER_PAGE = 3;

/** Makes the search dialog; returns what opens it. */
export function makeSearch(reader: Reader): () => void {
  let dialog: SearchDialog | null = null;
  return () => {
    dialog ??= new SearchDialog(reader);
    dialog.open();
  };
}

class SearchDialog {
  private readonly reader: Reader;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly status: HTMLElement;
  private readonly dialog: HTMLDialogElement;
  private library: Promise<Pagefind> | null = null;
  private chosen = -1;

  constructor(reader: Reader) {
    const { t } = reader;
    this.reader = reader;
    this.list = h("div", { id: "search-results", role: "listbox", "aria-label": t("searchTitle") });
    this.status = h("p", { class: "search-status", role: "status" });
    this.input = h("input", {
      type: "text",
      enterkeyhint: "search",
      role: "combobox",
      "aria-label": t("searchTitle"),
      "aria-controls": "search-results",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      autocomplete: "off",
      placeholder: t("searchPlaceholder"),
      oninput: () => void this.search(),
      onkeydown: (event: KeyboardEvent) => this.onKey(event),
    });
    const close = h("button", { type: "button", class: "quiet", "aria-label": t("close"), onclick: () => this.dialog.close() }, "×");
    this.dialog = h("dialog", { class: "search", "aria-label": t("searchTitle") }, h("div", { class: "search-line" }, this.input, close), this.status, this.list);
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    document.body.append(this.dialog);
  }

  open(): void {
    if (!this.dialog.open) this.dialog.showModal();
    this.input.select();
    void this.load().catch(() => undefined);
  }

  private load(): Promise<Pagefind> {
    this.library ??= this.start().catch((error: unknown) => {
      this.library = null;
      this.status.textContent = this.reader.t("searchFailed");
      throw error;
    });
    return this.library;
  }

  private async start(): Promise<Pagefind> {
    const { root } = this.reader.page;
    const pagefind = (await import(new URL("pagefind/pagefind.js", root).href)) as Pagefind;
    await pagefind.options({ baseUrl: root.pathname, excerptLength: 24 });
    await pagefind.init();
    return pagefind;
  }

  private async search(): Promise<void> {
    const query = this.input.value.trim();
    if (query === "") return this.show([], "");
    try {
      const pagefind = await this.load();
      const found = await pagefind.debouncedSearch(query, {}, 120);
      // Null: a newer search has begun.
      if (found === null || query !== this.input.value.trim()) return;
      const pages = await Promise.all(found.results.slice(0, PAGES).map((result) => result.data()));
      this.show(pages.flatMap(places), query);
    } catch (error) {
      console.error(error);
      this.status.textContent = this.reader.t("searchFailed");
    }
  }

  private show(hits: Hit[], query: string): void {
    const { t } = this.reader;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", String(hits.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = query === "" ? "" : hits.length === 0 ? t("searchNone", { query }) : t("searchCount", { n: hits.length });
    this.list.replaceChildren(...hits.map((hit, index) => this.option(hit, index)));
    if (hits.length > 0) this.choose(0);
  }

  private option(hit: Hit, index: number): HTMLElement {
    const where = hit.page === hit.title ? null : h("span", { class: "hit-page" }, hit.page);
    return h(
      "a",
      { class: "hit", role: "option", id: `hit-${index}`, href: hit.url, tabindex: -1, "aria-selected": "false", onclick: () => this.dialog.close() },
      h("span", { class: "hit-title" }, hit.title),
      where,
      h("span", { class: "hit-excerpt" }, ...marked(hit.excerpt)),
    );
  }

  private onKey(event: KeyboardEvent): void {
    const count = this.list.children.length;
    if (event.key === "ArrowDown" && count > 0) this.choose((this.chosen + 1) % count);
    else if (event.key === "ArrowUp" && count > 0) this.choose((this.chosen - 1 + count) % count);
    else if (event.key === "Enter" && !event.isComposing) (this.list.children[this.chosen] as HTMLElement | undefined)?.click();
    else return;
    event.preventDefault();
  }

  private choose(index: number): void {
    this.list.children[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = index;
    const option = this.list.children[index];
    if (option === undefined) return;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }
}

function places(page: Fragment): Hit[] {
  const title = page.meta.title ?? page.url;
  const inside = page.sub_results.slice(0, PLACES_PER_PAGE);
  if (inside.length === 0) return [{ title, page: title, url: page.url, excerpt: page.excerpt }];
  return inside.map((place) => ({ title: place.title, page: title, url: place.url, excerpt: place.excerpt }));
}

/** Pagefind marks words with <mark> in escaped text: read as a document, it is taken over as text and marks only. */
function marked(excerpt: string): Node[] {
  const parsed = new DOMParser().parseFromString(excerpt, "text/html");
  return [...parsed.body.childNodes].map((node) =>
    node.nodeName === "MARK" ? h("mark", {}, node.textContent ?? "") : document.createTextNode(node.textContent ?? ""),
  );
}
