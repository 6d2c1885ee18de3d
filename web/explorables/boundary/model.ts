// A network with one hidden layer for points in the plane: forward pass, softmax cross-entropy, backpropagation by hand.
// Weights lie in flat arrays, so that two thousand points take part in every step without a stutter.
import { random } from "../../kit/random.ts";

export type Activation = "tanh" | "relu";

/** The network: W1 is (hidden, 2), W2 is (classes, hidden), row by row. */
export interface Network {
  hidden: number;
  classes: number;
  activation: Activation;
  W1: Float64Array;
  b1: Float64Array;
  W2: Float64Array;
  b2: Float64Array;
}

/** Labelled points: X is (n, 2) row by row, y holds the class of each. */
export interface Points {
  X: Float64Array;
  y: Uint8Array;
}

/** Draws starting weights: normal, with variance 1/inputs (tanh) or 2/inputs (ReLU); b1 is normal, b2 zero. */
export function makeNetwork(hidden: number, classes: number, activation: Activation, seed: number): Network {
  const { normal } = random(seed);
  const gain = activation === "relu" ? 2 : 1;
  const draw = (count: number, scale: number): Float64Array => Float64Array.from({ length: count }, () => scale * normal());
  const W1 = draw(hidden * 2, Math.sqrt(gain / 2));
  const b1 = draw(hidden, 1);
  const W2 = draw(classes * hidden, Math.sqrt(gain / hidden));
  return { hidden, classes, activation, W1, b1, W2, b2: new Float64Array(classes) };
}

/** The hidden activations of one point, written into `h`. */
function hide(net: Network, x1: number, x2: number, h: Float64Array): void {
  const { W1, b1, hidden } = net;
  const tanh = net.activation === "tanh";
  for (let k = 0; k < hidden; k++) {
    const z = W1[2 * k]! * x1 + W1[2 * k + 1]! * x2 + b1[k]!;
    h[k] = tanh ? Math.tanh(z) : z > 0 ? z : 0;
  }
}

/** Class probabilities of one point, written into `p`; `h` is room for the hidden activations. Returns log Σ e^z. */
export function predict(net: Network, x1: number, x2: number, h: Float64Array, p: Float64Array): number {
  const { W2, b2, hidden, classes } = net;
  hide(net, x1, x2, h);
  let top = -Infinity;
  for (let c = 0; c < classes; c++) {
    let z = b2[c]!;
    for (let k = 0, at = c * hidden; k < hidden; k++, at++) z += W2[at]! * h[k]!;
    p[c] = z;
    if (z > top) top = z;
  }
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += p[c] = Math.exp(p[c]! - top);
  for (let c = 0; c < classes; c++) p[c]! /= sum;
  return top + Math.log(sum);
}

/** What one pass over the points gives: mean loss in nats, share of right answers, and the gradient of the loss. */
export interface Pass {
  loss: number;
  accuracy: number;
  W1: Float64Array;
  b1: Float64Array;
  W2: Float64Array;
  b2: Float64Array;
}

/** Forward and backward over all points: δ² = (p − onehot(y))/n, δ¹ = (W2ᵀ δ²) ⊙ f′, dW = δ xᵀ summed over points. */
export function backprop(net: Network, { X, y }: Points): Pass {
  const { hidden, classes, W2 } = net;
  const n = y.length;
  const pass: Pass = {
    loss: 0, accuracy: 0,
    W1: new Float64Array(hidden * 2), b1: new Float64Array(hidden), W2: new Float64Array(classes * hidden), b2: new Float64Array(classes),
  };
  const [h, p, back] = [new Float64Array(hidden), new Float64Array(classes), new Float64Array(hidden)];
  for (let i = 0; i < n; i++) {
    const [x1, x2, label] = [X[2 * i]!, X[2 * i + 1]!, y[i]!];
    predict(net, x1, x2, h, p);
    pass.loss -= Math.log(Math.max(p[label]!, 1e-300)) / n; // 1e-300: a probability that underflows must not end the curve
    if (largest(p) === label) pass.accuracy += 1 / n;
    back.fill(0);
    for (let c = 0; c < classes; c++) {
      const delta = (p[c]! - (c === label ? 1 : 0)) / n;
      pass.b2[c]! += delta;
      for (let k = 0, at = c * hidden; k < hidden; k++, at++) {
        pass.W2[at]! += delta * h[k]!;
        back[k]! += W2[at]! * delta;
      }
    }
    addHidden(net, pass, h, back, x1, x2);
  }
  return pass;
}

function addHidden(net: Network, pass: Pass, h: Float64Array, back: Float64Array, x1: number, x2: number): void {
  const tanh = net.activation === "tanh";
  for (let k = 0; k < net.hidden; k++) {
    const slope = tanh ? 1 - h[k]! * h[k]! : h[k]! > 0 ? 1 : 0;
    const delta = back[k]! * slope;
    pass.W1[2 * k]! += delta * x1;
    pass.W1[2 * k + 1]! += delta * x2;
    pass.b1[k]! += delta;
  }
}

/** What the network says about its own points. */
export interface Opinion {
  /** Mean loss in nats. */
  loss: number;
  /** Share of points put into their own class. */
  accuracy: number;
  /** The class given to each point. */
  given: Uint8Array;
}

/** One forward pass over all points, for those who watch. */
export function judge(net: Network, { X, y }: Points): Opinion {
  const [h, p] = [new Float64Array(net.hidden), new Float64Array(net.classes)];
  const opinion = { loss: 0, accuracy: 0, given: new Uint8Array(y.length) };
  for (let i = 0; i < y.length; i++) {
    predict(net, X[2 * i]!, X[2 * i + 1]!, h, p);
    const given = largest(p);
    opinion.given[i] = given;
    opinion.loss -= Math.log(Math.max(p[y[i]!]!, 1e-300)) / y.length;
    if (given === y[i]) opinion.accuracy += 1 / y.length;
  }
  return opinion;
}

/** One step of gradient descent, in place: W ← W − eta dW. Returns the pass that was made before the step. */
export function step(net: Network, points: Points, eta: number): Pass {
  const pass = backprop(net, points);
  for (const name of ["W1", "b1", "W2", "b2"] as const) {
    const [weights, slopes] = [net[name], pass[name]];
    for (let k = 0; k < weights.length; k++) weights[k]! -= eta * slopes[k]!;
  }
  return pass;
}

/** The index of the largest entry; the first of equals. */
export function largest(p: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < p.length; c++) if (p[c]! > p[best]!) best = c;
  return best;
}
