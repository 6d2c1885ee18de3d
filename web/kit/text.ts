// Two languages, one shape: each explorable holds `{ en: {...}, zh: {...} }` and the compiler sees that no sentence is missing.

export type Language = "en" | "zh";

/** The language a model asks for, else that of the nearest `lang` attribute, else English. */
export function languageOf(asked: unknown, el: Element): Language {
  const found = typeof asked === "string" && asked ? asked : (el.closest("[lang]")?.getAttribute("lang") ?? "en");
  return found.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Words every explorable needs. */
export const common = {
  en: { reset: "Reset", surprise: "Surprise me", play: "Play", pause: "Pause", step: "Step", guess: "First, a guess", right: "As you said.", wrong: "Not what you said." },
  zh: { reset: "复位", surprise: "给我惊喜", play: "播放", pause: "暂停", step: "单步", guess: "先猜一猜", right: "你猜对了。", wrong: "和你猜的不一样。" },
} satisfies Record<Language, Record<string, string>>;
