// The page where anyone checks their own notes. Python is loaded with the first question, runs in a worker and tells nobody.

import { h } from "../reader/dom.ts";
import type { Reader } from "../reader/reader.ts";
import { CheckerError, sharedChecker, type Checker } from "./client.ts";
import { EXAMPLES } from "./examples.ts";
import type { Form, Repair, Step } from "./protocol.ts";
import { Results } from "./results.ts";
import { cellAt, readNotes, toUnits, type Notes } from "./source.ts";
import { speaker } from "./words.ts";

/** Longer texts would keep a browser busy for minutes. */
const MOST_CHARACTERS = 2_000_000;

/** Fills the page's place for the checker. */
export function startProof(place: HTMLElement, reader: Reader): void {
  new Bench(place, reader);
}

class Bench {
  private readonly reader: Reader;
  private readonly say: ReturnType<typeof speaker>;
  private readonly checker: Checker;
  private readonly results: Results;
  private readonly text: HTMLTextAreaElement;
  private readonly form: HTMLSelectElement;
  private readonly status = h("p", { class: "proof-status", role: "status" });
  private readonly check: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  /** The text the verdicts are about; edits are counted from it. */
  private checked = "";
  private cells: Notes["cells"] = [];
  private round = 0;

  constructor(place: HTMLElement, reader: Reader) {
    this.reader = reader;
    const { lang, root } = reader.page;
    this.say = speaker(lang);
    const say = this.say;
    this.checker = sharedChecker(root);
    this.results = new Results({ lang, say, place: (step) => this.place(step), go: (step) => this.go(step), use: (repair) => this.use(repair) });
    this.text = h("textarea", { id: "proof-text", rows: 14, spellcheck: "false", autocapitalize: "off", autocomplete: "off", oninput: () => this.edited(), onkeydown: (event: KeyboardEvent) => this.onKey(event) });
    this.check = h("button", { type: "button", class: "primary", onclick: () => void this.run() }, say("check"));
    this.stop = h("button", { type: "button", hidden: true, onclick: () => this.checker.stop() }, say("stop"));
    this.form = h("select", { id: "proof-form", "aria-label": say("form") }, ...this.forms());
    this.status.textContent = say("hint");
    place.replaceChildren(
      h("label", { for: "proof-text", class: "proof-label" }, say("yourNotes")),
      this.text,
      h("div", { class: "proof-buttons" }, this.check, this.stop, this.fileButton(), this.form),
      this.status,
      h("p", { class: "proof-examples" }, say("example"), " ", ...this.examples()),
      this.results.element,
    );
    this.wireDrop(place);
    place.dataset["alive"] = "yes";
  }

  private forms(): HTMLOptionElement[] {
    const { say } = this;
    return [h("option", { value: "" }, say("formGuess")), h("option", { value: "md" }, say("formMd")), h("option", { value: "tex" }, say("formTex"))];
  }

  private examples(): HTMLElement[] {
    const { lang } = this.reader.page;
    return EXAMPLES.map(({ name, text }) => h("button", { type: "button", class: "quiet", onclick: () => this.try(text[lang]) }, name[lang]));
  }

  private try(text: string): void {
    this.take({ text, cells: [] });
    void this.run();
  }

  private fileButton(): HTMLElement {
    const input = h("input", { type: "file", accept: ".md,.markdown,.myst,.tex,.ipynb,.txt", class: "visually-hidden", tabindex: -1, "aria-hidden": "true" });
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file !== undefined) void this.takeFile(file);
      input.value = "";
    });
    return h("span", {}, h("button", { type: "button", onclick: () => input.click() }, this.say("open")), input);
  }

  private wireDrop(place: HTMLElement): void {
    place.addEventListener("dragover", (event) => {
      event.preventDefault();
      place.classList.add("over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      place.classList.remove("over");
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      void this.takeFile(file);
    });
    this.text.addEventListener("paste", (event) => {
      const notes = readNotes(event.clipboardData?.getData("text/plain") ?? "");
      if (notes.cells.length === 0) return;
      event.preventDefault();
      this.take(notes);
    });
  }

  private async takeFile(file: File): Promise<void> {
    const notes = readNotes(decode(await file.arrayBuffer()));
    this.take(notes);
    this.form.value = file.name.endsWith(".tex") ? "tex" : "";
    const about = notes.cells.length > 0 ? `${this.say("notebook", { name: file.name })} ` : "";
    await this.run();
    if (about !== "") this.status.prepend(about);
  }

  private take(notes: Notes): void {
    this.text.value = notes.text;
    this.cells = notes.cells;
    this.results.clear();
    this.status.textContent = this.say("hint");
  }

  private edited(): void {
    // A cell's first line is known only as long as nobody writes between.
    this.cells = [];
    this.results.age();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void this.run();
  }

  /** Checks the text as it stands; a check that is under way gives way. */
  private async run(): Promise<void> {
    const { say, checker, results } = this;
    const text = this.text.value;
    if (text.trim() === "") return void (this.status.textContent = say("nothing"));
    if (text.length > MOST_CHARACTERS) return void (this.status.textContent = say("tooLong", { n: (text.length / 1e6).toFixed(1), most: MOST_CHARACTERS / 1e6 }));
    if (!this.stop.hidden) checker.stop();
    const round = ++this.round;
    this.checked = text;
    results.clear();
    this.stop.hidden = false;
    this.status.textContent = checker.state === "ready" ? say("working", { n: 0 }) : say("loading");
    let displays = 0;
    let began = performance.now();
    checker.whenReady(() => (began = performance.now()));
    try {
      const answer = await checker.check(text, this.form.value as Form, (steps) => {
        if (round !== this.round) return;
        results.add(steps);
        this.status.textContent = say("working", { n: ++displays });
      });
      if (round !== this.round) return;
      this.status.textContent = "refused" in answer ? say("refused", { reason: answer.refused }) : say("hint");
      if ("report" in answer) results.finish(answer.report, (performance.now() - began) / 1000);
    } catch (error) {
      if (round === this.round) this.status.textContent = this.why(error);
    } finally {
      if (round === this.round) this.stop.hidden = true;
    }
  }

  private why(error: unknown): string {
    if (!(error instanceof CheckerError)) throw error;
    if (error.trouble === "stopped") return this.say("stopped");
    return this.say(error.trouble === "load" ? "failedLoad" : "failedBroke", { reason: error.message.split("\n").filter(Boolean).at(-1) ?? "" });
  }

  private place(step: Step): string {
    const inside = cellAt(this.cells, step.line);
    return inside === null ? this.say("line", { n: step.line }) : this.say("lineIn", { cell: inside.cell, n: inside.line });
  }

  private go(step: Step): void {
    this.select(toUnits(this.checked, step.span.start), toUnits(this.checked, step.span.end));
  }

  private select(start: number, end: number): void {
    const { text } = this;
    text.focus();
    text.setSelectionRange(start, end);
    // A text area does not scroll to its selection by itself.
    const lines = text.value.slice(0, start).split("\n").length - 1;
    const height = Number.parseFloat(getComputedStyle(text).lineHeight);
    text.scrollTop = Math.max(0, lines * height - text.clientHeight / 2);
    text.scrollIntoView({ block: "nearest" });
  }

  private use(repair: Repair): void {
    // Repairs count from the text that was checked.
    if (this.text.value !== this.checked) return void (this.status.textContent = this.say("stale"));
    const start = toUnits(this.checked, repair.start);
    const end = toUnits(this.checked, repair.end);
    this.text.focus();
    this.text.setSelectionRange(start, end);
    // Typed in, so that undo takes it back.
    if (!document.execCommand("insertText", false, repair.new)) this.text.setRangeText(repair.new, start, end, "end");
    void this.run();
  }
}

/** Bytes as text: Unicode with or without its mark, else the Chinese encoding, which reads ASCII too. */
function decode(bytes: ArrayBuffer): string {
  const head = new Uint8Array(bytes.slice(0, 2));
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
