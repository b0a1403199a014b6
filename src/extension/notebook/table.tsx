import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { plain } from '../../domain/plain.ts';
import { LookIcon, Marked } from '../../ui/found.tsx';
import { isKeys, isTyping } from '../../ui/keys.tsx';
import { sayDay } from '../../ui/time.ts';
import { pieces, scrollFor } from '../../ui/window.ts';
import { type Stage, useWords } from '../../ui/words.ts';
import type { SearchHit } from '../messages/search-calls.ts';
import { keyOf } from './files.ts';
import type { Notebook } from './use-notebook.ts';
import { ROW_HEIGHT, rowsHeight, useScroll } from './use-scroll.ts';
import { say } from './words.ts';

export interface TableProps {
  readonly notebook: Notebook;
  readonly place: Window;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (hit: SearchHit, on: boolean) => void;
  readonly onChooseAll: (on: boolean) => void;
  readonly open: string | null;
  readonly onOpen: (hit: SearchHit) => void;
}

const COLUMNS = 7;

/** Rows in sight, and the one that has the focus; spacers stand for the rest. */
export function Table(props: TableProps) {
  const { notebook, place, chosen, onChoose, onChooseAll, open, onOpen } = props;
  const count = notebook.total ?? 0;
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [active, setActive] = useState(0);
  const [moved, setMoved] = useState<{ readonly row: number } | null>(null);
  const { layout, extent } = useScroll(scroller, count);
  const rowHeight = ROW_HEIGHT[layout];
  const at = Math.min(active, Math.max(0, count - 1));
  const { need } = notebook;
  useEffect(() => need(extent.start, extent.end), [need, extent.start, extent.end]);

  const current = useRef(at);
  current.current = at;
  const acts = useRef({ notebook, chosen, onChoose, onOpen, count });
  acts.current = { notebook, chosen, onChoose, onOpen, count };
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const now = acts.current;
      const inside = scroller?.contains(event.target as Node) ?? false;
      const by =
        isKeys(event, 'J') || (inside && isKeys(event, 'ArrowDown'))
          ? 1
          : isKeys(event, 'K') || (inside && isKeys(event, 'ArrowUp'))
            ? -1
            : 0;
      const edge = !inside
        ? null
        : isKeys(event, 'Home')
          ? 0
          : isKeys(event, 'End')
            ? now.count - 1
            : null;
      if (by !== 0 || edge !== null) {
        event.preventDefault();
        // The first press only shows where one is.
        const step = inside ? by : 0;
        const row = Math.min(Math.max(edge ?? current.current + step, 0), now.count - 1);
        current.current = row;
        setActive(row);
        setMoved({ row });
        return;
      }
      const hit = now.notebook.rowAt(current.current);
      if (hit === undefined || !isKeys(event, 'X')) return;
      event.preventDefault();
      now.onChoose(hit, !now.chosen.has(keyOf(hit)));
    }
    place.addEventListener('keydown', onKeyDown);
    return () => place.removeEventListener('keydown', onKeyDown);
  }, [place, scroller]);
  // A new object for each key press: scrolls and takes the focus once, and only for a key press.
  useLayoutEffect(() => {
    if (scroller === null || moved === null) return;
    const height = rowsHeight(scroller);
    scroller.scrollTop = scrollFor(moved.row, rowHeight, scroller.scrollTop, height);
    scroller
      .querySelector<HTMLElement>(`[data-row="${moved.row}"] .n-open`)
      ?.focus({ preventScroll: true });
  }, [moved]);

  const isAll = count > 0 && chosen.size >= count;
  return (
    <div ref={setScroller} class="n-scroll" data-layout={layout}>
      <table class="n-table" aria-rowcount={count + 1} aria-label={say.list}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="n-choose">
              <input
                type="checkbox"
                aria-label={say.all}
                checked={isAll}
                indeterminate={chosen.size > 0 && !isAll}
                onChange={(event) => onChooseAll(event.currentTarget.checked)}
              />
            </th>
            <th scope="col" class="n-look">
              <span class="u-hidden">{say.kind}</span>
            </th>
            {(['text', 'customer', 'stage', 'owner', 'at'] as const).map((name) => (
              <th key={name} scope="col" class={`n-${name}`}>
                {say.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pieces(extent, count === 0 ? null : at, count).map((piece) => {
            if ('gap' in piece) {
              return (
                // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a table row takes no focus
                <tr key={`gap-${piece.before}`} class="n-gap" aria-hidden="true">
                  <td colSpan={COLUMNS} style={{ height: `${piece.gap * rowHeight}px` }} />
                </tr>
              );
            }
            const hit = notebook.rowAt(piece.row);
            if (hit === undefined) {
              return (
                <tr key={`row-${piece.row}`} class="n-row" aria-rowindex={piece.row + 2}>
                  <td colSpan={COLUMNS} class="u-quiet">
                    {say.reading}
                  </td>
                </tr>
              );
            }
            const key = keyOf(hit);
            return (
              <Row
                key={`row-${piece.row}`}
                {...{ hit, row: piece.row, onOpen, onChoose }}
                active={piece.row === at}
                chosen={chosen.has(key)}
                open={open === key}
                onFocus={() => setActive(piece.row)}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly hit: SearchHit;
  readonly row: number;
  readonly active: boolean;
  readonly chosen: boolean;
  readonly open: boolean;
  readonly onFocus: () => void;
  readonly onOpen: (hit: SearchHit) => void;
  readonly onChoose: (hit: SearchHit, on: boolean) => void;
}

function Row({ hit, row, active, chosen, open, onFocus, onOpen, onChoose }: RowProps) {
  const words = useWords();
  const tabIndex = active ? 0 : -1;
  const text = hit.text === null ? say.noWords : hit.text.text;
  const stage = hit.stage === '' ? hit.outcome : (words.stage[hit.stage as Stage] ?? hit.stage);
  return (
    <tr
      class="n-row"
      data-row={row}
      data-chosen={chosen ? true : undefined}
      data-open={open ? true : undefined}
      data-deleted={hit.deleted ? true : undefined}
      aria-rowindex={row + 2}
      onFocusIn={onFocus}
    >
      <td class="n-choose">
        <input
          type="checkbox"
          tabIndex={tabIndex}
          aria-label={`${say.choose}: ${text.slice(0, 80)}`}
          checked={chosen}
          onChange={(event) => onChoose(hit, event.currentTarget.checked)}
        />
      </td>
      <td class="n-look">
        <LookIcon kind={hit.kind} look={hit.look} />
      </td>
      <td class="n-text">
        <button
          type="button"
          class="n-open"
          tabIndex={tabIndex}
          aria-expanded={open}
          onClick={() => onOpen(hit)}
        >
          <bdi>{hit.text === null ? say.noWords : <Marked {...hit.text} />}</bdi>
        </button>
      </td>
      <td class="n-customer">
        <bdi>{hit.customer === null ? '' : plain(hit.customer.name)}</bdi>
      </td>
      <td class="n-stage">{stage}</td>
      <td class="n-owner">
        <bdi>{plain((hit.owner ?? hit.author).name)}</bdi>
      </td>
      <td class="n-at">{sayDay(new Date(hit.at).toISOString(), words.lang)}</td>
    </tr>
  );
}
