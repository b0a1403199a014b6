import { useState } from 'preact/hooks';
import { Button, Field } from '../../ui/index.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { readLeaves, readLog, readProof } from './calls.ts';
import { type Checked, check, recordIn, seeLog } from './prove.ts';
import { say } from './words.ts';

export interface EntryCheckProps {
  readonly client: Client;
  /** What stands in the field at first. */
  readonly start: string;
  readonly onSignedOut: () => void;
}

type Result = { readonly checked: readonly Checked[] } | { readonly failure: Failure };

/** Proves in this browser that the changes of one entry are in the log. */
export function EntryCheck({ client, start, onSignedOut }: EntryCheckProps) {
  const [text, setText] = useState(start);
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);

  async function onSubmit() {
    const record = recordIn(text);
    setWrong(record === null);
    setResult(null);
    if (record === null || busy) return;
    setBusy(true);
    const found = await prove(client, record);
    setBusy(false);
    if ('failure' in found && found.failure.is === 'signed-out') onSignedOut();
    else setResult(found);
  }

  return (
    <section aria-labelledby="c-log-entry">
      <h2 id="c-log-entry">{say.check}</h2>
      <p class="c-why">{say.checkWhy}</p>
      <form
        class="c-log-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        <Field
          label={say.entry}
          hint={say.entryHint}
          error={wrong ? say.entryWrong : undefined}
          value={text}
          onInput={setText}
        />
        <Button submit>{say.checkDo}</Button>
      </form>
      <div role="status">
        {busy && <p>{say.checking}</p>}
        {result && 'checked' in result && <Found checked={result.checked} />}
      </div>
      {result && 'failure' in result && <FailureNote failure={result.failure} />}
    </section>
  );
}

function Found({ checked }: { readonly checked: readonly Checked[] }) {
  const wrong = checked.filter(({ inLog, whole }) => !inLog || whole === false);
  return (
    <>
      <p class={wrong.length > 0 ? 'u-error' : 'c-result'}>
        {wrong.length > 0 ? say.notIn(wrong.length) : say.allIn(checked.length)}
      </p>
      <ul class="c-log-list">
        {checked.map((one) => (
          <li key={one.seq}>
            <strong>{say.change(one.seq)}</strong> {sayOne(one)}
          </li>
        ))}
      </ul>
    </>
  );
}

function sayOne({ inLog, whole }: Checked): string {
  if (!inLog) return say.notInLog;
  if (whole === null) return say.erased;
  return whole ? say.in : say.changed;
}

async function prove(client: Client, record: { kind: string; id: string }): Promise<Result> {
  const leaves = await readLeaves(client, record.kind, record.id);
  if (!leaves.ok) return leaves;
  // A checkpoint from after the leaves were read has them all.
  const state = await readLog(client);
  if (!state.ok) return state;
  const log = await seeLog(state.value);
  const checked: Checked[] = [];
  for (const leaf of leaves.value.leaves) {
    if (!log || log.signature === 'bad') {
      checked.push({ seq: leaf.seq, inLog: false, whole: null });
      continue;
    }
    const proof = await readProof(client, leaf.seq, log.size);
    if (!proof.ok) return proof;
    checked.push(check(log, record, leaf, proof.value.proof));
  }
  return { checked };
}
