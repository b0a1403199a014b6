// Who took what out of the workspace as a file, when, and how much of it.
import { useCallback } from 'preact/hooks';
import { Button, Empty, sayInstant, useWords, Waiting } from '../../ui/index.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { useReading } from '../use-reading.ts';
import { type Exported, type ExportsPageAnswer, readExports } from './calls.ts';
import { FilterSaid } from './filter-said.tsx';
import { say as words } from './words.ts';

const say = words.log;

export function ExportLog({ client, pokes, onSignedOut }: PageProps) {
  const ask = useCallback(() => readExports(client, null), [client]);
  const { value: all, failure, again, change, tell } = useReading(ask, { pokes, onSignedOut });
  async function readOlder(cursor: string) {
    const answer = await readExports(client, cursor);
    if (tell(answer) && answer.ok) change((now) => joined(now, answer.value));
  }
  const next = all?.next ?? null;
  return (
    <section aria-labelledby="c-exports-log">
      <h2 id="c-exports-log">{say.title}</h2>
      <p class="c-why">{say.why}</p>
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {!all && !failure && <Waiting>{say.reading}</Waiting>}
      {all?.exports.length === 0 && <Empty>{say.none}</Empty>}
      {all && all.exports.length > 0 && (
        <>
          <Table rows={all.exports} names={all.names} />
          {next !== null && (
            <p>
              <Button onClick={() => void readOlder(next)}>{say.more}</Button>
            </p>
          )}
        </>
      )}
    </section>
  );
}

/** What came first, then what is older; a poke in between may bring one twice. */
function joined(now: ExportsPageAnswer, older: ExportsPageAnswer): ExportsPageAnswer {
  const known = new Set(now.exports.map(({ id }) => id));
  return {
    exports: [...now.exports, ...older.exports.filter(({ id }) => !known.has(id))],
    names: { ...now.names, ...older.names },
    next: older.next,
  };
}

type Names = ExportsPageAnswer['names'];

function Table({ rows, names }: { readonly rows: readonly Exported[]; readonly names: Names }) {
  const { lang } = useWords();
  return (
    <table class="c-plain c-exports-log">
      <thead>
        <tr>
          <th scope="col">{say.when}</th>
          <th scope="col">{say.who}</th>
          <th scope="col">{say.what}</th>
          <th scope="col" class="c-number">
            {say.rows}
          </th>
          <th scope="col">{say.filter}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <td data-label={say.when}>
              <time dateTime={one.at}>{sayInstant(one.at, lang)}</time>
            </td>
            <td data-label={say.who}>
              <bdi>{one.by.name || say.somebody}</bdi>
            </td>
            <td data-label={say.what}>
              {words.whats[one.what] ?? one.what}, {one.format.toUpperCase()}
              {one.columns.length > 0 && (
                <details>
                  <summary>{say.columns}</summary>
                  <bdi>{one.columns.join(', ')}</bdi>
                </details>
              )}
            </td>
            <td data-label={say.rows} class="c-number">
              {words.number(one.rows)}
            </td>
            <td data-label={say.filter}>
              <FilterSaid filter={one.filter} names={names} all={say.all} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
