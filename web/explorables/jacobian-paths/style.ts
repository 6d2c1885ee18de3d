// What this explorable adds to the kit's look. Every i = j term is positive (blue), every i ≠ j term negative (orange).

const dim = (name: string, keep: string): string => `[data-light="${name}"] :is(.edge, .label, .flow):not(${keep}) { opacity: .12; }`;

export const style = `
.stage { --same: var(--gs-sym-same, #0068a8); --other: var(--gs-sym-other, #a85b00); } .stage[data-dark] { --same: #62b5ec; --other: #f0b04a; }
.panels { display: grid; grid-template-columns: minmax(0, 1fr); gap: 4px 16px; align-items: center; } .panels.wide { grid-template-columns: minmax(0, 57fr) minmax(0, 43fr); }
.head { fill: var(--soft); font-size: 12.5px; }
.faint { fill: none; stroke: var(--line); stroke-width: 1; }
.edge, .flow { fill: none; stroke-linecap: round; transition: opacity .15s; } .label { transition: opacity .15s; font-weight: 600; font-size: 12.5px; paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round; }
.edge.diagonal { stroke: var(--same); } .edge.off-diagonal { stroke: var(--other); } .edge.dC-da { stroke: var(--C); opacity: .85; }
.label.diagonal { fill: var(--same); } .label.off-diagonal { fill: var(--other); } .label.dC-da { fill: var(--C); }
.dead .edge { stroke-dasharray: 2 5; opacity: .55; }
.flow { stroke: var(--ground); stroke-width: 3; stroke-dasharray: 1 15; animation: flow .55s linear 5; opacity: 0; }
@keyframes flow { from { stroke-dashoffset: 16; opacity: .9; } to { stroke-dashoffset: 0; opacity: .9; } }
@media (prefers-reduced-motion: reduce) { .flow { animation: none; } .edge, .label { transition: none; } }
.disc { fill: var(--ground); stroke-width: 2; } .disc.z { stroke: var(--z); } .disc.a { stroke: var(--a); } .disc.C { stroke: var(--C); } .disc.chosen { fill: color-mix(in srgb, var(--z) 20%, var(--ground)); stroke-width: 3.5; }
.handle:hover .disc, .handle:hover .chip { stroke-width: 3.5; } .number { font-weight: 600; }
.chip { fill: var(--ground); stroke: var(--y); stroke-width: 2; } .level { fill: var(--y); fill-opacity: .28; }
.lines { display: flex; flex-direction: column; } button.line { text-align: start; padding: 6px 10px; font-size: 15px; min-height: 44px; border-radius: 8px; }
button.line::before { inset: 1px 0; border-color: transparent; background: none; border-radius: 8px; }
button.line:hover::before, button.line[aria-pressed=true]::before { background: var(--wash); border-color: var(--line); }
.line .diagonal, .line.diagonal b { color: var(--same); } .line .off-diagonal, .line.off-diagonal b { color: var(--other); } .line .dC-da { color: var(--C); }
.terms { font-size: 14px; } .term { white-space: nowrap; }
.holds, .breaks { display: block; font-size: 13.5px; color: var(--good); } .breaks { color: var(--bad); font-weight: 600; }
${dim("dC-da", ".dC-da")} ${dim("diagonal", ".diagonal")} ${dim("off-diagonal", ".off-diagonal")} ${dim("result", ".none")}
[data-light="dC-da"] .line .diagonal, [data-light="dC-da"] .line .off-diagonal, [data-light="diagonal"] .line :is(.dC-da, .off-diagonal), [data-light="off-diagonal"] .line :is(.dC-da, .diagonal) { opacity: .35; }
[data-light="result"] .chosen, [data-light="result"] .chip { stroke-width: 5; }
[data-symbol=z] .disc.z, [data-symbol=a] .disc.a, [data-symbol=C] .disc.C, [data-symbol=y] .chip { stroke-width: 5; }
`;
