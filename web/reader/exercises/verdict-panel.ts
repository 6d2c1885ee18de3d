// A verdict as the learner sees it: a sentence, the smallest input that shows it, what was asked and how each went.

import { h } from "../dom.ts";
import { mathText } from "../math/text.ts";
import { choose } from "../page.ts";
import type { Reader } from "../reader.ts";
import { telling, type Counterexample, type Question, type Verdict } from "./verdict.ts";

const TITLES = { wrong: "notYet", error: "couldNotCheck", timeout: "tookTooLong" } as const;

/** Draws a verdict. */
export function verdictElement(verdict: Verdict, reader: Reader): HTMLElement {
  const { t, page } = reader;
  const title = verdict.passed ? "passed" : verdict.status === "ok" ? "notYet" : TITLES[verdict.status];
  const question = verdict.passed ? null : telling(verdict);
  const message = choose(page.lang, verdict.message);
  const detail = question?.message == null ? "" : choose(page.lang, question.message);
  return h(
    "div",
    { class: `verdict-panel ${verdict.passed ? "passed" : "open"}`, "data-status": verdict.passed ? "ok" : verdict.status },
    h("p", { class: "verdict-title" }, h("strong", {}, t(title))),
    message === "" ? null : h("p", {}, mathText(message)),
    detail === "" || detail === message ? null : h("p", {}, mathText(detail)),
    question?.counterexample == null ? null : counterexampleTable(question.counterexample, reader),
    questionList(verdict.questions ?? [], reader),
  );
}

/** A plain sentence in the place of a verdict. */
export function sentenceElement(title: string, sentence: string): HTMLElement {
  return h(
    "div",
    { class: "verdict-panel open", "data-status": "error" },
    h("p", { class: "verdict-title" }, h("strong", {}, title)),
    h("p", {}, mathText(sentence)),
  );
}

function counterexampleTable({ call, got, wanted }: Counterexample, { t }: Reader): HTMLElement {
  const row = (name: string, value: string, className: string): HTMLElement =>
    h("tr", { class: className }, h("th", { scope: "row" }, name), h("td", {}, h("code", {}, value)));
  return h(
    "table",
    { class: "counterexample" },
    h("caption", {}, t("counterexample"), " ", h("code", {}, call)),
    h("tbody", {}, row(t("got"), got, "got"), row(t("wanted"), wanted, "wanted")),
  );
}

function questionList(questions: Question[], { t, page }: Reader): HTMLElement | null {
  if (questions.length === 0) return null;
  const items = questions.map((question) =>
    h(
      "li",
      { class: question.passed ? "passed" : "open" },
      h("span", { class: "visually-hidden" }, question.passed ? t("passed") : t("notYet"), ": "),
      mathText(choose(page.lang, question.title)),
    ),
  );
  return h("ul", { class: "questions", "aria-label": t("questions") }, ...items);
}
