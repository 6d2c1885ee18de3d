// What graph and derivation share.
import type { Stage } from "../../kit/widget.ts";
import type { Paths } from "./model.ts";
import type { words } from "./text.ts";

/** The names of the lights: what a line of the derivation can light up. */
export const LIGHTS = ["chain", "dC-da", "diagonal", "off-diagonal", "sum", "result"] as const;
export type Light = (typeof LIGHTS)[number];

/** Logits, labels, index of the chosen logit. */
export interface State {
  z: number[];
  y: number[];
  i: number;
}

/** What the parts see. */
export interface View {
  readonly stage: Stage;
  readonly state: State;
  readonly words: (typeof words)["en"];
  /** The values on the graph for the chosen logit, or for another. */
  paths(i?: number): Paths;
  change(part: Partial<State>): void;
  commit(): void;
  /** Lights the terms of a line; null for none. `hold` keeps them lit after the pointer has gone. */
  light(name: Light | null, hold: boolean): void;
  lit(): Light | null;
}
