import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Button, ButtonLink, Waiting } from '../../ui/index.ts';
import type { Answer, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
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

type Read = Pick<Reading, 'found' | 'said'>;

/** One finished review as it is read, with all that was said to it. */
export function OneReview(props: PageProps & { readonly id: string }) {
  const { client, id, place, pokes, onSignedOut } = props;
  const calls = useMemo(() => reviewCalls(client), [client]);
  const [whole, setWhole] = useState<Read | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [words, setWords] = useState('');
  const turn = useRef(0);
  const failed = useCallback(
    (why: Failure) => {
      if (why.is === 'signed-out') onSignedOut();
      setFailure(why);
    },
    [onSignedOut],
  );
  const read = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    const [found, said] = await Promise.all([calls.one(id), calls.said(id)]);
    if (mine !== turn.current) return;
    if (!found.ok) failed(found.failure);
    else if (!said.ok) failed(said.failure);
    else {
      setWhole({ found: found.value, said: said.value });
      setFailure(null);
    }
  }, [calls, id, failed]);
  useEffect(() => {
    void read();
    return () => {
      turn.current += 1;
    };
  }, [read, pokes]);

  const act: Reading['act'] = async (done, send, taken) => {
    const answer = await send();
    if (!answer.ok) {
      failed(answer.failure);
      return false;
    }
    taken?.();
    // The scores may be others now, and so may what was said.
    await read();
    setWords(done);
    return true;
  };

  if (whole === null) {
    return (
      <>
        <h1>{say.title}</h1>
        {failure ? (
          <FailureNote failure={failure} onAgain={() => void read()} />
        ) : (
          <Waiting>{say.readingOne}</Waiting>
        )}
        <Back />
      </>
    );
  }
  const reading: Reading = { ...props, ...whole, calls, act };
  return (
    <article class="c-review-read">
      <Head {...reading} />
      <Scores {...whole.found} />
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
      {whole.found.may.withdraw && <Withdraw {...reading} />}
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
