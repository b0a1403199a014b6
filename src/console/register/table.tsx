import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isKeys, isTyping } from '../../ui/index.ts';
import { pieces, scrollFor } from '../../ui/window.ts';
import type { Row } from '../api.ts';
import type { Filters } from '../filters.ts';
import { type RecordRef, registerHref } from '../route.ts';
import { useConsoleWords } from '../words.ts';
import { RegisterRow } from './row.tsx';
import { keyOf } from './rows.ts';
import type { Register } from './use-register.ts';
import { headHeight, ROW_HEIGHT, useScroll } from './use-scroll.ts';

/** Asked for this many rows before the last loaded one comes into sight. */
const AHEAD = 60;

const COLUMNS = [
  'mark',
  'quote',
  'text',
  'customer',
  'project',
  'class',
  'stage',
  'author',
  'at',
] as const;

/** Columns that the layout leaves out: a gap must not bring them back. */
const HIDDEN = { wide: 0, narrow: 3, stacked: 0 } as const;

export interface RegisterTableProps {
  readonly register: Register;
  readonly rows: readonly Row[];
  readonly filters: Filters;
  readonly record: RecordRef | null;
  readonly place: Window;
}

export function RegisterTable({ register, rows, filters, record, place }: RegisterTableProps) {
  const words = useConsoleWords();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const [moved, setMoved] = useState<{ readonly key: string } | null>(null);
  const link = useRef<HTMLAnchorElement>(null);
  const { layout, extent } = useScroll(scroller, rows.length);
  const rowHeight = ROW_HEIGHT[layout];
  const found = active === null ? -1 : rows.findIndex((row) => keyOf(row) === active);
  const at = Math.max(found, 0);

  // Rows that come in above move everything down by their height: scroll along, keep the place.
  const top = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const before = top.current;
    const added = before === undefined ? 0 : rows.findIndex((row) => keyOf(row) === before);
    if (scroller && added > 0 && register.fresh > 0) scroller.scrollTop += added * rowHeight;
    top.current = rows[0] && keyOf(rows[0]);
  }, [rows, rowHeight, scroller, register.fresh]);

  const { more, failure, readingMore, seen } = register;
  const wantsMore = extent.end > rows.length - AHEAD && register.loaded?.next != null;
  useEffect(() => {
    if (wantsMore && !failure && !readingMore) more();
  }, [wantsMore, failure, readingMore, more]);
  // At the very top the new rows are in sight, so there is nothing left to tell.
  useEffect(() => {
    if (!scroller) return;
    const atTop = () => scroller.scrollTop < rowHeight && seen();
    scroller.addEventListener('scroll', atTop, { passive: true });
    return () => scroller.removeEventListener('scroll', atTop);
  }, [scroller, rowHeight, seen]);

  // Keys may come faster than anything is drawn: the next one goes on from here, not from the state.
  const current = useRef(active);
  current.current = active;
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const inside = scroller?.contains(event.target as Node) ?? false;
      const down = isKeys(event, 'J') || (inside && isKeys(event, 'ArrowDown'));
      const up = isKeys(event, 'K') || (inside && isKeys(event, 'ArrowUp'));
      const home = inside && isKeys(event, 'Home');
      const end = inside && isKeys(event, 'End');
      if (!down && !up && !home && !end) return;
      event.preventDefault();
      const from = rows.findIndex((row) => keyOf(row) === current.current);
      // The first press only shows where one is.
      const step = from === -1 ? 0 : down ? 1 : -1;
      const target = home ? 0 : end ? rows.length - 1 : Math.max(from, 0) + step;
      const row = rows[Math.min(Math.max(target, 0), rows.length - 1)];
      if (!row) return;
      current.current = keyOf(row);
      setMoved({ key: keyOf(row) });
      setActive(keyOf(row));
    }
    place.addEventListener('keydown', onKeyDown);
    return () => place.removeEventListener('keydown', onKeyDown);
  }, [place, rows, scroller]);
  // A new object for each key press: scrolls and takes the focus once, and only for a key press.
  useLayoutEffect(() => {
    if (!scroller || !moved) return;
    const height = scroller.clientHeight - headHeight(scroller, layout);
    const index = rows.findIndex((row) => keyOf(row) === moved.key);
    scroller.scrollTop = scrollFor(index, rowHeight, scroller.scrollTop, height);
    link.current?.focus({ preventScroll: true });
  }, [moved]);

  return (
    <div
      ref={setScroller}
      class="c-scroll"
      data-layout={layout}
      aria-busy={register.stale ? true : undefined}
    >
      <table
        class="c-table"
        aria-rowcount={register.loaded?.more ? -1 : (register.loaded?.total ?? rows.length) + 1}
      >
        <caption class="u-hidden">{words.register.title}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" class={`c-${name}`}>
                <span class={name === 'mark' ? 'u-hidden' : undefined}>
                  {words.register.columns[name]}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pieces(extent, found === -1 ? null : found, rows.length).map((piece) => {
            if ('gap' in piece) {
              return (
                // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a table row takes no focus
                <tr key={`gap-${piece.before}`} class="c-gap" aria-hidden="true">
                  <td
                    colSpan={COLUMNS.length - HIDDEN[layout]}
                    style={{ height: `${piece.gap * rowHeight}px` }}
                  />
                </tr>
              );
            }
            const row = rows[piece.row];
            if (!row) return null;
            const key = keyOf(row);
            const open = record !== null && record.kind === row.kind && record.id === row.id;
            return (
              <RegisterRow
                key={key}
                row={row}
                index={piece.row}
                href={registerHref(filters, row)}
                active={piece.row === at}
                open={open}
                linkRef={piece.row === at ? link : null}
                onFocus={setActive}
              />
            );
          })}
        </tbody>
      </table>
      {register.readingMore && <p class="c-more u-waiting">{words.register.more}</p>}
    </div>
  );
}
