// Ask before showing: a prediction made is a surprise earned. The question never blocks; it can be passed over.
import { button } from "./controls.ts";
import { fill, html, say, set } from "./dom.ts";
import { common, type Language } from "./text.ts";

/** What a guess needs to know. */
export interface GuessOptions {
  question: string | Node;
  answers: readonly (string | Node)[];
  /** The index of the answer that will come true. */
  truth: number;
  /** What to do to see it, said once a guess is made. */
  tryIt: string;
  /** What was seen and why. */
  because: string | Node;
  lang: Language;
  signal: AbortSignal;
  maybeOnGuess?: () => void;
}

/** What the caller keeps of a guess. */
export interface Guess {
  node: HTMLElement;
  /** Has the reader chosen, or seen the outcome? */
  settled(): boolean;
  /** The outcome has been seen: say how the guess did. */
  reveal(): void;
  /** Asks again. */
  again(): void;
  /** Draws the eye (and the focus) to the question. */
  ask(): void;
}

/** Makes the card with a question and its answers. */
export function guess(options: GuessOptions): Guess {
  const words = common[options.lang];
  let state: "open" | "made" | "seen" = "open";
  let made = -1;
  const explanation = options.because instanceof Node ? options.because : document.createTextNode(options.because);
  const note = html("span", { class: "note", role: "status" });
  const because = html("p", { class: "because", role: "status" });
  const question = html("p", {}, html("b", {}, `${words.guess}. `), options.question);
  const answers = options.answers.map((answer, k) => {
    const node = button("", () => choose(k), options.signal);
    fill(node, answer instanceof Node ? answer.cloneNode(true) : answer);
    return node;
  });
  // Question and explanation share one place, as tall as the taller: nothing moves under the hand that brings the answer about.
  const row = html("div", { class: "answers" }, ...answers, note);
  const node = html("div", { class: "guess", role: "group", "aria-label": words.guess }, html("div", { class: "stack" }, question, because), row);
  const choose = (index: number): void => {
    if (state === "seen") return;
    made = index;
    state = "made";
    show();
    options.maybeOnGuess?.();
  };
  const show = (): void => {
    answers.forEach((answer, k) => set(answer, {
      "aria-pressed": String(k === made), disabled: state === "seen",
      "data-truth": state === "seen" && k === options.truth, "data-wrong": state === "seen" && k === made && k !== options.truth,
    }));
    const seen = state === "seen";
    node.classList.toggle("seen", seen);
    say(note, state === "made" ? options.tryIt : "");
    fill(because, html("b", {}, !seen || made === -1 ? "" : `${made === options.truth ? words.right : words.wrong} `), explanation);
  };
  show();
  return {
    node,
    settled: () => state !== "open",
    reveal: () => { if (state !== "seen") { state = "seen"; show(); } },
    again: () => { state = "open"; made = -1; show(); },
    ask: () => answers[0]?.focus(),
  };
}
