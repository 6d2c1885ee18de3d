// Reads the colour codes of terminals (ECMA-48 SGR) into runs of text. Colours become the eight names of the page's own
// palette, because a colour chosen for a black terminal is unreadable on paper; the nearest hue keeps its meaning.

export interface Run {
  text: string;
  /** Class names: `ansi-red`, `ansi-bold`, … */
  classes: string[];
}

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;
const CODE = /\x1b\[([0-9;]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b./g;

/** Splits text with escape codes into runs of one style; codes other than colours vanish. */
export function parseAnsi(text: string): Run[] {
  const runs: Run[] = [];
  let state: State = { colour: null, bold: false, italic: false, underline: false };
  let from = 0;
  for (const match of text.matchAll(CODE)) {
    push(runs, text.slice(from, match.index), state);
    if (match[2] === "m") state = apply(state, (match[1] ?? "").split(";").map(Number));
    from = match.index + match[0].length;
  }
  push(runs, text.slice(from), state);
  return runs;
}

/** Removes every escape code. */
export function stripAnsi(text: string): string {
  return text.replace(CODE, "");
}

interface State {
  colour: (typeof NAMES)[number] | null;
  bold: boolean;
  italic: boolean;
  underline: boolean;
}

function push(runs: Run[], text: string, state: State): void {
  if (text === "") return;
  const classes: string[] = [];
  if (state.colour !== null) classes.push(`ansi-${state.colour}`);
  if (state.bold) classes.push("ansi-bold");
  if (state.italic) classes.push("ansi-italic");
  if (state.underline) classes.push("ansi-underline");
  const last = runs.at(-1);
  if (last !== undefined && last.classes.join() === classes.join()) last.text += text;
  else runs.push({ text, classes });
}

function apply(state: State, codes: number[]): State {
  const next = { ...state };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 0) Object.assign(next, { colour: null, bold: false, italic: false, underline: false });
    else if (code === 1) next.bold = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) next.bold = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code === 39) next.colour = null;
    else if (code >= 30 && code <= 37) next.colour = NAMES[code - 30] ?? null;
    else if (code >= 90 && code <= 97) next.colour = NAMES[code - 90] ?? null;
    else if (code === 38 || code === 48) {
      const [colour, used] = extended(codes.slice(i + 1));
      if (code === 38) next.colour = colour;
      i += used;
    }
  }
  return next;
}

function extended(codes: number[]): [State["colour"], number] {
  if (codes[0] === 2) return [nearest(codes[1] ?? 0, codes[2] ?? 0, codes[3] ?? 0), 4];
  const n = codes[1] ?? 0;
  if (n < 16) return [NAMES[n % 8] ?? null, 2];
  if (n >= 232) return [null, 2];
  const level = (k: number): number => (k === 0 ? 0 : 55 + 40 * k);
  const cube = n - 16;
  return [nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)), 2];
}

/** The palette's name for a colour: by its hue; a grey has no name and takes the colour of the text. */
function nearest(r: number, g: number, b: number): State["colour"] {
  const high = Math.max(r, g, b);
  const low = Math.min(r, g, b);
  if (high - low < 40) return null;
  const middle = low + (high - low) / 2;
  const bits = (r > middle ? 1 : 0) + (g > middle ? 2 : 0) + (b > middle ? 4 : 0);
  return NAMES[bits] ?? null;
}
