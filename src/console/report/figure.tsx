// A chart of the report: as wide as there is room, and as wide as a sheet while it is printed.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { say as insight } from '../insight/words.ts';

export type Charts = typeof import('./charts.ts');

export interface FigureProps {
  readonly place: Window;
  readonly title: string;
  /** What it shows; its table stands below. */
  readonly says: string;
  /** The same function as long as it draws the same. */
  readonly draw: (charts: Charts, width: number) => SVGSVGElement;
  /** What its shapes mean. */
  readonly legend?: ComponentChildren;
}

const LEAST_WIDTH = 280;
/** Of a sheet within its margins, px: what stands on it keeps its size. */
const SHEET_WIDTH = 600;

export function Figure({ place, title, says, draw, legend }: FigureProps) {
  const room = useRef<HTMLDivElement>(null);
  const [charts, setCharts] = useState<Charts | null>(null);
  const [failed, setFailed] = useState(false);
  const id = useId();
  useEffect(() => {
    let current = true;
    import('./charts.ts').then(
      (loaded) => current && setCharts(loaded),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, []);
  useLayoutEffect(() => {
    const box = room.current;
    if (box === null || charts === null) return;
    let drawn = 0;
    const show = (width: number) => {
      if (width === drawn || width === 0) return;
      drawn = width;
      const made = draw(charts, Math.max(LEAST_WIDTH, width));
      made.setAttribute('role', 'img');
      made.setAttribute('aria-labelledby', `${id}-title`);
      made.setAttribute('aria-describedby', `${id}-says`);
      // The table says it all, and leads there.
      for (const link of made.querySelectorAll('a')) link.replaceWith(...link.childNodes);
      for (const shape of made.querySelectorAll('[aria-label]')) {
        shape.removeAttribute('aria-label');
      }
      box.replaceChildren(made);
    };
    const measure = () => show(box.clientWidth);
    const before = () => show(SHEET_WIDTH);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    place.addEventListener('beforeprint', before);
    place.addEventListener('afterprint', measure);
    return () => {
      watch.disconnect();
      place.removeEventListener('beforeprint', before);
      place.removeEventListener('afterprint', measure);
    };
  }, [draw, charts, place, id]);
  return (
    <figure class="c-report-figure">
      <figcaption>
        <h3 id={`${id}-title`}>{title}</h3>
        <p id={`${id}-says`} class="u-hint">
          {says}
        </p>
      </figcaption>
      {charts === null && (
        <p class="u-quiet" role="status">
          {failed ? insight.notDrawn : insight.drawing}
        </p>
      )}
      <div class="c-chart" ref={room} />
      {legend}
    </figure>
  );
}
