import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import type { CallsView } from '../messages/call-views.ts';
import type { Bar } from './bar.ts';
import { ParkedCalls } from './parked.tsx';
import { say } from './words.ts';

interface Props {
  readonly bar: Bar;
  readonly view: CallsView;
}

/** None runs: start one, what is proposed first. */
export function StartCall({ bar, view }: Props) {
  const [subject, setSubject] = useState('');
  const [customer, setCustomer] = useState('');
  const [minutes, setMinutes] = useState('');
  const { proposal } = view;
  const ago = minutes.trim() === '' ? 0 : Number(minutes.replace(',', '.'));
  const bad = Number.isNaN(ago) || ago < 0 || ago > 24 * 60;
  const start = (channel: 'call' | 'meeting', proposed = false) => {
    if (bad) return;
    void bar.start({
      ...{ channel, minutesAgo: ago, proposed },
      ...{ subject: subject.trim(), customer: customer.trim() },
    });
  };
  return (
    <form
      class="b-start"
      onSubmit={(event) => {
        event.preventDefault();
        start('call');
      }}
    >
      {proposal !== null && (
        <section class="b-offer" aria-label={say.tagThis}>
          <p dir="auto">
            {proposal.channel === 'meeting'
              ? say.meetingOffer(proposal.subject)
              : say.callOffer(proposal.subject || proposal.number)}
            {proposal.customer && <bdi class="b-name"> {proposal.customer.name}</bdi>}
          </p>
          <div class="u-actions">
            <Button look="primary" onClick={() => start(proposal.channel, true)}>
              {say.tagThis}
            </Button>
            <Button look="quiet" onClick={() => void bar.notNow()}>
              {say.notNow}
            </Button>
          </div>
        </section>
      )}
      <p class="u-hint">{say.startWhy}</p>
      <div class="u-actions">
        <Button look={proposal === null ? 'primary' : 'plain'} submit>
          {say.start}
        </Button>
        <Button onClick={() => start('meeting')}>{say.startMeeting}</Button>
      </div>
      <Field label={say.customer} value={customer} hint={say.laterToo} onInput={setCustomer} />
      <Field label={say.about} value={subject} onInput={setSubject} />
      <Field
        label={say.minutes}
        value={minutes}
        error={bad ? say.badMinutes : undefined}
        onInput={setMinutes}
      />
      <ParkedCalls bar={bar} parked={view.parked} />
    </form>
  );
}
