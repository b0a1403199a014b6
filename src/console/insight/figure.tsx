// A chart with its table, what it says in words, and both as files.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, ButtonLink, Segment } from '../../ui/index.ts';
import { addressOf, rove } from './roving.ts';
import { saveFile, svgText } from './svg-file.ts';
import { say } from './words.ts';

export type Charts = typeof import('./charts.ts');

export interface FigureProps {
  readonly title: string;
  /** What it says, in a sentence or two: read out with the chart, and to be read by all. */
  readonly summary: string;
  /** More to know, below the summary. */
  readonly notes?: readonly string[];
  /** null: there is nothing to draw. The same function as long as it draws the same. */
  readonly draw: ((charts: Charts, width: number) => SVGSVGElement) | null;
  readonly table: ComponentChildren;
  /** Where the table is had as a file. */
  readonly csv: string;
  /** Name of the chart's file, without its ending. */
  readonly file: string;
  /** Whether one can point at what is drawn. */
  readonly points?: boolean;
  /** What shapes and patterns mean. */
  readonly legend?: ComponentChildren;
  /** Between the words and the chart. */
  readonly choice?: ComponentChildren;
  readonly children?: ComponentChildren;
}

const LEAST_WIDTH = 260;

export function Figure(props: FigureProps) {
  const { title, summary, notes = [], draw, table, csv, file } = props;
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const [pointed, setPointed] = useState('');
  const chart = useRef<SVGSVGElement | null>(null);
  const id = useId();
  const { place, failed, drawn } = useChart(draw, chart, `${id}-title`, `${id}-summary`);
  const isTable = view === 'table' || failed;
  const save = () => {
    if (chart.current === null) return;
    saveFile(svgText(chart.current, title, summary), 'image/svg+xml', `${file}.svg`, document);
  };
  const point = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest('a') : null;
    setPointed(link?.getAttribute('aria-label') ?? '');
  };
  return (
    <section class="c-figure" aria-labelledby={`${id}-title`}>
      <div class="c-figure-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {draw !== null && !failed && (
          <Segment
            label={say.shown(title)}
            labelHidden
            options={[
              { value: 'chart', label: say.chart },
              { value: 'table', label: say.table },
            ]}
            value={view}
            onChange={setView}
          />
        )}
      </div>
      <p id={`${id}-summary`}>{summary}</p>
      {notes.map((note) => (
        <p key={note} class="u-hint">
          {note}
        </p>
      ))}
      {props.choice}
      {draw !== null && (
        <>
          {failed && <p role="status">{say.notDrawn}</p>}
          {!drawn && !failed && <p class="u-quiet">{say.drawing}</p>}
          <div
            class="c-chart"
            data-hidden={isTable ? true : undefined}
            ref={place}
            onPointerOver={point}
            onFocusIn={point}
          />
          {props.legend}
          {/* The links say it themselves to whoever does not see it. */}
          {props.points && !isTable && (
            <p class="c-pointed u-quiet" aria-hidden="true">
              {pointed}
            </p>
          )}
          <div class="c-figure-table" data-hidden={isTable ? undefined : true}>
            {table}
          </div>
          <div class="u-actions c-figure-files">
            <ButtonLink look="quiet" href={csv} download="">
              {say.csv}
              <span class="u-hidden">: {title}</span>
            </ButtonLink>
            {drawn && !failed && (
              <Button look="quiet" onClick={save}>
                {say.svg}
                <span class="u-hidden">: {title}</span>
              </Button>
            )}
          </div>
        </>
      )}
      {props.children}
    </section>
  );
}

/** Draws as wide as there is room, and again when that changes. */
function useChart(
  draw: FigureProps['draw'],
  chart: { current: SVGSVGElement | null },
  title: string,
  summary: string,
) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [charts, setCharts] = useState<Charts | null>(null);
  const [failed, setFailed] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const isAsked = draw !== null;
  useEffect(() => {
    if (!isAsked) return;
    let current = true;
    import('./charts.ts').then(
      (loaded) => current && setCharts(loaded),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [isAsked]);
  useLayoutEffect(() => {
    const room = place.current;
    if (room === null) return;
    // Hidden behind its table it has no width: then it stays as wide as it was.
    const measure = () => setWidth((was) => room.clientWidth || was);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(room);
    return () => watch.disconnect();
  }, [isAsked]);
  useLayoutEffect(() => {
    const room = place.current;
    if (room === null || draw === null || charts === null || width === 0) return;
    const focused = chart.current?.contains(document.activeElement) ? document.activeElement : null;
    const at = focused && addressOf(focused);
    const made = draw(charts, Math.max(LEAST_WIDTH, width));
    const hasLinks = made.querySelector('a') !== null;
    made.setAttribute('role', hasLinks ? 'group' : 'img');
    made.setAttribute('aria-labelledby', title);
    made.setAttribute('aria-describedby', summary);
    if (hasLinks) rove(made, at);
    room.replaceChildren(made);
    chart.current = made;
    // What was read anew takes nobody's place away.
    if (at !== null) made.querySelector<SVGAElement>('a[tabindex="0"]')?.focus();
    setDrawn(true);
  }, [draw, charts, width, chart, title, summary]);
  return { place, failed, drawn };
}
