// A detector gives each window a score; a threshold turns scores into alarms. Everything that is counted from the two, without a document.
// The scores are no draw of luck: they are the quantiles of two logistic hills, the second one shifted by d.

/** The four counts of a yes-or-no answer. */
export interface Counts {
  TP: number;
  FP: number;
  FN: number;
  TN: number;
}

/** `count` scores around `centre`: centre + ln(p / (1 − p)) at p = (k + ½) / count, in rising order. */
export function hill(count: number, centre: number): number[] {
  return Array.from({ length: count }, (_, k) => centre + Math.log((k + 0.5) / (count - k - 0.5)));
}

/** Counts the answers when every score of at least t rings the alarm. */
export function count(strikes: readonly number[], quiet: readonly number[], t: number): Counts {
  const TP = strikes.filter((s) => s >= t).length;
  const FP = quiet.filter((s) => s >= t).length;
  return { TP, FP, FN: strikes.length - TP, TN: quiet.length - FP };
}

/** TP / (TP + FP); nobody rang, nobody lied: 0 by convention. */
export function precision({ TP, FP }: Counts): number {
  return TP / Math.max(1, TP + FP);
}

export function recall({ TP, FN }: Counts): number {
  return TP / Math.max(1, TP + FN);
}

export function falseAlarmRate({ FP, TN }: Counts): number {
  return FP / Math.max(1, FP + TN);
}

/** 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall. */
export function f1({ TP, FP, FN }: Counts): number {
  return (2 * TP) / Math.max(1, 2 * TP + FP + FN);
}

/** The price of all answers, in false alarms, when a miss costs `miss` of them. */
export function cost({ FP, FN }: Counts, miss: number): number {
  return FP + miss * FN;
}

/** One step of the curves: the threshold and what it counts. */
export interface Step extends Counts {
  t: number;
}

/** The counts at every threshold that makes a difference, the strictest first: infinity, then each score that occurs. */
export function steps(strikes: readonly number[], quiet: readonly number[]): Step[] {
  const all = [...strikes.map((t) => ({ t, hit: 1 })), ...quiet.map((t) => ({ t, hit: 0 }))].sort((one, other) => other.t - one.t);
  const result: Step[] = [{ t: Infinity, TP: 0, FP: 0, FN: strikes.length, TN: quiet.length }];
  let [TP, FP] = [0, 0];
  all.forEach(({ t, hit }, k) => {
    TP += hit;
    FP += 1 - hit;
    if (all[k + 1]?.t !== t) result.push({ t, TP, FP, FN: strikes.length - TP, TN: quiet.length - FP });
  });
  return result;
}

/** The area under the ROC curve, by trapezia: the share of pairs in which the strike scores above the quiet window. */
export function area(curve: readonly Step[]): number {
  return curve.slice(1).reduce((sum, now, k) => {
    const before = curve[k] as Step;
    return sum + (falseAlarmRate(now) - falseAlarmRate(before)) * (recall(now) + recall(before)) / 2;
  }, 0);
}

/** The area under precision against recall, by steps. */
export function averagePrecision(curve: readonly Step[]): number {
  return curve.slice(1).reduce((sum, now, k) => sum + (recall(now) - recall(curve[k] as Step)) * precision(now), 0);
}

/** The cheapest step; of equals, the strictest. */
export function cheapest(curve: readonly Step[], miss: number): Step {
  return curve.reduce((best, now) => (cost(now, miss) < cost(best, miss) ? now : best));
}
