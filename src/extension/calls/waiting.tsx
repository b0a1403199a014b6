import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Empty, Waiting } from '../../ui/states.tsx';
import { sayDay } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { CallsView, CallView, TagView } from '../messages/call-views.ts';
import type { PageProps } from './list.tsx';
import { callHref } from './route.ts';
import { Trouble } from './trouble.tsx';
import { useAnswer } from './use-calls.ts';
import { WaitingTags } from './waiting-tags.tsx';
import { say } from './words.ts';

/** Tags of calls that are over, which nobody has dealt with. */
export function WaitingPage({
  client,
  news,
  names,
  view,
}: PageProps & { readonly view: CallsView | null }) {
  const { value, failure, again } = useAnswer(() => client.call('tagInbox', {}), [client, news]);
  // One that was dealt with stays, so that it can be undone in its place.
  const [touched, setTouched] = useState<ReadonlyMap<string, TagView>>(new Map());
  const waiting = value?.tags ?? [];
  const ids = new Set(waiting.map(({ id }) => id));
  const tags = [...waiting, ...[...touched.values()].filter(({ id }) => !ids.has(id))];
  const [calls, setCalls] = useState<ReadonlyMap<string, CallView>>(new Map());
  const known = new Map([
    ...calls,
    ...(value?.calls ?? []).map((call) => [call.id, call] as const),
  ]);
  const groups = [...known.values()]
    .map((call) => ({
      call,
      tags: tags.filter((tag) => tag.call === call.id).sort((a, b) => a.offset - b.offset),
    }))
    .filter((group) => group.tags.length > 0)
    .sort((a, b) => b.call.clock.startedAt - a.call.clock.startedAt);
  return (
    <>
      <h1>{say.waitingTitle}</h1>
      {failure && (
        <Trouble failure={failure} action={<Button onClick={again}>{say.again}</Button>} />
      )}
      {value === null && failure === null && <Waiting>{say.reading}</Waiting>}
      {value !== null && groups.length === 0 && <Empty>{say.nothingWaits}</Empty>}
      {groups.length > 0 && <p class="u-quiet">{say.waitingWhy}</p>}
      {view !== null &&
        groups.map((group) => (
          <CallGroup key={group.call.id} call={group.call}>
            <WaitingTags
              {...{ client, names, view }}
              call={group.call.id}
              shift={group.call.shift}
              tags={group.tags}
              onTouch={(tag) => {
                setTouched((all) => new Map(all).set(tag.id, tag));
                setCalls((all) => new Map(all).set(group.call.id, group.call));
              }}
            />
          </CallGroup>
        ))}
    </>
  );
}

function CallGroup({
  call,
  children,
}: {
  readonly call: CallView;
  readonly children: preact.ComponentChildren;
}) {
  const { lang } = useWords();
  const name = [call.customer?.name, call.subject].filter(Boolean).join(' · ') || say.noSubject;
  return (
    <section>
      <h2>
        <a href={callHref(call.id)} dir="auto">
          {name}
        </a>{' '}
        <span class="u-quiet">{sayDay(new Date(call.clock.startedAt).toISOString(), lang)}</span>
      </h2>
      {children}
    </section>
  );
}
