// The network, its points and its history: what changes when time passes. No document here.
import { arrange, CLASSES, type Arrangement, type Dot } from "./data.ts";
import { isFenced, survey, type Field } from "./field.ts";
import { judge, makeNetwork, step, type Opinion, type Activation, type Network, type Points } from "./model.ts";

/** Epochs after the last change at which training rests. */
export const REST = 4000;
/** Epochs run before the first picture, so that it tells something. */
export const WARM_UP = 400;

const GRID = 60;

/** What the reader can change. */
export interface State {
  dots: Dot[];
  hidden: number;
  eta: number;
  activation: Activation;
  seed: number;
  arrangement: Arrangement;
}

/** The start: an island, and one neuron too few. */
export function opening(part: Partial<State> & { count?: number }): State {
  const { arrangement = "island", seed = 5, count = 120 } = part;
  return { arrangement, seed, hidden: part.hidden ?? 2, eta: part.eta ?? 0.5, activation: part.activation ?? "tanh", dots: part.dots ?? arrange(arrangement, count, seed) };
}

/** Training that can be watched. */
export class Trainer {
  readonly state: State;
  net: Network;
  loss: number[] = [];
  private rested = 0;
  private maybePoints: Points | null = null;
  private maybeField: Field | null = null;
  private maybeOpinion: Opinion | null = null;
  private stale = true;

  constructor(state: State) {
    this.state = state;
    this.net = makeNetwork(state.hidden, CLASSES, state.activation, state.seed);
  }

  /** Starts over with fresh weights. */
  restart(): void {
    this.net = makeNetwork(this.state.hidden, CLASSES, this.state.activation, this.state.seed);
    this.loss = [];
    this.touch();
  }

  /** The points, the rate or the weights changed: there is something to learn again. */
  touch(): void {
    this.maybePoints = null;
    this.maybeOpinion = null;
    this.rested = 0;
    this.stale = true;
  }

  /** Runs so many epochs; returns false when nothing is left to do. */
  run(epochs: number): boolean {
    const points = this.points();
    if (points.y.length === 0) return false;
    for (let k = 0; k < epochs && this.rested < REST; k++, this.rested++) this.loss.push(step(this.net, points, this.state.eta).loss);
    this.stale = true;
    this.maybeOpinion = null;
    return this.rested < REST;
  }

  /** Loss, accuracy and the given classes now; computed when something changed. */
  opinion(): Opinion {
    this.maybeOpinion ??= judge(this.net, this.points());
    return this.maybeOpinion;
  }

  /** The opinion of the network over the plane; computed when something changed. */
  field(): Field {
    if (this.stale || this.maybeField === null) this.maybeField = survey(this.net, GRID, this.maybeField);
    this.stale = false;
    return this.maybeField;
  }

  /** Has the middle class of the island got its fence? */
  fenced(): boolean {
    return this.state.arrangement === "island" && isFenced(this.field(), 0) && this.opinion().accuracy > 0.9;
  }

  private points(): Points {
    const { dots } = this.state;
    this.maybePoints ??= { X: Float64Array.from(dots.flatMap((dot) => [dot.x, dot.y])), y: Uint8Array.from(dots.map((dot) => dot.c)) };
    return this.maybePoints;
  }
}
