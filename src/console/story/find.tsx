// Whose story: customers and projects by name, and those where something happened last.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Empty, Field, Waiting } from '../../ui/index.ts';
import type { Answer, Client } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useReading } from '../use-reading.ts';
import { findSubjects, type StorySubject, storyHref } from './calls.ts';
import { say } from './words.ts';

interface FindProps {
  readonly client: Client;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

/** ms after the last key before the server is asked */
const PAUSE = 200;

interface Found {
  /** The words they were found by. */
  readonly of: string;
  readonly subjects: readonly StorySubject[];
  readonly more: boolean;
}

export function Find({ client, pokes, onSignedOut }: FindProps) {
  const [words, setWords] = useState('');
  /** What is asked for: what was typed, once it rests. */
  const [wanted, setWanted] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setWanted(words.trim()), words === '' ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  const ask = useCallback(async (): Promise<Answer<Found>> => {
    const answer = await findSubjects(client, wanted);
    return answer.ok ? { ok: true, value: { of: wanted, ...answer.value } } : answer;
  }, [client, wanted]);
  const { value: found, failure, again } = useReading(ask, { pokes, onSignedOut });
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
      {failure && <FailureNote failure={failure} onAgain={again} />}
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
