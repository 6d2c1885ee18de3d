// A traceback in one line: what was raised, and where in the learner's own cell. The rest stays folded.

import { stripAnsi } from "./ansi.ts";

export interface ErrorContent {
  ename: string;
  evalue: string;
  traceback: string[];
}

export interface Summary {
  /** "ValueError: expected …" */
  headline: string;
  /** The line of the cell where it happened; null when the traceback does not say. */
  line: number | null;
  interrupted: boolean;
  /** The whole traceback, colour codes included. */
  whole: string;
}

/** Folds a kernel's error message. */
export function summarise({ ename, evalue, traceback }: ErrorContent): Summary {
  const whole = traceback.join("\n");
  const plain = stripAnsi(whole);
  const inCell = /Cell In\s?\[\d+\], line (\d+)/.exec(plain) ?? /^ *File <.*?>:(\d+)/m.exec(plain);
  const syntax = /\(<?[^()]*>?, line (\d+)\)$/.exec(evalue);
  const found = inCell ?? syntax;
  const detail = evalue.replace(/ \(<?[\w-]+>?(?:\.py)?, line \d+\)$/, "");
  return {
    headline: detail === "" ? ename : `${ename}: ${detail}`,
    line: found === null ? null : Number(found[1]),
    interrupted: ename === "KeyboardInterrupt",
    whole,
  };
}
