import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/index.ts';
import { later } from '../../ui/later.tsx';
import { todayOf } from '../day.ts';
import { inquiryCalls } from '../inquiries/calls.ts';
import { InquiryRow } from '../inquiries/list.tsx';
import { mayOpen } from '../may-open.ts';
import { useReading } from '../use-reading.ts';
import type { Reading } from './one.tsx';
import { say } from './words.ts';
import '../inquiries/inquiries.css';

// Its code comes when somebody asks.
const AskForm = later(() => import('../inquiries/ask.tsx').then((form) => form.AskForm));

/** What was asked about the review, and its answers. */
export function Asked(reading: Reading) {
  const { client, found, me, place, now, pokes, onSignedOut } = reading;
  const calls = useMemo(() => inquiryCalls(client), [client]);
  const { id, withdrawn } = found.review;
  const today = todayOf(now());
  const ask = useCallback(
    () => calls.list({ state: 'all', whose: 'all', today, review: id }),
    [calls, today, id],
  );
  const { value, again } = useReading(ask, { pokes });
  // Who has read it stands at the top.
  const asked = value?.inquiries.filter(({ asks }) => asks === 'answer') ?? [];
  const [asking, setAsking] = useState(false);
  const box = useRef<HTMLElement>(null);
  const about = useMemo(() => ({ review: id }), [id]);
  const end = () => {
    setAsking(false);
    box.current?.focus();
  };
  return (
    <section aria-labelledby="c-review-questions" ref={box} tabIndex={-1}>
      <h2 id="c-review-questions">{say.questions}</h2>
      {asked.length === 0 && <p class="u-quiet">{say.noQuestions}</p>}
      {asked.length > 0 && (
        <ul class="c-asked" aria-label={say.questions}>
          {asked.map((inquiry) => (
            <li key={inquiry.id}>
              <InquiryRow inquiry={inquiry} me={me.member.id} today={today} />
            </li>
          ))}
        </ul>
      )}
      {!asking && !withdrawn && mayOpen(me.member.role, 'draws') && (
        <div class="u-actions c-no-print">
          <Button look="quiet" onClick={() => setAsking(true)}>
            {say.askAll}
          </Button>
        </div>
      )}
      {asking && (
        <AskForm
          {...{ client, me, place, now, about, onSignedOut }}
          to={found.owner}
          onAsked={() => {
            again();
            end();
          }}
          onCancel={end}
        />
      )}
    </section>
  );
}
