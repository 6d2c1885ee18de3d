// Calls the server's JSON interface with Jupyter's cookies, and turns each way a call can fail into one kind of error.

import type { Bilingual } from "./page.ts";

/** `silent`: no server was asked; the judge in the browser did not answer. */
export type Trouble = "offline" | "lost" | "forbidden" | "refused" | "silent";

/** A call that was not answered; `said` is the server's own sentence when it sent one. */
export class ApiError extends Error {
  readonly trouble: Trouble;
  readonly said: Bilingual | null;
  constructor(trouble: Trouble, said: Bilingual | null = null) {
    super(said?.en ?? trouble);
    this.trouble = trouble;
    this.said = said;
  }
}

export interface ApiOptions {
  /** The site's root; the interface stands in its folder `api/`. */
  root: URL;
  fetch: typeof fetch;
  cookies: () => string;
  online: () => boolean;
}

export class Api {
  private readonly options: ApiOptions;
  constructor(options: ApiOptions) {
    this.options = options;
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>("GET", path);
  }

  /** Sends JSON; `keepalive` lets the request outlive the page. */
  send<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown, keepalive = false): Promise<T> {
    return this.call<T>(method, path, body, keepalive);
  }

  private async call<T>(method: string, path: string, body?: unknown, keepalive = false): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    const xsrf = cookie(this.options.cookies(), "_xsrf");
    if (xsrf !== null) headers["X-XSRFToken"] = xsrf;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const init: RequestInit = { method, headers, keepalive, credentials: "same-origin", cache: "no-store" };
    if (body !== undefined) init.body = JSON.stringify(body);
    let response: Response;
    try {
      response = await this.options.fetch(new URL(`api/${path}`, this.options.root), init);
    } catch {
      throw new ApiError(this.options.online() ? "lost" : "offline");
    }
    return (await answer(response)) as T;
  }
}

/** Reads one cookie; null when it is not set. */
export function cookie(all: string, name: string): string | null {
  for (const part of all.split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name) return value.join("=");
  }
  return null;
}

async function answer(response: Response): Promise<unknown> {
  if (response.status === 401 || response.status === 403) throw new ApiError("forbidden");
  if (response.status === 204) return null;
  const json = (response.headers.get("content-type") ?? "").includes("json");
  if (response.ok && json) return response.json();
  // A page where JSON was asked for is Jupyter's login form, reached by a redirect.
  if (response.ok && response.redirected) throw new ApiError("forbidden");
  const said = json ? sentence(await response.json().catch(() => null)) : null;
  throw new ApiError(said === null && [502, 503, 504].includes(response.status) ? "lost" : "refused", said);
}

function sentence(body: unknown): Bilingual | null {
  const message = (body as { message?: unknown } | null)?.message;
  if (typeof message === "string") return { en: message, zh: message };
  const both = message as Partial<Bilingual> | null | undefined;
  return typeof both?.en === "string" && typeof both.zh === "string" ? { en: both.en, zh: both.zh } : null;
}
