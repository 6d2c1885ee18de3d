// Thirty-six readings of thirty-six episodes: airspeed in kt, load factor in g, 1 when a stall is ahead. As many of one kind as of the other.
import { random } from "../../kit/random.ts";
import type { Place, Reading } from "./model.ts";

/** What the picture spans: airspeed in kt, load factor in g. */
export const SPEED: Place = [20, 120];
export const LOAD: Place = [0, 3];

/** Where the two readings in hand begin: A with a stall ahead, B without. */
export const STARTS: readonly [Place, Place] = [[44, 1.2], [88, 1.1]];

// From `data.load("c172_stall")`, training part, drawn once; rounded to 0.5 kt and 0.01 g.
const STALL_AHEAD: readonly Place[] = [
  [43.5, 0.93], [53.5, 1.37], [46, 0.83], [52.5, 1.4], [47, 0.88], [55.5, 1.08], [58, 1.59], [50, 1.01], [54.5, 1.16],
  [48.5, 1.01], [43.5, 0.94], [53, 0.86], [45, 0.9], [50, 1.35], [49, 1.09], [46, 0.76], [55, 1.1], [48.5, 0.83],
];
const FLYING: readonly Place[] = [
  [60.5, 1.11], [70, 1.09], [97, 0.99], [80, 0.94], [62, 0.96], [79.5, 1.17], [74.5, 1.02], [49, 0.97], [71, 1.01],
  [78, 1.09], [78, 1.01], [64, 1.04], [60.5, 0.89], [70.5, 1.01], [86, 1.11], [75, 0.98], [96, 1.34], [103.5, 0.86],
];

/** The readings that stay where they are. */
export const FIXED: readonly Reading[] = [
  ...STALL_AHEAD.map(([V, n]): Reading => [V, n, 1]), ...FLYING.map(([V, n]): Reading => [V, n, 0]),
];

/** Two other places for A and B, often on the wrong side; seeded. */
export function elsewhere(seed: number): [Place, Place] {
  const chance = random(300 + seed);
  const place = (): Place => [Math.round(SPEED[0] + (SPEED[1] - SPEED[0]) * chance.uniform()), Math.round(100 * LOAD[1] * chance.uniform()) / 100];
  return [place(), place()];
}
