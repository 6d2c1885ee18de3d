// Handing in: writes the page's cells and answers to a file that `glideslope grade` reads. The learner's id is asked once and kept.

import type { Notebook } from "../cells/notebook.ts";
import { h } from "../dom.ts";
import type { Reader } from "../reader.ts";

/** What `glideslope grade` reads. */
export interface Submission {
  learner: string;
  lesson: string;
  /** The sources of the cells by name, in the order of the page: answers may use what stands above them. */
  cells: Record<string, string>;
  /** Answers to derivations and broken lines, by exercise. */
  answers: Record<string, unknown>;
}

export interface HandInOptions {
  main: HTMLElement;
  reader: Reader;
  notebook: Notebook;
  /** Where the id is kept between visits. */
  storage?: Pick<Storage, "getItem" | "setItem">;
}

const KEY = "glideslope:learner";
const LONGEST = 200;

/** Adds the button below the last exercise, on pages that have one. */
export function offerHandIn({ main, reader, notebook, storage = localStorage }: HandInOptions): void {
  const last = [...main.querySelectorAll<HTMLElement>("section.exercise")].at(-1);
  if (last === undefined) return;
  const { t } = reader;
  let learner = read(storage);
  const who = h("p", { class: "entry-message", role: "status" });
  const change = h("button", { type: "button", class: "quiet", onclick: () => ask.open(learner) }, t("changeLearner"));
  const button = h("button", { type: "button", class: "primary", onclick: () => (learner === "" ? ask.open("") : void exportNow()) }, t("exportSubmission"));
  const show = (said: string): void => {
    who.textContent = said;
    change.hidden = learner === "";
  };
  const exportNow = async (): Promise<void> => {
    button.disabled = true;
    try {
      const { answers } = await reader.api.get<{ answers: Record<string, unknown> }>(`progress/${reader.page.lesson}`);
      const cells = Object.fromEntries(notebook.cells.map((cell) => [cell.name, cell.source]));
      const name = save({ learner, lesson: reader.page.lesson, cells, answers });
      show(t("exported", { name, learner }));
    } catch (error) {
      reader.notices.failure(error);
    } finally {
      button.disabled = false;
    }
  };
  const ask = makeQuestion(reader, (typed) => {
    learner = typed;
    keep(storage, typed);
    void exportNow();
  });
  show(learner === "" ? "" : t("exportAs", { learner }));
  last.after(h("section", { class: "hand-in entry" }, h("div", { class: "entry-buttons" }, button, change), who));
}

/** The file's name: what is odd in an id becomes an underline; the id itself stands inside. */
export function fileName(lesson: string, learner: string): string {
  return `${lesson}-${learner.replace(/[^\p{L}\p{N}.-]+/gu, "_").slice(0, 60)}.json`;
}

/** The id as it is kept, or empty when it is none: blanks around it do not count, control characters are refused. */
export function cleanLearner(typed: string): string {
  const learner = typed.trim().normalize("NFC");
  return learner.length > LONGEST || /\p{C}/u.test(learner) ? "" : learner;
}

function save(submission: Submission): string {
  const name = fileName(submission.lesson, submission.learner);
  const address = URL.createObjectURL(new Blob([JSON.stringify(submission, null, 1)], { type: "application/json" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}

function makeQuestion(reader: Reader, done: (learner: string) => void): { open: (learner: string) => void } {
  const { t } = reader;
  const input = h("input", { id: "hand-in-learner", type: "text", class: "latex", autocomplete: "username", spellcheck: "false", maxlength: LONGEST });
  const wrong = h("p", { class: "entry-message", role: "alert" });
  const cancel = h("button", { type: "button", class: "quiet", onclick: (): void => dialog.close() }, t("cancel"));
  const submit = (event: Event): void => {
    event.preventDefault();
    const learner = cleanLearner(input.value);
    if (learner === "") {
      wrong.textContent = t("learnerWanted");
      return input.focus();
    }
    dialog.close();
    done(learner);
  };
  const form = h(
    "form",
    { onsubmit: submit },
    h("label", { for: "hand-in-learner" }, t("learnerAsked")),
    input,
    wrong,
    h("div", { class: "entry-buttons" }, h("button", { type: "submit", class: "primary" }, t("exportSubmission")), cancel),
  );
  const dialog: HTMLDialogElement = h("dialog", { class: "help", "aria-labelledby": "hand-in-title" }, h("h2", { id: "hand-in-title" }, t("exportSubmission")), form);
  const open = (learner: string): void => {
    if (!dialog.isConnected) document.body.append(dialog);
    wrong.textContent = "";
    input.value = learner;
    dialog.showModal();
    input.focus();
  };
  return { open };
}

function read(storage: Pick<Storage, "getItem">): string {
  try {
    return cleanLearner(storage.getItem(KEY) ?? "");
  } catch {
    return ""; // storage is switched off: the id is asked each time
  }
}

function keep(storage: Pick<Storage, "setItem">, learner: string): void {
  try {
    storage.setItem(KEY, learner);
  } catch {
    // it is asked again next time
  }
}
