// What every part of the reader is handed: the page, its words, the server and the place for notices.

import type { Api } from "./api.ts";
import type { Notices } from "./page/notices.ts";
import type { Page } from "./page.ts";
import type { Translate } from "./strings.ts";

export interface Reader {
  page: Page;
  t: Translate;
  api: Api;
  notices: Notices;
}
