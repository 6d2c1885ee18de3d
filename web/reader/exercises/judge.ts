// Who says whether a line holds: the course's server where one answers, else the same judge running in the browser.

import type { Api } from "../api.ts";
import { ApiError } from "../api.ts";
import type { Checker } from "../../proof/client.ts";
import type { Page } from "../page.ts";
import type { Verdict } from "./verdict.ts";

export interface Repair {
  chain: string;
  row: number;
  repair: string;
}
export type Answer = { lines: string[] } | { answers: Repair[] };

export interface Judge {
  /** Judges an answer to an exercise; rejects with an ApiError when nobody answers. With `again` it is one that was
   *  judged and kept before: only its verdict is wanted. */
  judge(exercise: string, answer: Answer, again?: boolean): Promise<Verdict>;
  /** True while the first answer has to wait until the judge itself is loaded. */
  readonly far: boolean;
}

/** The judge for this page. */
export function findJudge(page: Page, api: Api): Judge {
  return page.live ? new ServerJudge(page, api) : new BrowserJudge(page);
}

class ServerJudge implements Judge {
  readonly far = false;
  private readonly page: Page;
  private readonly api: Api;
  constructor(page: Page, api: Api) {
    this.page = page;
    this.api = api;
  }

  judge(exercise: string, answer: Answer, again = false): Promise<Verdict> {
    const path = `judge/${this.page.lesson}/${encodeURIComponent(exercise)}${again ? "?keep=no" : ""}`;
    return this.api.send<Verdict>("POST", path, answer);
  }
}

/** A static page judges by itself: Python and the exercises' tasks come from the site's folder `runtime/`, once asked for. */
class BrowserJudge implements Judge {
  private readonly page: Page;
  private parts: Promise<{ checker: Checker; tasks: Record<string, unknown> }> | null = null;
  private near = false;
  constructor(page: Page) {
    this.page = page;
  }

  get far(): boolean {
    return !this.near;
  }

  async judge(exercise: string, answer: Answer): Promise<Verdict> {
    try {
      this.parts ??= this.load();
      const { checker, tasks } = await this.parts;
      const verdict = await checker.judge(JSON.stringify(tasks[exercise]), JSON.stringify(answer));
      this.near = true;
      return verdict as Verdict;
    } catch (error) {
      console.warn(error);
      this.parts = null;
      this.near = false;
      throw new ApiError("silent");
    }
  }

  private async load(): Promise<{ checker: Checker; tasks: Record<string, unknown> }> {
    const { root, lesson } = this.page;
    const [{ sharedChecker }, tasks] = await Promise.all([import("../../proof/client.ts"), fetch(new URL(`runtime/exercises/${lesson}.json`, root))]);
    if (!tasks.ok) throw new Error(`${tasks.status} for ${tasks.url}`);
    return { checker: sharedChecker(root), tasks: (await tasks.json()) as Record<string, unknown> };
  }
}
