// What this explorable adds to the kit's look.

export const style = `
.panels { display: grid; grid-template-columns: minmax(0, 1fr); gap: 6px 24px; } .panels.wide { grid-template-columns: minmax(0, 60fr) minmax(0, 40fr); }
.plane { position: relative; width: fit-content; }
canvas { display: block; border-radius: 6px; touch-action: none; } canvas:focus-visible { outline-offset: 2px; }
.over { position: absolute; inset: 0; pointer-events: none; } .over .centre { pointer-events: auto; }
.disc { fill: var(--ground); stroke-width: 4; } .handle:hover .disc { fill: var(--wash); } .centre-number { font-size: 13px; font-weight: 700; pointer-events: none; }
.k0 .disc { stroke: var(--k0); } .k1 .disc { stroke: var(--k1); } .k2 .disc { stroke: var(--k2); } .k3 .disc { stroke: var(--k3); } .k4 .disc { stroke: var(--k4); } .k5 .disc { stroke: var(--k5); }
.help { position: absolute; left: 6px; right: 6px; bottom: 6px; padding: 4px 10px; border-radius: 6px; background: var(--ground); font-size: 13px; margin: 0; display: none; pointer-events: none; } canvas:focus-visible ~ .help { display: block; }
.side { display: flex; flex-direction: column; min-width: 0; }
.curve { fill: none; stroke: var(--C); stroke-width: 2.2; stroke-linejoin: round; } .curve.by-hand { stroke: var(--soft); stroke-width: 1.6; stroke-dasharray: 3 4; }
.mark { fill: var(--ground); stroke: var(--C); stroke-width: 2; } .mark.move { fill: var(--C); } .mark.hand { stroke: var(--soft); }
.least { stroke: var(--soft); stroke-dasharray: 2 4; }
.reading { margin: 4px 0 0; font-size: 14.5px; } .reading b { font-weight: 600; }
.next { margin: 2px 0 4px; font-size: 14.5px; color: var(--soft); min-height: 2.9em; } .next.stopped { color: var(--ink); font-weight: 600; }
.choice label > span { padding: 0 10px; font-size: 14px; }
.row { gap: 0 14px; } .row .slider { flex: 1 1 150px; max-width: 190px; } .slider output { min-width: 1em; }
[data-symbol=C] .curve { stroke-width: 3.4; }
`;
