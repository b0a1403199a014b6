import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { LONGEST_REASON, needsReason, STANCES } from '../../domain/disputes.ts';
import { Button, Segment, TextArea } from '../../ui/index.ts';
import { useKept } from '../kept.ts';
import { sentBy } from '../sent-by.ts';
import type { Stance } from './calls.ts';
import type { ExchangeProps } from './exchange.tsx';
import { say } from './words.ts';

interface Statement {
  readonly stance: Stance | null;
  readonly reason: string;
}

/** The owner says whether they agree, and why not. What is typed is kept until it was sent. */
export function StatementForm(props: ExchangeProps & { readonly onEnd: () => void }) {
  const { found, me, place, standard, calls, act, onEnd } = props;
  const { id } = found.review;
  const [kept, keep] = useKept(place, statementKey(me.member.id, id, standard?.id ?? ''));
  const { stance, reason } = readStatement(kept);
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), []);
  const change = (patch: Partial<Statement>) => {
    const next = { stance, reason, ...patch };
    keep(`${next.stance ?? ''}\n${next.reason}`);
  };
  const noReason = stance !== null && needsReason(stance) && reason.trim() === '';

  async function send() {
    setTried(true);
    if (sending || stance === null || noReason) return;
    setSending(true);
    const statement = { standard: standard?.id ?? null, stance, reason: reason.trim() };
    const done = await act(
      say.sent,
      () => calls.say(id, statement),
      () => keep(''),
    );
    setSending(false);
    if (done) onEnd();
  }

  return (
    <form
      class="c-review-form c-no-print"
      ref={form}
      aria-label={say.sayOf(standard?.name ?? say.whole)}
      {...sentBy(send)}
    >
      <Segment
        label={say.stance}
        options={STANCES.map((value) => ({ value, label: say.stances[value] }))}
        value={stance}
        onChange={(next) => change({ stance: next })}
      />
      {tried && stance === null && (
        <p class="u-error" role="alert">
          {say.stanceMissing}
        </p>
      )}
      <TextArea
        label={stance === 'accept' ? say.reasonOptional : say.reason}
        optional={stance === 'accept'}
        value={reason}
        maxLength={LONGEST_REASON}
        error={tried && noReason ? say.reasonMissing : undefined}
        onInput={(next) => change({ reason: next })}
      />
      <div class="u-actions">
        <Button look="primary" submit keys="Mod+Enter">
          {say.send}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            keep('');
            onEnd();
          }}
        >
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}

export function statementKey(member: string, review: string, standard: string): string {
  return `said/${member}/${review}/${standard || 'whole'}`;
}

/** Kept as the stance, a line end, and the reason. */
export function readStatement(kept: string): Statement {
  const end = kept.indexOf('\n');
  const stance = STANCES.find((one) => one === kept.slice(0, Math.max(0, end))) ?? null;
  return { stance, reason: end < 0 ? '' : kept.slice(end + 1) };
}
