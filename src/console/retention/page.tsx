// How long records are kept, by kind, and whose are held: what goes at the next run is shown before.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button, Choice, Field, Undo, Waiting } from '../../ui/index.ts';
import type { Retention } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useConsoleWords } from '../words.ts';
import { say } from './words.ts';

export interface RetentionPageProps {
  readonly client: Client;
  readonly onSignedOut: () => void;
}

type Named = { readonly id: string; readonly name: string };

export function RetentionPage({ client, onSignedOut }: RetentionPageProps) {
  const [read, setRead] = useState<{ saved: Retention; customers: readonly Named[] } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const load = useCallback(async () => {
    setFailure(null);
    const [saved, facets] = await Promise.all([client.retention(), client.facets()]);
    const failed = !saved.ok ? saved.failure : !facets.ok ? facets.failure : null;
    if (failed?.is === 'signed-out') onSignedOut();
    else if (failed) setFailure(failed);
    else if (saved.ok && facets.ok) {
      setRead({ saved: saved.value, customers: facets.value.customers });
    }
  }, [client, onSignedOut]);
  useEffect(() => {
    void load();
  }, [load]);

  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p>{say.intro}</p>
      {failure && <FailureNote failure={failure} onAgain={() => void load()} />}
      {!read && !failure && <Waiting>{say.reading}</Waiting>}
      {read && (
        <Policy
          client={client}
          saved={read.saved}
          customers={read.customers}
          onSaved={(saved) => setRead({ ...read, saved })}
          onSignedOut={onSignedOut}
        />
      )}
    </div>
  );
}

interface PolicyProps {
  readonly client: Client;
  readonly saved: Retention;
  readonly customers: readonly Named[];
  readonly onSaved: (saved: Retention) => void;
  readonly onSignedOut: () => void;
}

type Typed = Readonly<Record<string, string>>;

function Policy({ client, saved, customers, onSaved, onSignedOut }: PolicyProps) {
  const words = useConsoleWords();
  const [typed, setTyped] = useState<Typed>(() => typedOf(saved));
  const [holds, setHolds] = useState<readonly string[]>(saved.holds);
  const [checked, setChecked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [wasChanged, setWasChanged] = useState(false);
  const [before, setBefore] = useState<Retention | null>(null);
  const endUndo = useCallback(() => setBefore(null), []);

  const days = daysOf(typed);
  const changed =
    days === null || !same(days, saved.days) || !same(asSet(holds), asSet(saved.holds));

  async function save(next: { days: Retention['days']; holds: readonly string[] }) {
    setFailure(null);
    setWasChanged(false);
    const answer = await client.saveRetention(next.days, next.holds, saved.seen);
    if (answer.ok) return take(answer.value);
    if (answer.failure.is === 'signed-out') onSignedOut();
    else if (answer.failure.is === 'refused' && answer.failure.status === 409) {
      const theirs = await client.retention();
      if (theirs.ok) merge(theirs.value);
      else setFailure(theirs.failure);
    } else setFailure(answer.failure);
    return false;
  }

  /** Theirs, with what was changed here and not by them: a hold is not dropped without a word. */
  function merge(theirs: Retention) {
    const [before, now] = [typedOf(saved), typedOf(theirs)];
    const isMine = (kind: string) =>
      (typed[kind] ?? '') !== (before[kind] ?? '') && (now[kind] ?? '') === (before[kind] ?? '');
    const mine = Object.fromEntries(Object.entries(typed).filter(([kind]) => isMine(kind)));
    const added = holds.filter((id) => !saved.holds.includes(id) && !theirs.holds.includes(id));
    const kept = theirs.holds.filter((id) => holds.includes(id) || !saved.holds.includes(id));
    take(theirs);
    setTyped({ ...now, ...mine });
    setHolds([...kept, ...added]);
    setWasChanged(true);
  }

  function take(next: Retention) {
    setTyped(typedOf(next));
    setHolds(next.holds);
    setChecked(false);
    onSaved(next);
    return true;
  }

  async function onSubmit() {
    setChecked(true);
    if (days === null || !changed) return;
    const old = saved;
    if (await save({ days, holds })) setBefore(old);
  }

  return (
    <form
      class="c-retention"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      {saved.refused !== null && <p role="status">{saved.refused}</p>}
      <table class="c-plain">
        <thead>
          <tr>
            <th scope="col">{say.kind}</th>
            <th scope="col">{say.days}</th>
            <th scope="col" class="c-count">
              {say.next}
            </th>
            <th scope="col" class="c-count">
              {say.held}
            </th>
          </tr>
        </thead>
        <tbody>
          {saved.kinds.map((kind) => {
            const name = words.erasure.records[kind]?.[1] ?? kind;
            const due = saved.due[kind];
            const value = typed[kind] ?? '';
            return (
              <tr key={kind}>
                <th scope="row">{name}</th>
                <td>
                  <Field
                    label={say.daysOf(name)}
                    labelHidden
                    value={value}
                    placeholder={say.kept}
                    maxLength={6}
                    error={checked && dayCount(value) === null ? say.wrong : undefined}
                    onInput={(next) => setTyped({ ...typed, [kind]: next })}
                  />
                </td>
                <td class="c-count" data-label={say.next}>
                  {due ? due.due.toLocaleString('en-GB') : '–'}
                </td>
                <td class="c-count" data-label={say.held}>
                  {due ? due.held.toLocaleString('en-GB') : '–'}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <section aria-labelledby="c-holds">
        <h2 id="c-holds">{say.holds}</h2>
        <p class="c-why">{say.holdsWhy}</p>
        {holds.length === 0 ? (
          <p class="u-quiet">{say.noHolds}</p>
        ) : (
          <ul class="c-holds">
            {holds.map((id) => {
              const name = customers.find((one) => one.id === id)?.name || say.unknown;
              return (
                <li key={id}>
                  <bdi>{name}</bdi>
                  <Button
                    look="quiet"
                    label={say.releaseName(name)}
                    onClick={() => setHolds(holds.filter((one) => one !== id))}
                  >
                    {say.release}
                  </Button>
                </li>
              );
            })}
          </ul>
        )}
        <Choice
          label={say.hold}
          value=""
          empty={say.choose}
          options={customers
            .filter(({ id }) => !holds.includes(id))
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => id !== '' && setHolds([...holds, id])}
        />
      </section>
      {wasChanged && <p role="status">{say.changed}</p>}
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      {before === null || changed ? (
        <Button
          look={changed ? 'primary' : 'plain'}
          submit
          disabled={!changed}
          why={say.nothingChanged}
        >
          {say.save}
        </Button>
      ) : (
        <Undo
          text={say.saved}
          onUndo={() => {
            setBefore(null);
            void save(before);
          }}
          onEnd={endUndo}
        />
      )}
      {saved.by.length > 0 && <p class="u-quiet">{say.by(saved.by.join(', '))}</p>}
    </form>
  );
}

function typedOf({ days }: Retention): Typed {
  return Object.fromEntries(Object.entries(days).map(([kind, count]) => [kind, String(count)]));
}

/** Days, 0 for good, or null when it is neither. */
function dayCount(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  const count = /^\d{1,5}$/.test(trimmed) ? Number(trimmed) : 0;
  return count >= 1 && count <= 36_500 ? count : null;
}

function daysOf(typed: Typed): Retention['days'] | null {
  const days: Record<string, number> = {};
  for (const [kind, text] of Object.entries(typed)) {
    const count = dayCount(text);
    if (count === null) return null;
    if (count > 0) days[kind] = count;
  }
  return days;
}

function asSet(ids: readonly string[]): Record<string, number> {
  return Object.fromEntries(ids.map((id) => [id, 1]));
}

function same(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
