import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Problem, Waiting } from '../../ui/states.tsx';
import type { Failure } from '../messages/result.ts';
import type { TakeOutcome } from '../messages/search-calls.ts';
import { ExportPart, type ExportProps } from './export-part.tsx';
import { readFile, type TakenRecord } from './files.ts';
import { Trouble } from './trouble.tsx';
import { say } from './words.ts';

const AT_ONCE = 200;
const LARGEST = 200 * 2 ** 20;

/** `row` null: all of the file. */
type Bad = { row: number | null; words: string };
type Doing =
  | { is: 'nothing' }
  | { is: 'reading' }
  | { is: 'unreadable'; words: string }
  | { is: 'preview'; file: string; fresh: TakenRecord[]; here: number; differs: number; bad: Bad[] }
  | { is: 'writing'; done: number; of: number }
  | { is: 'imported'; count: number };

/** Records into a file, and a file back in. */
export function FilePart(props: ExportProps & { readonly onDone: () => void }) {
  const { client, onDone } = props;
  const [doing, setDoing] = useState<Doing>({ is: 'nothing' });
  const [failure, setFailure] = useState<Failure | null>(null);

  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setFailure(null);
    if (file.size > LARGEST) return setDoing({ is: 'unreadable', words: say.unreadable.size });
    setDoing({ is: 'reading' });
    const read = await readFile(file.stream().pipeThrough(new TextDecoderStream()));
    // Of a part of a file nobody can say what is missing.
    if (!read.ok) {
      const words = read.problems.findLast(({ row }) => row === null)?.words ?? '';
      return setDoing({ is: 'unreadable', words });
    }
    const preview = { file: file.name, fresh: [] as TakenRecord[], here: 0, differs: 0 };
    const bad: Bad[] = [...read.problems];
    const seen = new Set<string>();
    for (let from = 0; from < read.records.length; from += AT_ONCE) {
      const batch = read.records.slice(from, from + AT_ONCE);
      const outcomes = await write(
        batch.map(({ record }) => record),
        true,
      );
      if (outcomes === null) return setDoing({ is: 'nothing' });
      for (const [at, outcome] of outcomes.entries()) {
        const { row = 0, record } = batch[at] ?? {};
        if (record === undefined) continue;
        if (outcome.is === 'bad') bad.push({ row, words: sayWhy(outcome.why) });
        else if (seen.has(record.id)) bad.push({ row, words: sayWhy('twice') });
        else if (outcome.is === 'new') preview.fresh.push(record);
        else if (outcome.same) preview.here += 1;
        else preview.differs += 1;
        seen.add(record.id);
      }
    }
    setDoing({ is: 'preview', ...preview, bad: bad.sort((a, b) => (a.row ?? 0) - (b.row ?? 0)) });
  };

  const write = async (records: TakenRecord[], dry: boolean): Promise<TakeOutcome[] | null> => {
    const reply = await client.call('notebookTake', { records, dry });
    if (reply.ok) return reply.value.outcomes;
    setFailure(reply.error);
    return null;
  };

  const add = async (fresh: TakenRecord[]) => {
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
      <ExportPart {...props} />
      <p class="u-quiet">{say.importWhy}</p>
      <div class="u-actions">
        <label class="u-button u-button-plain n-file">
          <input
            class="u-hidden"
            type="file"
            accept=".json,.ndjson,.jsonl,.jsonld,application/json"
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
            <tr key={`${row} ${words}`}>
              <td>{row ?? say.wholeFile}</td>
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
