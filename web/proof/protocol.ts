// What the page and the worker say to each other, and the report as the checker writes it (glideslope.derive.report).

import type { Bilingual } from "../reader/page.ts";

export type Asked =
  | { id: number; call: "check"; text: string; form: Form }
  | { id: number; call: "judge"; task: string; answer: string };

export type Told =
  | { kind: "ready" }
  | { kind: "part"; id: number; verdicts: Step[] }
  | { kind: "answer"; id: number; value: unknown }
  | { kind: "failed"; id?: number; reason: string };

/** How a text is to be read; empty lets the checker guess. */
export type Form = "" | "md" | "tex" | "ipynb";

export const STATUSES = ["error", "ill-formed", "needs-assumption", "not-confirmed", "not-understood", "holds", "definition", "skipped"] as const;
export type Status = (typeof STATUSES)[number];

/** A text edit; offsets count code points of the text that was checked. */
export interface Repair {
  start: number;
  end: number;
  old: string;
  new: string;
  before: string;
  after: string;
}

/** The verdict on one step of a chain. */
export interface Step {
  line: number;
  latex: string;
  previous: string;
  relation: string;
  status: Status;
  reason: Bilingual;
  domain: string | null;
  repair: Repair | null;
  counterexample: { text: string } | null;
  span: { start: number; end: number; cell: number | null };
  evidence: { points: number; worlds: number; sizes: Record<string, number> };
}

export interface Report {
  displays: number;
  counts: Record<Status, number>;
  notes: string[];
  verdicts: Step[];
}
