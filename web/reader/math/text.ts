// A sentence of the server or the kernel as elements: words as text, `$…$` as formulas, backticks as code.

import { h, whenNear } from "../dom.ts";
import { splitInline } from "./inline.ts";
import { renderLatex } from "./katex.ts";

/** Builds a sentence that may hold formulas. */
export function mathText(sentence: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const piece of splitInline(sentence)) {
    if (piece.kind === "text") fragment.append(piece.text);
    else if (piece.kind === "code") fragment.append(h("code", {}, piece.text));
    else fragment.append(formula(piece.text));
  }
  return fragment;
}

/** Formulas this far outside the window are drawn before they are seen; KaTeX is loaded for none that is not. */
const AHEAD_PX = 800;

/** One formula as an element; its LaTeX stands there until it comes near. */
export function formula(latex: string, display = false): HTMLElement {
  const element = h(display ? "div" : "span", { class: "math" }, latex);
  whenNear(element, AHEAD_PX, () => void renderLatex(element, latex, display));
  return element;
}
