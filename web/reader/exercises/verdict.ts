// The shape of a verdict (docs/page.md), whoever gave it: the learner's own kernel or the judge behind the server.

import type { Bilingual } from "../page.ts";

export const MIME_VERDICT = "application/vnd.glideslope.verdict+json";

export interface Counterexample {
  call: string;
  got: string;
  wanted: string;
}

export interface Question {
  title: Bilingual;
  passed: boolean;
  message?: Bilingual | null;
  counterexample?: Counterexample | null;
}

export type LineStatus = "holds" | "error" | "ill-formed" | "needs-assumption" | "jump" | "not-understood" | "goal";

export interface JudgedLine {
  latex: string;
  status: LineStatus;
  message?: Bilingual | null;
  counterexample?: Bilingual | string | null;
  repair?: string | null;
}

export interface Verdict {
  exercise: string;
  passed: boolean;
  status: "ok" | "wrong" | "error" | "timeout";
  message: Bilingual;
  questions?: Question[];
  lines?: JudgedLine[];
  after?: Bilingual | null;
}

/** The first question that failed and can show a smallest case; null when none can. */
export function telling(verdict: Verdict): Question | null {
  const failed = (verdict.questions ?? []).filter((question) => !question.passed);
  return failed.find((question) => question.counterexample != null) ?? failed[0] ?? null;
}
