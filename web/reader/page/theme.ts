// Light, dark, or as the system has it. A line in <head> sets data-theme before the first paint; this keeps it true after.

import { h, svg } from "../dom.ts";
import type { Translate } from "../strings.ts";

const KEY = "glideslope:theme";
type Choice = "system" | "light" | "dark";
const NEXT: Record<Choice, Choice> = { system: "light", light: "dark", dark: "system" };
const WORDS = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

/** The button that goes round the three choices. */
export function themeButton(t: Translate): HTMLButtonElement {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let choice = stored();
  const button = h("button", { type: "button", class: "icon", "data-theme-button": true }, icon());
  const show = (): void => {
    const theme = choice === "system" ? (system.matches ? "dark" : "light") : choice;
    document.documentElement.dataset["theme"] = theme;
    button.setAttribute("aria-label", t(WORDS[choice]));
    button.title = t(WORDS[choice]);
    button.dataset["choice"] = choice;
  };
  button.addEventListener("click", () => {
    choice = NEXT[choice];
    store(choice);
    show();
  });
  system.addEventListener("change", show);
  show();
  return button;
}

function stored(): Choice {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

function store(choice: Choice): void {
  try {
    if (choice === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // A browser that keeps nothing still changes colours for this page.
  }
}

function icon(): SVGSVGElement {
  const half = svg("path", { d: "M10 3 a7 7 0 0 1 0 14 z", fill: "currentColor" });
  const ring = svg("circle", { cx: 10, cy: 10, r: 7, fill: "none", stroke: "currentColor", "stroke-width": 1.6 });
  return svg("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" }, ring, half);
}
