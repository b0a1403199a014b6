import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { later } from '../../ui/later.tsx';
import { Empty } from '../../ui/states.tsx';
import type { AppProps } from './app.tsx';
import { BeforeYouTalk } from './brief/before.tsx';
import { CardList } from './card-list.tsx';
import { hasCues } from './cues/cues.ts';
import { BlindLine } from './logging/blind-line.tsx';
import { PageContext } from './page-context.tsx';
import { SearchEntry } from './search/entry.tsx';
import { isLost } from './state.ts';
import { Unfinished } from './unfinished.tsx';
import { say } from './words.ts';

export { loggable } from './page-context.tsx';

const HereCues = later<AppProps>(() => import('./cues/here-cues.tsx').then((all) => all.HereCues));

/** The page, what is unfinished, what is marked here, and everything known of the customer. */
export function ListView({ sidebar }: AppProps) {
  const { cards, story, context, focus } = sidebar.state;
  const rest = useMemo(() => {
    const here = new Set(cards.map((card) => card.id));
    return story?.cards.filter((card) => !here.has(card.id)) ?? [];
  }, [cards, story]);
  const lists = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (focus === null) return;
    const id = CSS.escape(focus);
    lists.current
      ?.querySelector<HTMLElement>(`[data-record="${id}"], [data-undo="${id}"] button`)
      ?.focus();
    sidebar.focused();
  }, [focus, sidebar]);
  const hasMail = (context?.messages.length ?? 0) > 0;
  return (
    <div ref={lists}>
      <SearchEntry sidebar={sidebar} />
      <BeforeYouTalk sidebar={sidebar} />
      <Unfinished sidebar={sidebar} />
      <PageContext sidebar={sidebar} />
      <BlindLine sidebar={sidebar} />
      {hasCues(sidebar) && <HereCues sidebar={sidebar} />}
      {(hasMail || cards.length > 0) && (
        <section class="s-part" aria-labelledby="s-here">
          <h2 id="s-here">{say.here}</h2>
          {cards.length === 0 ? <Empty>{say.hereEmpty}</Empty> : <Here sidebar={sidebar} />}
        </section>
      )}
      {story && (
        <section class="s-part" aria-labelledby="s-about">
          <h2 id="s-about" dir="auto">
            {say.about(story.customer.name)}
          </h2>
          {rest.length === 0 ? (
            <Empty>{say.aboutEmpty}</Empty>
          ) : (
            <CardList sidebar={sidebar} cards={rest} unread={story.total - story.cards.length} />
          )}
          <Button
            look="quiet"
            onClick={() => sidebar.show({ at: 'look-back', customer: story.customer })}
          >
            {say.lookBack}
          </Button>
        </section>
      )}
    </div>
  );
}

/** What is marked here; those whose words are gone stand together at the end. */
function Here({ sidebar }: AppProps) {
  const { state } = sidebar;
  const lost = state.cards.filter((card) => isLost(state, card));
  const found = state.cards.filter((card) => !lost.includes(card));
  return (
    <>
      {found.length > 0 && <CardList sidebar={sidebar} cards={found} here />}
      {lost.length > 0 && (
        <>
          <h3 class="s-lost">
            <Icon name="attention" size={14} /> <span>{say.lost(lost.length)}</span>
          </h3>
          <CardList sidebar={sidebar} cards={lost} here />
        </>
      )}
    </>
  );
}
