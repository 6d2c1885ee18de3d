// KaTeX in the browser, for formulas that are not known when the page is built. Loaded with the first of them.

let library: Promise<typeof import("katex")> | null = null;

/** Renders one formula into an element; until KaTeX has come, and where the formula is not LaTeX, its text stands there. */
export function renderLatex(element: HTMLElement, latex: string, display = false): Promise<void> {
  element.textContent = latex;
  library ??= import("katex");
  return library.then(({ default: katex }) => {
    try {
      katex.render(latex, element, {
        displayMode: display,
        throwOnError: false,
        errorColor: "currentColor",
        strict: false,
        output: "htmlAndMathml",
        trust: ({ command }) => command === "\\htmlClass",
      });
    } catch {
      // Ten thousand nested braces exhaust the stack, which is no error of LaTeX to KaTeX.
      element.textContent = latex;
    }
  });
}
