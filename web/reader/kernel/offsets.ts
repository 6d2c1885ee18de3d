// The kernel counts Unicode characters, JavaScript counts UTF-16 units: they differ after any emoji or rare ideograph.

/** Turns an index of a JavaScript string into a count of characters. */
export function toCodePoints(text: string, units: number): number {
  let count = 0;
  for (const char of text.slice(0, units)) count += char.length > 0 ? 1 : 0;
  return count;
}

/** Turns a count of characters into an index of a JavaScript string. */
export function toUnits(text: string, points: number): number {
  let units = 0;
  let count = 0;
  for (const char of text) {
    if (count === points) break;
    units += char.length;
    count += 1;
  }
  return units;
}
