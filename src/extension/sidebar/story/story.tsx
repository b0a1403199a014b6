import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { LongList, scrollerOf } from '../../../ui/long-list.tsx';
import { Empty, Problem, Waiting } from '../../../ui/states.tsx';
import { sayDay } from '../../../ui/time.ts';
import { useWords } from '../../../ui/words.ts';
import type { StoryEntry } from '../../messages/story-calls.ts';
import type { AppProps } from '../app.tsx';
import { plain } from '../plain.ts';
import { sayFailure, say as words } from '../words.ts';
import { Entry } from './entry.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type Timeline, timelineOf } from './timeline.ts';
import { sayStory as say } from './words.ts';
import './story.css';

/** All that happened with the page's customer. */
export function Story({ sidebar }: AppProps) {
  const timeline = timelineOf(sidebar.core);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => timeline.subscribe(() => redraw(undefined)), [timeline]);
  const { context, changes } = sidebar.state;
  const customer = context?.guess.customer.id ?? null;
  useEffect(() => {
    if (customer !== null) timeline.show(customer, changes);
  }, [timeline, customer, changes]);
  if (customer === null) {
    return (
      <section class="s-part">
        <Empty>{say.noCustomer}</Empty>
      </section>
    );
  }
  return <Told sidebar={sidebar} timeline={timeline} />;
}

interface ToldProps extends AppProps {
  readonly timeline: Timeline;
}

function Told({ sidebar, timeline }: ToldProps) {
  const { customer, entries, total, facets, failure, loading, isFiltered } = timeline;
  const place = useRef<HTMLDivElement>(null);
  useScrolled(place, timeline);
  const { focus } = sidebar.state;
  useEffect(() => {
    // On coming back from a card the list itself takes the focus.
    if (focus !== null) sidebar.focused();
  }, [focus, sidebar]);
  if (customer === null && failure === null) return <Waiting>{say.loading}</Waiting>;
  const isBare = entries.length === 0 && !isFiltered && !loading;
  return (
    <div class="st" ref={place}>
      <h2 class="st-title" dir="auto">
        {say.title(plain(customer?.name ?? ''))}
      </h2>
      {failure && (
        <Problem
          {...sayFailure(failure, '')}
          action={<Button onClick={() => timeline.again()}>{words.tryAgain}</Button>}
        />
      )}
      {isBare ? (
        failure === null && <Empty>{say.empty}</Empty>
      ) : (
        <>
          <FilterBar timeline={timeline} />
          <p class="st-count s-meta" role="status">
            {say.count(total, isFiltered)}
          </p>
          {entries.length === 0 && isFiltered && !loading && (
            <Empty
              action={
                <Button look="quiet" onClick={() => timeline.clear()}>
                  {say.clear}
                </Button>
              }
            >
              {say.nothing}
            </Empty>
          )}
          {facets?.since && !isFiltered && entries.length > 0 && (
            <Silent days={facets.since.days}>{say.since(facets.since.days)}</Silent>
          )}
          <Entries sidebar={sidebar} timeline={timeline} />
        </>
      )}
    </div>
  );
}

/** Comes back to where it was left. */
function useScrolled(place: { readonly current: HTMLDivElement | null }, timeline: Timeline): void {
  useLayoutEffect(() => {
    const scroller = place.current && scrollerOf(place.current);
    if (!scroller) return;
    scroller.scrollTop = timeline.opened ? timeline.scrolled : 0;
    const scrolled = () => {
      timeline.scrolled = scroller.scrollTop;
    };
    scroller.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      scroller.removeEventListener('scroll', scrolled);
      // What comes next begins at its top.
      scroller.scrollTop = 0;
    };
  }, [timeline, timeline.customer === null]);
}

function keyOf({ key }: StoryEntry): string {
  return key;
}

function Entries({ sidebar, timeline }: ToldProps) {
  const { lang } = useWords();
  const { entries, heights } = timeline;
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const comesBack = timeline.opened;
  useEffect(() => {
    timeline.opened = false;
  }, [timeline]);
  if (entries.length === 0) return null;
  const dayOf = (entry: StoryEntry | undefined) =>
    entry === undefined ? '' : sayDay(new Date(entry.at).toISOString(), lang);
  return (
    <LongList
      label={say.list}
      items={entries}
      keyOf={keyOf}
      heights={heights}
      total={timeline.total}
      active={timeline.active}
      onActive={(key) => {
        timeline.active = key;
        redraw(undefined);
      }}
      onEnd={() => void timeline.more()}
      onLast={() => timeline.all()}
      focusActive={comesBack}
      row={(entry, index, tabIndex) => {
        const day = dayOf(entry);
        return (
          <>
            {day !== dayOf(entries[index - 1]) && <h3 class="st-day">{day}</h3>}
            <Entry
              entry={entry}
              tabIndex={tabIndex}
              onOpen={() => {
                if (entry.card === null) return;
                timeline.active = entry.key;
                timeline.opened = true;
                void sidebar.cards.open(entry.card.kind, entry.card.id);
              }}
              onCall={(call) => sidebar.calls.openPage(call)}
            />
            {entry.silence && (
              <Silent days={entry.silence.days}>{say.silence(entry.silence.days)}</Silent>
            )}
          </>
        );
      }}
    />
  );
}

/** Time is to be seen as space: the longer nobody said a word, the more of it. */
function Silent({ days, children }: { readonly days: number; readonly children: string }) {
  const room = Math.min(56, Math.round(8 * Math.log2(Math.max(2, days / 7))));
  return (
    <p class="st-silence" style={{ paddingBlock: `${room}px` }}>
      {children}
    </p>
  );
}
