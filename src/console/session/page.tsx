// A team session: one screen, one project. What happened on one side, and on the other what could have
// been better, written down as it is said: #/session/<unit>/<id>?session=<sitting>&review=<id>&at=<moment>
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { StoryMoment } from '../../domain/story-told.ts';
import {
  Button,
  ButtonLink,
  Empty,
  Icon,
  Segment,
  sayDate,
  sayInstant,
  TextArea,
  useWords,
} from '../../ui/index.ts';
import { todayOf } from '../day.ts';
import { FailureNote } from '../failure.tsx';
import { improvementCalls, type Unit } from '../improvements/calls.ts';
import { freshId } from '../improvements/draft.ts';
import { sayOwner } from '../improvements/standing.tsx';
import { useKept } from '../kept.ts';
import type { PageProps } from '../page.ts';
import { atOf, momentRef } from '../story/calls.ts';
import { Story } from '../story/story.tsx';
import { useReading } from '../use-reading.ts';
import { Capture } from './capture.tsx';
import { Captured } from './captured.tsx';
import { sessionHref } from './href.ts';
import { besides, type MinutesOf, minutesText } from './minutes.ts';
import { keepSitting, sittingOf } from './sitting.ts';
import { useLines } from './use-lines.ts';
import { say } from './words.ts';
import './session.css';

const UNITS: readonly Unit[] = ['project', 'customer', 'call'];

export function SessionPage(props: PageProps) {
  const { me, place, now, parts, query } = props;
  const unit = UNITS.find((one) => one === parts[0]);
  const [, id] = parts;
  const asked = query.get('session');
  const session = useMemo(() => {
    if (unit === undefined || id === undefined) return '';
    const kept = sittingOf(place, me.member.id, unit, id, now().getTime());
    return asked ?? kept ?? freshId(now());
  }, [place, me, unit, id, asked, now]);
  // In the address, so that a colleague who is given it sees the same one.
  const [review, at] = [query.get('review'), query.get('at')];
  useEffect(() => {
    if (unit === undefined || id === undefined) return;
    keepSitting(place, me.member.id, unit, id, session, now().getTime());
    if (asked !== session) {
      place.location.replace(sessionHref(unit, id, { review, at, session }));
    }
  }, [place, me, unit, id, session, asked, now, review, at]);
  if (unit === undefined || id === undefined) {
    return (
      <div class="c-page">
        <h1>{say.noTitle}</h1>
        <Empty action={<ButtonLink href="#/story">{say.toStories}</ButtonLink>}>
          {say.noSubject}
        </Empty>
      </div>
    );
  }
  return <Session key={session} {...props} {...{ unit, id, session }} />;
}

interface SessionProps extends PageProps {
  readonly unit: Unit;
  readonly id: string;
  readonly session: string;
}

/** The moment that is talked about. */
interface Pinned {
  readonly subject: { readonly kind: string; readonly id: string };
  /** ISO instant */
  readonly at: string;
  readonly words: string;
}

type Size = keyof typeof say.sizes;
const SIZES = Object.keys(say.sizes) as Size[];

function Session(props: SessionProps) {
  const { client, me, place, now, pokes, query, unit, id, session, onSignedOut } = props;
  const { lang } = useWords();
  const today = todayOf(now());
  const mine = me.member.id;
  const calls = useMemo(() => improvementCalls(client, today), [client, today]);
  const askAbout = useCallback(() => calls.about(unit, id), [calls, unit, id]);
  const { value: about, failure } = useReading(askAbout, { pokes, onSignedOut });
  const [pinned, setPinned] = useState<Pinned | null>(null);
  const [at, setAt] = useState(query.get('at'));
  const [size, setSize] = useKept(place, `session-size/${mine}`, 'usual');
  const [said, setSaid] = useState('');
  const [next] = useState(() => freshId(now()));
  const room = useLines({ client, place, now, member: mine, session, today, pokes, onSignedOut });
  const { lines, members } = room;

  const title = about?.title ?? '';
  const nameOf = (owner: string | null) => {
    const member = members.find((one) => one.id === owner);
    const known = { owner, ownerName: member?.name ?? '', ownerLeft: false };
    // In minutes that others read, nobody is "you".
    return sayOwner(known, '');
  };
  const minutes: MinutesOf = {
    ...{ title, customer: about?.customer ?? '', lines, ownerOf: nameOf },
    day: sayDate(today, lang),
    sayDate: (day) => sayDate(day, lang),
    sayWhen: (instant) => sayInstant(instant, lang),
  };

  return (
    <div class="c-session" data-size={size}>
      <header class="c-session-head">
        <div>
          <h1 dir="auto">{say.title(title)}</h1>
          <p class="u-quiet">
            <bdi>{say.of(minutes.customer, minutes.day)}</bdi>
          </p>
        </div>
        <Segment
          label={say.size}
          options={SIZES.map((value) => ({ value, label: say.sizes[value] }))}
          value={SIZES.find((one) => one === size) ?? 'usual'}
          onChange={setSize}
        />
      </header>
      {failure && <FailureNote failure={failure} safe={say.safeKept} />}
      <div class="c-session-sides">
        <section class="c-session-story" aria-labelledby="c-session-story">
          <h2 class="u-hidden" id="c-session-story">
            {say.story}
          </h2>
          <Story
            {...{ client, me, place, now, unit, pokes, at, onSignedOut }}
            subject={id}
            pinLabel={say.pinLabel}
            onPin={(moment) => {
              setPinned(pinnedTo(moment));
              place.document.querySelector<HTMLElement>('.c-session-capture textarea')?.focus();
            }}
          />
        </section>
        <div class="c-session-side">
          <PinnedTo pinned={pinned} onUnpin={() => setPinned(null)} />
          <Capture
            {...{ place, members, today }}
            keptAs={`session/${mine}/${session}`}
            onSaid={({ text, owner, due }) => {
              room.put({
                is: 'begin',
                wish: {
                  ...{ id: freshId(now()), text, owner, due, session, review: query.get('review') },
                  ...{ subject: pinned?.subject ?? null, at: pinned?.at ?? null },
                  about: { unit, id },
                },
              });
              setSaid(say.taken(text));
            }}
          />
          {room.isOffline && room.unsent > 0 && (
            <p class="c-session-offline" role="status">
              <Icon name="offline" size={14} /> {say.offline(room.unsent)}
            </p>
          )}
          {room.failure && <FailureNote failure={room.failure} safe={say.safeKept} />}
          <section class="c-session-captured" aria-labelledby="c-session-captured">
            <h2 id="c-session-captured">{say.captured}</h2>
            <Captured
              {...{ lines, members, today }}
              onChange={(line, patch) => room.put({ is: 'change', id: line, patch })}
              onAgain={room.again}
              onForget={room.forget}
              onGo={({ subject, at: when }) => setAt(subject && atOf(subject, when))}
            />
          </section>
          <Minutes {...{ place, minutes }} onCopied={() => setSaid(say.copied)} />
          {lines.length > 0 && (
            <p>
              <a href={sessionHref(unit, id, { review: query.get('review'), session: next })}>
                {say.fresh}
              </a>
            </p>
          )}
        </div>
      </div>
      <Paper minutes={minutes} />
      <p class="u-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

function pinnedTo(moment: StoryMoment): Pinned {
  const { subject, at } = momentRef(moment);
  const words = moment.theirs || moment.title || moment.ours;
  return { subject, at, words };
}

interface PinnedProps {
  readonly pinned: Pinned | null;
  readonly onUnpin: () => void;
}

/** What the next line is about. */
function PinnedTo({ pinned, onUnpin }: PinnedProps) {
  const { lang } = useWords();
  if (pinned === null) return <p class="u-quiet">{say.nothingPinned}</p>;
  return (
    <p class="c-session-pinned">
      <span dir="auto">{say.moment(sayInstant(pinned.at, lang), pinned.words)}</span>
      <Button look="quiet" icon="close" label={say.unpin} onClick={onUnpin} />
    </p>
  );
}

interface MinutesProps {
  readonly place: Window;
  readonly minutes: MinutesOf;
  readonly onCopied: () => void;
}

function Minutes({ place, minutes, onCopied }: MinutesProps) {
  const [shown, setShown] = useState(false);
  const [done, setDone] = useState(false);
  const text = minutesText(minutes);
  useEffect(() => setDone(false), [text]);
  const copy = async () => {
    try {
      await place.navigator.clipboard.writeText(text);
      setDone(true);
      setShown(false);
      onCopied();
    } catch {
      setShown(true);
    }
  };
  return (
    <section class="c-session-minutes" aria-labelledby="c-session-minutes">
      <h2 id="c-session-minutes">{say.minutes}</h2>
      <div class="u-actions">
        <Button icon="copy" onClick={() => void copy()}>
          {say.copy}
        </Button>
        <Button onClick={() => printMinutes(place)}>{say.print}</Button>
        {done && <span class="u-quiet">{say.copied}</span>}
      </div>
      {shown && <TextArea label={say.notCopied} value={text} readOnly onInput={() => undefined} />}
    </section>
  );
}

/** Without this the story beside would be on the paper. */
function printMinutes(place: Window): void {
  const session = place.document.querySelector<HTMLElement>('.c-session');
  if (session === null) return;
  session.dataset.minutes = '';
  const after = () => {
    delete session.dataset.minutes;
  };
  place.addEventListener('afterprint', after, { once: true });
  place.print();
}

/** The minutes on paper; the screen has them as lines. */
function Paper({ minutes }: { readonly minutes: MinutesOf }) {
  const kept = minutes.lines.filter(({ deleted }) => !deleted);
  return (
    <div class="c-session-paper">
      <p class="c-session-paper-title" dir="auto">
        {say.title(minutes.title)}
      </p>
      <p dir="auto">{say.of(minutes.customer, minutes.day)}</p>
      {kept.length === 0 && <p>{say.minutesOf.none}</p>}
      <ol>
        {kept.map((line) => (
          <li key={line.id}>
            <p dir="auto">{line.text}</p>
            <p class="c-session-paper-besides">{besides(line, minutes).join(' · ')}</p>
            {line.quote !== null && <blockquote dir="auto">{line.quote}</blockquote>}
          </li>
        ))}
      </ol>
    </div>
  );
}
