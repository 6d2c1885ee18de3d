// What this explorable adds to the kit's look: values in ink, slopes in one colour of their own.

export const style = `
.stage { --slope: var(--gs-sym-other, #a85b00); } .stage[data-dark] { --slope: #f0b04a; }
@media print { .stage { --slope: #a85b00; } }
.arrow { fill: none; stroke: var(--line); stroke-width: 2; } .arrow.on { stroke: var(--ink); } .arrow.back { stroke: var(--slope); stroke-width: 3.5; }
.head { fill: var(--line); } .head.on { fill: var(--ink); } .head.back { fill: var(--slope); }
.body { fill: var(--ground); stroke: var(--soft); stroke-width: 2; } .unknown .body { stroke-dasharray: 3 4; } .handle .body { stroke: var(--accent); } .at .body { stroke-width: 4; stroke: var(--ink); } .back.at .body { stroke: var(--slope); }
.handle:hover .body { stroke-width: 3.5; }
.cost .body { stroke: var(--C); }
.number { font-weight: 600; font-size: 14px; } .slope { fill: var(--slope); color: var(--slope); font-weight: 600; }
.share { fill: var(--slope); font-weight: 600; font-size: 13px; paint-order: stroke; stroke: var(--ground); stroke-width: 5px; stroke-linejoin: round; }
.formula { fill: var(--soft); font-size: 12.5px; }
.says { min-height: 3em; font-size: 14.5px; } .legend { font-size: 13.5px; color: var(--soft); }
[data-symbol=C] .cost .body, [data-symbol=y] .node-y .body { stroke-width: 5; }
`;
