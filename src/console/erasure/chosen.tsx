// What an erasure takes: the records proposed, with a tick each, why, and a word to confirm it.
import { useState } from 'preact/hooks';
import { Button, Field, sayDay, TextArea, useWords } from '../../ui/index.ts';
import type { Proposal, Proposed } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useConsoleWords } from '../words.ts';
import { countByKind, sayCounts } from './say-counts.ts';

export interface ChosenProps {
  readonly client: Client;
  readonly proposal: Proposal;
  /** Connected browsers, which will erase too. */
  readonly browsers: number;
  readonly onErased: (count: number) => void;
  readonly onCancel: () => void;
  readonly onSignedOut: () => void;
}

export function Chosen(props: ChosenProps) {
  const { client, proposal, browsers, onErased, onCancel, onSignedOut } = props;
  const words = useConsoleWords();
  const say = words.erasure;
  const [chosen, setChosen] = useState(() => new Set(proposal.linked.map(keyOf)));
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<'asking' | 'erasing'>('asking');
  const [failure, setFailure] = useState<Failure | null>(null);

  const targets = [...proposal.linked, ...proposal.mentions].filter((one) =>
    chosen.has(keyOf(one)),
  );
  const missing =
    targets.length === 0
      ? say.nothing
      : reason.trim() === ''
        ? say.reasonMissing
        : typed.trim().toLowerCase() !== say.word
          ? say.wordMissing(say.word)
          : null;

  function choose(records: readonly Proposed[], on: boolean) {
    const next = new Set(chosen);
    for (const one of records) on ? next.add(keyOf(one)) : next.delete(keyOf(one));
    setChosen(next);
  }

  async function erase() {
    if (missing !== null || state === 'erasing') return;
    setFailure(null);
    setState('erasing');
    const answer = await client.erase(
      targets.map(({ kind, id }) => ({ kind, id })),
      reason.trim(),
    );
    setState('asking');
    if (answer.ok) onErased(answer.value.erased);
    else if (answer.failure.is === 'signed-out') onSignedOut();
    else setFailure(answer.failure);
  }

  const list = { chosen, onChoose: choose };
  return (
    <section aria-labelledby="c-erase">
      <h2 id="c-erase">
        <bdi>{say.what(proposal.person.name)}</bdi>
      </h2>
      {proposal.more && <p role="status">{say.more}</p>}
      <Records title={say.linked} why={say.linkedWhy} records={proposal.linked} {...list} />
      <Records title={say.mentions} why={say.mentionsWhy} records={proposal.mentions} {...list} />
      <form
        class="c-erase-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        <TextArea
          label={say.reason}
          hint={say.reasonHint}
          value={reason}
          maxLength={2_000}
          onInput={setReason}
        />
        <p>{say.sum(sayCounts(countByKind(targets), words) || say.nothing, browsers)}</p>
        <Field label={say.type(say.word)} value={typed} onInput={setTyped} />
        {failure && <FailureNote failure={failure} safe={say.safe} />}
        <div class="u-actions">
          <Button look="primary" submit disabled={missing !== null} why={missing ?? ''}>
            {state === 'erasing' ? say.erasing : say.do(targets.length)}
          </Button>
          <Button look="quiet" onClick={onCancel}>
            {say.cancel}
          </Button>
        </div>
        {missing !== null && <p class="u-hint">{missing}</p>}
      </form>
    </section>
  );
}

interface RecordsProps {
  readonly title: string;
  readonly why: string;
  readonly records: readonly Proposed[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (records: readonly Proposed[], on: boolean) => void;
}

function Records({ title, why, records, chosen, onChoose }: RecordsProps) {
  const words = useConsoleWords();
  const say = words.erasure;
  const { lang } = useWords();
  const count = records.filter((one) => chosen.has(keyOf(one))).length;
  return (
    <fieldset class="c-targets">
      <legend>
        {title} <span class="u-quiet">{records.length > 0 && `${count} / ${records.length}`}</span>
      </legend>
      {records.length === 0 ? (
        <p class="u-quiet">{say.none}</p>
      ) : (
        <>
          <p class="u-hint">{why}</p>
          <ul>
            <li>
              <Tick
                on={count === records.length}
                mixed={count > 0 && count < records.length}
                onChange={(on) => onChoose(records, on)}
              >
                <strong>{say.all}</strong>
              </Tick>
            </li>
            {records.map((one) => (
              <li key={keyOf(one)}>
                <Tick on={chosen.has(keyOf(one))} onChange={(on) => onChoose([one], on)}>
                  <span class="c-target-kind">{say.records[one.kind]?.[0] ?? one.kind}</span>
                  <bdi class="c-target-text">{one.text || say.noText}</bdi>
                  <span class="u-quiet">
                    {[one.author, one.at && sayDay(one.at, lang)].filter(Boolean).join(', ')}
                  </span>
                </Tick>
              </li>
            ))}
          </ul>
        </>
      )}
    </fieldset>
  );
}

interface TickProps {
  readonly on: boolean;
  readonly mixed?: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children: preact.ComponentChildren;
}

function Tick({ on, mixed = false, onChange, children }: TickProps) {
  return (
    <label class="c-tick">
      <input
        type="checkbox"
        checked={on}
        ref={(box) => {
          if (box) box.indeterminate = mixed;
        }}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {children}
    </label>
  );
}

function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind}/${id}`;
}
