// Customers, projects, surveys and past interactions from a CSV file: choose → say what the columns
// mean → look → import. Files of records: records.tsx. What was imported so far: imports.tsx.
import { useRef, useState } from 'preact/hooks';
import { Button, Problem, Segment, useWords, Waiting } from '../../ui/index.ts';
import type { ImportKind, ImportPreview, ImportResult, Mapping } from '../api.ts';
import type { Client, Failure, ImportOptions } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { ChooseFile } from './choose.tsx';
import { Imports } from './imports.tsx';
import { ImportOptionsForm } from './options.tsx';
import { say } from './page-words.ts';
import { MappingTable, PreviewTable } from './preview.tsx';
import { LARGEST_BYTES, readFile, saySize } from './read-file.ts';
import { mayHoldRecords } from './read-parts.ts';
import { BroughtIn, Records } from './records.tsx';
import type { Brought } from './take.ts';
import { say as story } from './words.ts';

export interface ImportPageProps {
  readonly client: Client;
  readonly onSignedOut: () => void;
}

interface Chosen {
  readonly name: string;
  readonly size: number;
  readonly csv: string;
}

const NO_OPTIONS: ImportOptions = {
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  ...{ order: null, scale: null },
};

function isStory(kind: ImportKind): kind is 'survey' | 'interaction' {
  return kind === 'survey' || kind === 'interaction';
}

type Trouble = Failure | { readonly is: 'too-large' } | { readonly is: 'not-text' };

export function ImportPage({ client, onSignedOut }: ImportPageProps) {
  const { lang } = useWords();
  const [kind, setKind] = useState<ImportKind>('customer');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [options, setOptions] = useState<ImportOptions>(NO_OPTIONS);
  const [busy, setBusy] = useState<'reading' | 'importing' | null>(null);
  const [records, setRecords] = useState<File | null>(null);
  const [brought, setBrought] = useState<Brought | null>(null);
  const [turn, setTurn] = useState(0);
  // The answer to an older question (another kind, another file) is not the one that is shown.
  const asked = useRef(0);

  function fail(failure: Failure) {
    if (failure.is === 'signed-out') onSignedOut();
    else setTrouble(failure);
  }
  async function look(
    file: Chosen,
    as: ImportKind,
    mapping?: Mapping,
    said: ImportOptions = options,
  ) {
    const number = ++asked.current;
    setTrouble(null);
    setBusy('reading');
    const request = {
      ...{ csv: file.csv, kind: as },
      ...(mapping ? { mapping } : {}),
      ...(isStory(as) ? { options: said } : {}),
    };
    const answer = await client.previewImport(request);
    if (number !== asked.current) return;
    setBusy(null);
    if (answer.ok) setPreview(answer.value);
    else fail(answer.failure);
  }
  async function take(file: File) {
    const number = ++asked.current;
    const read = (await mayHoldRecords(file)) ? null : await readFile(file);
    if (number !== asked.current) return;
    for (const clear of [setResult, setPreview, setBrought, setChosen, setRecords, setTrouble]) {
      clear(null);
    }
    setBusy(null);
    if (read === null) return setRecords(file);
    if (!read.ok) return setTrouble({ is: read.error });
    const next = { name: file.name, size: file.size, csv: read.csv };
    setChosen(next);
    // What was said of another file is not said of this one.
    setOptions(NO_OPTIONS);
    return look(next, kind, undefined, NO_OPTIONS);
  }
  function change(as: ImportKind) {
    setKind(as);
    setPreview(null);
    if (chosen) void look(chosen, as);
  }
  async function run(file: Chosen, mapping: Mapping) {
    setBusy('importing');
    setTrouble(null);
    const answer = await client.import({
      ...{ csv: file.csv, kind, mapping, name: file.name },
      ...(isStory(kind) ? { options } : {}),
    });
    setBusy(null);
    if (!answer.ok) return fail(answer.failure);
    setResult(answer.value);
    setTurn((now) => now + 1);
    setPreview(null);
    return setChosen(null);
  }

  const counts = preview?.counts;
  const good = counts ? (counts.create ?? counts.rows - counts.errors) : 0;
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p class="u-quiet">{say.intro}</p>
      {result && <Result result={result} />}
      {brought && <BroughtIn brought={brought} />}
      {!records && (
        <Segment
          label={say.kind}
          value={kind}
          onChange={change}
          options={[
            { value: 'customer', label: say.customer },
            { value: 'project', label: say.project },
            { value: 'survey', label: story.kinds.survey },
            { value: 'interaction', label: story.kinds.interaction },
          ]}
        />
      )}
      {!records && isStory(kind) && <p class="u-quiet">{story.intro[kind]}</p>}
      {chosen && <p>{say.chosen(chosen.name, saySize(chosen.size, lang))}</p>}
      {records && <p>{say.chosen(records.name, saySize(records.size, lang))}</p>}
      <ChooseFile onFile={(next) => void take(next)} />
      {trouble && <Told trouble={trouble} />}
      {busy && <Waiting>{busy === 'reading' ? say.reading : say.running}</Waiting>}
      {records && (
        <Records
          key={asked.current}
          client={client}
          file={records}
          onDone={(done) => {
            setRecords(null);
            setBrought(done);
          }}
          onChange={() => setTurn((now) => now + 1)}
          onStop={() => setRecords(null)}
          onSignedOut={onSignedOut}
        />
      )}
      {chosen && preview && (
        <>
          <MappingTable
            kind={kind}
            preview={preview}
            onMapping={(mapping) => {
              setPreview({ ...preview, mapping });
              void look(chosen, kind, mapping);
            }}
          />
          {preview.asks && (
            <ImportOptionsForm
              key={`${kind} ${chosen.name}`}
              asks={preview.asks}
              options={options}
              onChange={(said) => {
                setOptions(said);
                void look(chosen, kind, preview.mapping, said);
              }}
            />
          )}
          <PreviewTable kind={kind} preview={preview} />
          <div class="u-actions">
            <Button
              look="primary"
              disabled={good === 0 || busy !== null}
              why={good === 0 ? say.nothingToDo : say.running}
              onClick={() => void run(chosen, preview.mapping)}
            >
              {say.run(good)}
            </Button>
          </div>
          {good === 0 && <p class="u-hint">{say.nothingToDo}</p>}
        </>
      )}
      <Imports client={client} turn={turn} onSignedOut={onSignedOut} />
    </div>
  );
}

function Told({ trouble }: { readonly trouble: Trouble }) {
  const { lang } = useWords();
  if (trouble.is === 'too-large') {
    return (
      <Problem what={say.tooLarge(saySize(LARGEST_BYTES, lang))} safe={say.safe} todo={say.split} />
    );
  }
  if (trouble.is === 'not-text') return <Problem what={say.notText} safe={say.safe} />;
  return <FailureNote failure={trouble} safe={say.safe} />;
}

function Result({ result }: { readonly result: ImportResult }) {
  return (
    <div class="c-result" role="status">
      <p>
        <strong>{say.result(result.created, result.skipped)}</strong>
      </p>
      {result.errors.length > 0 && (
        <>
          <p>{say.failed(new Set(result.errors.map(({ line }) => line)).size)}</p>
          <ul>
            {result.errors.slice(0, 100).map((error) => (
              <li key={`${error.line} ${error.message}`}>
                {say.line} {error.line}: {error.message}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
