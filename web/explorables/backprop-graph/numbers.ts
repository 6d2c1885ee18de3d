// Numbers of the graph: whole ones without a point, small ones with two decimals at most.
import { fixed } from "../../kit/format.ts";

/** Formats without idle zeros: `tidy(2)` is "2", `tidy(0.25)` is "0.25", `tidy(112.5)` is "113". */
export function tidy(value: number): string {
  const decimals = Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
  const text = fixed(value, decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Like `tidy`, with a plus sign in front of positive numbers: a slope. */
export function plus(value: number): string {
  const text = tidy(value);
  return value > 0 && text !== "0" ? `+${text}` : text;
}
