import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, Empty, Field, Waiting } from '../../ui/index.ts';
import type { Person } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useConsoleWords } from '../words.ts';

export interface FindProps {
  readonly client: Client;
  readonly onChosen: (person: Person) => void;
  readonly onSignedOut: () => void;
}

/** By name or address: whom the erasure is about. */
export function Find({ client, onChosen, onSignedOut }: FindProps) {
  const say = useConsoleWords().erasure;
  const [words, setWords] = useState('');
  const [error, setError] = useState(false);
  const [found, setFound] = useState<readonly Person[] | 'looking' | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const looking = useRef<AbortController | null>(null);
  useEffect(() => () => looking.current?.abort(), []);

  async function look() {
    if (words.trim().length < 2) return setError(true);
    looking.current?.abort();
    const mine = new AbortController();
    looking.current = mine;
    setFailure(null);
    setFound('looking');
    const answer = await client.findPeople(words.trim(), mine.signal).catch(() => null);
    if (answer === null || mine.signal.aborted) return;
    if (answer.ok) return setFound(answer.value.people);
    setFound(null);
    if (answer.failure.is === 'signed-out') onSignedOut();
    else setFailure(answer.failure);
  }

  return (
    <form
      class="c-find"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <Field
        type="search"
        label={say.who}
        value={words}
        error={error ? say.short : undefined}
        onInput={(value) => {
          setWords(value);
          setError(false);
        }}
      />
      <Button submit>{say.look}</Button>
      {failure && <FailureNote failure={failure} />}
      {found === 'looking' && <Waiting>{say.looking}</Waiting>}
      {Array.isArray(found) && found.length === 0 && <Empty>{say.nobody}</Empty>}
      {Array.isArray(found) && found.length > 0 && (
        <fieldset class="c-people">
          <legend class="u-label">{say.whom}</legend>
          <ul>
            {found.map((person: Person) => (
              <li key={`${person.kind} ${person.id}`}>
                <Button look="quiet" onClick={() => onChosen(person)}>
                  <bdi>{person.name}</bdi>
                </Button>
                <span class="u-quiet">
                  {say.kinds[person.kind]}
                  {person.addresses.map((address) => (
                    <bdi key={address}> · {address}</bdi>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
    </form>
  );
}
