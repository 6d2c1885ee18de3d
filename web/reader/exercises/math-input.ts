// Where a formula is typed: MathLive's field, or plain LaTeX for those who prefer it or whose reader cannot use the field.
// MathLive is loaded with the first of them that comes near; its fonts are KaTeX's, already in the page's style sheet.

import type { MathfieldElement } from "mathlive";
import { h } from "../dom.ts";
import type { Translate } from "../strings.ts";

export interface MathInputOptions {
  t: Translate;
  /** Says what is typed here; may change, see `label`. */
  label: string;
  /** Enter was pressed. */
  commit: () => void;
  /** Arrow up, or Backspace in an empty field, was pressed. */
  back?: () => void;
}

export class MathInput {
  readonly element = h("div", { class: "math-input" });
  private readonly options: MathInputOptions;
  private readonly text: HTMLInputElement;
  private field: MathfieldElement | null = null;
  private loading: Promise<void> | null = null;
  private latexMode = false;

  constructor(options: MathInputOptions) {
    this.options = options;
    this.text = h("input", {
      type: "text",
      class: "latex",
      "aria-label": options.label,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      onkeydown: (event: KeyboardEvent) => this.onKey(event),
    });
    this.element.append(this.text);
  }

  get latex(): string {
    return (this.latexMode || this.field === null ? this.text.value : this.field.getValue("latex")).trim();
  }

  set latex(value: string) {
    this.text.value = value;
    this.field?.setValue(value, { silenceNotifications: true });
  }

  set label(label: string) {
    this.text.setAttribute("aria-label", label);
    if (this.field !== null) this.field.setAttribute("aria-label", label);
  }

  /** Loads the formula field and puts it in the text field's place, unless LaTeX was chosen. */
  load(): Promise<void> {
    this.loading ??= this.makeField();
    return this.loading;
  }

  /** Switches between formula and LaTeX; what is typed comes along. */
  private toggle(): void {
    if (this.field === null) return;
    const value = this.latex;
    this.latexMode = !this.latexMode;
    this.latex = value;
    this.element.replaceChildren(this.latexMode ? this.text : this.field);
    this.focus();
  }

  /** A button that switches, named after what it switches to. */
  toggleButton(): HTMLButtonElement {
    const { t } = this.options;
    const button = h("button", { type: "button", class: "quiet" }, t("typeLatex"));
    button.addEventListener("click", () => {
      this.toggle();
      button.textContent = t(this.latexMode ? "typeFormula" : "typeLatex");
    });
    return button;
  }

  focus(): void {
    (this.latexMode || this.field === null ? this.text : this.field).focus();
  }

  private async makeField(): Promise<void> {
    const { MathfieldElement } = await import("mathlive");
    MathfieldElement.fontsDirectory = null;
    MathfieldElement.soundsDirectory = null;
    const field = new MathfieldElement();
    field.mathVirtualKeyboardPolicy = "manual";
    field.smartFence = true;
    field.setAttribute("aria-label", this.text.getAttribute("aria-label") ?? "");
    field.addEventListener("keydown", (event) => this.onKey(event), { capture: true });
    field.value = this.text.value;
    const hadFocus = document.activeElement === this.text;
    this.element.replaceChildren(field);
    this.field = field;
    field.menuItems = [];
    if (hadFocus) field.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const leave = event.key === "ArrowUp" || event.key === "Backspace";
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      this.options.commit();
    } else if (leave && this.latex === "" && this.options.back !== undefined) {
      event.preventDefault();
      this.options.back();
    }
  }
}
