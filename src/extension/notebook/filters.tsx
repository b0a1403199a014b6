import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { OTHER_KINDS } from '../../ui/found.tsx';
import type { PickItem } from '../../ui/pick.tsx';
import { MARK_KINDS, useWords } from '../../ui/words.ts';
import type { SavedSearch, SearchFilters } from '../messages/search-calls.ts';
import type { NotebookClient } from './client.ts';
import { FindPick } from './find-pick.tsx';
import type { Asked } from './use-notebook.ts';
import { say } from './words.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly me: boolean;
}

export interface FiltersProps {
  readonly client: NotebookClient;
  readonly asked: Asked;
  readonly people: readonly Person[];
  /** The customer that is filtered by, with its name. */
  readonly customer: PickItem | null;
  readonly onChange: (asked: Asked, customer: PickItem | null) => void;
}

/** Every filter that there is; what is not chosen does not filter. */
export function FilterBar({ client, asked, people, customer, onChange }: FiltersProps) {
  const words = useWords();
  const { filters } = asked;
  const set = (patch: { [name in keyof SearchFilters]?: SearchFilters[name] | undefined }) => {
    const next = Object.fromEntries(
      Object.entries({ ...filters, ...patch }).filter(([, value]) => value !== undefined),
    ) as SearchFilters;
    const isOf = next.customer !== undefined && next.customer === customer?.id;
    onChange({ ...asked, filters: next }, isOf ? customer : null);
  };
  const one = (name: 'looks' | 'stages' | 'outcomes') => ({
    value: filters[name]?.[0] ?? '',
    empty: say.any,
    onChange: (value: string) => set({ [name]: value === '' ? undefined : [value] }),
  });
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <section class="n-filters" aria-label={say.filters}>
      <Choice
        label={say.kind}
        {...one('looks')}
        options={[
          ...MARK_KINDS.map((kind) => ({ value: kind as string, label: words.mark[kind] })),
          { value: 'interaction', label: words.interaction },
          ...['probe', 'perception', 'retrospective', 'customer', 'contact', 'project'].map(
            (kind) => ({ value: kind, label: OTHER_KINDS[kind] ?? kind }),
          ),
        ]}
      />
      <FindPick
        client={client}
        label={say.customer}
        placeholder={say.any}
        value={customer}
        onPick={(item) => onChange({ ...asked, filters: withCustomer(filters, item) }, item)}
      />
      <Choice label={say.stage} {...one('stages')} options={optionsOf(words.stage)} />
      <Choice
        label={say.outcome}
        {...one('outcomes')}
        options={[...optionsOf(words.outcome), ...optionsOf(STATES)]}
      />
      {people.length > 0 && (
        <Choice
          label={say.person}
          empty={say.any}
          value={filters.person ?? ''}
          options={people.map(({ id, name, me }) => ({
            value: id,
            label: me ? say.me(name) : name,
          }))}
          onChange={(value) => set({ person: value === '' ? undefined : value })}
        />
      )}
      <Field
        type="date"
        label={say.from}
        value={dayOf(filters.from)}
        onInput={(day) => set({ from: startOf(day, 0) })}
      />
      <Field
        type="date"
        label={say.to}
        value={dayOf(filters.before === undefined ? undefined : filters.before - 1)}
        onInput={(day) => set({ before: startOf(day, 1) })}
      />
      <Choice
        label={say.order}
        value={asked.order}
        options={optionsOf(say.orders)}
        onChange={(order) =>
          onChange({ ...asked, order: order === 'best' ? 'best' : 'newest' }, customer)
        }
      />
      <div class="n-filter-acts">
        <Button
          look="quiet"
          pressed={filters.deleted === true}
          onClick={() => set({ deleted: filters.deleted === true ? undefined : true })}
        >
          {say.taken}
        </Button>
        {isFiltered && (
          <Button
            look="quiet"
            icon="close"
            onClick={() => onChange({ ...asked, filters: {} }, null)}
          >
            {say.clear}
          </Button>
        )}
      </div>
    </section>
  );
}

/** A promise's states; "open" is said by outcomes already. */
const STATES = { kept: 'Promise kept', broken: 'Promise broken', withdrawn: 'Promise withdrawn' };

function withCustomer({ customer: _before, ...others }: SearchFilters, item: PickItem | null) {
  return item === null ? others : { ...others, customer: item.id };
}

function optionsOf<V extends string>(labels: Readonly<Record<V, string>>) {
  return (Object.keys(labels) as V[]).map((value) => ({
    value: value as string,
    label: labels[value],
  }));
}

/** Midnight here, so many days after this day; undefined where it is none. */
function startOf(day: string, after: number): number | undefined {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + after);
  return Number.isNaN(date.getTime()) ? undefined : date.getTime();
}

function dayOf(ms: number | undefined): string {
  if (ms === undefined) return '';
  const date = new Date(ms);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export interface KeptProps {
  readonly client: NotebookClient;
  readonly asked: Asked;
  readonly onAsk: (search: SavedSearch) => void;
}

/** Searches kept in this browser. */
export function KeptSearches({ client, asked, onAsk }: KeptProps) {
  const [kept, setKept] = useState<readonly SavedSearch[]>([]);
  const [naming, setNaming] = useState<string | null>(null);
  const take = async (asking: ReturnType<typeof client.call<'savedSearches'>>) => {
    const reply = await asking;
    if (reply.ok) setKept(reply.value.searches);
  };
  useEffect(() => void take(client.call('savedSearches', {})), [client]);
  const keep = () => {
    const name = (naming ?? '').trim();
    if (name === '') return;
    const { words, filters } = asked;
    const search = { id: client.newId(), name, words, filters };
    void take(client.call('keepSearch', { search }));
    setNaming(null);
  };
  const isBare = asked.words.trim() === '' && Object.keys(asked.filters).length === 0;
  if (isBare && kept.length === 0) return null;
  return (
    <div class="n-kept">
      {kept.length > 0 && (
        <ul aria-label={say.kept}>
          {kept.map((search) => (
            <li key={search.id}>
              <Button look="quiet" icon="search" onClick={() => onAsk(search)}>
                <bdi>{search.name}</bdi>
              </Button>
              <Button
                look="quiet"
                icon="close"
                label={say.drop(search.name)}
                onClick={() => void take(client.call('dropSearch', { id: search.id }))}
              />
            </li>
          ))}
        </ul>
      )}
      {!isBare && naming === null && (
        <Button look="quiet" icon="plus" onClick={() => setNaming(asked.words)}>
          {say.keep}
        </Button>
      )}
      {naming !== null && (
        <form
          class="n-naming"
          onSubmit={(event) => {
            event.preventDefault();
            keep();
          }}
        >
          <Field
            label={say.keepName}
            hint={say.keptWhy}
            value={naming}
            maxLength={200}
            autofocus
            onInput={setNaming}
          />
          <div class="u-actions">
            <Button submit disabled={naming.trim() === ''} why={say.keepName}>
              {say.keepIt}
            </Button>
            <Button look="quiet" onClick={() => setNaming(null)}>
              {say.cancel}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
