// k-means in two half steps, and the cells that the centres cut out of the plane. No document here.
import type { Random } from "../../kit/random.ts";

/** A place in the plane. */
export type Place = readonly [number, number];

/** Squared distance between two places. */
export function square(one: Place, other: Place): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2;
}

/** The nearest centre of each point; a tie goes to the earlier one. */
export function assign(points: readonly Place[], centres: readonly Place[]): number[] {
  return points.map((point) => {
    let best = 0;
    let least = Infinity;
    centres.forEach((centre, k) => {
      const distance = square(point, centre);
      if (distance < least) [best, least] = [k, distance];
    });
    return best;
  });
}

/** The sum of squared distances from the points to the centres they belong to. */
export function cost(points: readonly Place[], centres: readonly Place[], labels: readonly number[]): number {
  return points.reduce((sum, point, n) => sum + square(point, centres[labels[n] ?? 0] ?? point), 0);
}

/** Every centre at the mean of its points; one without points stays where it is. */
export function move(points: readonly Place[], centres: readonly Place[], labels: readonly number[]): Place[] {
  return centres.map((centre, k) => {
    const mine = points.filter((_, n) => labels[n] === k);
    if (mine.length === 0) return centre;
    const sum = mine.reduce<[number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
    return [sum[0] / mine.length, sum[1] / mine.length];
  });
}

/** Both half steps until no label changes; the cost after each half step. */
export function run(points: readonly Place[], start: readonly Place[], most = 100): { centres: Place[]; labels: number[]; costs: number[] } {
  let centres: Place[] = [...start];
  let labels = assign(points, centres);
  const costs = [cost(points, centres, labels)];
  for (let round = 0; round < most; round++) {
    centres = move(points, centres, labels);
    costs.push(cost(points, centres, labels));
    const next = assign(points, centres);
    if (next.every((label, n) => label === labels[n])) break;
    labels = next;
    costs.push(cost(points, centres, labels));
  }
  return { centres, labels, costs };
}

/** Draws a spread-out start (k-means++): each next centre with a chance proportional to the squared distance to those drawn. */
export function spreadOut(points: readonly Place[], count: number, chance: Random): Place[] {
  const centres: Place[] = [points[chance.below(points.length)] ?? [0, 0]];
  while (centres.length < count) {
    const prices = points.map((point) => Math.min(...centres.map((centre) => square(point, centre))));
    let left = chance.uniform() * prices.reduce((sum, price) => sum + price, 0);
    const at = prices.findIndex((price) => (left -= price) < 0);
    centres.push(points[at < 0 ? points.length - 1 : at] ?? [0, 0]);
  }
  return centres;
}

/** The part of a box that is nearer to centre k than to any other, as a polygon: the box, cut once for each rival. */
export function cell(centres: readonly Place[], k: number, [width, height]: Place): Place[] {
  const own = centres[k] ?? [0, 0];
  let corners: Place[] = [[0, 0], [width, 0], [width, height], [0, height]];
  centres.forEach((rival, j) => {
    if (j === k || (square(own, rival) === 0 && j > k)) return;
    corners = cut(corners, (place) => square(place, rival) - square(place, own) - (square(own, rival) === 0 ? 1 : 0));
  });
  return corners;
}

/** Keeps the side of a polygon on which a linear function is not negative. */
function cut(corners: readonly Place[], side: (place: Place) => number): Place[] {
  const kept: Place[] = [];
  corners.forEach((here, n) => {
    const next = corners[(n + 1) % corners.length] ?? here;
    const [a, b] = [side(here), side(next)];
    if (a >= 0) kept.push(here);
    if (a >= 0 !== b >= 0) kept.push([here[0] + (a / (a - b)) * (next[0] - here[0]), here[1] + (a / (a - b)) * (next[1] - here[1])]);
  });
  return kept;
}
