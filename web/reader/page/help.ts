// The list of keys. "?" opens it wherever nothing is being typed.

import { h } from "../dom.ts";
import type { Translate, Word } from "../strings.ts";

const MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
const CELL_KEYS: [string[], Word][] = [
  [["Shift", "Enter"], "keyRunNext"],
  [[MAC ? "⌘" : "Ctrl", "Enter"], "keyRun"],
  [["Ctrl", "Space"], "keyComplete"],
  [["Tab"], "keyTab"],
  [["Esc"], "keyEscape"],
  [[MAC ? "⌘" : "Ctrl", "/"], "keyComment"],
  [[MAC ? "⌘" : "Ctrl", "Z"], "keyUndo"],
];
const PAGE_KEYS: [string[], Word][] = [
  [["/"], "keySearch"],
  [["?"], "keyHelp"],
  [["Enter"], "keyDerive"],
  [["↑"], "keyDeriveUp"],
  [["Enter"], "keyLine"],
  [["←", "→"], "keyLetters"],
];

/** Makes the dialog; returns what opens it. */
export function makeHelp(t: Translate): () => void {
  let dialog: HTMLDialogElement | null = null;
  return () => {
    dialog ??= document.body.appendChild(build(t));
    if (!dialog.open) dialog.showModal();
  };
}

function build(t: Translate): HTMLDialogElement {
  const close = h("button", { type: "button", class: "quiet", "aria-label": t("close"), onclick: (): void => dialog.close() }, "×");
  const dialog: HTMLDialogElement = h(
    "dialog",
    { class: "help", "aria-labelledby": "help-title" },
    h("header", {}, h("h2", { id: "help-title" }, t("help")), close),
    h("h3", {}, t("helpIn")),
    keys(CELL_KEYS, t),
    h("h3", {}, t("helpPage")),
    keys(PAGE_KEYS, t),
  );
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}

function keys(list: [string[], Word][], t: Translate): HTMLElement {
  const rows = list.map(([combination, word]) => {
    const caps = combination.flatMap((key, index) => (index === 0 ? [h("kbd", {}, key)] : [" ", h("kbd", {}, key)]));
    return h("div", {}, h("dt", {}, ...caps), h("dd", {}, t(word)));
  });
  return h("dl", { class: "keys" }, ...rows);
}
