// A chart as a file of its own: what the page lends it, the theme's colours and its words, is put in.

/** Always in the light theme, on white, since it goes into papers and slides. */
export function svgText(chart: SVGSVGElement, title: string, about: string): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const { ownerDocument } = chart;
  const probe = ownerDocument.body.appendChild(ownerDocument.createElement('span'));
  probe.style.colorScheme = 'light';
  const colour = (value: string) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.startsWith('var(')) element.setAttribute(name, colour(value));
    }
    for (const name of ['tabindex', 'class', 'aria-hidden']) element.removeAttribute(name);
  }
  copy.setAttribute('color', colour('var(--ink2)'));
  copy.setAttribute('font-size', '12');
  probe.remove();
  // Addresses of the console mean nothing outside of it.
  for (const link of copy.querySelectorAll('a')) link.replaceWith(...link.childNodes);
  const make = (name: string) => ownerDocument.createElementNS('http://www.w3.org/2000/svg', name);
  const ground = make('rect');
  for (const side of ['width', 'height']) ground.setAttribute(side, '100%');
  ground.setAttribute('fill', '#fff');
  const [named, described] = [make('title'), make('desc')];
  named.textContent = title;
  described.textContent = about;
  copy.prepend(named, described, ground);
  for (const name of ['aria-labelledby', 'aria-describedby', 'id']) copy.removeAttribute(name);
  return `${new XMLSerializer().serializeToString(copy)}\n`;
}

export function saveFile(text: string, type: string, name: string, document: Document): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
