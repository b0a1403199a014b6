import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../ui/icons.tsx';
import { COLUMNS, type ColumnKey } from './own-table.ts';
import { type TableLanguage, tableWords } from './table-words.ts';
import { say } from './words.ts';

interface Props {
  /** Of the names. */
  readonly language: TableLanguage;
  readonly chosen: readonly ColumnKey[];
  /** In the order of the list. */
  readonly onChange: (chosen: ColumnKey[]) => void;
}

/** Which columns a table has, and in which order. */
export function ColumnList({ language, chosen, onChange }: Props) {
  const [order, setOrder] = useState<readonly ColumnKey[]>(() => COLUMNS.map(({ key }) => key));
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<ColumnKey | null>(null);
  const names = tableWords[language].columns;
  const on = new Set(chosen);
  // A row that moves is made anew: its box keeps the focus.
  useLayoutEffect(() => {
    if (moved.current === null) return;
    list.current?.querySelector<HTMLElement>(`[data-column="${moved.current}"] input`)?.focus();
    moved.current = null;
  });
  const move = (key: ColumnKey, by: 1 | -1) => {
    const to = order.indexOf(key) + by;
    if (to < 0 || to >= order.length) return;
    const next = order.filter((one) => one !== key);
    next.splice(to, 0, key);
    moved.current = key;
    setOrder(next);
    onChange(next.filter((one) => on.has(one)));
  };
  return (
    <div class="n-columns">
      <p class="u-hint">{say.columnKeys}</p>
      <ol ref={list} aria-label={say.columnList}>
        {order.map((key, at) => (
          <li key={key} data-column={key}>
            <label class="n-tick">
              <input
                type="checkbox"
                checked={on.has(key)}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                onChange={(event) => {
                  const isOn = event.currentTarget.checked;
                  onChange(order.filter((one) => (one === key ? isOn : on.has(one))));
                }}
                onKeyDown={(event) => {
                  if (!event.altKey || !/^Arrow(Up|Down)$/.test(event.key)) return;
                  event.preventDefault();
                  move(key, event.key === 'ArrowUp' ? -1 : 1);
                }}
              />
              <span>{names[key]}</span>
            </label>
            {/* The keyboard has Alt and the arrow keys: more stops would only be in its way. */}
            <Arrow label={say.moveUp(names[key])} hidden={at === 0} onClick={() => move(key, -1)} />
            <Arrow
              down
              label={say.moveDown(names[key])}
              hidden={at === order.length - 1}
              onClick={() => move(key, 1)}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface ArrowProps {
  readonly label: string;
  readonly down?: boolean;
  readonly hidden: boolean;
  readonly onClick: () => void;
}

function Arrow({ label, down, hidden, onClick }: ArrowProps) {
  return (
    <button
      type="button"
      class="u-button u-button-quiet u-button-icon"
      style={{ visibility: hidden ? 'hidden' : 'visible' }}
      data-turned={down ? undefined : true}
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name="down" size={12} />
    </button>
  );
}
