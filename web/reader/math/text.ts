// A sentence of the server or the kernel as elements: words as text, `$…$` as formulas, backticks as code.

import { h } from "../dom.ts";
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

/** One formula as an element. */
export function formula(latex: string, display = false): HTMLElement {
  const element = h(display ? "div" : "span", { class: "math" });
  void renderLatex(element, latex, display);
  return element;
}
