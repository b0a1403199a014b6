import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { LONGEST_REASON } from '../../domain/disputes.ts';
import { type DraftScore, isScored } from '../../domain/reviews.ts';
import { Button, Segment, TextArea } from '../../ui/index.ts';
import { useKept } from '../kept.ts';
import { sentBy } from '../sent-by.ts';
import type { Reply } from './calls.ts';
import type { ExchangeProps } from './exchange.tsx';
import { draftScoreOf, Rescore } from './rescore.tsx';
import { say } from './words.ts';

export interface ReplyFormProps extends ExchangeProps {
  /** The id of what was said. */
  readonly dispute: string;
  readonly onEnd: () => void;
}

/** The reviewer answers: the score stands, or becomes another one in the same go. */
export function ReplyForm(props: ReplyFormProps) {
  const { me, place, dispute, standard, score, calls, act, onEnd } = props;
  const [text, keep] = useKept(place, `reply/${me.member.id}/${dispute}`);
  const [result, setResult] = useState<Reply['result'] | null>(null);
  const [anew, setAnew] = useState<DraftScore | null>(score && draftScoreOf(score));
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), []);
  const rescores = result === 'changed' && standard !== null && anew !== null;
  const unscored = rescores && !isScored(standard, anew);
  const noText = text.trim() === '';

  async function send() {
    setTried(true);
    if (sending || result === null || noText || unscored) return;
    setSending(true);
    const reply: Reply = { result, text: text.trim(), score: rescores ? anew : null };
    const done = await act(
      say.replySent,
      () => calls.reply(dispute, reply),
      () => keep(''),
    );
    setSending(false);
    if (done) onEnd();
  }

  return (
    <form
      class="c-review-form c-no-print"
      ref={form}
      aria-label={say.replyOf(standard?.name ?? say.whole)}
      {...sentBy(send)}
    >
      <Segment
        label={say.result}
        options={[
          { value: 'stands', label: say.replies.stands },
          { value: 'changed', label: say.replies.changed },
        ]}
        value={result}
        onChange={setResult}
      />
      {tried && result === null && (
        <p class="u-error" role="alert">
          {say.resultMissing}
        </p>
      )}
      {rescores && <Rescore standard={standard} said={anew} onChange={setAnew} />}
      {tried && unscored && (
        <p class="u-error" role="alert">
          {say.scoreMissing}
        </p>
      )}
      {result === 'changed' && standard === null && <p class="u-hint">{say.wholeChanged}</p>}
      <TextArea
        label={say.replyText}
        hint={say.replyHint}
        value={text}
        maxLength={LONGEST_REASON}
        error={tried && noText ? say.replyMissing : undefined}
        onInput={keep}
      />
      <div class="u-actions">
        <Button look="primary" submit keys="Mod+Enter">
          {say.replySend}
        </Button>
        <Button look="quiet" onClick={onEnd}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
