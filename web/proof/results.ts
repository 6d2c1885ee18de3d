// The list of verdicts as it grows, the line that says how much was decided, and the choice of what to show.

import { h } from "../reader/dom.ts";
import type { Report, Step } from "./protocol.ts";
import { isFault, isOpen, stepElement, type ViewOptions } from "./view.ts";

type Choice = "all" | "findings" | "open";

export class Results {
  readonly element: HTMLElement;
  private readonly options: ViewOptions;
  private readonly list: HTMLOListElement;
  private readonly summary = h("div", { class: "proof-summary", role: "status" });
  private readonly choices = h("fieldset", { class: "proof-choices", hidden: true });
  private steps: Step[] = [];

  constructor(options: ViewOptions) {
    this.options = options;
    this.list = h("ol", { class: "steps", "data-show": "all" });
    this.element = h("section", { class: "proof-results", "aria-label": options.say("results") }, this.summary, this.choices, this.list);
  }

  clear(): void {
    this.steps = [];
    this.choices.hidden = true;
    this.list.dataset["show"] = "all";
    this.list.replaceChildren();
    this.summary.replaceChildren();
    this.element.classList.remove("stale");
  }

  /** Adds the verdicts of one display. */
  add(steps: Step[]): void {
    this.steps.push(...steps);
    this.list.append(...steps.map((step) => stepElement(step, this.options)));
  }

  /** Says what came of it all. */
  finish(report: Report, seconds: number): void {
    const { say } = this.options;
    const faults = this.steps.filter(isFault);
    const open = this.steps.filter(isOpen);
    const claims = report.verdicts.filter(({ status }) => status !== "definition" && status !== "skipped").length;
    const verdict = report.displays === 0 ? say("noMath") : faults.length === 0 ? say("clean") : say("findings", { n: faults.length });
    const links = faults.map((step) => h("li", {}, h("button", { type: "button", class: "quiet", onclick: () => this.focus(step) }, this.options.place(step))));
    const facts = { decided: claims - open.length, claims, displays: report.displays, seconds: seconds.toFixed(seconds < 10 ? 1 : 0) };
    this.summary.replaceChildren(
      h("p", { class: "proof-verdict", "data-clean": faults.length === 0 && report.displays > 0 ? "yes" : "no" }, verdict),
      faults.length === 0 ? h("span") : h("ul", { class: "proof-findings" }, ...links),
      report.displays === 0 ? h("span") : h("p", { class: "proof-coverage" }, say("coverage", facts)),
      ...report.notes.map((note) => h("p", {}, note)),
    );
    this.offer({ all: this.steps.length, findings: faults.length, open: open.length });
  }

  /** The text has changed: what stands here is about another one. */
  age(): void {
    if (this.steps.length === 0 || this.element.classList.contains("stale")) return;
    this.element.classList.add("stale");
    this.summary.append(h("p", { class: "proof-stale" }, this.options.say("stale")));
  }

  private offer(counts: Record<Choice, number>): void {
    const { say } = this.options;
    const words = { all: "showAll", findings: "showFindings", open: "showOpen" } as const;
    const radio = (choice: Choice): HTMLElement => {
      const input = h("input", { type: "radio", name: "proof-show", value: choice, checked: choice === "all", onchange: () => (this.list.dataset["show"] = choice) });
      return h("label", {}, input, " ", say(words[choice], { n: counts[choice] }));
    };
    this.choices.replaceChildren(h("legend", {}, say("show")), radio("all"), radio("findings"), radio("open"));
    this.choices.hidden = counts.all === 0;
  }

  private focus(step: Step): void {
    const element = this.list.children[this.steps.indexOf(step)];
    if (!(element instanceof HTMLElement)) return;
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  }
}
