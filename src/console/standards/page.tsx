// The company's own service standards: what reviews score projects against.
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Standard, type StandardText, standardProblems } from '../../domain/standards.ts';
import { STARTER_STANDARDS } from '../../domain/starter-standards.ts';
import { Button, Empty, Waiting } from '../../ui/index.ts';
import type { Me } from '../api.ts';
import type { Answer, Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useReading } from '../use-reading.ts';
import { draftOf, type KeptStandardDraft, NEW, type StandardDraft, textOf } from './draft.ts';
import { StandardEdit } from './edit.tsx';
import { Shown } from './shown.tsx';
import { say } from './words.ts';
import './standards.css';

export interface StandardsPageProps {
  readonly client: Client;
  readonly me: Me;
  readonly kept: KeptStandardDraft;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

type All = readonly Standard[];
interface Standards {
  readonly standards: All;
}

export function StandardsPage({ client, me, kept, pokes, onSignedOut }: StandardsPageProps) {
  const mayChange = ['manager', 'admin'].includes(me.member.role);
  const ask = useCallback(() => client.standards(), [client]);
  const { value, failure, again, change } = useReading<Standards>(ask, { pokes, onSignedOut });
  const all = value?.standards;
  // Of an act: its failure stands at what was done.
  function take(answer: Answer<Standards>): Failure | null {
    if (answer.ok) change(() => answer.value);
    else if (answer.failure.is === 'signed-out') onSignedOut();
    return answer.ok ? null : answer.failure;
  }
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p class="c-why">{say.why}</p>
      {failure && !all && <FailureNote failure={failure} onAgain={again} />}
      {!all && !failure && <Waiting>{say.reading}</Waiting>}
      {all && !mayChange && <p class="u-quiet">{say.managersOnly}</p>}
      {all && <List {...{ client, all, kept, mayChange, take }} />}
    </div>
  );
}

interface ListProps extends Pick<StandardsPageProps, 'client' | 'kept'> {
  readonly all: All;
  readonly mayChange: boolean;
  /** Takes the answer in; what went wrong, if it did. */
  readonly take: (answer: Answer<Standards>) => Failure | null;
}

function List({ client, all, kept, mayChange, take }: ListProps) {
  const [draft, setDraft] = useState<StandardDraft | null>(kept.current);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [merged, setMerged] = useState(false);
  const [tried, setTried] = useState(false);
  const [said, setSaid] = useState('');
  /** Nothing can be written then: it would be gone with the answer. */
  const [isSaving, setSaving] = useState(false);
  const sending = useRef(false);
  const place = useRef<HTMLDivElement>(null);
  const focus = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (focus.current === null || isSaving) return;
    place.current?.querySelector<HTMLElement>(focus.current)?.focus();
    focus.current = null;
  });

  function write(next: StandardDraft | null) {
    kept.current = next;
    setDraft(next);
  }

  function close(row: string | null) {
    write(null);
    setTried(false);
    setMerged(false);
    setFailure(null);
    focus.current =
      row === null ? '[data-add] button' : `[data-series="${CSS.escape(row)}"] button`;
  }

  /** One after the other: pressed twice it is done once. */
  async function once(work: () => Promise<void>) {
    if (sending.current) return;
    sending.current = true;
    setSaving(true);
    await work();
    sending.current = false;
    setSaving(false);
  }

  function save() {
    if (draft === null) return;
    setTried(true);
    setMerged(false);
    const text = textOf(draft);
    if (standardProblems(text).length === 0) void once(() => send(draft, text));
  }

  async function send(mine: StandardDraft, text: StandardText) {
    const { series, seen } = mine;
    const answer =
      series === null
        ? await client.addStandards([text])
        : await client.saveStandard(series, text, seen);
    const why = take(answer);
    if (why === null) {
      close(series);
      setSaid(say.saved);
      return;
    }
    focus.current = 'form [type=submit]';
    if (why.is === 'refused' && why.status === 409) await lookAgain(mine);
    else setFailure(why);
  }

  /** Theirs is shown above what is being written here, which is saved over it next time. */
  async function lookAgain(mine: StandardDraft) {
    const answer = await client.standards();
    setFailure(take(answer));
    if (!answer.ok) return;
    const theirs = answer.value.standards.find(({ series }) => series === mine.series);
    if (theirs !== undefined) write({ ...mine, seen: theirs.current.id });
    setMerged(true);
  }

  async function use(standard: Standard, retired: boolean) {
    const why = take(await client.useStandard(standard.series, retired));
    setFailure(why);
    const { name } = standard.current;
    if (why === null) setSaid(retired ? say.isRetired(name) : say.isUsed(name));
    focus.current = '[data-add] button';
  }

  async function takeSet() {
    setFailure(take(await client.addStandards(STARTER_STANDARDS)));
  }

  const editor = draft && (
    <Editor
      {...{ draft, tried, merged }}
      failure={failure}
      isSame={isSame(draft, all)}
      onChange={(patch) => write({ ...draft, ...patch })}
      onSave={save}
      onCancel={() => close(draft.series)}
    />
  );
  const used = all.filter(({ retired }) => !retired);
  const retired = all.filter((standard) => standard.retired);
  return (
    <div class="c-standards" ref={place} inert={isSaving}>
      {all.length === 0 && draft === null && (
        <Empty
          action={
            mayChange && (
              <Button look="primary" onClick={() => void once(takeSet)}>
                {say.takeSet(STARTER_STANDARDS.length)}
              </Button>
            )
          }
        >
          {say.none}
        </Empty>
      )}
      {used.length > 0 && (
        <ul class="c-standard-list" aria-label={say.title}>
          {used.map((standard) => (
            <Row
              key={standard.series}
              {...{ standard, mayChange }}
              onChange={draft === null ? () => write(draftOf(standard)) : null}
              onRetire={() => void once(() => use(standard, true))}
            >
              {draft?.series === standard.series && editor}
            </Row>
          ))}
        </ul>
      )}
      {!used.some(({ series }) => series === draft?.series) && editor}
      {mayChange && draft === null && (
        <div class="u-actions" data-add>
          <Button icon="plus" onClick={() => write(NEW)}>
            {say.add}
          </Button>
        </div>
      )}
      {failure && draft === null && <FailureNote failure={failure} safe={say.safe} />}
      {retired.length > 0 && (
        <details class="c-retired">
          <summary>{say.retired(retired.length)}</summary>
          <p class="u-hint">{say.retiredWhy}</p>
          <ul class="c-standard-list">
            {retired.map((standard) => (
              <li key={standard.series} data-series={standard.series}>
                <div class="c-standard-head">
                  <h2 dir="auto">{standard.current.name}</h2>
                  {mayChange && (
                    <Button
                      look="quiet"
                      label={say.of(say.use, standard.current.name)}
                      onClick={() => void once(() => use(standard, false))}
                    >
                      {say.use}
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="u-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

interface RowProps {
  readonly standard: Standard;
  readonly mayChange: boolean;
  /** null: another one is being written. */
  readonly onChange: (() => void) | null;
  readonly onRetire: () => void;
  /** The editor, while it is being changed. */
  readonly children: preact.ComponentChildren;
}

function Row({ standard, mayChange, onChange, onRetire, children }: RowProps) {
  const { current, versions, series } = standard;
  const { name, weight, critical, version } = current;
  return (
    <li data-series={series}>
      <div class="c-standard-head">
        <h2 dir="auto">{name}</h2>
        <p class="u-quiet">
          {[say.weighs(weight), ...(critical ? [say.critical] : [])].join(' · ')}
        </p>
        {mayChange && !children && (
          <span class="c-standard-acts">
            {onChange && (
              <Button look="quiet" label={say.of(say.change, name)} onClick={onChange}>
                {say.change}
              </Button>
            )}
            <Button look="quiet" label={say.of(say.retire, name)} onClick={onRetire}>
              {say.retire}
            </Button>
          </span>
        )}
      </div>
      <Shown standard={current} />
      {versions.length > 1 && (
        <details class="c-retired">
          <summary>{say.versions(versions.length)}</summary>
          <ol class="c-standard-versions" reversed>
            {versions
              .filter(({ id }) => id !== current.id)
              .toReversed()
              .map((one) => (
                <li key={one.id} value={one.version}>
                  <h3 dir="auto">
                    {say.version(one.version)}: {one.name}
                  </h3>
                  <Shown standard={one} />
                </li>
              ))}
          </ol>
        </details>
      )}
      {children && <p class="u-hint">{`${say.version(version + 1)}. ${say.newVersion}`}</p>}
      {children}
    </li>
  );
}

interface EditorProps {
  readonly draft: StandardDraft;
  readonly tried: boolean;
  readonly merged: boolean;
  readonly failure: Failure | null;
  readonly isSame: boolean;
  readonly onChange: (patch: Partial<StandardDraft>) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

function Editor(props: EditorProps) {
  const { draft, tried, merged, failure, isSame: same, onChange, onSave, onCancel } = props;
  const problems = standardProblems(textOf(draft));
  return (
    <form
      class="c-standard-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <StandardEdit draft={draft} problems={tried ? problems : []} onChange={onChange} />
      {merged && <p role="status">{say.merged}</p>}
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <div class="u-actions">
        <Button
          look="primary"
          submit
          disabled={same || (tried && problems.length > 0)}
          why={same ? say.nothingChanged : say.mendFirst}
        >
          {draft.series === null ? say.save : say.saveVersion}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}

function isSame(draft: StandardDraft, all: All): boolean {
  const standard = all.find(({ series }) => series === draft.series);
  if (standard === undefined) return false;
  const sorted = (text: StandardText) => JSON.stringify(Object.entries(text).sort());
  return sorted(textOf(draft)) === sorted(textOf(draftOf(standard)));
}
