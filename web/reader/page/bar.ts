// The bar at the top: search, colours, help, and on a lesson the menu of its Python.

import type { Notebook } from "../cells/notebook.ts";
import { h, svg } from "../dom.ts";
import type { KernelState } from "../kernel/kernel.ts";
import type { Reader } from "../reader.ts";
import type { Word } from "../strings.ts";
import { themeButton } from "./theme.ts";

export interface BarOptions {
  bar: HTMLElement;
  reader: Reader;
  /** Null on pages without cells. */
  notebook: Notebook | null;
  openSearch: () => void;
  openHelp: () => void;
}

const STATES: Record<KernelState, Word> = {
  none: "kernelShortNone",
  starting: "kernelStarting",
  idle: "kernelIdle",
  busy: "kernelBusy",
  restarting: "kernelRestarting",
  dead: "kernelDead",
  lost: "kernelLost",
};

/** Fills the bar; returns the menu of the lesson, to which links may be added. */
export function fillBar({ bar, reader, notebook, openSearch, openHelp }: BarOptions): HTMLElement {
  const { t, page } = reader;
  const search = h("button", { type: "button", class: "search-button", onclick: openSearch }, magnifier(), h("span", {}, t("search")), h("kbd", {}, "/"));
  search.setAttribute("aria-label", t("search"));
  const help = h("button", { type: "button", class: "icon", "aria-label": t("help"), title: t("help"), onclick: openHelp }, "?");
  const links = h("div", { class: "menu-links" });
  const tools = h("div", { class: "tools" }, search, themeButton(t), help);
  if (page.live && notebook !== null && notebook.cells.length > 0) tools.prepend(kernelMenu(reader, notebook, links));
  bar.querySelector(".language")?.before(tools);
  if (!tools.isConnected) bar.append(tools);
  return links;
}

function kernelMenu(reader: Reader, notebook: Notebook, links: HTMLElement): HTMLElement {
  const { t } = reader;
  const label = h("span", { class: "kernel-label" });
  const summary = h("summary", {}, h("span", { class: "dot", "aria-hidden": "true" }), label);
  const action = (word: Word, act: () => unknown): HTMLButtonElement =>
    h("button", { type: "button", "data-act": word, onclick: () => (close(), act()) }, t(word));
  const interrupt = action("interrupt", () => notebook.interrupt());
  const restart = action("restart", () => notebook.restart());
  const items = h("div", { class: "menu-items" }, action("runAll", () => notebook.runAll()), interrupt, restart, links);
  const menu = h("details", { class: "kernel-menu" }, summary, items);
  const close = (): void => void (menu.open = false);
  const show = (state: KernelState): void => {
    menu.dataset["state"] = state;
    label.replaceChildren(h("span", { class: "kernel-name" }, t("kernel"), " "), t(STATES[state]));
    summary.setAttribute("aria-label", t("kernelMenu", { state: t(STATES[state]) }));
    summary.title = state === "none" ? t("kernelNone") : "";
    interrupt.disabled = state !== "busy";
    restart.disabled = state === "none" || state === "starting" || state === "restarting";
  };
  notebook.onKernel = show;
  show(notebook.kernel.state);
  closeOutside(menu, summary);
  return menu;
}

/** A menu closes on Escape, on a click elsewhere and when the focus leaves it. */
function closeOutside(menu: HTMLDetailsElement, summary: HTMLElement): void {
  document.addEventListener("pointerdown", (event) => {
    if (menu.open && !menu.contains(event.target as Node)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary.focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

function magnifier(): SVGSVGElement {
  const attributes = { fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round" };
  return svg(
    "svg",
    { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" },
    svg("circle", { cx: 8.5, cy: 8.5, r: 5.5, ...attributes }),
    svg("path", { d: "M12.7 12.7 L17 17", ...attributes }),
  );
}
