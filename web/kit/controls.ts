// Buttons, sliders and choices: native controls, so that keyboard and screen readers work as people know them.
import { html, say, set } from "./dom.ts";

/** Makes a button; the text is a verb. */
export function button(text: string, onPress: () => void, signal: AbortSignal): HTMLButtonElement {
  const node = html("button", { type: "button" }, text);
  node.addEventListener("click", onPress, { signal });
  return node;
}

/** What a slider needs to know. */
export interface SliderOptions {
  /** The name, as a formula span or words. */
  label: string | Node;
  /** What a screen reader calls it. */
  spoken: string;
  min: number;
  max: number;
  step: number;
  value: number;
  /** The value with its unit, as shown and spoken. */
  text(value: number): string;
  onInput(value: number): void;
  maybeOnCommit?: () => void;
  signal: AbortSignal;
}

/** What the caller keeps of a slider. */
export interface Slider {
  node: HTMLElement;
  /** Shows a value that came from elsewhere. */
  show(value: number): void;
}

/** Makes a slider with its name and its value beside it; only for what has no place in the picture. */
export function slider(options: SliderOptions): Slider {
  const input = html("input", { type: "range", min: options.min, max: options.max, step: options.step, "aria-label": options.spoken });
  const output = html("output");
  const show = (value: number): void => {
    input.value = String(value);
    input.style.setProperty("--part", `${(100 * (Number(input.value) - options.min)) / (options.max - options.min)}%`);
    set(input, { "aria-valuetext": options.text(value) });
    say(output, options.text(value));
  };
  input.addEventListener("input", () => {
    show(Number(input.value));
    options.onInput(Number(input.value));
  }, { signal: options.signal });
  input.addEventListener("change", () => options.maybeOnCommit?.(), { signal: options.signal });
  show(options.value);
  return { node: html("label", { class: "slider" }, html("span", { class: "name" }, options.label), input, output), show };
}

/** What a choice needs to know. */
export interface ChoiceOptions<T extends string> {
  /** What a screen reader calls the group. */
  label: string;
  choices: readonly { value: T; content: string | Node }[];
  value: T;
  onChange(value: T): void;
  signal: AbortSignal;
}

/** What the caller keeps of a choice. */
export interface Choice<T extends string> {
  node: HTMLElement;
  show(value: T): void;
}

let groups = 0; // radio buttons find their group by name

/** Makes a row of which exactly one is chosen. */
export function choice<T extends string>(options: ChoiceOptions<T>): Choice<T> {
  const name = `choice-${++groups}`;
  const inputs = options.choices.map(({ value }) => html("input", { type: "radio", name, value, checked: value === options.value }));
  const labels = options.choices.map(({ content }, k) => html("label", {}, inputs[k], html("span", {}, content)));
  const node = html("div", { class: "choice", role: "radiogroup", "aria-label": options.label }, ...labels);
  node.addEventListener("change", (event) => options.onChange((event.target as HTMLInputElement).value as T), { signal: options.signal });
  const show = (value: T): void => {
    for (const input of inputs) input.checked = input.value === value;
  };
  return { node, show };
}
