// The look of every explorable, in one sheet that lives in its shadow root. A page's variables win; the fallbacks make it
// whole where there is no page. Symbols keep one colour (z, a, y, C); classes use the Okabe–Ito palette.

// On paper the light colours hold: the dark ones are for screens.
const light = `
  --ink: var(--gs-ink, #1d2126); --soft: var(--gs-ink-soft, #59616b); --line: var(--gs-line, #d9dde2); --ground: var(--gs-paper, #ffffff);
  --wash: var(--gs-wash, #f2f4f6); --accent: var(--gs-accent, #005a9c); --good: var(--gs-good, #00704f); --bad: var(--gs-bad, #a83c00);
  --z: var(--gs-sym-z, #0068a8); --a: var(--gs-sym-a, #b34700); --y: var(--gs-sym-y, #007350); --C: var(--gs-sym-C, #9c3d76);
  --k0: var(--gs-class-0, #0072b2); --k1: var(--gs-class-1, #e69f00); --k2: var(--gs-class-2, #009e73); --k3: var(--gs-class-3, #cc79a7); --k4: var(--gs-class-4, #56b4e9); --k5: var(--gs-class-5, #d55e00);`;
const dark = `
  --ink: var(--gs-ink, #e4e7ea); --soft: var(--gs-ink-soft, #a3abb5); --line: var(--gs-line, #3a414a); --ground: var(--gs-paper, #15181c);
  --wash: var(--gs-wash, #22272d); --accent: var(--gs-accent, #7cc0f0); --good: var(--gs-good, #3cc79c); --bad: var(--gs-bad, #ff9a5c);
  --z: var(--gs-sym-z, #62b5ec); --a: var(--gs-sym-a, #f5a15c); --y: var(--gs-sym-y, #3cc79c); --C: var(--gs-sym-C, #e296c0);
  --k0: var(--gs-class-0, #4aa3dc); --k1: var(--gs-class-1, #e6a82a); --k2: var(--gs-class-2, #2cbf94); --k3: var(--gs-class-3, #d88fb8); --k4: var(--gs-class-4, #7cc7f2); --k5: var(--gs-class-5, #ef7f33);`;

export const kitStyle = `
:host { all: initial; display: block; }
.stage { ${light}
  --sans: var(--gs-sans, system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif);
  --serif: KaTeX_Math, "STIX Two Text", "Latin Modern Roman", "Times New Roman", serif;
  color: var(--ink); font: 15px/1.45 var(--sans); font-variant-numeric: tabular-nums; position: relative; max-width: 760px; text-align: start; -webkit-text-size-adjust: 100%; }
@media screen { .stage[data-dark] { ${dark} color-scheme: dark; } }
.stage *, .stage *::before { box-sizing: border-box; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: 0 16px; }
.invite { flex: 1 1 300px; margin: 6px 0; font-size: 16px; font-weight: 600; text-wrap: balance; }
.tools, .row { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; }
.row { gap: 0 24px; }
p { margin: 4px 0; }
button, .choice label { position: relative; z-index: 0; min-height: 44px; min-width: 44px; padding: 0 14px; border: 0; background: none; color: var(--ink); font: inherit; font-size: 14px; cursor: pointer; }
button::before { content: ""; position: absolute; z-index: -1; inset: 5px 0; border: 1px solid var(--line); border-radius: 17px; background: var(--wash); }
button:hover::before { border-color: var(--soft); }
button.main { color: var(--gs-on-accent, var(--ground)); font-weight: 600; } button.main::before { background: var(--accent); border-color: var(--accent); }
button:disabled { cursor: default; }
:focus { outline: none; }
button:focus-visible::before, .choice input:focus-visible + span, input[type=range]:focus-visible, canvas:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.choice { display: inline-flex; flex-wrap: wrap; }
.choice label { display: inline-flex; align-items: center; padding: 0 2px; }
.choice input { position: absolute; opacity: 0; inset: 0; margin: 0; width: 100%; height: 100%; cursor: pointer; }
.choice span { pointer-events: none; }
.choice label > span { display: inline-flex; align-items: center; justify-content: center; gap: 5px; min-width: 40px; height: 34px; padding: 0 12px; border: 1px solid var(--line); border-radius: 17px; }
.choice input:checked + span { background: var(--wash); border-color: var(--ink); font-weight: 600; box-shadow: inset 0 0 0 1px var(--ink); }
.slider { display: flex; align-items: center; gap: 10px; min-height: 44px; flex: 1 1 220px; max-width: 420px; font-size: 14px; }
.slider .name { white-space: nowrap; } .slider output { min-width: 3.2em; font-weight: 600; }
input[type=range] { appearance: none; -webkit-appearance: none; flex: 1; min-width: 60px; height: 44px; margin: 0; background: none; cursor: pointer; border-radius: 8px; --track: linear-gradient(90deg, var(--accent) var(--part, 0%), var(--line) var(--part, 0%)); --thumb: 3px solid var(--ground); --rim: 0 0 0 1px var(--accent); }
input[type=range]::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: var(--track); }
input[type=range]::-moz-range-track { height: 4px; border-radius: 2px; background: var(--track); }
input[type=range]::-webkit-slider-thumb { -webkit-appearance: none; width: 20px; height: 20px; margin-top: -8px; border-radius: 50%; border: var(--thumb); background: var(--accent); box-shadow: var(--rim); }
input[type=range]::-moz-range-thumb { width: 14px; height: 14px; border-radius: 50%; border: var(--thumb); background: var(--accent); box-shadow: var(--rim); }
.guess { margin: 4px 0 8px; padding: 6px 14px; border-left: 3px solid var(--accent); background: var(--wash); border-radius: 0 8px 8px 0; font-size: 14.5px; }
.guess .answers { display: flex; flex-wrap: wrap; gap: 0 8px; }
.guess button::before { background: var(--ground); }
.guess button[aria-pressed=true]::before { border: 2px solid var(--accent); }
.guess button[data-truth]::before { border: 2px solid var(--good); } .guess button[data-truth]::after { content: " ✓"; color: var(--good); font-weight: 700; }
.guess button[data-wrong]::before { border: 2px dashed var(--bad); }
.stack { display: grid; } .stack > * { grid-area: 1 / 1; } .guess .because, .guess.seen .stack > p:first-child { visibility: hidden; } .guess.seen .because { visibility: visible; } .guess .answers { align-items: center; }
svg { display: block; overflow: visible; width: 100%; font: 13px var(--sans); fill: var(--ink); user-select: none; -webkit-user-select: none; }
svg text { font-variant-numeric: tabular-nums; }
.axis text { fill: var(--soft); font-size: 12px; } .grid { stroke: var(--line); stroke-width: 1; shape-rendering: crispEdges; }
.title { font-size: 14px; font-weight: 600; }
.quiet { fill: var(--soft); color: var(--soft); font-weight: 400; }
.math .var, i.var { font-family: var(--serif); font-style: italic; font-size: 1.12em; font-weight: 400; }
.math .small { font-size: .74em; } .math sub, .math sup { line-height: 0; }
.sym-z { fill: var(--z); color: var(--z); } .sym-a { fill: var(--a); color: var(--a); } .sym-y { fill: var(--y); color: var(--y); } .sym-C { fill: var(--C); color: var(--C); }
.handle { cursor: grab; outline: none; } .handle, .handle * { touch-action: none; } .handle.held { cursor: grabbing; }
.handle .ring { fill: none; stroke: none; pointer-events: none; } .handle:focus-visible .ring { stroke: var(--accent); stroke-width: 3; }
.hit { fill: transparent; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; margin: 0; }
@media print { .tools, .row button, .guess .answers { display: none; } }
@media (forced-colors: active) { button::before, .choice input:checked + span { border-color: ButtonText; } }
`;
