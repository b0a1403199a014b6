import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { Icon } from '../../ui/index.ts';
import { todayOf } from '../day.ts';
import { improvementCalls } from '../improvements/calls.ts';
import type { PageProps } from '../page.ts';
import { Outbox, roomOf } from './outbox.ts';
import { say } from './words.ts';

/** Lines of earlier sessions that never reached the server: sent now, or said to wait. */
export function Unsent({ client, me, place, now, pokes, onSignedOut }: PageProps) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const member = me.member.id;
  const out = useMemo(
    () =>
      new Outbox(
        roomOf(place),
        member,
        () => now().getTime(),
        () => redraw(undefined),
      ),
    [place, member, now],
  );
  useEffect(() => {
    if (out.all().length === 0) return;
    void out
      .flush(improvementCalls(client, todayOf(now())), () => undefined)
      .then((result) => result === 'signed-out' && onSignedOut());
  }, [out, client, now, pokes, onSignedOut]);
  const count = out.all().length;
  if (count === 0) return null;
  return (
    <p class="c-improve-unsent" role="status">
      <Icon name="waiting" size={14} /> {say.unsent(count)}
    </p>
  );
}
