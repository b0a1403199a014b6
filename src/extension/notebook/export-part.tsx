import { useState } from 'preact/hooks';
import { ANNOTATED_KINDS } from '../../export/web-annotation.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Waiting } from '../../ui/states.tsx';
import type { Failure } from '../messages/result.ts';
import type { NotebookRecord } from '../messages/search-calls.ts';
import type { NotebookClient } from './client.ts';
import { ColumnList } from './column-list.tsx';
import { type ExportChoices, type ExportFormat, exportedFile, FORMATS } from './exports.ts';
import { COLUMNS } from './own-table.ts';
import type { TableLanguage } from './table-words.ts';
import { Trouble } from './trouble.tsx';
import type { Asked } from './use-notebook.ts';
import { say } from './words.ts';

export interface ExportProps {
  readonly client: NotebookClient;
  readonly asked: Asked;
  /** How many are listed. */
  readonly listed: number;
  /** "kind/id" */
  readonly chosen: ReadonlySet<string>;
}

type What = 'all' | 'listed' | 'chosen';
type Ref = { kind: string; id: string };

/** As many as one call takes. */
const AT_ONCE = 200;
/** As many as the background names at once. */
const REFS = 500;

const TABLES: readonly ExportFormat[] = ['csv', 'xlsx', 'markdown'];
const USUAL: ExportChoices = {
  ...{ format: 'json', language: 'en', separator: ',', bom: true, machine: false },
  columns: COLUMNS.map(({ key }) => key),
};

/** Which records, as what. */
export function ExportPart({ client, asked, listed, chosen }: ExportProps) {
  const [what, setWhat] = useState<What>('all');
  const [choices, setChoices] = useState(USUAL);
  const [doing, setDoing] = useState<{ count: number; left: number; done: boolean } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { format } = choices;
  const set = (patch: Partial<ExportChoices>) => setChoices({ ...choices, ...patch });
  // What is chosen may have been let go since.
  const asks = what === 'chosen' && chosen.size === 0 ? 'all' : what;
  const isTable = TABLES.includes(format);
  const isBusy = doing !== null && !doing.done;

  const give = async () => {
    setFailure(null);
    const records: NotebookRecord[] = [];
    for await (const page of pagesOf(client, asks, asked, chosen)) {
      if (!page.ok) {
        setFailure(page.error);
        return setDoing(null);
      }
      records.push(...page.records);
      setDoing({ count: records.length, left: 0, done: false });
    }
    const around = { now: client.now(), zone: client.zone(), newId: client.newId };
    const { name, type, content } = await exportedFile(records, choices, around);
    client.save(name, type, content);
    const kept =
      format === 'jsonld'
        ? records.filter(({ kind }) => ANNOTATED_KINDS.includes(kind)).length
        : records.length;
    setDoing({ count: kept, left: records.length - kept, done: true });
  };

  return (
    <>
      <p class="u-quiet">{say.exportWhy}</p>
      <div class="n-export">
        <Choice<What>
          label={say.what}
          value={asks}
          options={[
            { value: 'all', label: say.whats.all() },
            { value: 'listed', label: say.whats.listed(listed) },
            ...(chosen.size > 0
              ? [{ value: 'chosen' as const, label: say.whats.chosen(chosen.size) }]
              : []),
          ]}
          onChange={(value) => setWhat(value || 'all')}
        />
        <Choice<ExportFormat>
          label={say.format}
          value={format}
          options={FORMATS.map((value) => ({ value, label: say.formats[value] }))}
          onChange={(value) => set({ format: value || 'json' })}
        />
      </div>
      <p class="u-hint">{say.formatWhy[format]}</p>
      {isTable && (
        <details class="n-more">
          <summary>{say.exportColumns}</summary>
          <div class="n-export">
            <Choice<TableLanguage>
              label={say.headings}
              value={choices.language}
              options={(['en', 'de', 'keys'] as const).map((value) => ({
                value,
                label: say.headingsIn[value],
              }))}
              onChange={(value) => set({ language: value || 'en' })}
            />
            {format === 'csv' && (
              <Choice<ExportChoices['separator']>
                label={say.separator}
                value={choices.separator}
                options={([',', ';', '\t'] as const).map((value) => ({
                  value,
                  label: say.separators[value],
                }))}
                onChange={(value) => set({ separator: value || ',' })}
              />
            )}
          </div>
          {format === 'csv' && (
            <>
              <Tick label={say.bom} checked={choices.bom} onChange={(bom) => set({ bom })} />
              <Tick
                label={say.machine}
                checked={choices.machine}
                onChange={(machine) => set({ machine })}
              />
            </>
          )}
          <ColumnList
            language={choices.language}
            chosen={choices.columns}
            onChange={(columns) => set({ columns })}
          />
        </details>
      )}
      <div class="u-actions">
        <Button
          icon="export"
          disabled={isBusy || (isTable && choices.columns.length === 0)}
          why={isBusy ? say.collecting(doing.count) : say.noColumns}
          onClick={() => void give()}
        >
          {say.doExport}
        </Button>
      </div>
      {failure && <Trouble failure={failure} />}
      {isBusy && <Waiting>{say.collecting(doing.count)}</Waiting>}
      {doing?.done && (
        <p role="status">
          {say.exported(doing.count)} {doing.left > 0 && say.leftOut(doing.left)}
        </p>
      )}
    </>
  );
}

interface TickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}

export function Tick({ label, checked, onChange }: TickProps) {
  return (
    <label class="n-tick">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

type Page = { ok: true; records: NotebookRecord[] } | { ok: false; error: Failure };

async function* pagesOf(
  client: NotebookClient,
  what: What,
  asked: Asked,
  chosen: ReadonlySet<string>,
): AsyncGenerator<Page> {
  if (what === 'all') return yield* everything(client);
  if (what === 'chosen') {
    const refs = [...chosen].map((key) => {
      const [kind = '', id = ''] = key.split('/');
      return { kind, id };
    });
    return yield* recordsOf(client, refs);
  }
  const { words, filters } = asked;
  for (let from = 0; ; from += REFS) {
    const reply = await client.call('searchRefs', { words, filters, from });
    if (!reply.ok) return yield reply;
    yield* recordsOf(client, reply.value.refs);
    if (reply.value.refs.length < REFS) return;
  }
}

async function* everything(client: NotebookClient): AsyncGenerator<Page> {
  for (let after: string | null = ''; after !== null; ) {
    const reply: Awaited<ReturnType<typeof client.call<'notebookPage'>>> = await client.call(
      'notebookPage',
      { after },
    );
    if (!reply.ok) return yield reply;
    yield { ok: true, records: reply.value.records };
    after = reply.value.next;
  }
}

async function* recordsOf(client: NotebookClient, refs: readonly Ref[]): AsyncGenerator<Page> {
  for (let from = 0; from < refs.length; from += AT_ONCE) {
    const records = refs.slice(from, from + AT_ONCE);
    const reply = await client.call('notebookRecords', { records });
    if (!reply.ok) return yield reply;
    yield { ok: true, records: reply.value.records };
  }
}
