// Whose story: customers and projects by name, and those where something happened last.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Empty, Field, Waiting } from '../../ui/index.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { findSubjects, type StorySubject, storyHref } from './calls.ts';
import { say } from './words.ts';

interface FindProps {
  readonly client: Client;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

/** ms after the last key before the server is asked */
const PAUSE = 200;

export function Find({ client, pokes, onSignedOut }: FindProps) {
  const [words, setWords] = useState('');
  const [found, setFound] = useState<{
    readonly of: string;
    readonly subjects: readonly StorySubject[];
    readonly more: boolean;
  } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [turn, setTurn] = useState(0);
  const isFirst = useRef(true);
  const signedOut = useRef(onSignedOut);
  signedOut.current = onSignedOut;
  useEffect(() => {
    const control = new AbortController();
    const pause = isFirst.current || words === '' ? 0 : PAUSE;
    isFirst.current = false;
    const timer = setTimeout(() => {
      findSubjects(client, words.trim(), control.signal).then(
        (answer) => {
          if (control.signal.aborted) return;
          setFailure(answer.ok ? null : answer.failure);
          if (answer.ok) setFound({ of: words.trim(), ...answer.value });
          else if (answer.failure.is === 'signed-out') signedOut.current();
        },
        () => undefined,
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [client, words, pokes, turn]);
  return (
    <>
      <Field
        label={say.find}
        type="search"
        value={words}
        maxLength={200}
        onInput={setWords}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || words === '') return;
          event.preventDefault();
          setWords('');
        }}
      />
      {failure && <FailureNote failure={failure} onAgain={() => setTurn(turn + 1)} />}
      {!failure && found === null && <Waiting>{say.reading}</Waiting>}
      {found !== null && (
        <>
          <p class="u-quiet" role="status">
            {found.of === ''
              ? found.subjects.length > 0
                ? say.latest
                : ''
              : found.subjects.length > 0
                ? say.found(found.subjects.length, found.more)
                : ''}
          </p>
          {found.subjects.length === 0 && <Empty>{found.of === '' ? say.none : say.nobody}</Empty>}
          <ul class="c-st-subjects">
            {found.subjects.map(({ unit, id, name, customer }) => (
              <li key={`${unit}/${id}`}>
                <a href={storyHref(unit, id)} dir="auto">
                  {say.of(name)}
                </a>
                <span class="u-quiet">
                  {say.units[unit]}
                  {customer && (
                    <>
                      {' · '}
                      <bdi>{say.of(customer.name)}</bdi>
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
