import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { elapsedAt } from '../../domain/call.ts';
import type { Meaning } from '../../domain/codebook.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Empty, Waiting } from '../../ui/states.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { CallView } from '../messages/call-views.ts';
import type { Failure } from '../messages/result.ts';
import type { CallsClient } from './client.ts';
import { callHref } from './route.ts';
import { sayTime } from './time-text.ts';
import { Trouble } from './trouble.tsx';
import { say } from './words.ts';

export interface PageProps {
  readonly client: CallsClient;
  /** Rises with everything that may have changed. */
  readonly news: number;
  /** Words for what tags mean. */
  readonly names: Readonly<Record<Meaning, string>>;
}

interface Listed {
  readonly calls: readonly CallView[];
  /** Calls that began before this are not asked for yet; null: there are none. */
  readonly next: number | null;
}

/** All calls, newest first, and a field to find one. */
export function ListPage({ client, news }: PageProps) {
  const [listed, setListed] = useState<Listed | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [words, setWords] = useState('');
  const pages = useRef(1);
  const turn = useRef(0);

  /** The first so many pages anew. */
  async function read(count: number): Promise<void> {
    turn.current += 1;
    const mine = turn.current;
    let all: Listed = { calls: [], next: null };
    for (let page = 0; page < count && (page === 0 || all.next !== null); page++) {
      const answer = await client.call('callList', { before: all.next });
      if (turn.current !== mine) return;
      setFailure(answer.ok ? null : answer.error);
      if (!answer.ok) return;
      all = { calls: [...all.calls, ...answer.value.calls], next: answer.value.next };
    }
    pages.current = count;
    setListed(all);
  }
  useEffect(() => void read(pages.current), [client, news]);
  const wanted = words.trim().toLowerCase();
  // What is looked for may be far down.
  useEffect(() => {
    if (wanted !== '' && listed !== null && listed.next !== null) {
      void read(Number.POSITIVE_INFINITY);
    }
  }, [wanted === '', listed?.next]);
  const shown = useMemo(
    () => listed?.calls.filter((call) => wanted === '' || fits(call, wanted)) ?? [],
    [listed, wanted],
  );
  return (
    <>
      <h1>{say.title}</h1>
      {failure && (
        <Trouble
          failure={failure}
          action={<Button onClick={() => void read(pages.current)}>{say.again}</Button>}
        />
      )}
      {listed === null && failure === null && <Waiting>{say.reading}</Waiting>}
      {listed?.calls.length === 0 && (
        <Empty action={<ButtonLink href="#/import">{say.orImport}</ButtonLink>}>{say.none}</Empty>
      )}
      {listed !== null && listed.calls.length > 0 && (
        <>
          <Field
            type="search"
            label={say.search}
            hint={say.searchHint}
            value={words}
            onInput={setWords}
          />
          {shown.length === 0 && listed.next === null && (
            <p role="status">{say.noneFound(words.trim())}</p>
          )}
          <ul class="k-calls">
            {shown.map((call) => (
              <CallRow key={call.id} call={call} now={client.now()} />
            ))}
          </ul>
          {listed.next !== null && wanted === '' && (
            <Button onClick={() => void read(pages.current + 1)}>{say.more}</Button>
          )}
        </>
      )}
    </>
  );
}

function fits({ customer, project, subject, participants }: CallView, words: string): boolean {
  const people = participants.map(({ name, address }) => `${name} ${address}`);
  return [customer?.name, project?.name, subject, ...people].some((text) =>
    text?.toLowerCase().includes(words),
  );
}

function CallRow({ call, now }: { readonly call: CallView; readonly now: number }) {
  const { lang } = useWords();
  const { clock, correction, channel } = call;
  const begun = new Date(clock.startedAt).toISOString();
  const length = elapsedAt(clock, clock.endedAt ?? now + correction);
  const state = call.state === 'ended' ? '' : say[call.state];
  const facts = [sayTime(length), say.tags(call.tags), say.wait(call.unhandled)].filter(Boolean);
  return (
    <li>
      <a class="k-call" href={callHref(call.id)}>
        <Icon name="interaction" label={say.channels[channel]} />
        <span class="k-call-what">
          <bdi class="k-call-customer">{call.customer?.name ?? say.noCustomer}</bdi>{' '}
          <bdi>{call.subject || say.noSubject}</bdi>
        </span>
        <span class="k-call-facts">
          {state && <strong class="k-state">{state}</strong>}{' '}
          <time dateTime={begun}>{sayInstant(begun, lang)}</time> <span>{facts.join(' · ')}</span>
        </span>
      </a>
    </li>
  );
}
