import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  Button,
  Choice,
  Field,
  Icon,
  isKeys,
  isTyping,
  MARK_KINDS,
  Pick,
  type PickItem,
  useWords,
} from '../../ui/index.ts';
import type { Facets } from '../api.ts';
import { FILTER_NAMES, type Filters, isFiltered, kindsOf, NO_FILTERS } from '../filters.ts';
import { useConsoleWords } from '../words.ts';

const WORDS_WAIT_MS = 250;
const KINDS = [...MARK_KINDS, 'interaction'] as const;

export interface FilterBarProps {
  readonly filters: Filters;
  readonly facets: Facets | null;
  /** `quiet`: typing, which makes no step to go back to. */
  readonly onChange: (filters: Filters, quiet?: boolean) => void;
  readonly place: Window;
}

export function FilterBar({ filters, facets, onChange, place }: FilterBarProps) {
  const words = useConsoleWords();
  const shared = useWords();
  const [open, setOpen] = useState(false);
  const say = words.register;
  const set = (change: Partial<Filters>, quiet = false) =>
    onChange({ ...filters, ...change }, quiet);
  const chosen = FILTER_NAMES.filter((name) => filters[name] !== '').length;
  const customers: readonly PickItem[] = (facets?.customers ?? []).map(({ id, name, count }) => ({
    id,
    name,
    ...(count === undefined ? {} : { detail: String(count) }),
  }));
  const projects: readonly PickItem[] = facets?.projects ?? [];
  const members = (facets?.members ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <section class="c-filters" aria-label={say.filters} data-open={open ? true : undefined}>
      <div class="c-filters-open">
        <Button icon="search" expanded={open} onClick={() => setOpen(!open)}>
          {say.showFilters(chosen)}
        </Button>
      </div>
      <div class="c-filter-row">
        <WordsField filters={filters} onChange={onChange} place={place} />
        <Pick
          label={say.customer}
          items={customers}
          placeholder={say.any}
          value={itemOf(customers, filters.customer)}
          onPick={(item) => set({ customer: item?.id ?? '' })}
        />
        <Pick
          label={say.project}
          items={projects}
          placeholder={say.any}
          value={itemOf(projects, filters.project)}
          onPick={(item) => set({ project: item?.id ?? '' })}
        />
        <Choice
          label={say.class}
          empty={say.any}
          value={filters.class}
          options={optionsOf(shared.class)}
          onChange={(value) => set({ class: value })}
        />
        <Choice
          label={say.stage}
          empty={say.any}
          value={filters.stage}
          options={optionsOf(shared.stage)}
          onChange={(value) => set({ stage: value })}
        />
        <Choice
          label={say.author}
          empty={say.any}
          value={filters.author}
          options={members}
          onChange={(value) => set({ author: value })}
        />
        <Field
          type="date"
          label={say.from}
          value={filters.from}
          onInput={(value) => set({ from: value }, true)}
        />
        <Field
          type="date"
          label={say.to}
          value={filters.to}
          onInput={(value) => set({ to: value }, true)}
        />
      </div>
      <div class="c-kinds">
        <Kinds filters={filters} onChange={set} />
        {isFiltered(filters) && (
          <Button look="quiet" icon="close" onClick={() => onChange(NO_FILTERS)}>
            {say.clear}
          </Button>
        )}
      </div>
    </section>
  );
}

function Kinds(props: {
  readonly filters: Filters;
  readonly onChange: (c: Partial<Filters>) => void;
}) {
  const words = useConsoleWords();
  const shared = useWords();
  const chosen = kindsOf(props.filters);
  return (
    <fieldset>
      <legend class="u-hidden">{words.register.kinds}</legend>
      {KINDS.map((kind) => {
        const checked = chosen.includes(kind);
        const next = checked ? chosen.filter((it) => it !== kind) : [...chosen, kind];
        return (
          <label key={kind} class="c-kind" data-kind={kind}>
            <input
              type="checkbox"
              class="u-hidden"
              checked={checked}
              onChange={() => props.onChange({ kind: next.join(',') })}
            />
            <Icon name={checked ? 'check' : kind} size={14} />
            <span>{kind === 'interaction' ? shared.interaction : shared.mark[kind]}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** Typing waits a moment before it asks; "/" jumps here from anywhere. */
function WordsField({ filters, onChange, place }: Omit<FilterBarProps, 'facets'>) {
  const words = useConsoleWords();
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef({ filters, onChange });
  latest.current = { filters, onChange };
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      setTyped(null);
      latest.current.onChange({ ...latest.current.filters, q: typed.trim() }, true);
    }, WORDS_WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || isTyping(event.target) || !isKeys(event, '/')) return;
      event.preventDefault();
      input.current?.focus();
    }
    place.addEventListener('keydown', onKeyDown);
    return () => place.removeEventListener('keydown', onKeyDown);
  }, [place]);
  return (
    <Field
      type="search"
      label={words.register.words}
      value={typed ?? filters.q}
      onInput={setTyped}
      inputRef={input}
    />
  );
}

function optionsOf<V extends string>(labels: Readonly<Record<V, string>>) {
  return (Object.keys(labels) as V[]).map((value) => ({
    value: value as string,
    label: labels[value],
  }));
}

/** An id from a link may name something that is not in the list (yet): it still filters. */
function itemOf(items: readonly PickItem[], id: string): PickItem | null {
  if (id === '') return null;
  return items.find((item) => item.id === id) ?? { id, name: '…' };
}
