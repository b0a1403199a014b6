// A file of records: a look at all of it, what is to be taken, and bringing it in.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  Button,
  Pick,
  type PickItem,
  Problem,
  Segment,
  sayInstant,
  useWords,
} from '../../ui/index.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { say as files } from './page-words.ts';
import type { RowProblem, Take } from './record-calls.ts';
import { say } from './record-words.ts';
import {
  type Brought,
  bringIn,
  type Looked,
  lookThrough,
  type Outcome,
  type Progress,
} from './take.ts';

export interface RecordsProps {
  readonly client: Client;
  readonly file: File;
  readonly onDone: (brought: Brought) => void;
  /** Something was written, or may have been. */
  readonly onChange: () => void;
  /** Nothing more is to be done with this file. */
  readonly onStop: () => void;
  readonly onSignedOut: () => void;
}

type Trouble =
  | { readonly is: 'failed'; readonly failure: Failure }
  | { is: 'unreadable'; words: string };

const NOT_YET: Progress = { done: 0, records: 0 };

/** Of one file; another file is another one of these. */
export function Records(props: RecordsProps) {
  const { client, file, onDone, onChange, onStop, onSignedOut } = props;
  const [looked, setLooked] = useState<Looked | null>(null);
  const [take, setTake] = useState<Take>('ours');
  const [customer, setCustomer] = useState<PickItem | null>(null);
  const [busy, setBusy] = useState<'looking' | 'importing' | null>('looking');
  const [progress, setProgress] = useState(NOT_YET);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const stop = useRef(new AbortController());

  function settle<T>(outcome: Outcome<T>, then: (value: T) => void) {
    setBusy(null);
    if (outcome.is === 'done') then(outcome.value);
    else if (outcome.is === 'stopped') onStop();
    else if (outcome.is === 'failed' && outcome.failure.is === 'signed-out') onSignedOut();
    else setTrouble(outcome);
  }
  useEffect(() => {
    const { current } = stop;
    void lookThrough(client, file, current.signal, setProgress).then((outcome) => {
      if (!current.signal.aborted) settle(outcome, setLooked);
    });
    return () => current.abort();
  }, []);
  async function run({ names, format }: Looked) {
    setBusy('importing');
    setTrouble(null);
    setProgress(NOT_YET);
    stop.current = new AbortController();
    const { signal } = stop.current;
    const how = { ...{ take, names, format }, customer: customer?.id ?? null };
    const outcome = await bringIn(client, file, how, signal, setProgress);
    onChange();
    settle(outcome, onDone);
  }

  if (trouble) return <Told trouble={trouble} hasBegun={looked !== null} />;
  if (busy) {
    const label = busy === 'looking' ? say.looking : say.importing;
    return (
      <Running
        label={label}
        progress={progress}
        onStop={() => {
          stop.current.abort();
          if (busy === 'looking') onStop();
        }}
      />
    );
  }
  if (!looked) return null;
  return (
    <Summary looked={looked} take={take} onTake={setTake} onRun={() => void run(looked)}>
      {looked.format === 'hypothesis' && (
        <About client={client} customer={customer} onPick={setCustomer} />
      )}
    </Summary>
  );
}

interface AboutProps {
  readonly client: Client;
  readonly customer: PickItem | null;
  readonly onPick: (customer: PickItem | null) => void;
}

/** Another program knows no customers: one for all of its notes, or none. */
function About({ client, customer, onPick }: AboutProps) {
  const [customers, setCustomers] = useState<readonly PickItem[]>([]);
  useEffect(() => {
    // Without the list they still come in, about nobody.
    void client.facets().then((answer) => answer.ok && setCustomers(answer.value.customers));
  }, [client]);
  return (
    <div>
      <Pick
        label={say.about}
        items={customers}
        placeholder={say.nobody}
        value={customer}
        onPick={onPick}
      />
      <p class="u-hint">{say.aboutHint}</p>
    </div>
  );
}

interface RunningProps {
  readonly label: string;
  readonly progress: Progress;
  readonly onStop: () => void;
}

function Running({ label, progress: { done, records }, onStop }: RunningProps) {
  return (
    <div class="c-import-running">
      <p role="status">{label}</p>
      <progress aria-label={label} max={1} value={done} />
      <p class="u-quiet">{say.progress(records, done)}</p>
      <Button onClick={onStop}>{say.cancel}</Button>
    </div>
  );
}

interface SummaryProps {
  readonly looked: Looked;
  readonly take: Take;
  readonly onTake: (take: Take) => void;
  readonly onRun: () => void;
  /** What else is chosen. */
  readonly children: ComponentChildren;
}

const COLUMNS = ['created', 'same', 'differs', 'wrong'] as const;

function Summary({ looked, take, onTake, onRun, children }: SummaryProps) {
  const { lang } = useWords();
  const { format, head, kinds, sum, problems } = looked;
  const taken = Object.entries(kinds).filter(([, counts]) => counts.left === 0);
  const left = Object.entries(kinds).filter(([, counts]) => counts.left > 0);
  const good = sum.created + (take === 'file' ? sum.differs : 0);
  const from = head && say.from(head.workspace?.name ?? null, sayInstant(head.exportedAt, lang));
  return (
    <>
      <section aria-labelledby="c-in-it">
        <h2 id="c-in-it">{say.inIt}</h2>
        <p class="u-quiet">{[format && say.formats[format], from].filter(Boolean).join(' · ')}</p>
        {taken.length === 0 ? (
          <p>{say.nothing}</p>
        ) : (
          <table class="c-plain c-import-kinds">
            <thead>
              <tr>
                <th scope="col">{say.kind}</th>
                {COLUMNS.map((name) => (
                  <th key={name} scope="col" class="c-number">
                    {say.columns[name]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {taken.map(([kind, counts]) => (
                <tr key={kind}>
                  <th scope="row">{say.kindOf(kind)}</th>
                  {COLUMNS.map((name) => (
                    <td key={name} data-label={say.columns[name]} class="c-number">
                      {say.number(counts[name])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {left.length > 0 && (
          <p>
            {say.left(
              left
                .map(([kind, counts]) => `${say.kindOf(kind)} (${say.number(counts.left)})`)
                .join(', '),
            )}{' '}
            <span class="u-quiet">
              {say.leftWhy} <a href="#/exports">{say.bundle}</a>.
            </span>
          </p>
        )}
      </section>
      {sum.differs > 0 && (
        <div>
          <Segment
            label={say.take}
            value={take}
            options={(['ours', 'file'] as const).map((value) => ({
              ...{ value, label: say.takes[value] },
            }))}
            onChange={onTake}
          />
          <p class="u-hint">{say.takeWhy[take]}</p>
        </div>
      )}
      {children}
      {sum.wrong > 0 && <Problems problems={problems} count={sum.wrong} />}
      <div class="u-actions">
        <Button look="primary" disabled={good === 0} why={say.nothingToDo} onClick={onRun}>
          {say.run(good)}
        </Button>
      </div>
      <p class="u-hint">{good === 0 ? say.nothingToDo : say.writing}</p>
    </>
  );
}

/** Shown at once; more of them nobody reads. */
const SHOWN = 200;

interface ProblemsProps {
  readonly problems: readonly RowProblem[];
  readonly count: number;
}

function Problems({ problems, count }: ProblemsProps) {
  const shown = problems.slice(0, SHOWN);
  return (
    <section aria-labelledby="c-problems">
      <h2 id="c-problems">{say.problems}</h2>
      <p class="u-hint">{say.problemsHint}</p>
      <table class="c-plain">
        <thead>
          <tr>
            <th scope="col" class="c-number">
              {say.row}
            </th>
            <th scope="col">{say.what}</th>
            <th scope="col">{say.problem}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, kind, id, words }) => (
            <tr key={`${row} ${words}`}>
              <td class="c-number" data-label={say.row}>
                {row === null ? '' : say.number(row)}
              </td>
              <td data-label={say.what}>
                {row === null ? say.wholeFile : kind} {id && <bdi class="c-import-id">{id}</bdi>}
              </td>
              <td dir="auto">{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > shown.length && <p class="u-quiet">{say.more(count - shown.length)}</p>}
    </section>
  );
}

function Told({ trouble, hasBegun }: { readonly trouble: Trouble; readonly hasBegun: boolean }) {
  const { safe } = files;
  if (trouble.is === 'unreadable') {
    return <Problem what={trouble.words} safe={hasBegun ? say.failedSafe : safe} />;
  }
  return <FailureNote failure={trouble.failure} safe={hasBegun ? say.failedSafe : safe} />;
}

/** What an import came to. */
export function BroughtIn({ brought: { counts, isWhole } }: { readonly brought: Brought }) {
  return (
    <div class="c-result" role="status">
      <p>
        <strong>{say.result(counts.created, counts.changed)}</strong> {say.rest(counts)}
      </p>
      {counts.created + counts.changed > 0 && <p>{isWhole ? say.canUndo : say.stopped}</p>}
    </div>
  );
}
