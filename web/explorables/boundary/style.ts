// What this explorable adds to the kit's look.

export const style = `
.away, .away * { visibility: hidden !important; }
.challenge { display: flex; align-items: center; }
.panels { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px 24px; } .panels.wide { grid-template-columns: minmax(0, 56fr) minmax(0, 44fr); }
canvas { display: block; border-radius: 6px; touch-action: none; cursor: crosshair; } canvas:focus-visible { outline-offset: 2px; }
.side { display: flex; flex-direction: column; }
.side .slider { flex: none; max-width: none; } .field { align-self: start; width: fit-content; }
.slider .name { min-width: 7.8em; } .slider output { min-width: 2.6em; text-align: end; }
.loss { fill: none; stroke: var(--C); stroke-width: 2.2; stroke-linejoin: round; } .loss-dot { fill: var(--C); }
.guessing { stroke: var(--soft); stroke-dasharray: 3 4; }
.reading { margin: 2px 0 4px; white-space: nowrap; font-size: 14px; } .reading b { font-weight: 600; }
.brush { font-size: 14px; color: var(--soft); margin-top: 2px; }
.choice .shape { width: 14px; height: 14px; flex: none; }
.field { position: relative; } .help { position: absolute; left: 6px; right: 6px; bottom: 6px; padding: 4px 10px; border-radius: 6px; background: var(--ground); font-size: 13px; margin: 0; display: none; pointer-events: none; } canvas:focus-visible ~ .help { display: block; }
.shape-0 { fill: var(--k0); } .shape-1 { fill: var(--k1); } .shape-2 { fill: var(--k2); }
`;
