// The derivation beside the graph: six lines, each a button; the line in hand lights its terms.
import { fill, html, set } from "../../kit/dom.ts";
import { effect, fixed } from "../../kit/format.ts";
import { mathHtml } from "../../kit/math.ts";
import { LIGHTS, type Light, type View } from "./state.ts";

/** The lines and their redraw. */
export function derivation(view: View): { node: HTMLElement; draw(): void } {
  const rows = LIGHTS.map((name) => ({ name, node: makeRow(view, name) }));
  const node = html("div", { class: "lines", role: "group", "aria-label": view.words.rows }, ...rows.map((row) => row.node));
  const draw = (): void => {
    for (const row of rows) {
      fill(row.node, ...line(view, row.name));
      set(row.node, { "aria-pressed": String(view.lit() === row.name) });
    }
  };
  return { node, draw };
}

function makeRow(view: View, name: Light): HTMLButtonElement {
  const node = html("button", { type: "button", class: `line ${name}`, "data-light": name });
  const { signal } = view.stage;
  node.addEventListener("click", () => view.light(view.lit() === name && node.dataset.held ? null : name, true), { signal });
  node.addEventListener("pointerenter", () => view.light(name, false), { signal });
  node.addEventListener("pointerleave", () => view.light(null, false), { signal });
  node.addEventListener("focus", () => { if (node.matches(":focus-visible")) view.light(name, false); }, { signal });
  node.addEventListener("blur", () => view.light(null, false), { signal });
  return node;
}

function line(view: View, name: Light): Node[] {
  const { state, words } = view;
  const p = view.paths();
  const i = state.i + 1;
  const sum = state.y.reduce((total, value) => total + value, 0);
  switch (name) {
    case "chain": return [mathHtml(`∂C/∂z_${i} = Σ_j ∂C/∂a_j · ∂a_j/∂z_${i}`)];
    case "dC-da": return [mathHtml("∂C/∂a_j = −y_j/a_j")];
    case "diagonal": return [mathHtml(`j = ${i}:  ∂a_${i}/∂z_${i} = a_${i}(1 − a_${i}) = `), html("b", {}, effect(p.dadz[state.i] ?? 0))];
    case "off-diagonal": return [mathHtml(`j ≠ ${i}:  ∂a_j/∂z_${i} = −a_j a_${i}`)];
    case "sum": return [html("span", { class: "terms" }, ...p.terms.flatMap((_, j) => term(view, j))), html("b", {}, ` = ${effect(p.result)}`)];
    case "result": return [
      mathHtml(`= a_${i} Σ_j y_j − y_${i} = `), html("b", {}, effect(p.result)),
      html("span", { class: Math.abs(sum - 1) < 1e-9 ? "holds" : "breaks" },
        mathHtml(Math.abs(sum - 1) < 1e-9 ? words.sumOne.replaceAll("_i", `_${i}`) : words.sumOther(fixed(sum, 2), effect(p.shortcut)).replaceAll("_i", `_${i}`))),
    ];
  }
}

function term({ state, paths }: View, j: number): Node[] {
  const p = paths();
  const kind = j === state.i ? "diagonal" : "off-diagonal";
  return [document.createTextNode(" "), html("span", { class: "term" }, j === 0 ? "" : "+ ", html("span", { class: "dC-da" }, `(${fixed(p.dCda[j] ?? 0, 2)})`), html("span", { class: kind }, `(${effect(p.dadz[j] ?? 0)})`))];
}
