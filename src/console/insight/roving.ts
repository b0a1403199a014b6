// One stop of the Tab key for a chart of many links: arrow keys go from one to the next.

/** Makes `chart` such a stop; `at` is the address of the link to begin with, if it is there. */
export function rove(chart: SVGSVGElement, at: string | null): void {
  const links = [...chart.querySelectorAll<SVGAElement>('a')];
  const first = links.find((link) => addressOf(link) === at) ?? links[0];
  for (const link of links) link.setAttribute('tabindex', link === first ? '0' : '-1');
  chart.addEventListener('keydown', (event) => {
    const here = links.indexOf(event.target as SVGAElement);
    const next = here === -1 ? undefined : links[targetOf(event, here, links.length)];
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    stop(next);
    next.focus();
  });
  // Whoever clicks goes on from there.
  chart.addEventListener('focusin', ({ target }) => {
    const link = links.find((one) => one === target);
    if (link !== undefined) stop(link);
  });

  function stop(link: SVGAElement) {
    for (const one of links) one.setAttribute('tabindex', one === link ? '0' : '-1');
  }
}

export function addressOf(link: Element): string | null {
  return link.getAttribute('href') ?? link.getAttributeNS('http://www.w3.org/1999/xlink', 'href');
}

function targetOf({ key }: KeyboardEvent, here: number, count: number): number {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (here + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (here + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
