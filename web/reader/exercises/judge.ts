// Who says whether a line holds. Today the course's server does; a static page has nobody to ask.
// This is the one seam: a judge that runs in the browser implements the same interface.

import type { Api } from "../api.ts";
import type { Page } from "../page.ts";
import type { Verdict } from "./verdict.ts";

export interface Repair {
  chain: string;
  row: number;
  repair: string;
}
export type Answer = { lines: string[] } | { answers: Repair[] };

export interface Judge {
  /** Judges an answer to an exercise; rejects with an ApiError when nobody answers. With `again` it is one that was
   *  judged and kept before: only its verdict is wanted. */
  judge(exercise: string, answer: Answer, again?: boolean): Promise<Verdict>;
}

/** The judge for this page; null when there is none. */
export function findJudge(page: Page, api: Api): Judge | null {
  if (!page.live) return null;
  return {
    judge: (exercise, answer, again = false) => {
      const path = `judge/${page.lesson}/${encodeURIComponent(exercise)}${again ? "?keep=no" : ""}`;
      return api.send<Verdict>("POST", path, answer);
    },
  };
}
