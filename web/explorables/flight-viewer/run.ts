// A flight under way: steps of 0.02 s, its trail, its distance from the cross, and what it cost so far.
import { DT_S, fly, hover, type Flight, type Moment, type Order } from "./model.ts";

/** How many seconds the chart shows. */
export const SHOWN_S = 10;
const EVERY = 3; // steps between two points of trail and chart
const START = [-1.5, 1.2] as const;

export class Run {
  moment: Moment = hover(...START);
  t_s = 0;
  down = false;
  trail: Flight[] = [];
  /** Time and distance from the cross. */
  misses: [number, number][] = [];
  private steps = 0;
  private squares = 0;
  private left_s = 0;
  private readonly order: Order; // shared with the controls: they change it, the flight obeys at the next step

  constructor(order: Order) {
    this.order = order;
    this.restart();
  }

  /** Back to the start of the flight; the order stays. */
  restart(): void {
    Object.assign(this, { moment: hover(...START), t_s: 0, down: false, trail: [], misses: [], steps: 0, squares: 0, left_s: 0 });
    this.note();
  }

  /** Flies on; what is less than a step waits for the next call. */
  advance(elapsed_s: number): void {
    this.left_s += elapsed_s;
    while (this.left_s >= DT_S - 1e-9 && !this.down) {
      this.left_s -= DT_S;
      this.moment = fly(this.moment, this.order);
      this.squares += this.miss() ** 2;
      this.t_s = ++this.steps * DT_S;
      if (this.steps % EVERY === 0) this.note();
      this.down = this.moment.x[1] <= 0;
    }
  }

  /** Mean squared distance from the cross, m². */
  cost(): number {
    return this.steps === 0 ? this.miss() ** 2 : this.squares / this.steps;
  }

  /** Has it come to rest, wherever that is? */
  rests(): boolean {
    const old = this.misses[this.misses.length - 34]; // 2 s ago
    const [, , , vx, vz] = this.moment.x;
    return old !== undefined && Math.hypot(vx, vz) < 0.02 && Math.abs(old[1] - this.miss()) < 0.02;
  }

  private miss(): number {
    return Math.hypot(this.order.target[0] - this.moment.x[0], this.order.target[1] - this.moment.x[1]);
  }

  private note(): void {
    this.trail.push(this.moment.x);
    this.misses.push([this.t_s, this.miss()]);
    if (this.trail.length > 400) this.trail.shift();
    if (this.misses.length > 400) this.misses.shift();
  }
}
