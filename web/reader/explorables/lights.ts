// Symbols and derivation lines light their places in the figures, and figures light symbols in the text.

import type { Explorables } from "./host.ts";

/** Wires `.sym` letters, derivation rows and the models of the explorables together. */
export function wireLights(root: HTMLElement, explorables: Explorables): void {
  let current: string | null = null;
  const announce = (symbol: string | null): void => {
    if (symbol === current) return;
    document.dispatchEvent(new CustomEvent("glideslope:symbol", { detail: { symbol } }));
  };
  root.addEventListener("pointerover", (event) => announce(symbolAt(event.target)));
  root.addEventListener("pointerleave", () => announce(null));
  root.addEventListener("focusin", (event) => announce(symbolAt(event.target)));
  root.addEventListener("click", (event) => {
    const row = rowAt(event.target);
    if (row !== null && !isControl(event.target)) light(row);
  });
  root.addEventListener("keydown", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || !target.matches(".derivation .row")) return;
    if (event.key === "Enter") light(target);
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      announce(neighbour(target, current, event.key === "ArrowRight" ? 1 : -1));
      event.preventDefault();
    }
    if (event.key === "Escape") announce(null);
  });
  document.addEventListener("glideslope:symbol", (event) => {
    current = (event as CustomEvent<{ symbol: string | null }>).detail.symbol;
    lightSymbols(root, current);
    for (const model of explorables.models) model.set("symbol", current);
  });
  document.addEventListener("glideslope:light", (event) => {
    const { equation, row } = (event as CustomEvent<{ equation: string; row: number }>).detail;
    for (const model of explorables.models) model.set("light", `${equation}:${row}`);
  });
}

function symbolAt(target: EventTarget | null): string | null {
  const letter = target instanceof Element ? target.closest(".sym") : null;
  if (letter === null) return null;
  const name = [...letter.classList].find((className) => className.startsWith("sym-"));
  return name === undefined ? null : name.slice("sym-".length);
}

/** The next letter of a row that has focus, for those who have no pointer; past the last comes the first. */
function neighbour(row: HTMLElement, symbol: string | null, step: 1 | -1): string | null {
  const names = [...new Set([...row.querySelectorAll(".sym")].map((letter) => symbolAt(letter)))].filter((name) => name !== null);
  if (names.length === 0) return null;
  const at = symbol === null ? -1 : names.indexOf(symbol);
  return names[at === -1 ? (step === 1 ? 0 : names.length - 1) : (at + step + names.length) % names.length] ?? null;
}

function lightSymbols(root: HTMLElement, symbol: string | null): void {
  for (const letter of root.querySelectorAll(".sym.lit")) letter.classList.remove("lit");
  if (symbol === null) return;
  for (const letter of root.querySelectorAll(`.sym-${CSS.escape(symbol)}`)) letter.classList.add("lit");
}

function rowAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".derivation .row[data-row]") : null;
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("summary, a, button") !== null;
}

function light(row: HTMLElement): void {
  const derivation = row.closest<HTMLElement>(".derivation");
  if (derivation === null) return;
  for (const other of document.querySelectorAll(".derivation .row.lit")) other.classList.remove("lit");
  row.classList.add("lit");
  const detail = { equation: derivation.id, row: Number(row.dataset["row"]) };
  document.dispatchEvent(new CustomEvent("glideslope:light", { detail }));
}
