// Where the points come from: four arrangements of three classes, seeded, within −3 … 3.
import { random, type Random } from "../../kit/random.ts";

/** One point; `c` is its class. */
export interface Dot {
  x: number;
  y: number;
  c: number;
}

/** Names of the arrangements. */
export const ARRANGEMENTS = ["island", "spiral", "blobs", "stripes"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** Classes in every arrangement. */
export const CLASSES = 3;

const LIMIT = 2.9;

/** Draws `count` points, the classes in turn. */
export function arrange(name: Arrangement, count: number, seed: number): Dot[] {
  const chance = random(seed);
  return Array.from({ length: count }, (_, k) => {
    const c = k % CLASSES;
    const { x, y } = places[name](c, chance);
    return { x: inside(x), y: inside(y), c };
  });
}

const places: Record<Arrangement, (c: number, chance: Random) => { x: number; y: number }> = {
  island: (c, chance) => { // class 0 in the middle, 1 and 2 share the ring around it
    const turn = c === 0 ? 2 * Math.PI * chance.uniform() : Math.PI * (chance.uniform() + (c === 1 ? 0.5 : 1.5));
    const radius = c === 0 ? 0.85 * Math.sqrt(chance.uniform()) : 1.75 + 0.75 * chance.uniform();
    return { x: radius * Math.cos(turn), y: radius * Math.sin(turn) };
  },
  spiral: (c, chance) => {
    const t = chance.uniform();
    const turn = (2 * Math.PI * c) / CLASSES + 3.6 * t + 0.12 * chance.normal();
    return { x: (0.25 + 2.4 * t) * Math.cos(turn), y: (0.25 + 2.4 * t) * Math.sin(turn) };
  },
  blobs: (c, chance) => {
    const turn = (2 * Math.PI * c) / CLASSES + 0.5;
    return { x: 1.2 * Math.cos(turn) + 0.6 * chance.normal(), y: 1.2 * Math.sin(turn) + 0.6 * chance.normal() };
  },
  stripes: (c, chance) => { // four bands: 0, 1, 2 and 0 again
    const band = c === 0 && chance.uniform() < 0.5 ? 3 : c;
    return { x: -2.1 + 1.4 * band + 0.9 * (chance.uniform() - 0.5) + 0.35 * Math.sin(3 * chance.uniform()), y: 5 * (chance.uniform() - 0.5) };
  },
};

function inside(value: number): number {
  return Number(Math.min(LIMIT, Math.max(-LIMIT, value)).toFixed(3));
}
