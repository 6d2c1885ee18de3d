// Text as a terminal would leave it: a carriage return goes back to the start of the line, a backspace one step.
// A runaway loop can print for ever, so only the end of a long stream is kept.

export const LIMIT_CHARS = 100_000;

/** Applies carriage returns and backspaces; what follows them overwrites what was there. */
export function terminal(text: string): string {
  if (!text.includes("\r") && !text.includes("\b")) return text;
  return text.replaceAll("\r\n", "\n").split("\n").map(line).join("\n");
}

/** Keeps the last `limit` characters, from the start of a line; `dropped` counts what went. */
export function tail(text: string, limit: number = LIMIT_CHARS): { text: string; dropped: number } {
  if (text.length <= limit) return { text, dropped: 0 };
  const cut = text.length - limit;
  const newline = text.indexOf("\n", cut);
  const from = newline === -1 ? cut : newline + 1;
  return { text: text.slice(from), dropped: from };
}

function line(text: string): string {
  const cells: string[] = [];
  let at = 0;
  for (const char of text) {
    if (char === "\r") at = 0;
    else if (char === "\b") at = Math.max(0, at - 1);
    else cells[at++] = char;
  }
  return cells.join("");
}
