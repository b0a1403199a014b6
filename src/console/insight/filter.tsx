import { useLayoutEffect, useState } from 'preact/hooks';
import { Choice, Field, Pick, type PickItem } from '../../ui/index.ts';
import type { Facets } from '../api.ts';
import { isBound, PERIODS, type Wish } from './wish.ts';
import { say } from './words.ts';

export interface FilterProps {
  readonly wish: Wish;
  readonly facets: Facets | null;
  readonly perPerson: boolean;
  readonly onChange: (change: Partial<Wish>) => void;
}

const UNITS = ['project', 'customer', 'call'] as const;

export function Filter({ wish, facets, perPerson, onChange }: FilterProps) {
  const customers: readonly PickItem[] = facets?.customers ?? [];
  const members = (facets?.members ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <section class="c-insight-filter" aria-label={say.filters}>
      <Choice
        label={say.period}
        value={wish.period}
        options={PERIODS.map((value) => ({ value, label: say.periods[value] }))}
        onChange={(period) => period !== '' && onChange({ period })}
      />
      {wish.period === 'between' && (
        <>
          <Field
            type="date"
            label={say.from}
            value={wish.from}
            onInput={(from) => onChange({ from })}
          />
          <Field type="date" label={say.to} value={wish.to} onInput={(to) => onChange({ to })} />
        </>
      )}
      <Pick
        label={say.customer}
        items={customers}
        placeholder={say.any}
        value={itemOf(customers, wish.customer)}
        onPick={(item) => onChange({ customer: item?.id ?? '' })}
      />
      {perPerson ? (
        <Choice
          label={say.owner}
          empty={say.any}
          value={wish.owner}
          options={members}
          onChange={(owner) => onChange({ owner })}
        />
      ) : (
        <p class="u-hint">{say.noPerPerson}</p>
      )}
      <Choice
        label={say.unit}
        value={wish.unit}
        options={UNITS.map((value) => ({ value, label: say.unitNames[value] }))}
        // A field of one unit's chart is none of another's.
        onChange={(unit) => unit !== '' && onChange({ unit, list: 'happy-below-ours' })}
      />
      <Bound ours={wish.ours} onChange={(ours) => onChange({ ours })} />
    </section>
  );
}

/** Taken when it is a number that fits; what is being typed stays. */
function Bound({ ours, onChange }: { ours: string; onChange: (ours: string) => void }) {
  const [typed, setTyped] = useState(ours || say.usualBound);
  useLayoutEffect(() => setTyped(ours || say.usualBound), [ours]);
  return (
    <Field
      label={say.ours}
      hint={say.oursHint}
      value={typed}
      error={isBound(typed) ? undefined : say.oursWrong}
      onInput={(next) => {
        setTyped(next);
        if (isBound(next)) onChange(next === say.usualBound ? '' : next);
      }}
    />
  );
}

/** An id from a link may name something that is not in the list (yet): it still filters. */
function itemOf(items: readonly PickItem[], id: string): PickItem | null {
  if (id === '') return null;
  return items.find((item) => item.id === id) ?? { id, name: '…' };
}
