// One timeline of all that happened with a customer, in a project or a call.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StoryMoment } from '../../domain/story-told.ts';
import { Heights } from '../../ui/heights.ts';
import { Button, Empty, sayDay, useWords, Waiting } from '../../ui/index.ts';
import { later } from '../../ui/later.tsx';
import { LongList } from '../../ui/long-list.tsx';
import type { Me } from '../api.ts';
import type { Client } from '../client.ts';
import { ExportButton } from '../exports/export-button.tsx';
import { FailureNote } from '../failure.tsx';
import { sessionHref, sessionName } from '../session/href.ts';
import { momentRef, type StoryAnswer, type StoryUnit, storyHref } from './calls.ts';
import { Comments, WriteComment } from './comments.tsx';
import { Entry, Silent } from './entry.tsx';
import { FilterBar } from './filter-bar.tsx';
import { usePrinting } from './print.tsx';
import { isFiltered, momentAt, NO_FILTERS, rowsOf, type StoryRow } from './rows.ts';
import { useFound, useStory } from './use-story.ts';
import { say } from './words.ts';
import './story.css';

const AskForm = later(() => import('../inquiries/ask.tsx').then((ask) => ask.AskForm));

export interface StoryProps {
  readonly client: Client;
  readonly place: Window;
  readonly now: () => Date;
  readonly unit: StoryUnit;
  readonly subject: string;
  /** Offers to ask the owner about a moment. */
  readonly me?: Me | undefined;
  /** Asks for it without names and satisfaction; the server may insist on it. */
  readonly blind?: boolean;
  /** Counts up when something was written: read again then. */
  readonly pokes?: number;
  /** How many findings are pinned to each moment, by its key. */
  readonly pinned?: ReadonlyMap<string, number>;
  /** Offers to pin to a moment; see `momentRef` for what to keep of it. */
  readonly onPin?: (moment: StoryMoment) => void;
  /** What pinning is called, e.g. "Pin a finding". */
  readonly pinLabel?: string;
  /** The moment to go to: its key, or as `atOf` says; goes there whenever it changes. */
  readonly at?: string | null;
  /** The level of its heading; none: whoever shows it has one of level 2. */
  readonly heading?: 1 | 2 | null;
  readonly onSignedOut: () => void;
}

/** Of a row that was not drawn yet, in px. */
const ROW = 104;

/** Fills the height it is given and scrolls in it. */
export function Story(props: StoryProps) {
  const { client, unit, subject, blind = false, pokes = 0, onSignedOut } = props;
  const told = useStory(client, { unit, subject, blind }, pokes, onSignedOut);
  const { story, failure, again } = told;
  return (
    <div class="c-story">
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {story === null && failure === null && <Waiting>{say.reading}</Waiting>}
      {story !== null && <Timeline key={`${unit}/${subject}`} {...props} {...{ told, story }} />}
    </div>
  );
}

interface TimelineProps extends StoryProps {
  readonly told: ReturnType<typeof useStory>;
  readonly story: StoryAnswer;
}

function keyOf({ key }: StoryRow): string {
  return key;
}

function Timeline(props: TimelineProps) {
  const { client, place, now, story, told, pinned, onPin, at = null, heading = null } = props;
  const { lang } = useWords();
  const Below = heading === 1 ? 'h2' : 'h3';
  const [filters, setFilters] = useState(NO_FILTERS);
  const [newest, setNewest] = useState(false);
  const aim = at === null ? null : (momentAt(story.moments, at)?.key ?? null);
  const [active, setActive] = useState(aim);
  /** Counts up when the list is to be drawn anew at the active moment. */
  const [aimed, setAimed] = useState(0);
  const [writing, setWriting] = useState<string | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const heights = useRef(new Heights(ROW));
  const found = useFound(client, { ...story, subject: story.subject.id }, filters.words, story);
  const isPart = isFiltered(filters);
  const { rows, below, elsewhere } = useMemo(
    () => rowsOf(story, { ...filters, found }, newest, pinned),
    [story, filters, found, newest, pinned],
  );
  const printing = usePrinting(place, now, story, { rows, below }, isPart);

  useEffect(() => {
    if (aim === null) return;
    setFilters(NO_FILTERS);
    setActive(aim);
    setAimed((count) => count + 1);
  }, [at, aim === null]);

  /** Back to the moment whose form was closed. */
  const close = (key: string) => {
    setWriting(null);
    setAsking(null);
    place.document
      .querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"] [data-main]`)
      ?.focus({ preventScroll: true });
  };
  const dayOf = (row: StoryRow | undefined) =>
    row === undefined ? '' : sayDay(new Date(row.moment.at).toISOString(), lang);
  const silent = ({ to, days }: { to: number; days: number }) =>
    isNow(to, now()) ? say.gapUntilNow(days) : say.gap(days);

  const extra = (row: StoryRow, tabIndex: 0 | -1) => {
    const { key, moment, comments } = row;
    return (
      <>
        <Comments
          comments={comments}
          tabIndex={tabIndex}
          onChange={(comment, change) =>
            void told.change(comment, change).then((why) => {
              if (why !== null) return;
              setSaid(
                'deleted' in change ? say.isGone : change.settled ? say.isSettled : say.isOpen,
              );
            })
          }
        />
        {writing === key && (
          <WriteComment
            {...{ place, now }}
            keptAs={`comment/${props.me?.member.id ?? ''}/${story.subject.id}/${key}`}
            onSave={async (id, text, visibility) => {
              const { subject: record, at: when } = momentRef(moment);
              const why = await told.comment({ id, record, at: when, text, visibility });
              if (why === null) setSaid(say.isSaved);
              return why;
            }}
            onClose={() => close(key)}
          />
        )}
        {asking === key && props.me && (
          // The keys of the list are not those of what is written in it.
          // biome-ignore lint/a11y/noStaticElementInteractions: see above
          <div class="c-st-write" onKeyDown={(event) => event.stopPropagation()}>
            <AskForm
              {...{ client, me: props.me, place, now }}
              about={aboutOf(story, moment)}
              blind={story.blind}
              onAsked={() => {
                setSaid(say.asked);
                close(key);
                told.again();
              }}
              onCancel={() => close(key)}
              onSignedOut={props.onSignedOut}
            />
          </div>
        )}
      </>
    );
  };

  return (
    <>
      <Head {...{ story, heading }} />
      {story.moments.length === 0 && story.comments.length === 0 ? (
        <Empty>{say.empty}</Empty>
      ) : (
        <>
          <FilterBar
            {...{ filters, newest }}
            moments={story.moments}
            hasComments={story.comments.some(({ settled }) => !settled)}
            hasPinned={(pinned?.size ?? 0) > 0}
            onFilter={(patch) => {
              setFilters({ ...filters, ...patch });
              setActive(null);
            }}
            onOrder={(next) => {
              setNewest(next);
              setActive(null);
            }}
            onPrint={() => void printing.print(told.readWhole)}
          >
            {heading === 1 && props.me && !story.blind && (
              <ExportButton
                {...{ client, me: props.me, place }}
                what="story"
                filter={{ [story.unit]: story.subject.id }}
                names={{ [story.subject.id]: say.of(story.subject.name) }}
                look="quiet"
                onSignedOut={props.onSignedOut}
              >
                {say.export}
              </ExportButton>
            )}
            {heading === 1 && props.me && !story.blind && story.unit === 'call' && (
              <ExportButton
                {...{ client, me: props.me, place }}
                what="calls"
                filter={{ call: story.subject.id }}
                names={{ [story.subject.id]: say.of(story.subject.name) }}
                look="quiet"
                onSignedOut={props.onSignedOut}
              >
                {say.exportTags}
              </ExportButton>
            )}
          </FilterBar>
          <p class="c-st-count" role="status">
            {said === '' ? say.count(rows.length, isPart) : said}
          </p>
          <p class="c-st-keys u-hint">{onPin ? say.keysPin : say.keys}</p>
          {rows.length === 0 && isPart && (
            <Empty
              action={
                <Button look="quiet" onClick={() => setFilters(NO_FILTERS)}>
                  {say.showAll}
                </Button>
              }
            >
              {say.nothing}
            </Empty>
          )}
          {rows.length > 0 && (
            <LongList
              key={`${newest}/${aimed}`}
              label={say.list(newest)}
              items={rows}
              keyOf={keyOf}
              heights={heights.current}
              total={rows.length}
              active={active}
              onActive={setActive}
              onEnd={() => undefined}
              onLast={() => Promise.resolve()}
              focusActive={active !== null && aimed > 0}
              row={(row, index, tabIndex) => {
                const { key, moment, above } = row;
                const day = dayOf(row);
                return (
                  <>
                    {above.map((gap) => (
                      <Silent key={gap.to} days={gap.days}>
                        {silent(gap)}
                      </Silent>
                    ))}
                    {day !== dayOf(rows[index - 1]) && <Below class="c-st-day">{day}</Below>}
                    <Entry
                      {...{ moment, tabIndex }}
                      blind={story.blind}
                      pinned={pinned?.get(key) ?? 0}
                      pinLabel={props.pinLabel ?? say.pin}
                      isWhole={told.whole.has(moment.record.id)}
                      onWhole={() => told.toggleWhole(moment)}
                      onPin={onPin ? () => onPin(moment) : null}
                      onComment={() => {
                        setAsking(null);
                        setWriting(key);
                      }}
                      onAsk={
                        props.me && story.unit !== 'customer'
                          ? () => {
                              setWriting(null);
                              setAsking(key);
                            }
                          : null
                      }
                    >
                      {extra(row, tabIndex)}
                    </Entry>
                  </>
                );
              }}
            />
          )}
          {below.map((gap) => (
            <Silent key={gap.to} days={gap.days}>
              {silent(gap)}
            </Silent>
          ))}
          {elsewhere.length > 0 && (
            <section class="c-st-elsewhere">
              <Below>{say.elsewhere}</Below>
              <p class="u-hint">{say.elsewhereWhy}</p>
              <Comments
                comments={elsewhere}
                tabIndex={0}
                onChange={(comment, change) => void told.change(comment, change)}
              />
            </section>
          )}
        </>
      )}
    </>
  );
}

function Head({ story, heading }: { story: StoryAnswer; heading: 1 | 2 | null }) {
  const { lang } = useWords();
  const { unit, subject, customer, owner, moments, blind, hidden } = story;
  const Title = heading === 1 ? 'h1' : 'h2';
  const day = (moment: StoryMoment | undefined) =>
    moment === undefined ? '' : sayDay(new Date(moment.at).toISOString(), lang);
  return (
    <header class="c-st-top">
      {heading !== null && <Title dir="auto">{say.of(subject.name)}</Title>}
      <p class="c-st-facts">
        <span>{say.units[unit]}</span>
        {customer && (
          <span>
            {say.customer}:{' '}
            <a href={storyHref('customer', customer.id)} dir="auto">
              {say.of(customer.name)}
            </a>
          </span>
        )}
        {owner && (
          <span>
            {say.owner}: <bdi>{say.of(owner.name)}</bdi>
          </span>
        )}
        {moments.length > 0 && <span>{say.span(day(moments[0]), day(moments.at(-1)))}</span>}
        {heading === 1 && <a href="#/story">{say.all}</a>}
        {heading === 1 && !blind && (
          <a class="c-no-print" href={sessionHref(unit, subject.id)}>
            {sessionName}
          </a>
        )}
      </p>
      {blind && <p class="u-hint">{[say.blind, hidden > 0 ? say.hidden(hidden) : ''].join(' ')}</p>}
    </header>
  );
}

const DAY_MS = 86_400_000;

/** The last silence goes on: it reaches up to when the story was read. */
function isNow(to: number, now: Date): boolean {
  return Math.abs(now.getTime() - to) < DAY_MS;
}

/** What a question about a moment is about. */
function aboutOf({ unit, subject, customer }: StoryAnswer, moment: StoryMoment) {
  return {
    subject: { kind: moment.record.kind, id: moment.record.id },
    customer: customer?.id ?? null,
    project: unit === 'project' ? subject.id : null,
    interaction: moment.interaction,
  };
}
