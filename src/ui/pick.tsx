// A combobox after the ARIA pattern "editable, list autocomplete": type to filter, arrows and Enter
// choose, and what is not in the list can be created. What was typed is never thrown away silently:
// leaving the field without choosing keeps the text and says so.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { FieldFrame } from './field.tsx';
import { Icon } from './icons.tsx';
import { rank } from './pick-rank.ts';
import { useWords } from './words.ts';

export interface PickItem {
  readonly id: string;
  readonly name: string;
  /** Beside the name, to tell namesakes apart: a customer of a project, a mail domain. */
  readonly detail?: string;
}

export interface PickProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly items: readonly PickItem[];
  readonly value: PickItem | null;
  readonly onPick: (item: PickItem | null) => void;
  /** Allows "Create ‘Acme’"; the name is trimmed and not empty. */
  readonly onCreate?: (name: string) => void;
  /** Every keystroke, for keeping drafts. */
  readonly onQuery?: (query: string) => void;
  readonly hint?: string;
  readonly error?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
}

const SHOWN = 30;

export function Pick(props: PickProps) {
  const { items, value, onPick, onCreate } = props;
  const words = useWords();
  // null: the field shows the value; otherwise what is being typed.
  const [query, setQuery] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  const found = useMemo(() => (open ? rank(items, query ?? '') : []), [open, items, query]);
  const shown = found.slice(0, SHOWN);
  const typed = (query ?? '').trim();
  const exact = found.find((item) => item.name.toLowerCase() === typed.toLowerCase());
  const creates = open && onCreate !== undefined && typed !== '' && !exact;
  const count = shown.length + (creates ? 1 : 0);
  const at = Math.min(active, count - 1);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  function type(text: string | null) {
    setQuery(text);
    setActive(0);
    props.onQuery?.(text ?? '');
  }
  function settle() {
    type(null);
    setOpen(false);
  }
  function choose(index: number) {
    const item = shown[index];
    if (item) onPick(item);
    else if (creates && index === shown.length) onCreate(typed);
    else return;
    settle();
  }
  function onBlur() {
    setOpen(false);
    if (query === null) return;
    // A name typed in full is a choice; an emptied field clears.
    const same = rank(items, typed).find((item) => item.name.toLowerCase() === typed.toLowerCase());
    if (same) onPick(same);
    else if (typed === '' && value) onPick(null);
    if (same || typed === '') type(null);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      else if (count > 0) setActive((at + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (event.key === 'Enter' && open && !event.ctrlKey && !event.metaKey) {
      // Enter with an untouched field belongs to the form around, not to this list.
      if (query === null && active === 0) return setOpen(false);
      event.preventDefault();
      event.stopPropagation();
      choose(at);
    } else if (event.key === 'Enter' && typed !== '' && !event.ctrlKey && !event.metaKey) {
      // What the line under the field promises; the form around must not take a half-made choice.
      event.preventDefault();
      event.stopPropagation();
      if (onCreate === undefined) return setOpen(true);
      onCreate(typed);
      settle();
    } else if (event.key === 'Escape' && (open || query !== null)) {
      event.preventDefault();
      event.stopPropagation();
      settle();
    }
  }

  const unchosen = !open && typed !== '' ? words.pick.unchosen(typed, onCreate !== undefined) : '';
  return (
    <div class="u-pick">
      <FieldFrame
        label={props.label}
        labelHidden={props.labelHidden ?? false}
        hint={unchosen || props.hint}
        error={props.error}
        control={(id, described) => (
          <>
            <span class="u-pick-box">
              <input
                id={id}
                class="u-input"
                dir="auto"
                role="combobox"
                type="text"
                autocomplete="off"
                spellcheck={false}
                aria-expanded={open}
                aria-autocomplete="list"
                aria-controls={open ? `${id}-list` : undefined}
                aria-activedescendant={open && count > 0 ? `${id}-${at}` : undefined}
                aria-describedby={described}
                aria-invalid={props.error ? true : undefined}
                disabled={props.disabled}
                placeholder={props.placeholder}
                value={query ?? value?.name ?? ''}
                onInput={(event) => {
                  type(event.currentTarget.value);
                  setOpen(true);
                }}
                onClick={() => setOpen(true)}
                onFocus={(event) => event.currentTarget.select()}
                onBlur={onBlur}
                onKeyDown={onKeyDown}
              />
              {value && query === null && !props.disabled ? (
                <Button
                  look="quiet"
                  icon="close"
                  label={words.pick.clear(props.label)}
                  onClick={() => onPick(null)}
                />
              ) : (
                <Icon name="down" size={12} class="u-pick-down" />
              )}
            </span>
            {open && (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and takes the keys
              <div
                ref={list}
                id={`${id}-list`}
                class="u-pick-list"
                role="listbox"
                tabIndex={-1}
                aria-label={props.label}
                // Keep the focus in the field while the mouse chooses.
                onMouseDown={(event) => event.preventDefault()}
                onClick={(event) => {
                  const option = (event.target as Element).closest<HTMLElement>('[data-at]');
                  if (option) choose(Number(option.dataset.at));
                }}
              >
                {shown.map((item, index) => (
                  <div
                    key={item.id}
                    id={`${id}-${index}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={index === at}
                    data-at={index}
                  >
                    <span dir="auto">{item.name}</span>
                    {item.detail && <span class="u-quiet"> {item.detail}</span>}
                    {item.id === value?.id && <Icon name="check" size={12} />}
                  </div>
                ))}
                {creates && (
                  <div
                    id={`${id}-${shown.length}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={at === shown.length}
                    data-at={shown.length}
                  >
                    <Icon name="plus" size={12} />
                    <span>{words.pick.create(typed)}</span>
                  </div>
                )}
                {found.length > SHOWN && (
                  <div
                    class="u-pick-rest"
                    role="option"
                    tabIndex={-1}
                    aria-disabled="true"
                    aria-selected="false"
                  >
                    {words.pick.more(found.length - SHOWN)}
                  </div>
                )}
                {count === 0 && (
                  <div
                    class="u-pick-rest"
                    role="option"
                    tabIndex={-1}
                    aria-disabled="true"
                    aria-selected="false"
                  >
                    {words.pick.none}
                  </div>
                )}
              </div>
            )}
          </>
        )}
      />
    </div>
  );
}
