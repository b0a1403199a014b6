import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import type { SavedCard } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { SavedRow } from './saved-row.tsx';
import { say } from './words.ts';

interface Props extends AppProps {
  readonly cards: readonly SavedCard[];
  /** Of the page that is shown: rows say how their words were found in it. */
  readonly here?: boolean;
  /** More of them, of the customer, that did not come yet. */
  readonly unread?: number;
}

const STEP = 40;

/** Draws as many rows as have been scrolled to; a thousand cards cost what forty do. */
export function CardList({ sidebar, cards, here = false, unread = 0 }: Props) {
  const [shown, setShown] = useState(STEP);
  const end = useRef<HTMLDivElement>(null);
  const more = cards.length + unread - shown;
  const lacks = unread > 0 && shown + STEP > cards.length;
  useEffect(() => {
    if (lacks) void sidebar.cards.moreStory();
  }, [lacks, cards.length, sidebar]);
  useEffect(() => {
    const element = end.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setShown((count) => count + STEP);
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [more > 0, shown]);
  return (
    <>
      <ul class="s-rows">
        {cards.slice(0, shown).map((card) => (
          <li key={card.id}>
            <SavedRow sidebar={sidebar} card={card} here={here} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <div ref={end}>
          <Button look="quiet" onClick={() => setShown(shown + STEP)}>
            {say.moreStory(more)}
          </Button>
        </div>
      )}
    </>
  );
}
