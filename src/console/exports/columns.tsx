import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Icon } from '../../ui/index.ts';
import type { NamedColumn } from './columns-of.ts';
import { say as words } from './words.ts';

const say = words.columns;

export interface ColumnsProps {
  /** Keys in the usual order, with their headings. */
  readonly all: readonly NamedColumn[];
  /** In their order; undefined: the usual ones in their order. */
  readonly chosen: readonly string[] | undefined;
  /** Without a column the table is left out, which is no mistake. */
  readonly mayBeNone?: boolean;
  readonly onChange: (chosen: string[] | undefined) => void;
}

/**
 * Which columns in which order: by ticking, by dragging, by arrows, by Alt and the arrow keys. What
 * is chosen from outside while it is open is drawn anew, by another `key`.
 */
export function Columns({ all, chosen, mayBeNone = false, onChange }: ColumnsProps) {
  const [order, setOrder] = useState(() => orderOf(all, chosen));
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const focus = useRef<string | null>(null);
  const dragged = useRef<string | null>(null);
  const [dragging, setDragging] = useState<string | null>(null);
  const nameOf = (key: string) => all.find((one) => one.key === key)?.name ?? key;
  const usual = all.filter(({ extra }) => !extra).map(({ key }) => key);
  const on = new Set(chosen ?? usual);

  useLayoutEffect(() => {
    if (focus.current === null) return;
    list.current?.querySelector<HTMLElement>(focus.current)?.focus();
    focus.current = null;
  });

  function tell(next: readonly string[], ticked: ReadonlySet<string>) {
    const keys = next.filter((key) => ticked.has(key));
    const isUsual = keys.length === usual.length && usual.every((key, at) => key === keys[at]);
    onChange(isUsual ? undefined : keys);
  }

  function place(key: string, to: number) {
    const from = order.indexOf(key);
    if (to < 0 || to >= order.length || to === from) return;
    const next = order.filter((one) => one !== key);
    next.splice(to, 0, key);
    setOrder(next);
    setSaid(say.moved(nameOf(key), to + 1, next.length));
    tell(next, on);
  }

  function move(key: string, by: 1 | -1, focused: string) {
    place(key, order.indexOf(key) + by);
    focus.current = `[data-column="${CSS.escape(key)}"] ${focused}`;
  }

  function drag(event: PointerEvent) {
    const key = dragged.current;
    if (key === null || !list.current) return;
    const rows = [...list.current.children];
    const to = rows.findIndex((row) => event.clientY < row.getBoundingClientRect().bottom);
    place(key, to === -1 ? rows.length - 1 : to);
  }
  const drop = () => {
    dragged.current = null;
    setDragging(null);
  };

  return (
    <div class="c-export-columns">
      <p class="u-hint">{say.hint}</p>
      <ol ref={list} aria-label={say.list}>
        {order.map((key, at) => (
          <li key={key} data-column={key} data-dragging={dragging === key ? true : undefined}>
            <span
              class="c-export-grip"
              aria-hidden="true"
              onPointerDown={(event) => {
                event.preventDefault();
                event.currentTarget.setPointerCapture(event.pointerId);
                dragged.current = key;
                setDragging(key);
              }}
              onPointerMove={drag}
              onPointerUp={drop}
              onPointerCancel={drop}
            >
              ⠿
            </span>
            <label>
              <input
                type="checkbox"
                checked={on.has(key)}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                onChange={(event) => {
                  const next = new Set(on);
                  if (event.currentTarget.checked) next.add(key);
                  else next.delete(key);
                  tell(order, next);
                }}
                onKeyDown={(event) => {
                  if (!event.altKey || !/^Arrow(Up|Down)$/.test(event.key)) return;
                  event.preventDefault();
                  move(key, event.key === 'ArrowUp' ? -1 : 1, 'input');
                }}
              />
              <span dir="auto">{nameOf(key)}</span>
            </label>
            {/* The keyboard has Alt and the arrow keys: two more stops a line would only be in its way. */}
            <span class="c-export-move">
              {at > 0 && (
                <button
                  type="button"
                  class="u-button u-button-quiet u-button-icon"
                  tabIndex={-1}
                  aria-label={say.up(nameOf(key))}
                  title={say.up(nameOf(key))}
                  data-up
                  onClick={() => move(key, -1, 'input')}
                >
                  <Icon name="down" size={12} />
                </button>
              )}
              {at < order.length - 1 && (
                <button
                  type="button"
                  class="u-button u-button-quiet u-button-icon"
                  tabIndex={-1}
                  aria-label={say.down(nameOf(key))}
                  title={say.down(nameOf(key))}
                  onClick={() => move(key, 1, 'input')}
                >
                  <Icon name="down" size={12} />
                </button>
              )}
            </span>
          </li>
        ))}
      </ol>
      {chosen?.length === 0 &&
        (mayBeNone ? <p class="u-hint">{say.leftOut}</p> : <p class="u-error">{say.none}</p>)}
      {chosen !== undefined && (
        <p>
          <Button
            look="quiet"
            onClick={() => {
              setOrder(all.map(({ key }) => key));
              onChange(undefined);
            }}
          >
            {say.all}
          </Button>
        </p>
      )}
      <p class="u-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

/** What is chosen in its order, then the rest in the usual one. */
function orderOf(all: ColumnsProps['all'], chosen: readonly string[] | undefined): string[] {
  const keys = all.map(({ key }) => key);
  const there = (chosen ?? []).filter((key) => keys.includes(key));
  return [...there, ...keys.filter((key) => !there.includes(key))];
}
