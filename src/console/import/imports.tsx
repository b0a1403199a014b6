// What was imported so far, newest first, and taking it back: all of one import.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button, sayInstant, useWords, Waiting } from '../../ui/index.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { type Listed, readImports, undoSome } from './record-calls.ts';
import { say as words } from './record-words.ts';

const say = words.list;

export interface ImportsProps {
  readonly client: Client;
  /** Counts up when something was imported. */
  readonly turn: number;
  readonly onSignedOut: () => void;
}

export function Imports({ client, turn, onSignedOut }: ImportsProps) {
  const [all, setAll] = useState<readonly Listed[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [undoing, setUndoing] = useState<{ id: string; count: number } | null>(null);
  const fail = useCallback(
    (found: Failure) => {
      if (found.is === 'signed-out') onSignedOut();
      else setFailure(found);
    },
    [onSignedOut],
  );
  const read = useCallback(async () => {
    const answer = await readImports(client);
    if (answer.ok) setAll(answer.value.imports);
    else fail(answer.failure);
  }, [client, fail]);
  useEffect(() => void read(), [read, turn]);

  async function undo(id: string) {
    setAsking(null);
    setFailure(null);
    setUndoing({ id, count: 0 });
    for (;;) {
      const answer = await undoSome(client, id);
      if (!answer.ok) {
        fail(answer.failure);
        break;
      }
      if (answer.value.done) break;
      setUndoing({ id, count: answer.value.undone });
    }
    setUndoing(null);
    await read();
  }

  return (
    <section aria-labelledby="c-imports">
      <h2 id="c-imports">{say.title}</h2>
      {failure && <FailureNote failure={failure} onAgain={() => void read()} />}
      {!all && !failure && <Waiting>{say.reading}</Waiting>}
      {all?.length === 0 && <p class="u-quiet">{say.none}</p>}
      {all && all.length > 0 && (
        <table class="c-plain">
          <thead>
            <tr>
              <th scope="col">{say.when}</th>
              <th scope="col">{say.who}</th>
              <th scope="col">{say.file}</th>
              <th scope="col">{say.came}</th>
              <th scope="col">
                <span class="u-hidden">{say.undo}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <Row
                key={one.id}
                one={one}
                undoing={undoing?.id === one.id ? undoing.count : null}
                isBusy={undoing !== null}
                isAsking={asking === one.id}
                onAsk={(on) => setAsking(on ? one.id : null)}
                onUndo={() => void undo(one.id)}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface RowProps {
  readonly one: Listed;
  /** Records that were taken back so far; null when it is not at it. */
  readonly undoing: number | null;
  readonly isBusy: boolean;
  readonly isAsking: boolean;
  readonly onAsk: (on: boolean) => void;
  readonly onUndo: () => void;
}

function Row({ one, undoing, isBusy, isAsking, onAsk, onUndo }: RowProps) {
  const { lang } = useWords();
  const name = one.name || say.nameless;
  return (
    <tr>
      <td data-label={say.when}>
        <time dateTime={one.at}>{sayInstant(one.at, lang)}</time>
      </td>
      <td data-label={say.who}>
        <bdi>{one.by.name || say.somebody}</bdi>
      </td>
      <td data-label={say.file}>
        <bdi class="c-import-name">{name}</bdi>{' '}
        <span class="u-quiet">{words.shortFormats[one.format] ?? one.format}</span>
      </td>
      <td data-label={say.came}>
        {one.created + one.changed === 0 ? say.nothing : say.counts(one.created, one.changed)}
        {!one.ended && one.undo === 'none' && <span class="u-quiet"> · {say.unfinished}</span>}
      </td>
      <td>
        {undoing !== null ? (
          <p class="u-quiet" role="status">
            {say.undoing(undoing)}
          </p>
        ) : one.undo === 'done' ? (
          <p class="u-quiet">
            {say.undone(sayInstant(one.undoneAt ?? one.at, lang), one.undone)}
            {one.kept > 0 && ` ${say.kept(one.kept)}`}
          </p>
        ) : isAsking ? (
          <div class="c-sure">
            <p>{say.sure(one.created + one.changed)}</p>
            <Button onClick={onUndo}>{say.sureDo}</Button>
            <Button look="quiet" onClick={() => onAsk(false)}>
              {say.keep}
            </Button>
          </div>
        ) : one.created + one.changed > 0 ? (
          <Button
            look="bad"
            {...(one.undo === 'begun' ? {} : { label: say.undoName(name) })}
            disabled={isBusy}
            onClick={() => (one.undo === 'begun' ? onUndo() : onAsk(true))}
          >
            {one.undo === 'begun' ? say.goOn : say.undo}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
