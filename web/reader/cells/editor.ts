// The editor of a cell: CodeMirror 6 with Python. This file is loaded with the first cell that comes near the viewport.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Completions } from "../kernel/kernel.ts";

export interface EditorOptions {
  doc: string;
  label: string;
  /** Read by screen readers after the label. */
  description: string;
  changed: (source: string) => void;
  /** Shift-Enter: run and go to the next cell. */
  runNext: () => void;
  /** Ctrl-Enter, or Command-Enter: run and stay. */
  run: () => void;
  complete: (source: string, cursor: number) => Promise<Completions | null>;
}

export interface Editor {
  dom: HTMLElement;
  source(): string;
  /** Puts other text in; `changed` does not hear of it. */
  replace(source: string): void;
  /** Takes the keyboard; with a point of the page, the cursor goes there. */
  focus(at?: { x: number; y: number }): void;
}

/** The same few classes as the static source, so that nothing changes colour when a cell comes alive. */
const palette = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.moduleKeyword, tags.controlKeyword, tags.definitionKeyword], class: "tok-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "tok-string" },
  { tag: [tags.number, tags.bool, tags.null], class: "tok-number" },
  { tag: tags.comment, class: "tok-comment" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], class: "tok-definition" },
  { tag: tags.meta, class: "tok-meta" },
  // Format specifications and the stars of arguments: plain, as the static source has them.
  { tag: tags.modifier, class: "tok-plain" },
]);

/** Makes an editor; it is not in the page yet. */
export function createEditor(options: EditorOptions): Editor {
  let silent = false;
  const changed = (source: string): void => void (silent || options.changed(source));
  const state = EditorState.create({ doc: options.doc, extensions: extensions({ ...options, changed }) });
  const view = new EditorView({ state });
  return {
    dom: view.dom,
    source: () => view.state.doc.toString(),
    replace: (source) => {
      silent = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
      silent = false;
    },
    focus: (at) => {
      view.focus();
      const position = at === undefined ? null : view.posAtCoords(at);
      if (position !== null) view.dispatch({ selection: { anchor: position } });
    },
  };
}

function extensions(options: EditorOptions) {
  const command = (act: () => void) => () => (act(), true);
  return [
    history(),
    drawSelection({ cursorBlinkRate: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 1200 }),
    python(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [(context) => completions(context, options)], icons: false }),
    syntaxHighlighting(palette),
    keymap.of([
      { key: "Shift-Enter", run: command(options.runNext) },
      { key: "Mod-Enter", run: command(options.run) },
      { key: "Ctrl-Enter", run: command(options.run) },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    // Given here and not set on the element: CodeMirror rewrites its own class list.
    EditorView.editorAttributes.of({ class: "cell-source" }),
    EditorView.contentAttributes.of({ "aria-label": options.label, "aria-description": options.description, spellcheck: "false" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.changed(update.state.doc.toString());
    }),
  ];
}

async function completions(context: CompletionContext, { complete }: EditorOptions) {
  const word = context.matchBefore(/[\w.]+/);
  // A dot or an explicit request asks the kernel; single letters would ask at every keystroke.
  if (!context.explicit && (word === null || !(word.text.includes(".") || word.text.length >= 3))) return null;
  const found = await complete(context.state.doc.toString(), context.pos).catch(() => null);
  if (found === null || found.options.length === 0 || context.aborted) return null;
  const options = found.options.map(({ label, type }) => (type === undefined ? { label } : { label, detail: type }));
  return { from: found.from, options, validFor: /^\w*$/ };
}
