// Python in a worker: Pyodide's bare core and our checker's zip, both from this site. Whatever is asked is answered in order.
// Nothing here can leave the page: the lock file names no packages, and no other host is ever asked.

import { loadPyodide, type PyodideAPI } from "pyodide";
import type { Asked, Told } from "./protocol.ts";

type Python = { check: (text: string, form: string, tell: (verdicts: string) => void) => string; judge: (task: string, answer: string) => string };

const runtime = new URL("../runtime/", import.meta.url).href;
const tell = (message: Told): void => postMessage(message);

const python = load();
// A failure to load is told once, to the first who asks.
python.then(() => tell({ kind: "ready" })).catch((error: unknown) => tell({ kind: "failed", reason: String(error) }));

addEventListener("message", (event: MessageEvent<Asked>) => {
  const asked = event.data;
  python
    .then(({ check, judge }) => {
      if (asked.call === "judge") return judge(asked.task, asked.answer);
      return check(asked.text, asked.form, (verdicts) => tell({ kind: "part", id: asked.id, verdicts: JSON.parse(verdicts) }));
    })
    .then((json) => tell({ kind: "answer", id: asked.id, value: JSON.parse(json) }))
    .catch((error: unknown) => tell({ kind: "failed", id: asked.id, reason: String(error) }));
});

async function load(): Promise<Python> {
  // Fetched beside Python itself, not after it.
  const archive = fetch(new URL("glideslope.zip", runtime)).then(bytes);
  const core = (await import(/* not bundled */ new URL("pyodide.asm.js", runtime).href)) as { default: unknown };
  const options = { indexURL: runtime, packageBaseUrl: runtime, createPyodideModule: core.default };
  const pyodide = await loadPyodide(options as Parameters<typeof loadPyodide>[0]);
  return start(pyodide, await archive);
}

function start(pyodide: PyodideAPI, archive: ArrayBuffer): Python {
  pyodide.unpackArchive(archive, "zip", { extractDir: "/home/pyodide" });
  const module = pyodide.pyimport("glideslope.grade.browser");
  // The first check fills caches that every later one uses.
  module.check("Let $a, b \\in \\mathbb{R}$. $$(a + b)^2 = a^2 + 2 a b + b^2$$", "md", () => undefined);
  return { check: (...given) => module.check(...given), judge: (...given) => module.judge(...given) };
}

async function bytes(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return response.arrayBuffer();
}
