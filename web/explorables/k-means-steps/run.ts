// A run that can be watched: whose turn it is, what each half step cost, and where a hand came in between.
import { assign, cost, move, type Place } from "./model.ts";

/** How a cost came about: by an assignment, by a move of the centres, by the reader's hand. */
export type Kind = "assign" | "move" | "hand";

/** One mark of the cost curve. */
export interface Mark {
  kind: Kind;
  cost: number;
}

/** Points, centres, labels and history. */
export class Run {
  points: readonly Place[];
  centres: Place[];
  /** Empty before the first assignment. */
  labels: number[] = [];
  history: Mark[] = [];
  /** True when neither half step changes anything. */
  stopped = false;
  /** True once points or centres were moved by hand. */
  touched = false;
  /** The lowest cost seen with these points and this number of centres. */
  least = Infinity;

  constructor(points: readonly Place[], centres: readonly Place[]) {
    this.points = points;
    this.centres = [...centres];
  }

  /** What the next half step will do. */
  next(): "assign" | "move" {
    return this.labels.length > 0 && this.history.at(-1)?.kind !== "move" ? "move" : "assign";
  }

  /** Does the next half step; returns false when the run has come to its end. */
  step(): boolean {
    if (this.stopped) return false;
    if (this.next() === "assign") {
      const labels = assign(this.points, this.centres);
      if (labels.every((label, n) => label === this.labels[n])) return this.stop();
      this.labels = labels;
      this.note("assign");
    } else {
      const centres = move(this.points, this.centres, this.labels);
      if (centres.every(([x, y], k) => Math.hypot(x - (this.centres[k]?.[0] ?? 0), y - (this.centres[k]?.[1] ?? 0)) < 1e-9)) return this.stop();
      this.centres = centres;
      this.note("move");
    }
    return true;
  }

  /** New points or centres by hand: the labels follow at once. */
  byHand(points: readonly Place[], centres: readonly Place[]): void {
    if (points !== this.points || centres.length !== this.centres.length) this.least = Infinity;
    this.points = points;
    this.centres = [...centres];
    this.touched = true;
    this.stopped = false;
    this.labels = assign(this.points, this.centres);
    if (this.history.at(-1)?.kind === "hand") this.history.pop();
    this.note("hand");
  }

  /** The cost now; not a number before the first assignment. */
  cost(): number {
    return this.labels.length > 0 ? cost(this.points, this.centres, this.labels) : Number.NaN;
  }

  /** What the first assignment will cost: the height of the chart before anything has happened. */
  foresight(): number {
    return cost(this.points, this.centres, assign(this.points, this.centres));
  }

  private note(kind: Kind): void {
    this.history.push({ kind, cost: this.cost() });
    if (kind !== "hand") this.least = Math.min(this.least, this.cost());
  }

  private stop(): false {
    this.stopped = true;
    return false;
  }
}
