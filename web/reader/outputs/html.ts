// HTML that the learner's own kernel made enters the page as in any notebook. A contextual fragment is used because
// scripts in it run when it is inserted; scripts set through innerHTML would not.

/** Puts kernel HTML into an element. */
export function insertHtml(element: HTMLElement, html: string): void {
  const fragment = document.createRange().createContextualFragment(html);
  element.replaceChildren(fragment);
}

/** An SVG from the kernel, shown as an image of its own so that its ids and styles cannot meet the page's. */
export function svgImage(source: string, alt: string): HTMLImageElement {
  const image = new Image();
  image.alt = alt;
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  return image;
}
