import assert from "node:assert/strict";
import test from "node:test";
import { close, readTable } from "../../kit/parity.ts";
import { DT_S, dynamics, fly, tilt, wish, type Flight, type Moment, type Order, type Thrusts } from "./model.ts";
import { Run } from "./run.ts";

interface Case { pilot: Order["pilot"]; wind: number; target: [number, number]; stick: [number, number]; start: Flight; first: { u: Thrusts; slope: number[] }; steps: number[]; states: number[]; thrusts: number[] }

for (const one of readTable<Case>("flight-viewer")) {
  test(`equals Python: ${one.pilot}, wind ${one.wind} m/s`, () => {
    const order: Order = { pilot: one.pilot, wind: one.wind, target: one.target, stick: one.stick };
    let moment: Moment = { x: one.start, memory: [0, 0], u: [0, 0] };
    const u = one.pilot === "you" ? tilt(one.start, ...one.stick) : tilt(one.start, ...wish(one.start, one.target));
    close(u, one.first.u, "first thrusts");
    close(dynamics(one.start, u, one.wind), one.first.slope, "first slope");
    const [states, thrusts]: [number[], number[]] = [[], []];
    for (let step = 1; step <= (one.steps[one.steps.length - 1] ?? 0); step++) {
      moment = fly(moment, order);
      if (one.steps.includes(step)) { states.push(...moment.x); thrusts.push(...moment.u); }
    }
    close(states, one.states, "states");
    close(thrusts, one.thrusts, "thrusts");
  });
}

const order = (part: Partial<Order>): Order => ({ pilot: "pd", target: [2, 2], stick: [0, 4.905], wind: 0, ...part });

test("PD rests downwind of the cross by drag times wind over mass times gain, with memory on it", () => {
  const rest = (part: Partial<Order>): number => { const run = new Run(order(part)); run.advance(40); return run.moment.x[0]; };
  assert.ok(Math.abs(rest({ wind: 4 }) - (2 + (0.25 * 4) / 0.5 / 3)) < 1e-3);
  assert.ok(Math.abs(rest({ wind: -4 }) - (2 - (0.25 * 4) / 0.5 / 3)) < 1e-3);
  assert.ok(Math.abs(rest({ wind: 4, pilot: "pid" }) - 2) < 1e-3);
});

test("a stick to the right flies to the right, a neutral one holds the height", () => {
  const right = new Run(order({ pilot: "you", stick: [-0.2, 4.905 / Math.cos(0.2)] }));
  right.advance(1);
  assert.ok(right.moment.x[0] > -1 && Math.abs(right.moment.x[1] - 1.2) < 0.1);
  const level = new Run(order({ pilot: "you" }));
  level.advance(5);
  assert.ok(Math.abs(level.moment.x[1] - 1.2) < 1e-9);
});

test("without lift it comes down, and stays down", () => {
  const run = new Run(order({ pilot: "you", stick: [0, 0] }));
  run.advance(5);
  assert.ok(run.down && run.t_s < 0.6);
  const { t_s } = run;
  run.advance(1);
  assert.equal(run.t_s, t_s);
});

test("steps do not depend on how the time is cut", () => {
  const [whole, cut] = [new Run(order({ wind: 3 })), new Run(order({ wind: 3 }))];
  whole.advance(2);
  for (let k = 0; k < 120; k++) cut.advance(1 / 60);
  assert.ok(Math.abs(whole.t_s - cut.t_s) <= DT_S + 1e-9);
});
