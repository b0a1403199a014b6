import { useCallback, useMemo, useState } from 'preact/hooks';
import { Button, ButtonLink, Waiting } from '../../ui/index.ts';
import type { Answer } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { both, useReading } from '../use-reading.ts';
import type { FinishedReview, SaidToReview } from './answer.ts';
import { Asked } from './asked.tsx';
import { type ReviewCalls, reviewCalls } from './calls.ts';
import { Findings } from './findings.tsx';
import { Head } from './head.tsx';
import { Scores } from './scores.tsx';
import { Standards } from './standards.tsx';
import { Whole } from './whole.tsx';
import { Withdraw } from './withdraw.tsx';
import { say } from './words.ts';

/** What every part of the page is given. */
export interface Reading extends PageProps {
  readonly found: FinishedReview;
  readonly said: SaidToReview;
  readonly calls: ReviewCalls;
  /**
   * Sends, and shows what came of it. `taken` runs once it is safe on the server, before it is shown.
   * True where it went well.
   */
  readonly act: <T extends FinishedReview | SaidToReview>(
    words: string,
    send: () => Promise<Answer<T>>,
    taken?: () => void,
  ) => Promise<boolean>;
}

/** One finished review as it is read, with all that was said to it. */
export function OneReview(props: PageProps & { readonly id: string }) {
  const { client, id, place, pokes, onSignedOut } = props;
  const calls = useMemo(() => reviewCalls(client), [client]);
  const ask = useCallback(() => both(calls.one(id), calls.said(id)), [calls, id]);
  const { value, failure, again, take, tell } = useReading(ask, { pokes, onSignedOut });
  const [words, setWords] = useState('');

  const act: Reading['act'] = async (done, send, taken) => {
    if (!tell(await send())) return false;
    taken?.();
    // The scores may be others now, and so may what was said.
    take(await ask());
    setWords(done);
    return true;
  };

  if (value === null) {
    return (
      <>
        <h1>{say.title}</h1>
        {failure ? (
          <FailureNote failure={failure} onAgain={again} />
        ) : (
          <Waiting>{say.readingOne}</Waiting>
        )}
        <Back />
      </>
    );
  }
  const [found, said] = value;
  const reading: Reading = { ...props, found, said, calls, act };
  return (
    <article class="c-review-read">
      <Head {...reading} />
      <Scores {...found} />
      <Standards {...reading} />
      <Findings {...reading} />
      <Whole {...reading} />
      <Asked {...reading} />
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <div class="u-actions c-no-print">
        <Back />
        <Button look="quiet" onClick={() => place.print()}>
          {say.print}
        </Button>
      </div>
      {found.may.withdraw && <Withdraw {...reading} />}
      <p class="u-hidden" role="status">
        {words}
      </p>
    </article>
  );
}

function Back() {
  return (
    <span class="c-no-print">
      <ButtonLink look="quiet" icon="back" href="#/reviews">
        {say.back}
      </ButtonLink>
    </span>
  );
}
