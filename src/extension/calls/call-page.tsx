import { useEffect, useMemo, useState } from 'preact/hooks';
import { elapsedAt } from '../../domain/call.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Problem, Waiting } from '../../ui/states.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { CallsView, CallView, TagView } from '../messages/call-views.ts';
import type { CallsClient } from './client.ts';
import { Facts } from './facts.tsx';
import type { PageProps } from './list.tsx';
import { Out } from './out.tsx';
import { ShiftAll } from './shift.tsx';
import { Tags } from './tags.tsx';
import { sayTime } from './time-text.ts';
import { Trouble } from './trouble.tsx';
import { useActs } from './undo.tsx';
import { useAnswer } from './use-calls.ts';
import { WaitingTags } from './waiting-tags.tsx';
import { say } from './words.ts';

export interface CallPageProps extends PageProps {
  readonly id: string;
  readonly view: CallsView | null;
}

/** One call: what it was, its tags, and the ways in and out. */
export function CallPage({ client, news, names, id, view }: CallPageProps) {
  const { value, failure, set, again } = useAnswer(() => client.call('call', { id }), [id, news]);
  if (value === null && failure !== null) {
    if (failure.code !== 'not-found') {
      return <Trouble failure={failure} action={<Button onClick={again}>{say.again}</Button>} />;
    }
    return (
      <>
        <h1>{say.title}</h1>
        <Problem what={say.gone} todo={say.goneTodo} />
      </>
    );
  }
  if (value === null || view === null) return <Waiting>{say.reading}</Waiting>;
  const { call, tags } = value;
  const standing = tags.filter(({ deleted }) => !deleted).sort((a, b) => a.offset - b.offset);
  const setCall = (next: CallView) => set({ call: next, tags });
  const setTag = (tag: TagView) =>
    set({ call, tags: [...tags.filter((other) => other.id !== tag.id), tag] });
  const { codebook } = view;
  return (
    <>
      <Head client={client} call={call} />
      <Facts client={client} call={call} onChange={setCall} />
      <Tags {...{ client, call, codebook, names, setCall, setTag }} tags={standing} />
      {call.state === 'ended' && <Unhandled {...{ client, names, view, call }} tags={standing} />}
      {standing.length > 0 && (
        <ShiftAll client={client} call={call} tags={standing} onChange={setCall} />
      )}
      <Out {...{ client, call, codebook }} tags={standing} />
    </>
  );
}

interface UnhandledProps extends Pick<PageProps, 'client' | 'names'> {
  readonly view: CallsView;
  readonly call: CallView;
  readonly tags: readonly TagView[];
}

/** What of it waits; one that was dealt with here stays, so that it can be undone in its place. */
function Unhandled({ client, names, view, call, tags }: UnhandledProps) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const waiting = tags.filter(({ id, handled }) => !handled || touched.has(id));
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="k-unhandled">
      <h2 id="k-unhandled">{say.waitingTitle}</h2>
      <WaitingTags
        {...{ client, names, view }}
        call={call.id}
        shift={call.shift}
        tags={waiting}
        onTouch={({ id }) => setTouched((all) => new Set(all).add(id))}
      />
    </section>
  );
}

function Head({ client, call }: { readonly client: CallsClient; readonly call: CallView }) {
  const { lang } = useWords();
  const acts = useActs(say.notesSafe);
  const [isGone, setGone] = useState(false);
  const { id, clock, state, author } = call;
  const begun = new Date(clock.startedAt).toISOString();
  const at = () => client.now() + call.correction;
  const act = (name: 'callEnd' | 'callResume') => async () => {
    const answer = await client.call(name, { call: id, at: at() });
    return answer.ok ? null : answer.error;
  };
  const remove = (on: boolean) => async () => {
    const answer = await client.call('callRemove', { call: id, on });
    if (answer.ok) setGone(on);
    return answer.ok ? null : answer.error;
  };
  return (
    <div class="k-top">
      <h1 dir="auto">{call.subject || say.noSubject}</h1>
      <p class="k-meta">
        <Icon name="interaction" size={14} label={say.channels[call.channel]} />{' '}
        {state !== 'ended' && <strong class="k-state">{say[state]}</strong>}{' '}
        <time dateTime={begun}>{sayInstant(begun, lang)}</time> ·{' '}
        <Length client={client} call={call} /> · {say.tags(call.tags)}
        {!author.me && ` · ${say.by(author.name)}`}
        {!call.synced && ` · ${say.notSynced}`}
      </p>
      <div class="u-actions">
        {state === 'running' && author.me && (
          <>
            <Button look="primary" onClick={() => void client.call('callWindow', {})}>
              {say.openBar}
            </Button>
            <Button onClick={() => void acts.run(act('callEnd'), say.hungUp, act('callResume'))}>
              {say.hangUp}
            </Button>
          </>
        )}
        {state === 'parked' && author.me && (
          <Button onClick={() => void acts.run(act('callResume'), '', null)}>{say.goOn}</Button>
        )}
        {!isGone && (
          <Button
            look="bad"
            onClick={() => void acts.run(remove(true), say.removed, remove(false))}
          >
            {say.remove}
          </Button>
        )}
      </div>
      {acts.line}
    </div>
  );
}

/** How long it took, or takes: a clock that runs. */
function Length({ client, call }: { readonly client: CallsClient; readonly call: CallView }) {
  const { clock, correction, state } = call;
  const [now, setNow] = useState(client.now());
  useEffect(() => {
    if (state !== 'running') return;
    const timer = setInterval(() => setNow(client.now()), 500);
    return () => clearInterval(timer);
  }, [client, state]);
  const until = clock.endedAt ?? now + correction;
  const text = useMemo(() => sayTime(elapsedAt(clock, until)), [clock, until]);
  return (
    <span role="timer" aria-live="off">
      {text}
    </span>
  );
}
