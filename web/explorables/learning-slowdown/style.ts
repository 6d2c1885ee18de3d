// What this explorable adds to the kit's look: colour is the cost, the stroke is the start.

export const style = `
.stage { --quadratic: var(--k5); --crossEntropy: var(--k0); }
.run { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
.run-B .run, .run-B.plain .run { stroke-dasharray: 2 5; stroke-width: 2.6; }
.quadratic .run { stroke: var(--quadratic); } .crossEntropy .run { stroke: var(--crossEntropy); } .plain .run { stroke: var(--ink); }
.quadratic .dot, .quadratic .pass { fill: var(--quadratic); } .crossEntropy .dot, .crossEntropy .pass { fill: var(--crossEntropy); }
.dot { stroke: var(--ground); stroke-width: 1.2; }
.dot-name { font-size: 10px; font-weight: 700; fill: #fff; } [data-dark] .dot-name { fill: #10151a; }
.pass { stroke: var(--ink); stroke-width: 1.5; } .pass-name { font-size: 12.5px; font-weight: 600; paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round; }
.level { stroke: var(--soft); stroke-dasharray: 3 4; } .start-name { font-weight: 700; font-size: 12px; }
.cursor { stroke: var(--ink); stroke-width: 1; opacity: .45; } .knob { fill: var(--accent); stroke: var(--ground); stroke-width: 1; } .cursor-name { font-size: 12px; font-weight: 600; }
.plane { fill: url(#shade); } .contour path { fill: none; stroke: var(--a); stroke-width: .8; opacity: .55; } .contour.half path { stroke-dasharray: 3 4; opacity: 1; } .contour text { font-size: 10.5px; fill: var(--a); }
.start { fill: var(--ground); stroke: var(--ink); stroke-width: 2; } .start-letter { font-weight: 700; } .handle:hover .start { fill: var(--wash); }
.cover { font-size: 44px; fill: var(--line); font-weight: 700; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 4px 0 6px; font-size: 13.5px; } .entry { display: inline-flex; align-items: center; gap: 7px; } .entry svg { width: 24px; }
table { border-collapse: collapse; font-size: 14px; } caption { text-align: start; color: var(--soft); font-size: 13px; } th, td { padding: 1px 14px 1px 0; text-align: start; font-weight: 400; } td { font-weight: 600; min-width: 5em; }
.swatch { display: inline-block; width: 18px; height: 3px; border-radius: 2px; vertical-align: middle; margin-inline-end: 6px; } .swatch.quadratic { background: var(--quadratic); } .swatch.crossEntropy { background: var(--crossEntropy); }
.below { display: flex; flex-wrap: wrap; gap: 6px 28px; align-items: flex-start; margin-top: 4px; } .below p { flex: 1 1 260px; color: var(--soft); font-size: 14px; }
[data-symbol=a] .run { stroke-width: 3.4; }
@media print { .knob, .cursor, .cursor-name { display: none; } }
`;
