// Numbers as people read them: a true minus sign, fixed decimals, no negative zero.

/** Formats with a fixed number of decimals: `fixed(-0.001, 2)` is "0.00". */
export function fixed(value: number, decimals = 2): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Like `fixed`, with a plus sign in front of positive numbers: a change, a gradient. */
export function signed(value: number, decimals = 2): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(value.toFixed(decimals)) !== 0 ? `+${text}` : text;
}

/** A signed number with as many decimals as it takes to show it, four at most: a small effect is not "0.00". */
export function effect(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 0.00005) return "≈0";
  return signed(value, size === 0 || size >= 0.0995 ? 2 : size >= 0.0005 ? 3 : 4);
}

/** Formats a probability: two decimals, more when it is small, never "0.00" for what is not zero. */
export function probability(value: number): string {
  if (!(value > 0)) return fixed(value, 2);
  if (value >= 0.01) return value > 0.99 && value < 1 ? fixed(Math.floor(value * 1000) / 1000, 3) : fixed(value, 2);
  if (value >= 0.0005) return fixed(value, 3);
  return "<0.001";
}

/** Formats with the given significant digits and no exponent where it can be avoided: a learning rate. */
export function significant(value: number, digits = 2): string {
  if (value === 0) return "0";
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  return fixed(value, Math.min(decimals, 8));
}
