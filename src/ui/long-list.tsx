// A list of thousands that costs what is in sight of it: the other rows are not in the document.
// Screen readers hear the place of each row among all. One stop for Tab; arrows, Home, End and the
// page keys walk, and what a row does is its own button's.
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { type Extent, extentIn, type Heights, rowAt } from './heights.ts';
import './long-list.css';

export interface LongListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** Kept by whoever shows the list again later. */
  readonly heights: Heights;
  /** How many there are, of which `items` are the first. */
  readonly total: number;
  /** The row that Tab goes to; null: the first. */
  readonly active: string | null;
  readonly onActive: (key: string) => void;
  /** The end of what is here comes into sight. */
  readonly onEnd: () => void;
  /** Somebody wants to go to the very end: brings all. */
  readonly onLast: () => Promise<void>;
  /**
   * Draws a row. The element that stands for it has `data-main` and this `tabIndex`, as have all
   * others in it that take the focus.
   */
  readonly row: (item: T, index: number, tabIndex: 0 | -1) => ComponentChildren;
  /** Focuses the active row when the list is first shown, and scrolls there. */
  readonly focusActive?: boolean;
}

export function LongList<T>(props: LongListProps<T>) {
  const { items, keyOf, heights, active } = props;
  const list = useRef<HTMLOListElement>(null);
  const extent = useRef<Extent>({ start: 0, end: 0 });
  /** The row that takes the focus as soon as it is drawn. */
  const wanted = useRef<string | null>(props.focusActive ? active : null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const keys = useMemo(() => items.map(keyOf), [items, keyOf]);
  const tops = heights.tops(keys);
  const found = active === null ? 0 : keys.indexOf(active);
  const current = found < 0 ? 0 : found;

  const isSame = (a: Extent, b: Extent) => a.start === b.start && a.end === b.end;
  const look = () => {
    const sight = list.current && sightOf(list.current);
    if (!sight) return;
    const next = extentIn(heights.tops(keys), sight.from, sight.to);
    if (isSame(next, extent.current)) return;
    extent.current = next;
    redraw(undefined);
  };
  const rowsSeen = useRef<ResizeObserver | null>(null);
  const looking = useRef(look);
  looking.current = look;
  useLayoutEffect(() => {
    const element = list.current;
    const scroller = element && scrollerOf(element);
    if (!element || !scroller) return;
    const scrolled = () => looking.current();
    scroller.addEventListener('scroll', scrolled, { passive: true });
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth !== width) {
        width = element.clientWidth;
        heights.forget();
        redraw(undefined);
      }
      looking.current();
    });
    observer.observe(element);
    observer.observe(scroller);
    // A row that grows by itself, as one that is written in, moves those below it.
    rowsSeen.current = new ResizeObserver((entries) => {
      const hasGrown = ({ target }: ResizeObserverEntry) => {
        const { key } = (target as HTMLElement).dataset;
        const height = (target as HTMLElement).offsetHeight;
        return key !== undefined && height > 0 && heights.of(key) !== height;
      };
      if (entries.some(hasGrown)) redraw(undefined);
    });
    for (const row of element.children) rowsSeen.current.observe(row);
    return () => {
      scroller.removeEventListener('scroll', scrolled);
      observer.disconnect();
      rowsSeen.current?.disconnect();
    };
  }, [heights]);

  // What was drawn is measured; what lies above keeps what is in sight where it is.
  useLayoutEffect(() => {
    const element = list.current;
    const scroller = element && scrollerOf(element);
    if (!element || !scroller) return;
    const from = sightOf(element)?.from ?? 0;
    let above = 0;
    let changed = false;
    for (const row of element.children) {
      const { key, at } = (row as HTMLElement).dataset;
      if (key === undefined) continue;
      rowsSeen.current?.observe(row);
      const before = heights.of(key);
      const height = (row as HTMLElement).offsetHeight;
      if (!heights.set(key, height)) continue;
      changed ||= height !== before;
      if ((tops[Number(at)] ?? 0) < from) above += height - before;
    }
    if (above !== 0) scroller.scrollTop += above;
    if (changed) redraw(undefined);
    looking.current();
    focusWanted(element);
  });

  function focusWanted(element: HTMLElement) {
    if (wanted.current === null) return;
    const row = element.querySelector(`[data-key="${CSS.escape(wanted.current)}"]`);
    const main = row?.querySelector<HTMLElement>('[data-main]');
    if (!main) return;
    wanted.current = null;
    main.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  const { start, end } = extent.current;
  useEffect(() => {
    if (items.length > 0 && items.length - end < 20 && items.length < props.total) props.onEnd();
  }, [end, items.length, props.total]);

  function go(index: number) {
    const key = keys[Math.max(0, Math.min(index, keys.length - 1))];
    if (key === undefined) return;
    wanted.current = key;
    props.onActive(key);
    redraw(undefined);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    // Of a row's own fields the keys are theirs.
    if (!(event.target as Element).closest('[data-key]')) return;
    const sight = list.current && sightOf(list.current);
    const page = Math.max(40, (sight ? sight.to - sight.from : 400) - 40);
    const next = {
      ArrowDown: () => current + 1,
      ArrowUp: () => current - 1,
      Home: () => 0,
      End: () => keys.length - 1,
      PageDown: () => Math.max(current + 1, rowAt(tops, (tops[current] ?? 0) + page)),
      PageUp: () => Math.min(current - 1, rowAt(tops, (tops[current] ?? 0) - page)),
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (event.key === 'End' && keys.length < props.total) {
      void props.onLast().then(() => {
        atLast.current = true;
        redraw(undefined);
      });
    } else go(next());
  }
  /** All came because somebody wants to be at the end. */
  const atLast = useRef(false);
  useLayoutEffect(() => {
    if (!atLast.current) return;
    atLast.current = false;
    go(keys.length - 1);
  });

  const drawn = drawnRows(start, end, current, keys.length);
  return (
    <ol
      ref={list}
      class="u-long"
      // Without its markers a list is none to some browsers.
      // biome-ignore lint/a11y/noRedundantRoles: see above
      role="list"
      aria-label={props.label}
      style={{ blockSize: `${tops.at(-1) ?? 0}px` }}
      onKeyDown={onKeyDown}
      onFocusIn={(event) => {
        const key = (event.target as Element).closest<HTMLElement>('[data-key]')?.dataset.key;
        if (key !== undefined && key !== active) props.onActive(key);
      }}
    >
      {drawn.map((index) => {
        const item = items[index];
        const key = keys[index];
        if (item === undefined || key === undefined) return null;
        return (
          <li
            key={key}
            data-key={key}
            data-at={index}
            aria-posinset={index + 1}
            aria-setsize={props.total}
            style={{ insetBlockStart: `${tops[index] ?? 0}px` }}
          >
            {props.row(item, index, index === current ? 0 : -1)}
          </li>
        );
      })}
    </ol>
  );
}

/** Those in sight, and the one that has the focus: taken away it would take the focus with it. */
function drawnRows(start: number, end: number, active: number, count: number): number[] {
  const rows: number[] = [];
  for (let at = start; at < end; at++) rows.push(at);
  if (active < count && (active < start || active >= end)) rows.push(active);
  return rows.sort((a, b) => a - b);
}

/** What of a list is in sight, from its own upper edge. */
function sightOf(list: HTMLElement): { from: number; to: number } | null {
  const scroller = scrollerOf(list);
  if (scroller === null) return null;
  const from = scroller.getBoundingClientRect().top - list.getBoundingClientRect().top;
  return { from, to: from + scroller.clientHeight };
}

/** The element that scrolls it. */
export function scrollerOf(element: HTMLElement): HTMLElement | null {
  let at = element.parentElement;
  while (at !== null && !/auto|scroll/.test(getComputedStyle(at).overflowY)) at = at.parentElement;
  return at ?? (document.scrollingElement as HTMLElement | null);
}
