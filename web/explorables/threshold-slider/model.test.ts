import assert from "node:assert/strict";
import test from "node:test";
import { close, readTable } from "../../kit/parity.ts";
import { area, averagePrecision, cheapest, cost, count, f1, falseAlarmRate, hill, precision, recall, steps } from "./model.ts";

interface Case {
  strikes: number; quiet: number; d: number; miss: number; t: number;
  scores: number[]; counts: number[]; rates: number[]; roc: number[]; auc: number; ap: number; cost: number; cheapest: number;
}

for (const one of readTable<Case>("threshold-slider")) {
  test(`equals Python for ${one.strikes} strikes in ${one.strikes + one.quiet}, d = ${one.d}, t = ${one.t}`, () => {
    const [strikes, quiet] = [hill(one.strikes, one.d), hill(one.quiet, 0)];
    close([...strikes.slice(0, 3), ...quiet.slice(-3)], one.scores, "scores");
    const now = count(strikes, quiet, one.t);
    close([now.TP, now.FP, now.FN, now.TN], one.counts, "counts");
    close([precision(now), recall(now), falseAlarmRate(now), f1(now)], one.rates, "rates");
    const curve = steps(strikes, quiet);
    close(curve.filter((_, k) => k % 97 === 0).flatMap((step) => [falseAlarmRate(step), recall(step)]), one.roc, "roc");
    close([area(curve), averagePrecision(curve)], [one.auc, one.ap], "areas");
    close([cost(now, one.miss), cost(cheapest(curve, one.miss), one.miss)], [one.cost, one.cheapest], "cost");
  });
}

test("the area under the ROC curve is the share of pairs in the right order, a tie counting half", () => {
  const [strikes, quiet] = [[2, 1, 1], [1, 0]];
  close([area(steps(strikes, quiet))], [(1 + 1 + 0.5 + 1 + 0.5 + 1) / 6], "area");
});

test("more strikes move precision and neither recall nor false-alarm rate", () => {
  const at = (strikes: number): number[] => {
    const now = count(hill(strikes, 5), hill(1000 - strikes, 0), 0);
    return [recall(now), falseAlarmRate(now)];
  };
  assert.ok(Math.abs((at(10)[1] ?? 0) - (at(500)[1] ?? 1)) < 0.01);
});
