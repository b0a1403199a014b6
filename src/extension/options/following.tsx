import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Pick, type PickItem } from '../../ui/pick.tsx';
import { Segment } from '../../ui/segment.tsx';
import { Empty } from '../../ui/states.tsx';
import { Undo } from '../../ui/undo.tsx';
import type { FollowingView, Status } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { Section } from './section.tsx';
import { say } from './words.ts';

interface Props {
  readonly client: OptionsClient;
  readonly status: Status | null;
}

/** Whose records come to this member's devices beside their own. */
export function Following({ client, status }: Props) {
  const [view, setView] = useState<FollowingView | null>(null);
  const [said, setSaid] = useState('');
  const [gone, setGone] = useState<{ id: string; name: string } | null>(null);
  const [hits, setHits] = useState<readonly PickItem[]>([]);
  const turn = useRef(0);
  const endUndo = useCallback(() => setGone(null), []);
  const take = (answer: Awaited<ReturnType<typeof ask>>) => {
    if (answer.ok) setView(answer.value);
    setSaid(answer.ok ? '' : answer.error.message);
    return answer.ok;
  };
  const ask = () => client.call('following', {});
  useEffect(() => void ask().then(take), [client, status]);

  const look = async (words: string) => {
    turn.current += 1;
    const mine = turn.current;
    const answer = await client.call('find', {
      ...{ kind: 'customer' as const, words: words.slice(0, 200), customer: null },
    });
    if (answer.ok && turn.current === mine) setHits(answer.value.hits);
  };
  const follow = async (customer: { id: string; name: string }, on: boolean) => {
    if (!take(await client.call('follow', { customer: customer.id, on }))) return;
    setGone(on ? null : customer);
  };
  if (status !== null && status.connection === null) {
    return (
      <Section name="following">
        <p class="u-quiet">{say.followAlone}</p>
      </Section>
    );
  }
  return (
    <Section name="following">
      <p class="u-quiet">{say.followWhy}</p>
      {view !== null && (
        <Segment
          label={say.followWhom}
          options={[
            { value: 'all', label: say.followAll },
            { value: 'chosen', label: say.followChosen },
          ]}
          value={view.mode}
          onChange={(mode) => void client.call('setFollowing', { mode }).then(take)}
        />
      )}
      {view?.mode === 'chosen' && (
        <>
          {view.customers.length === 0 ? (
            <Empty>{say.followNone}</Empty>
          ) : (
            <ul class="o-rows">
              {view.customers.map((customer) => (
                <li key={customer.id}>
                  <bdi>{customer.name || say.unnamedCustomer}</bdi>
                  <Button
                    look="quiet"
                    label={say.ofThat(say.unfollow, customer.name || say.unnamedCustomer)}
                    onClick={() => void follow(customer, false)}
                  >
                    {say.unfollow}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          {gone !== null && (
            <Undo
              text={say.unfollowed(gone.name || say.unnamedCustomer)}
              onUndo={() => void follow(gone, true)}
              onEnd={endUndo}
            />
          )}
          <div onFocusIn={() => void look('')}>
            <Pick
              label={say.followOne}
              items={hits}
              value={null}
              onPick={(picked) => picked && void follow(picked, true)}
              onQuery={(words) => void look(words)}
            />
          </div>
        </>
      )}
      {view?.untold && <p class="u-quiet">{say.followUntold}</p>}
      <p role="status">{said}</p>
    </Section>
  );
}
