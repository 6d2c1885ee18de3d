// Where the points and the starts come from: three arrangements, seeded, in a plane of 10 by 7.
import { random, type Random } from "../../kit/random.ts";
import { clamp } from "../../kit/scale.ts";
import { spreadOut, type Place } from "./model.ts";

/** The plane that is shown. */
export const PLANE: Place = [10, 7];
/** Room between a point and the edge. */
export const EDGE = 0.25;

/** Names of the arrangements. */
export const ARRANGEMENTS = ["groups", "stretched", "even"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

const PER_GROUP = 15;

/** Draws 45 points. */
export function arrange(name: Arrangement, seed: number): Place[] {
  const chance = random(seed);
  return Array.from({ length: 3 * PER_GROUP }, (_, n) => inside(places[name](n % 3, chance)));
}

const MIDDLES: readonly Place[] = [[2.1, 5.1], [2.1, 1.9], [7.9, 3.5]];

const places: Record<Arrangement, (group: number, chance: Random) => Place> = {
  groups: (group, chance) => {
    const [x, y] = MIDDLES[group] ?? [5, 3.5];
    return [x + 0.55 * chance.normal(), y + 0.5 * chance.normal()];
  },
  stretched: (group, chance) => [5 + 2.1 * chance.normal(), 1.4 + 2.1 * group + 0.22 * chance.normal()],
  even: (_, chance) => [10 * chance.uniform(), 7 * chance.uniform()],
};

/** The telling start: a centre at the left, one in the middle, one at the right; it looks as if it must end well. */
export const TELLING: readonly Place[] = [[3.4, 2.6], [5.1, 3.9], [8.7, 0.9]];

/** Another start: centres on points drawn at random, or spread out. */
export function start(points: readonly Place[], count: number, seed: number, spread: boolean): Place[] {
  const chance = random(seed);
  if (spread) return spreadOut(points, count, chance);
  const left = [...points];
  return Array.from({ length: count }, () => left.splice(chance.below(left.length), 1)[0] ?? [5, 3.5]);
}

/** A place kept off the edge, to two digits. */
export function inside([x, y]: Place): Place {
  return [Number(clamp(x, EDGE, PLANE[0] - EDGE).toFixed(2)), Number(clamp(y, EDGE, PLANE[1] - EDGE).toFixed(2))];
}
