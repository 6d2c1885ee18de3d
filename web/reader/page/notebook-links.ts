// The lesson as a notebook: to download, and, where the server has JupyterLab, to open there.

import { h } from "../dom.ts";
import type { Reader } from "../reader.ts";

/** Fills the links of the lesson's menu. The server lays the notebooks into `notebooks/` of the folder JupyterLab shows. */
export function notebookLinks(menu: HTMLElement | null, { page, t }: Reader, lab: boolean): void {
  if (page.lesson === "" || menu === null) return;
  const name = `${page.lesson}.${page.lang}.ipynb`;
  const download = h("a", { href: new URL(`notebooks/${name}`, page.root).href, download: name }, t("download"));
  const open = h("a", { href: new URL(`lab/tree/notebooks/${name}`, page.base).href, target: "_blank", rel: "noopener" }, t("openLab"));
  menu.replaceChildren(download, ...(lab ? [open] : []));
}
