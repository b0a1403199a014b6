// How far the log goes and who has signed that, whether an entry is in it, and what browsers found.
import { useCallback, useState } from 'preact/hooks';
import { Button, Waiting } from '../../ui/index.ts';
import type { Answer, Client } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { both, useReading } from '../use-reading.ts';
import { type LogState, readLog } from './calls.ts';
import { EntryCheck } from './entry.tsx';
import { type LogSeen, seeLog } from './prove.ts';
import { Reports } from './reports.tsx';
import { say } from './words.ts';
import './log.css';

interface Shown {
  readonly state: LogState;
  /** null: what came is no checkpoint. */
  readonly seen: LogSeen | null;
}

export function LogPage({ client, me, place, pokes, query, onSignedOut }: PageProps) {
  const ask = useCallback(async (): Promise<Answer<Shown>> => {
    const answer = await readLog(client);
    if (!answer.ok) return answer;
    return { ok: true, value: { state: answer.value, seen: await seeLog(answer.value) } };
  }, [client]);
  const { value: shown, failure, again } = useReading(ask, { pokes, onSignedOut });
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p class="c-why">{say.why}</p>
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {!shown && !failure && <Waiting>{say.reading}</Waiting>}
      {shown && (
        <section aria-labelledby="c-log-newest">
          <h2 id="c-log-newest">{say.newest}</h2>
          {shown.seen ? <Facts seen={shown.seen} /> : <p class="u-error">{say.strange}</p>}
          <Note text={shown.state.checkpoint} place={place} />
        </section>
      )}
      {shown && <EntryCheck {...{ client, onSignedOut }} start={query.get('entry') ?? ''} />}
      <section aria-labelledby="c-log-verify">
        <h2 id="c-log-verify">{say.verify}</h2>
        <p class="c-why">{say.verifyWhy}</p>
        <pre class="c-log-text">unsaid log verify</pre>
        <p class="c-why">{say.verifyKey}</p>
        <pre class="c-log-text">unsaid key</pre>
      </section>
      {me.member.role === 'admin' && <FoundByBrowsers client={client} pokes={pokes} />}
    </div>
  );
}

function Facts({ seen }: { readonly seen: LogSeen }) {
  const isGood = seen.signature === 'good';
  return (
    <dl class="c-log-facts">
      <dt>{say.size}</dt>
      <dd>{say.number(seen.size)}</dd>
      <dt>{say.origin}</dt>
      <dd class="c-line">{seen.origin}</dd>
      <dt>{say.root}</dt>
      <dd class="c-line">{btoa(String.fromCharCode(...seen.root))}</dd>
      <dt>{say.key}</dt>
      <dd>
        <span class="c-line">{seen.key}</span>
        <p class={isGood ? 'u-hint' : 'u-error'}>{say.signatures[seen.signature]}</p>
      </dd>
      <dt>{say.cosigned}</dt>
      <dd>
        {seen.cosigners.length === 0 ? (
          say.nobody
        ) : (
          <ul>
            {seen.cosigners.map((name) => (
              <li key={name}>
                <bdi class="c-line">{name}</bdi>
              </li>
            ))}
          </ul>
        )}
      </dd>
    </dl>
  );
}

/** To be kept elsewhere, byte for byte. */
function Note({ text, place }: { readonly text: string; readonly place: Window }) {
  const [told, setTold] = useState('');
  const copy = () =>
    place.navigator.clipboard.writeText(text).then(
      () => setTold(say.copied),
      () => setTold(say.notCopied),
    );
  return (
    <details class="c-log-note">
      <summary>{say.note}</summary>
      <pre class="c-log-text">{text}</pre>
      <p class="c-sure">
        <Button icon="copy" onClick={() => void copy()}>
          {say.copy}
        </Button>
        <span role="status">{told}</span>
      </p>
    </details>
  );
}

interface FoundProps {
  readonly client: Client;
  readonly pokes: number;
}

/** For admins. That the checkpoint cannot be read hides nothing of it, so it is asked for by itself. */
function FoundByBrowsers({ client, pokes }: FoundProps) {
  const ask = useCallback(() => both(client.reports(), client.devices()), [client]);
  const { value: found, failure } = useReading(ask, { pokes });
  if (failure && failure.is !== 'signed-out') return <FailureNote failure={failure} />;
  if (found === null) return null;
  const [{ reports }, { devices }] = found;
  return <Reports {...{ reports, devices }} />;
}
