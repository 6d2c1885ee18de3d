// A small computation graph, walked forwards for values and backwards for slopes, one node at a time. No document here.

/** What a node computes from its inputs. */
export type Operation = "input" | "times" | "plus" | "cost";

/** A node of the graph; its inputs are named by their places in the list, and stand before it. */
export interface GraphNode {
  readonly name: string;
  readonly operation: Operation;
  readonly inputs: readonly number[];
}

/** A gear: speed s = g x, friction torque m = s + b, lost power p = s m, and the cost of missing the measured power y. */
export const GEAR: readonly GraphNode[] = [
  { name: "g", operation: "input", inputs: [] },
  { name: "x", operation: "input", inputs: [] },
  { name: "b", operation: "input", inputs: [] },
  { name: "y", operation: "input", inputs: [] },
  { name: "s", operation: "times", inputs: [0, 1] },
  { name: "m", operation: "plus", inputs: [4, 2] },
  { name: "p", operation: "times", inputs: [4, 5] },
  { name: "C", operation: "cost", inputs: [6, 3] },
];

/** One slope handed back along one arrow. */
export interface Share {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** The graph after some steps: what is not known yet is null. */
export interface Walk {
  readonly values: readonly (number | null)[];
  readonly slopes: readonly (number | null)[];
  /** Everything handed back so far, the newest last. */
  readonly shares: readonly Share[];
  /** The node of the last step, or −1. */
  readonly at: number;
}

/** How many steps there are: each computed node once forwards and once backwards. */
export function stepsOf(graph: readonly GraphNode[]): number {
  return 2 * graph.filter(({ operation }) => operation !== "input").length;
}

/** The graph after `steps` steps from these inputs (in the order of the input nodes). */
export function walk(graph: readonly GraphNode[], inputs: readonly number[], steps: number): Walk {
  const computed = graph.map((_, k) => k).filter((k) => graph[k]?.operation !== "input");
  const values: (number | null)[] = graph.map((node, k) => (node.operation === "input" ? inputs[k] ?? 0 : null));
  const slopes: (number | null)[] = graph.map(() => null);
  const shares: Share[] = [];
  const back = [...computed].reverse();
  let at = -1;
  for (let step = 0; step < Math.min(steps, 2 * computed.length); step++) {
    const forwards = step < computed.length;
    at = (forwards ? computed[step] : back[step - computed.length]) ?? -1;
    const node = graph[at];
    if (node === undefined) continue;
    const known = node.inputs.map((k) => values[k] ?? 0);
    if (forwards) values[at] = value(node.operation, known);
    else {
      const own = (slopes[at] ??= 1); // the slope of the last node along itself
      local(node.operation, known).forEach((slope, n) => {
        const to = node.inputs[n] ?? 0;
        slopes[to] = (slopes[to] ?? 0) + own * slope; // add, never overwrite
        shares.push({ from: at, to, amount: own * slope });
      });
    }
  }
  return { values, slopes, shares, at };
}

function value(operation: Operation, [one = 0, other = 0]: readonly number[]): number {
  if (operation === "times") return one * other;
  return operation === "plus" ? one + other : (one - other) ** 2 / 2;
}

/** The slopes of an operation along its inputs. */
function local(operation: Operation, [one = 0, other = 0]: readonly number[]): number[] {
  if (operation === "times") return [other, one];
  return operation === "plus" ? [1, 1] : [one - other, other - one];
}
