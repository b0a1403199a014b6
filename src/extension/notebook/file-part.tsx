import { useState } from 'preact/hooks';
import { BYTE_ORDER_MARK } from '../../export/csv.ts';
import { Button } from '../../ui/button.tsx';
import { Problem, Waiting } from '../../ui/states.tsx';
import type { Failure } from '../messages/result.ts';
import type { NotebookRecord, TakeOutcome } from '../messages/search-calls.ts';
import type { NotebookClient } from './client.ts';
import { type FileRecord, notebookCsv, notebookText, readNotebook } from './files.ts';
import { Trouble } from './trouble.tsx';
import { say } from './words.ts';

const AT_ONCE = 200;
const LARGEST = 200 * 2 ** 20;

type Bad = { row: number; words: string };
type Doing =
  | { is: 'nothing' }
  | { is: 'collecting'; count: number }
  | { is: 'exported'; count: number }
  | { is: 'reading' }
  | { is: 'unreadable'; words: string }
  | { is: 'preview'; file: string; fresh: FileRecord[]; here: number; differs: number; bad: Bad[] }
  | { is: 'writing'; done: number; of: number }
  | { is: 'imported'; count: number };

/** Everything into a file, and a file back in. */
export function FilePart({
  client,
  onDone,
}: {
  readonly client: NotebookClient;
  readonly onDone: () => void;
}) {
  const [doing, setDoing] = useState<Doing>({ is: 'nothing' });
  const [failure, setFailure] = useState<Failure | null>(null);

  const give = async (as: 'json' | 'csv') => {
    setFailure(null);
    const records: NotebookRecord[] = [];
    for (let after: string | null = ''; after !== null; ) {
      setDoing({ is: 'collecting', count: records.length });
      const reply: Awaited<ReturnType<typeof client.call<'notebookPage'>>> = await client.call(
        'notebookPage',
        { after },
      );
      if (!reply.ok) {
        setFailure(reply.error);
        return setDoing({ is: 'nothing' });
      }
      records.push(...reply.value.records);
      after = reply.value.next;
    }
    const day = new Date(client.now()).toISOString().slice(0, 10);
    if (as === 'json') {
      const text = notebookText(records, client.now());
      client.save(`unsaid-notebook-${day}.json`, 'application/json', text);
    } else {
      const text = BYTE_ORDER_MARK + notebookCsv(records);
      client.save(`unsaid-notebook-${day}.csv`, 'text/csv', text);
    }
    setDoing({ is: 'exported', count: records.length });
  };

  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setFailure(null);
    if (file.size > LARGEST) return setDoing({ is: 'unreadable', words: say.unreadable.size });
    setDoing({ is: 'reading' });
    const read = readNotebook(await file.text());
    if (!read.ok) return setDoing({ is: 'unreadable', words: say.unreadable[read.why] });
    const preview = { file: file.name, fresh: [] as FileRecord[], here: 0, differs: 0 };
    const bad: Bad[] = read.bad.map(({ row, why }) => ({ row, words: sayWhy(why) }));
    const seen = new Set<string>();
    for (let from = 0; from < read.records.length; from += AT_ONCE) {
      const records = read.records.slice(from, from + AT_ONCE);
      const outcomes = await write(records, true);
      if (outcomes === null) return setDoing({ is: 'nothing' });
      for (const [at, outcome] of outcomes.entries()) {
        const record = records[at];
        if (record === undefined) continue;
        const row = rowOf(read.bad, from + at);
        if (outcome.is === 'bad') bad.push({ row, words: sayWhy(outcome.why) });
        else if (seen.has(record.id)) bad.push({ row, words: sayWhy('twice') });
        else if (outcome.is === 'new') preview.fresh.push(record);
        else if (outcome.same) preview.here += 1;
        else preview.differs += 1;
        seen.add(record.id);
      }
    }
    setDoing({ is: 'preview', ...preview, bad: bad.sort((a, b) => a.row - b.row) });
  };

  const write = async (records: FileRecord[], dry: boolean): Promise<TakeOutcome[] | null> => {
    const reply = await client.call('notebookTake', { records, dry });
    if (reply.ok) return reply.value.outcomes;
    setFailure(reply.error);
    return null;
  };

  const add = async (fresh: FileRecord[]) => {
    let count = 0;
    for (let from = 0; from < fresh.length; from += AT_ONCE) {
      setDoing({ is: 'writing', done: from, of: fresh.length });
      const outcomes = await write(fresh.slice(from, from + AT_ONCE), false);
      // What is written stays: brought in again, it is here already.
      if (outcomes === null) break;
      count += outcomes.filter(({ is }) => is === 'new').length;
    }
    setDoing({ is: 'imported', count });
    onDone();
  };

  return (
    <section class="n-files" aria-labelledby="n-files">
      <h2 id="n-files">{say.files}</h2>
      <p class="u-quiet">{say.exportWhy}</p>
      <div class="u-actions">
        <Button icon="export" onClick={() => void give('json')}>
          {say.exportJson}
        </Button>
        <Button icon="export" onClick={() => void give('csv')}>
          {say.exportCsv}
        </Button>
        <label class="u-button u-button-plain n-file">
          <input
            class="u-hidden"
            type="file"
            accept=".json,application/json"
            onChange={(event) => {
              const input = event.currentTarget;
              void take(input.files?.[0]);
              // The same file can be chosen again after it was mended.
              input.value = '';
            }}
          />
          <span>{say.import}</span>
        </label>
      </div>
      {failure && <Trouble failure={failure} />}
      {doing.is === 'collecting' && <Waiting>{say.collecting(doing.count)}</Waiting>}
      {doing.is === 'exported' && <p role="status">{say.exported(doing.count)}</p>}
      {doing.is === 'reading' && <Waiting>{say.reading}</Waiting>}
      {doing.is === 'unreadable' && <Problem what={doing.words} />}
      {doing.is === 'writing' && <Waiting>{say.importing(doing.done, doing.of)}</Waiting>}
      {doing.is === 'imported' && <p role="status">{say.imported(doing.count)}</p>}
      {doing.is === 'preview' && (
        <div class="n-preview">
          <h3 dir="auto">{say.preview(doing.file)}</h3>
          <ul>
            {doing.fresh.length > 0 && <li>{say.isNew(doing.fresh.length)}</li>}
            {doing.here > 0 && <li>{say.isHere(doing.here)}</li>}
            {doing.differs > 0 && <li>{say.differs(doing.differs)}</li>}
            {doing.bad.length > 0 && <li>{say.bad(doing.bad.length)}</li>}
          </ul>
          {doing.bad.length > 0 && <BadRows bad={doing.bad} />}
          <div class="u-actions">
            {doing.fresh.length === 0 ? (
              <p>{say.nothingToAdd}</p>
            ) : (
              <Button look="primary" onClick={() => void add(doing.fresh)}>
                {say.doImport(doing.fresh.length)}
              </Button>
            )}
            <Button look="quiet" onClick={() => setDoing({ is: 'nothing' })}>
              {say.cancel}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}

function BadRows({ bad }: { readonly bad: readonly Bad[] }) {
  return (
    <details class="n-bad" open={bad.length <= 20}>
      <summary>{say.bad(bad.length)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say.row}</th>
            <th scope="col">{say.problem}</th>
          </tr>
        </thead>
        <tbody>
          {bad.slice(0, 500).map(({ row, words }) => (
            <tr key={row}>
              <td>{row}</td>
              <td dir="auto">{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function sayWhy(why: string): string {
  return say.why[why] ?? say.whyField(why);
}

/** The row in the file, from 1, of the n-th record that could be read. */
function rowOf(bad: readonly { row: number }[], n: number): number {
  let row = n + 1;
  for (const one of bad) if (one.row <= row) row += 1;
  return row;
}
