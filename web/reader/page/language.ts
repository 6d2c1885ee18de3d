// The link to the other language goes to the same heading: ids are equal in both.

/** Keeps the place when the language changes. */
export function keepPlace(link: HTMLAnchorElement | null, current: () => string | null): void {
  if (link === null) return;
  const aim = (): void => {
    const id = scrollY < 200 ? null : current();
    link.hash = id === null ? "" : `#${id}`;
  };
  for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, aim);
}
