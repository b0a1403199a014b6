import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isScored, type ScoreEntry, scoreEntryOf } from '../../domain/reviews.ts';
import { Button, TextArea } from '../../ui/index.ts';
import { useKept } from '../kept.ts';
import type { ScoreShown, StandardShown } from './answer.ts';
import type { Reading } from './one.tsx';
import { draftScoreOf, Rescore } from './rescore.tsx';
import { say } from './words.ts';

export interface CorrectProps extends Reading {
  readonly standard: StandardShown;
  readonly score: ScoreShown;
  readonly onEnd: () => void;
}

/** The reviewer corrects one score, with the reason. */
export function Correct({ found, me, place, standard, score, calls, act, onEnd }: CorrectProps) {
  const { id } = found.review;
  const [reason, keep] = useKept(place, `correct/${me.member.id}/${id}/${standard.id}`);
  const [anew, setAnew] = useState(() => draftScoreOf(score));
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, select')?.focus(), []);
  const unscored = !isScored(standard, anew);
  const noReason = reason.trim() === '';

  async function send() {
    setTried(true);
    if (unscored || noReason) return;
    const scores: Record<string, ScoreEntry> = { [standard.id]: scoreEntryOf(standard, anew) };
    const correct = () => calls.correct(id, scores, reason.trim());
    if (await act(say.correctDone, correct, () => keep(''))) onEnd();
  }

  return (
    <form
      class="c-review-form c-no-print"
      ref={form}
      aria-label={say.correctOf(standard.name)}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Rescore standard={standard} said={anew} onChange={setAnew} />
      {tried && unscored && (
        <p class="u-error" role="alert">
          {say.scoreMissing}
        </p>
      )}
      <TextArea
        label={say.correctWhy}
        hint={say.correctHint}
        value={reason}
        maxLength={2_000}
        error={tried && noReason ? say.correctMissing : undefined}
        onInput={keep}
      />
      <div class="u-actions">
        <Button look="primary" submit>
          {say.correctDo}
        </Button>
        <Button look="quiet" onClick={onEnd}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
