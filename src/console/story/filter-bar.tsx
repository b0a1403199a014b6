import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { MomentKind } from '../../domain/story-kinds.ts';
import type { StoryMoment } from '../../domain/story-told.ts';
import { Button, Field } from '../../ui/index.ts';
import { kindsIn, type StoryFilters } from './rows.ts';
import { say } from './words.ts';

/** ms after the last key before the story is looked through */
const PAUSE = 150;

interface FilterBarProps {
  readonly moments: readonly StoryMoment[];
  readonly filters: StoryFilters;
  readonly newest: boolean;
  readonly hasComments: boolean;
  readonly hasPinned: boolean;
  readonly onFilter: (patch: Partial<StoryFilters>) => void;
  readonly onOrder: (newest: boolean) => void;
  readonly onPrint: () => void;
  /** What else is done with the story. */
  readonly children?: ComponentChildren;
}

/** Words always, kinds where one asks for them. */
export function FilterBar(props: FilterBarProps) {
  const { moments, filters, newest, onFilter, onOrder, onPrint } = props;
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState(filters.words);
  const panel = useId();
  const filtered = useRef(onFilter);
  filtered.current = onFilter;
  useEffect(() => {
    if (words === filters.words) return;
    const timer = setTimeout(() => filtered.current({ words, found: null }), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  useLayoutEffect(() => setWords(filters.words), [filters.words]);
  const on = filters.kinds.length + Number(filters.commented) + Number(filters.pinned);
  const check = (
    label: string,
    checked: boolean,
    onCheck: (on: boolean) => void,
    count?: number,
  ) => (
    <label key={label}>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onCheck(event.currentTarget.checked)}
      />
      <span>
        {label}
        {count !== undefined && <span class="u-quiet"> {count.toLocaleString('en-GB')}</span>}
      </span>
    </label>
  );
  return (
    <search class="c-st-bar">
      <div class="c-st-tools">
        <Field
          label={say.search}
          labelHidden
          type="search"
          placeholder={say.search}
          value={words}
          maxLength={200}
          onInput={setWords}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || words === '') return;
            event.preventDefault();
            setWords('');
          }}
        />
        <Button expanded={open} controls={panel} onClick={() => setOpen(!open)}>
          {on === 0 ? say.filters : say.filtersOn(on)}
        </Button>
        <Button look="quiet" onClick={() => onOrder(!newest)}>
          {newest ? say.oldest : say.newest}
        </Button>
        <Button look="quiet" onClick={onPrint}>
          {say.print}
        </Button>
        {props.children}
      </div>
      <div id={panel} hidden={!open}>
        <fieldset class="c-st-kinds">
          <legend class="u-label">{say.kinds}</legend>
          {kindsIn(moments).map(([kind, count]) =>
            check(
              say.kind[kind],
              filters.kinds.includes(kind),
              (isOn) => onFilter({ kinds: toggled(filters.kinds, kind, isOn) }),
              count,
            ),
          )}
          {(props.hasComments || filters.commented) &&
            check(say.commented, filters.commented, (commented) => onFilter({ commented }))}
          {(props.hasPinned || filters.pinned) &&
            check(say.pinnedOnly, filters.pinned, (pinned) => onFilter({ pinned }))}
        </fieldset>
      </div>
    </search>
  );
}

function toggled(kinds: readonly MomentKind[], kind: MomentKind, on: boolean): MomentKind[] {
  const others = kinds.filter((each) => each !== kind);
  return on ? [...others, kind] : others;
}
