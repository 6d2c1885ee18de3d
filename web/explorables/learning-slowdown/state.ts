// What the panels share: the two starts, the four racers, the epoch.
import type { Stage } from "../../kit/widget.ts";
import { equalFirstStepRate, race, type Race, type Start } from "./model.ts";
import type { words } from "./text.ts";

/** Length of the race, in epochs. */
export const STEPS = 300;

/** Same rate for both costs, or rates that make the first step at start A equally long. */
export type Rates = "same" | "fair";

/** What the reader can change. */
export interface State {
  w: number[];
  b: number[];
  eta: number;
  rates: Rates;
}

/** One neuron with one cost. */
export interface Racer {
  name: "A" | "B";
  kind: "quadratic" | "crossEntropy";
  eta: number;
  race: Race;
}

/** What the panels see. */
export interface View {
  readonly stage: Stage;
  readonly state: State;
  readonly words: (typeof words)["en"];
  /** Two starts times two costs; computed anew when the state changes. */
  racers(): Racer[];
  /** Epochs run so far; whole after a step, broken while playing. */
  epoch(): number;
  goTo(epoch: number): void;
  /** Has the reader guessed, or seen the outcome? Before that the slopes stay covered. */
  settled(): boolean;
  change(part: Partial<State>): void;
  commit(): void;
}

/** The start of a neuron: 0 is A, 1 is B. */
export function startOf(state: State, k: number): Start {
  return { w: state.w[k] ?? 0, b: state.b[k] ?? 0 };
}

/** The rate of cross-entropy. */
export function crossEntropyRate(state: State): number {
  return state.rates === "same" ? state.eta : equalFirstStepRate(startOf(state, 0), state.eta);
}

/** Runs all four races to the end. */
export function raceAll(state: State): Racer[] {
  return ([0, 1] as const).flatMap((k) => {
    const name = k === 0 ? "A" : "B";
    const start = startOf(state, k);
    const fast = crossEntropyRate(state);
    return [
      { name, kind: "quadratic", eta: state.eta, race: race("quadratic", start, state.eta, STEPS) } as const,
      { name, kind: "crossEntropy", eta: fast, race: race("cross-entropy", start, fast, STEPS) } as const,
    ];
  });
}
