// An error as the learner should meet it: one line that says what and where; the traceback opens on demand.

import { h } from "../dom.ts";
import type { Translate } from "../strings.ts";
import { parseAnsi } from "./ansi.ts";
import { summarise, type ErrorContent } from "./traceback.ts";

/** Text with terminal colours as nodes. */
export function ansiNodes(text: string): Node[] {
  return parseAnsi(text).map((run) =>
    run.classes.length === 0 ? document.createTextNode(run.text) : h("span", { class: run.classes.join(" ") }, run.text),
  );
}

/** The folded error. */
export function errorElement(content: ErrorContent, t: Translate): HTMLElement {
  const summary = summarise(content);
  if (summary.interrupted) return h("p", { class: "interrupted" }, t("interrupted"));
  const where = summary.line === null ? null : h("span", { class: "where" }, t("errorAtLine", { n: summary.line }));
  const whole = h("pre", { tabindex: 0 });
  whole.append(...ansiNodes(summary.whole));
  return h(
    "div",
    { class: "error-box", role: "group" },
    h("p", { class: "error-line" }, h("code", {}, summary.headline), where),
    summary.whole === "" ? null : h("details", { class: "traceback" }, h("summary", {}, t("showTraceback")), whole),
  );
}
