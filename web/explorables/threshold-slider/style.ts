// What this explorable adds to the kit's look.

export const style = `
.windows { stroke: none; pointer-events: none; }
.TN { fill: var(--soft); opacity: .5; } .FP { fill: var(--k1); } .TP { fill: var(--k2); } .FN { fill: none; stroke: var(--k5); stroke-width: 1.4; }
.ground { stroke: var(--soft); stroke-width: 1; }
.line { stroke: var(--a); stroke-width: 2; } .knob { fill: var(--a); } .arrow { stroke: var(--ground); fill: var(--ground); stroke-width: 1.6; }
.handle:hover .line, .handle.held .line { stroke-width: 3; }
.curve { fill: none; stroke: var(--ink); stroke-width: 1.6; } .curve.sym-C { stroke: var(--C); fill: none; stroke-width: 1.8; }
.chance { stroke: var(--soft); stroke-dasharray: 3 4; }
.dot { fill: var(--a); stroke: var(--ground); stroke-width: 1.5; } .best { fill: none; stroke: var(--C); stroke-width: 1.6; }
.cell { stroke: var(--line); fill: none; } .cell.wash { fill: var(--wash); }
.big { font-size: 20px; font-weight: 600; } .name { fill: var(--soft); font-size: 12px; }
.frame { fill: none; stroke: var(--line); shape-rendering: crispEdges; }
.reading { display: flex; flex-wrap: wrap; gap: 2px 22px; margin: 2px 0 0; font-size: 15px; min-height: 46px; align-content: start; }
.narrow .reading { min-height: 76px; } .narrow .guess { min-height: 172px; }
.rate-row { display: inline-flex; align-items: center; gap: 8px; font-size: 14px; flex-wrap: wrap; }
[data-symbol=C] .curve.sym-C { stroke-width: 3.5; } [data-symbol=C] .reading .sym-C { outline: 2px solid var(--C); outline-offset: 3px; border-radius: 2px; }
[data-symbol=y] .TP, [data-symbol=y] .FN { stroke: var(--ink); stroke-width: 1.6; }
[data-symbol=a] .line { stroke-width: 4; }
`;
