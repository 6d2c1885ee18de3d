// Splits a sentence into words and formulas: `$…$` is a formula, `\$` a dollar, `` `…` `` code.

export interface Piece {
  kind: "text" | "math" | "code";
  text: string;
}

/** Cuts at unescaped dollars and backticks; an unclosed one is read as itself. */
export function splitInline(sentence: string): Piece[] {
  const pieces: Piece[] = [];
  const pattern = /(?<!\\)\$((?:[^$\\]|\\.)+)\$|`([^`]+)`/g;
  let from = 0;
  for (const match of sentence.matchAll(pattern)) {
    pushText(pieces, sentence.slice(from, match.index));
    if (match[1] !== undefined) pieces.push({ kind: "math", text: match[1] });
    else pieces.push({ kind: "code", text: match[2] ?? "" });
    from = match.index + match[0].length;
  }
  pushText(pieces, sentence.slice(from));
  return pieces;
}

function pushText(pieces: Piece[], text: string): void {
  if (text !== "") pieces.push({ kind: "text", text: text.replaceAll("\\$", "$") });
}
