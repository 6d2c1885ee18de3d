// What this explorable adds to the kit's look.

export const style = `
.bar { fill-opacity: .82; } .bar.sym-z { fill: var(--z); } .bar.sym-a { fill: var(--a); }
.handle:hover .bar, .handle.held .bar { fill-opacity: 1; }
.grip { stroke: var(--ground); stroke-width: 1.5; opacity: .85; pointer-events: none; }
.mean { stroke: var(--z); stroke-width: 1; stroke-dasharray: 3 4; opacity: .7; } .knob { fill: var(--z); }
.all text { font-size: 12px; }
.value { font-weight: 600; } .inside { fill: var(--ground); }
.goal { fill: none; stroke: var(--y); stroke-width: 1.6; stroke-dasharray: 5 4; }
.arrow { fill: var(--ink); stroke: var(--ink); stroke-width: 1.8; }
.truth .var, .truth tspan { font-weight: 700; }
.column { cursor: pointer; }
.hint { stroke: var(--z); fill: var(--z); stroke-width: 1.6; stroke-dasharray: 2 4; opacity: .75; pointer-events: none; }
.small-name { font-size: 12px; }
.lift { fill: var(--k4); } .lower { fill: var(--k1); }
.column-mark { fill: none; stroke: var(--z); stroke-width: 2; }
.truth-row { display: inline-flex; align-items: center; gap: 8px; font-size: 14px; }
.reading { display: flex; flex-wrap: wrap; gap: 2px 28px; margin: 4px 0 0; font-size: 15px; }
[data-symbol=z] .bar.sym-z, [data-symbol=a] .bar.sym-a { fill-opacity: 1; stroke: var(--ink); stroke-width: 2; }
[data-symbol=y] .goal { stroke-width: 4; }
[data-symbol=C] .reading .sym-C { outline: 2px solid var(--C); outline-offset: 3px; border-radius: 2px; }
`;
