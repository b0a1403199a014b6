import { useRef, useState } from 'preact/hooks';
import { byStandard, waitsForReviewer } from '../../domain/disputes.ts';
import { Button, sayInstant, useWords } from '../../ui/index.ts';
import { useKept } from '../kept.ts';
import type { DisputeShown, ScoreShown, StandardShown } from './answer.ts';
import type { Reading } from './one.tsx';
import { ReplyForm } from './reply.tsx';
import { readStatement, StatementForm, statementKey } from './statement.tsx';
import { say } from './words.ts';

export interface ExchangeProps extends Reading {
  /** null: the review as a whole. */
  readonly standard: StandardShown | null;
  readonly score: ScoreShown | null;
}

/** What the owner and the reviewer say to each other about one standard, all of it, and the next word. */
export function Exchange(props: ExchangeProps) {
  const { found, said, me, place: browser, standard } = props;
  const key = standard?.id ?? '';
  const all = byStandard(said.disputes).get(key) ?? [];
  const shown = said.disputes.filter((one) => (one.standard ?? '') === key);
  const history = all.flatMap(({ id }) => shown.filter((one) => one.id === id));
  const waiting = waitsForReviewer(all);
  const name = standard?.name ?? say.whole;
  const speaks = said.speaks && !found.review.withdrawn;
  const [kept] = useKept(browser, statementKey(me.member.id, found.review.id, key));
  const [speaking, setSpeaking] = useState(() => readStatement(kept).reason !== '');
  const replies =
    said.answers && !found.review.withdrawn && waiting !== null && waiting.by !== me.member.id;
  const [replying, setReplying] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const end = (close: () => void) => {
    close();
    place.current?.focus();
  };
  if (history.length === 0 && !speaks) return null;
  return (
    <div class="c-review-exchange" ref={place} tabIndex={-1}>
      {history.length > 0 && (
        <ol class="c-review-said">
          {history.map((one) => (
            <li key={one.id}>
              <One dispute={one} me={me.member.id} waits={one.id === waiting?.id} />
            </li>
          ))}
        </ol>
      )}
      {replies && !replying && (
        <div class="u-actions c-no-print">
          <Button label={say.replyOf(name)} onClick={() => setReplying(true)}>
            {say.reply}
          </Button>
        </div>
      )}
      {replies && replying && waiting !== null && (
        <ReplyForm {...props} dispute={waiting.id} onEnd={() => end(() => setReplying(false))} />
      )}
      {speaks && !speaking && (
        <div class="u-actions c-no-print">
          <Button
            look="quiet"
            label={history.length === 0 ? say.sayOf(name) : say.sayAgainOf(name)}
            onClick={() => setSpeaking(true)}
          >
            {history.length === 0 ? say.say : say.sayAgain}
          </Button>
        </div>
      )}
      {speaks && speaking && (
        <StatementForm {...props} onEnd={() => end(() => setSpeaking(false))} />
      )}
    </div>
  );
}

interface OneProps {
  readonly dispute: DisputeShown;
  readonly me: string;
  /** The reviewer's answer is still to come. */
  readonly waits: boolean;
}

function One({ dispute, me, waits }: OneProps) {
  const { lang } = useWords();
  const { by, byName, stance, reason, at, answered, answeredByName } = dispute;
  const mine = by === me;
  return (
    <>
      <p>
        <strong>
          <bdi>{mine ? say.you : byName || say.owner}</bdi>{' '}
          {mine ? say.youSaid[stance] : say.said[stance]}
        </strong>
        <span class="u-quiet"> · {sayInstant(at, lang)}</span>
      </p>
      {reason !== '' && (
        <p class="c-review-words" dir="auto">
          {reason}
        </p>
      )}
      {waits && <p class="u-quiet">{say.waits}</p>}
      {answered !== null && (
        <div class="c-review-reply">
          <p>
            <strong>
              <bdi>{say.replied(answeredByName, say.results[answered.result])}</bdi>
            </strong>
            {answered.at !== null && (
              <span class="u-quiet"> · {sayInstant(answered.at, lang)}</span>
            )}
          </p>
          <p class="c-review-words" dir="auto">
            {answered.text}
          </p>
        </div>
      )}
    </>
  );
}
