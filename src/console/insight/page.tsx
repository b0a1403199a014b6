// What all reviews and records together say: our own score against how satisfied they are, and what
// became of what was expected, promised and complained of.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Waiting } from '../../ui/index.ts';
import type { Facets } from '../api.ts';
import type { Failure } from '../client.ts';
import { ExportButton } from '../exports/export-button.tsx';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { type Insight, readInsight, readSpotCounts, type SpotCounts } from './calls.ts';
import { Filter } from './filter.tsx';
import { Glances, Improvements, Kept, Outcomes, Spots } from './sections.tsx';
import { Story } from './story.tsx';
import { askOf, insightHref, readWish, type Wish } from './wish.ts';
import { say } from './words.ts';
import './insight.css';

/** Pokes closer together than this are one. */
const REFRESH_EVERY_MS = 5_000;

export function InsightPage(props: PageProps) {
  const { place, query, now } = props;
  const wish = readWish(query);
  const set = (change: Partial<Wish>) => {
    place.location.hash = insightHref({ ...wish, ...change });
  };
  return (
    <div class="c-page c-insight">
      <h1>{say.title}</h1>
      <p class="c-why">{say.why}</p>
      <p>
        <ExportButton {...props} what="audit" look="quiet">
          {say.export}
        </ExportButton>
      </p>
      <All {...props} wish={wish} asked={askOf(wish, now())} onChange={set} />
    </div>
  );
}

interface AllProps extends PageProps {
  readonly wish: Wish;
  /** The same as the server is asked. */
  readonly asked: string;
  readonly onChange: (change: Partial<Wish>) => void;
}

function All({ client, pokes, wish, asked, onChange, onSignedOut }: AllProps) {
  const { insight, isOld, failure, again } = useInsight({ client, pokes, asked, onSignedOut });
  const [facets, setFacets] = useState<Facets | null>(null);
  const [spots, setSpots] = useState<SpotCounts | null>(null);
  useEffect(() => {
    void client.facets().then((answer) => answer.ok && setFacets(answer.value));
    void readSpotCounts(client).then((answer) => answer.ok && setSpots(answer.value));
  }, [client]);
  return (
    <>
      <Filter {...{ wish, facets, onChange }} perPerson={insight?.perPerson ?? true} />
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {isOld && !failure && <Waiting>{say.reading}</Waiting>}
      {insight && (
        <>
          <Glances {...{ insight, asked }} />
          <Story {...{ client, insight, asked, wish, onChange, onSignedOut }} />
          <Outcomes {...{ insight, asked }} />
          <Kept {...{ insight, asked }} />
          <Improvements insight={insight} />
        </>
      )}
      {spots && <Spots spots={spots} />}
    </>
  );
}

type Asked = Pick<AllProps, 'client' | 'pokes' | 'asked' | 'onSignedOut'>;

/** Read again at pokes; what is shown stays when that fails, and when nothing has changed. */
function useInsight({ client, pokes, asked, onSignedOut }: Asked) {
  const [shown, setShown] = useState<{ insight: Insight; asked: string } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  // What was asked last, and when; '' is a question too.
  const last = useRef({ at: Number.NEGATIVE_INFINITY, asked: null as string | null, text: '' });
  const read = useCallback(async () => {
    last.current.at = performance.now();
    last.current.asked = asked;
    const answer = await readInsight(client, asked);
    // An answer to what nobody asks any more.
    if (last.current.asked !== asked) return;
    if (!answer.ok) {
      if (answer.failure.is === 'signed-out') onSignedOut();
      else setFailure(answer.failure);
      return;
    }
    const { now: _now, span: _span, ...figures } = answer.value;
    const text = JSON.stringify(figures);
    const isSame = text === last.current.text;
    // Charts are drawn again only where they would differ.
    setShown((before) =>
      isSame && before ? { ...before, asked } : { insight: answer.value, asked },
    );
    last.current.text = text;
    setFailure(null);
  }, [client, asked, onSignedOut]);
  useEffect(() => {
    const isPoke = last.current.asked === asked;
    const wait = isPoke ? last.current.at + REFRESH_EVERY_MS - performance.now() : 0;
    const timer = setTimeout(() => void read(), Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [read, asked, pokes, attempt]);
  useEffect(
    () => () => {
      last.current.asked = null;
    },
    [],
  );
  const again = useCallback(() => {
    last.current.at = Number.NEGATIVE_INFINITY;
    setAttempt((count) => count + 1);
  }, []);
  return { insight: shown?.insight ?? null, isOld: shown?.asked !== asked, failure, again };
}
