import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Empty } from '../../ui/states.tsx';
import type { AppProps } from './app.tsx';
import { CardList } from './card-list.tsx';
import { PageContext } from './page-context.tsx';
import { Unfinished } from './unfinished.tsx';
import { say } from './words.ts';

export { loggable } from './page-context.tsx';

/** The page, what is unfinished, what is marked here, and everything known of the customer. */
export function ListView({ sidebar }: AppProps) {
  const { cards, story, context, focus } = sidebar.state;
  const rest = useMemo(() => {
    const here = new Set(cards.map((card) => card.id));
    return story?.cards.filter((card) => !here.has(card.id)) ?? [];
  }, [cards, story]);
  const lists = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus === null) return;
    const row = lists.current?.querySelector<HTMLElement>(`[data-record="${CSS.escape(focus)}"]`);
    row?.focus();
    sidebar.focused();
  }, [focus, sidebar]);
  const hasMail = (context?.messages.length ?? 0) > 0;
  return (
    <div ref={lists}>
      <Unfinished sidebar={sidebar} />
      <PageContext sidebar={sidebar} />
      {(hasMail || cards.length > 0) && (
        <section class="s-part" aria-labelledby="s-here">
          <h2 id="s-here">{say.here}</h2>
          {cards.length === 0 ? (
            <Empty>{say.hereEmpty}</Empty>
          ) : (
            <CardList sidebar={sidebar} cards={cards} here />
          )}
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
            <CardList sidebar={sidebar} cards={rest} />
          )}
        </section>
      )}
    </div>
  );
}
