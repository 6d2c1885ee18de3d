// What this explorable adds to the kit's look.

export const style = `
.scene { touch-action: pan-y; }
.sky { fill: var(--wash); } .earth { stroke: var(--soft); stroke-width: 2; }
.breeze { stroke: var(--k4); fill: var(--k4); stroke-width: 1.5; }
.trail { fill: none; stroke: var(--a); stroke-width: 1.8; stroke-linejoin: round; opacity: .75; }
.body { stroke: var(--ink); stroke-width: 5; stroke-linecap: round; } .rotor { stroke: var(--soft); stroke-width: 3; stroke-linecap: round; }
.thrust { stroke: var(--z); fill: var(--z); stroke-width: 2.5; }
.cross { stroke: var(--y); stroke-width: 2.5; fill: none; }
.pad { fill: var(--ground); stroke: var(--line); } .level { stroke: var(--line); }
.knob { fill: var(--accent); stroke: var(--ground); stroke-width: 2; }
.wanted { stroke: var(--a); fill: none; stroke-width: 2; }
.miss { fill: none; stroke: var(--C); stroke-width: 2.2; stroke-linejoin: round; }
.reading { margin: 2px 0 4px; font-size: 14px; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; } .reading span { white-space: nowrap; } .reading > span:first-child { flex: 1 1 300px; } .reading b { font-weight: 600; }
.row { align-items: center; } .who { font-size: 14px; color: var(--soft); margin-inline-end: 8px; }
`;
