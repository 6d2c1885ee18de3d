// Texts and the places in them: notebooks as text, offsets of Python's strings in JavaScript's, edits, the part of a line that changed.

export interface Notes {
  text: string;
  /** First line of each cell (from 1) with the cell's number in the notebook (from 1); empty for a plain text. */
  cells: { line: number; cell: number }[];
}

/** Reads what was pasted or dropped: the Markdown cells of a notebook one under another, anything else as it is. */
export function readNotes(content: string): Notes {
  const text = content.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (!text.trimStart().startsWith("{") || !text.includes('"cells"')) return { text, cells: [] };
  try {
    return joinCells(JSON.parse(text) as Notebook);
  } catch {
    return { text, cells: [] };
  }
}

interface Notebook {
  cells: { cell_type?: string; source?: string | string[] }[];
}

function joinCells(notebook: Notebook): Notes {
  const notes: Notes = { text: "", cells: [] };
  let line = 1;
  notebook.cells.forEach(({ cell_type: kind, source = "" }, index) => {
    if (kind !== "markdown") return;
    const piece = `${(Array.isArray(source) ? source.join("") : source).replace(/\r\n?/g, "\n").replace(/\n+$/, "")}\n\n`;
    notes.cells.push({ line, cell: index + 1 });
    notes.text += piece;
    line += piece.split("\n").length - 1;
  });
  return notes;
}

/** The cell a line stands in; null in a plain text. */
export function cellAt(cells: Notes["cells"], line: number): { cell: number; line: number } | null {
  const found = cells.filter((start) => start.line <= line).at(-1);
  return found === undefined ? null : { cell: found.cell, line: line - found.line + 1 };
}

/** Turns an offset in code points, as Python counts, into one in UTF-16 units, as the browser does. */
export function toUnits(text: string, points: number): number {
  // Without characters beyond the sixteen bits both count the same.
  if (!/[\ud800-\udbff]/.test(text)) return points;
  let units = 0;
  for (let left = points; left > 0 && units < text.length; left -= 1) units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return units;
}

/** Cuts two versions of a line into what they share at both ends and what changed between. */
export function changed(before: string, after: string): { head: string; old: string; new: string; tail: string } {
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return {
    head: before.slice(0, head),
    old: before.slice(head, before.length - tail),
    new: after.slice(head, after.length - tail),
    tail: before.slice(before.length - tail),
  };
}

/** A piece of a display as KaTeX can show it alone: without alignment, line ends, labels. */
export function showable(latex: string): string {
  return latex
    .replace(/\\(?:label|tag)\*?\{[^}]*\}|\\(?:nonumber|notag)\b/g, "")
    .replace(/(^|[^\\])&/g, "$1")
    .replace(/(?:\\\\(?:\[[^\]]*\])?\s*)+$/, "")
    .trim();
}
