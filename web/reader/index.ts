// Brings a page to life. The order matters to the one who waits: what is seen first comes first, the server's answers last.

import { Api } from "./api.ts";
import { Notebook } from "./cells/notebook.ts";
import { isTyping, whenNear } from "./dom.ts";
import { Exercise, type Kept } from "./exercises/exercise.ts";
import { findJudge } from "./exercises/judge.ts";
import { Explorables } from "./explorables/host.ts";
import { wireLights } from "./explorables/lights.ts";
import { renderLatex } from "./math/katex.ts";
import { choose, readPage, type Bilingual, type Page } from "./page.ts";
import { fillBar } from "./page/bar.ts";
import { offerHandIn } from "./page/hand-in.ts";
import { makeHelp } from "./page/help.ts";
import { keepPlace } from "./page/language.ts";
import { notebookLinks } from "./page/notebook-links.ts";
import { Notices } from "./page/notices.ts";
import { followOutline } from "./page/outline.ts";
import { startRoute } from "./page/route.ts";
import { makeSearch } from "./page/search.ts";
import type { Reader } from "./reader.ts";
import { translator } from "./strings.ts";

interface Status {
  version: string;
  writable: boolean;
  notices: Bilingual[];
  lab: boolean;
}
interface LessonState {
  cells: Record<string, string>;
  exercises: Record<string, Kept>;
  answers: Record<string, unknown>;
}

const page = readPage(document.documentElement, location.href);
const bar = document.querySelector<HTMLElement>("[data-bar]");
const main = document.querySelector<HTMLElement>("main") ?? document.body;
const reader = makeReader(page);

const notebook = page.lesson === "" ? null : new Notebook(main, reader);
const openSearch = makeSearch(reader);
const openHelp = makeHelp(reader.t);
const links = bar === null ? null : fillBar({ bar, reader, notebook, openSearch, openHelp });
keepPlace(document.querySelector("a.language"), followOutline(document.querySelector(".outline")));
wireKeys();
const explorables = new Explorables(reader);
explorables.start(main);
wireLights(main, explorables);
const exercises = notebook === null ? [] : startExercises(notebook);
const bench = main.querySelector<HTMLElement>("[data-proof]");
if (bench !== null) void import("../proof/index.ts").then(({ startProof }) => startProof(bench, reader));
for (const route of main.querySelectorAll<HTMLElement>(".route")) void startRoute(route, reader);
for (const raw of main.querySelectorAll<HTMLElement>(".math-raw")) {
  whenNear(raw, 800, () => {
    raw.dataset["alive"] = "yes";
    void renderLatex(raw, raw.textContent ?? "", raw.dataset["display"] === "true");
  });
}
void askServer().finally(() => {
  document.documentElement.dataset["ready"] = "yes";
  performance.mark("glideslope:ready");
});

function makeReader(of: Page): Reader {
  const t = translator(of.lang);
  const api = new Api({ root: of.root, fetch: (...call) => fetch(...call), cookies: () => document.cookie, online: () => navigator.onLine });
  return { page: of, t, api, notices: new Notices(t, of.lang, bar) };
}

function startExercises(cells: Notebook): Exercise[] {
  const judge = findJudge(page, reader.api);
  const found = [...main.querySelectorAll<HTMLElement>("section.exercise[data-exercise]")].map(
    (section) => new Exercise(section, reader, cells, judge),
  );
  cells.onBegin = (cell) => found.find((exercise) => exercise.cell === cell)?.begin();
  cells.onRun = (cell, result) => found.find((exercise) => exercise.cell === cell)?.ran(result);
  return found;
}

/** Fetches what the server knows of this learner. On a static site there is nobody to ask. */
async function askServer(): Promise<void> {
  if (!page.live) return notebookLinks(links, reader, false);
  try {
    const lesson = page.lesson === "" ? null : `progress/${page.lesson}`;
    const [status, state] = await Promise.all([reader.api.get<Status>("status"), lesson === null ? null : reader.api.get<LessonState>(lesson)]);
    notebookLinks(links, reader, status.lab);
    if (state !== null) restore(state);
    if (notebook !== null) offerHandIn({ main, reader, notebook });
    if (lesson !== null) void reader.api.send("POST", `${lesson}/visited`, {}).catch(() => undefined);
    const notice = status.notices[0];
    if (notice !== undefined) reader.notices.show(choose(page.lang, notice), "server");
    else if (!status.writable) reader.notices.word("readOnly");
  } catch (error) {
    reader.notices.failure(error);
  }
}

function restore(state: LessonState): void {
  notebook?.restore(state.cells);
  for (const exercise of exercises) exercise.restore(state.exercises[exercise.slug], state.answers[exercise.slug]);
}

function wireKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]") !== null) return;
    if (event.key === "/") openSearch();
    else if (event.key === "?") openHelp();
    else return;
    event.preventDefault();
  });
  addEventListener("offline", () => reader.notices.word("offline"));
  addEventListener("online", () => reader.notices.clear("offline"));
}
