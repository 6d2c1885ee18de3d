// The checker as the page sees it: asleep until the first question, then one worker that answers in order.
// A worker that dies or is stopped is replaced at the next question.

import type { Asked, Form, Report, Step, Told } from "./protocol.ts";

export type State = "asleep" | "loading" | "ready";

/** Why a question was not answered: the worker could not be loaded, it broke down, it took too long, or somebody stopped it. */
export class CheckerError extends Error {
  readonly trouble: "load" | "broke" | "slow" | "stopped";
  constructor(trouble: CheckerError["trouble"], reason = "") {
    super(reason);
    this.trouble = trouble;
  }
}

interface Waiting {
  part: (steps: Step[]) => void;
  resolve: (value: unknown) => void;
  reject: (error: CheckerError) => void;
}

/** An exercise's line is judged within this time once Python runs, or not at all. */
const JUDGE_MS = 30_000;

type Question = { call: "check"; text: string; form: Form } | { call: "judge"; task: string; answer: string };

export class Checker {
  state: State = "asleep";
  private readonly make: () => Worker;
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private readonly ready: (() => void)[] = [];
  private count = 0;

  constructor(make: () => Worker) {
    this.make = make;
  }

  /** Checks a text; `part` is called with the verdicts of each display as they come. */
  check(text: string, form: Form, part: (steps: Step[]) => void): Promise<{ report: Report } | { refused: string }> {
    return this.ask({ call: "check", text, form }, part) as Promise<{ report: Report } | { refused: string }>;
  }

  /** Judges an answer to an exercise. */
  async judge(task: string, answer: string): Promise<unknown> {
    const answered = this.ask({ call: "judge", task, answer }, () => undefined);
    await Promise.race([this.loaded(), answered]);
    const clock = setTimeout(() => this.stop(new CheckerError("slow")), JUDGE_MS);
    return answered.finally(() => clearTimeout(clock));
  }

  /** Calls back once Python runs; at once when it does. */
  whenReady(call: () => void): void {
    void this.loaded().then(call);
  }

  /** Ends the worker; whoever waits is told. */
  stop(reason: CheckerError = new CheckerError("stopped")): void {
    this.worker?.terminate();
    this.worker = null;
    this.state = "asleep";
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(reason);
    for (const tell of this.ready.splice(0)) tell();
  }

  /** Resolves once Python runs, or the worker is gone. */
  private loaded(): Promise<void> {
    return this.state === "ready" ? Promise.resolve() : new Promise((resolve) => this.ready.push(resolve));
  }

  private ask(question: Question, part: (steps: Step[]) => void): Promise<unknown> {
    const worker = this.start();
    const id = ++this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { part, resolve, reject });
      worker.postMessage({ id, ...question } satisfies Asked);
    });
  }

  private start(): Worker {
    if (this.worker !== null) return this.worker;
    const worker = this.make();
    worker.addEventListener("message", (event: MessageEvent<Told>) => this.hear(event.data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === this.worker) this.stop(new CheckerError(this.state === "ready" ? "broke" : "load", event.message));
    });
    this.worker = worker;
    this.state = "loading";
    return worker;
  }

  private hear(told: Told): void {
    if (told.kind === "ready") {
      this.state = "ready";
      for (const tell of this.ready.splice(0)) tell();
    } else if (told.kind === "failed") {
      // After Python itself has broken down nothing it says can be trusted.
      this.stop(new CheckerError(this.state === "ready" ? "broke" : "load", told.reason));
    } else if (told.kind === "part") {
      this.waiting.get(told.id)?.part(told.verdicts);
    } else {
      const asked = this.waiting.get(told.id);
      this.waiting.delete(told.id);
      asked?.resolve(told.value);
    }
  }
}

let shared: Checker | null = null;

/** The one checker of this page; `root` is the site's root. */
export function sharedChecker(root: URL): Checker {
  shared ??= new Checker(() => new Worker(new URL("assets/proof-worker.js", root), { type: "module" }));
  return shared;
}
