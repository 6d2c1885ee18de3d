// What this explorable adds to the kit's look.

export const style = `
.band { stroke: none; } .sure { fill: var(--k2); opacity: .26; } .likely { fill: var(--k2); opacity: .16; } .unlikely { fill: var(--k1); opacity: .1; } .never { fill: var(--k1); opacity: .16; }
.border { stroke: var(--ink); stroke-width: 2.2; } .level { stroke: var(--soft); stroke-width: 1; } .rival { stroke: var(--k5); stroke-width: 1.8; stroke-dasharray: 7 5; }
.ahead { fill: var(--k2); stroke: var(--ground); stroke-width: 1; } .flying { fill: var(--k1); stroke: var(--ground); stroke-width: 1; }
.handle .ahead, .handle .flying { stroke: var(--ink); stroke-width: 2; }
.letter { font-weight: 700; font-size: 14px; paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
.level-name { font-size: 12px; fill: var(--soft); paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
.frame { fill: none; stroke: var(--line); shape-rendering: crispEdges; }
.reading { display: flex; flex-wrap: wrap; gap: 2px 22px; margin: 4px 0 0; font-size: 15px; min-height: 46px; align-content: start; }
.narrow .reading { min-height: 92px; }
[data-symbol=C] .reading .sym-C { outline: 2px solid var(--C); outline-offset: 3px; border-radius: 2px; }
[data-symbol=y] .ahead, [data-symbol=y] .flying { stroke: var(--ink); stroke-width: 2; }
[data-symbol=z] .border { stroke-width: 4; } [data-symbol=a] .level { stroke: var(--ink); stroke-width: 2; }
`;
