// Marks, in the outline, the heading under which the reader is; the last one passed by the top of the window.

/** How far below the top a heading still counts as passed: the bar and a line of text. */
const LINE_PX = 110;

/** Follows the scrolling; returns the id of the current heading at any time. */
export function followOutline(nav: HTMLElement | null): () => string | null {
  const links = [...(nav?.querySelectorAll<HTMLAnchorElement>('a[href^="#"]') ?? [])];
  const byId = new Map(links.map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = headingsOf(document);
  let marked: HTMLAnchorElement | null = null;
  let frame = 0;
  const current = (): string | null => passed(headings, (id) => byId.size === 0 || byId.has(id));
  const mark = (): void => {
    frame = 0;
    const link = byId.get(current() ?? "") ?? null;
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    marked = link;
    if (link !== null && nav !== null) keepVisible(nav, link);
  };
  addEventListener("scroll", () => (frame ||= requestAnimationFrame(mark)), { passive: true });
  mark();
  return () => passed(headings, () => true);
}

interface Heading {
  id: string;
  element: Element;
}

/** The page's headings, by the ids that a link can reach; Sphinx puts them on the section around the heading. */
function headingsOf(root: ParentNode): Heading[] {
  const headings: Heading[] = [];
  for (const element of root.querySelectorAll("main h1, main h2, main h3")) {
    const id = element.id !== "" ? element.id : (element.closest("section[id]")?.id ?? "");
    if (id !== "") headings.push({ id, element });
  }
  return headings;
}

function passed(headings: Heading[], counts: (id: string) => boolean): string | null {
  let found: string | null = null;
  const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  for (const { id, element } of headings) {
    const top = element.getBoundingClientRect().top;
    if (top > (end ? innerHeight : LINE_PX)) break;
    if (counts(id)) found = id;
  }
  return found;
}

function keepVisible(nav: HTMLElement, link: HTMLElement): void {
  const box = nav.getBoundingClientRect();
  const at = link.getBoundingClientRect();
  if (at.top < box.top || at.bottom > box.bottom) nav.scrollTop += at.top - box.top - nav.clientHeight / 2;
}
