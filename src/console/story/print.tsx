// A story on paper: all of it, with texts whole where the page's own button prints.
import { useRef } from 'preact/hooks';
import type { StoryMoment } from '../../domain/story-told.ts';
import { sayDay, sayInstant, useWords } from '../../ui/index.ts';
import { usePaper } from '../paper.tsx';
import type { StoryAnswer, StoryComment } from './calls.ts';
import type { Rows, StoryRow } from './rows.ts';
import { sayKind, sayTitle, sayWho } from './say.ts';
import { say } from './words.ts';

type Shown = Pick<Rows, 'rows' | 'below'>;

/** `isPart`: filters leave some of it out. */
export function usePrinting(
  place: Window,
  now: () => Date,
  story: StoryAnswer,
  shown: Shown,
  isPart: boolean,
) {
  const whole = useRef<StoryAnswer | null>(null);
  usePaper(place, 'c-st-paper', () => {
    const rows = withTexts(shown.rows, whole.current);
    return <Paper {...{ story, isPart }} shown={{ ...shown, rows }} now={now()} />;
  });
  return {
    async print(readWhole: () => Promise<StoryAnswer | null>) {
      if (story.moments.some(({ cut }) => cut)) whole.current = await readWhole();
      place.print();
      whole.current = null;
    },
  };
}

function withTexts(rows: readonly StoryRow[], whole: StoryAnswer | null): readonly StoryRow[] {
  if (whole === null) return rows;
  const texts = new Map(whole.moments.map((moment) => [moment.key, moment]));
  return rows.map((row) => ({ ...row, moment: texts.get(row.key) ?? row.moment }));
}

interface PaperProps {
  readonly story: StoryAnswer;
  readonly shown: Shown;
  readonly isPart: boolean;
  readonly now: Date;
}

function Paper({ story, shown, isPart, now }: PaperProps) {
  const { lang } = useWords();
  const { unit, subject, customer, owner, moments, blind } = story;
  const day = (moment: StoryMoment | undefined) =>
    moment === undefined ? '' : sayDay(new Date(moment.at).toISOString(), lang);
  const facts = [
    say.units[unit],
    ...(customer ? [`${say.customer}: ${say.of(customer.name)}`] : []),
    ...(owner ? [`${say.owner}: ${say.of(owner.name)}`] : []),
    ...(moments.length > 0 ? [say.span(day(moments[0]), day(moments.at(-1)))] : []),
    say.count(shown.rows.length, false),
    say.printed(sayInstant(now.toISOString(), lang)),
  ];
  const isCut = shown.rows.some(({ moment }) => moment.cut);
  return (
    <table>
      <caption>
        <h1 dir="auto">
          {say.title}: {say.of(subject.name)}
        </h1>
        <p>{facts.join(' · ')}</p>
        {blind && <p>{say.blind}</p>}
        {isPart && <p>{say.printedPart}.</p>}
        {isCut && <p>{say.shortened}</p>}
      </caption>
      <colgroup>
        <col class="c-st-when" />
        <col class="c-st-what" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{say.columns.when}</th>
          <th scope="col">{say.columns.what}</th>
          <th scope="col">{say.columns.words}</th>
        </tr>
      </thead>
      <tbody>
        {shown.rows.map((row) => (
          <PaperRow key={row.key} row={row} />
        ))}
        {shown.below.map(({ to, days }) => (
          <tr key={to}>
            <td colSpan={3} class="c-st-paper-gap">
              {say.gap(days)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PaperRow({ row }: { readonly row: StoryRow }) {
  const { lang } = useWords();
  const { moment, above, comments } = row;
  const title = sayTitle(moment);
  return (
    <>
      {above.map(({ to, days }) => (
        <tr key={to}>
          <td colSpan={3} class="c-st-paper-gap">
            {say.gap(days)}
          </td>
        </tr>
      ))}
      <tr>
        <td>{sayInstant(new Date(moment.at).toISOString(), lang)}</td>
        <td>
          <p>{sayKind(moment)}</p>
          <p dir="auto">{sayWho(moment)}</p>
        </td>
        <td>
          {title !== '' && (
            <p class="c-st-title" dir="auto">
              {title}
            </p>
          )}
          {moment.theirs !== '' && (
            <p class="c-paper-theirs" dir="auto">
              {moment.theirs}
            </p>
          )}
          {moment.ours !== '' && (
            <p class="c-paper-ours" dir="auto">
              {moment.ours}
            </p>
          )}
          {moment.url !== null && (
            <p class="c-paper-source" dir="ltr">
              {moment.url}
            </p>
          )}
          {comments.map((comment) => (
            <p key={comment.id} class="c-st-paper-comment" dir="auto">
              {sayComment(comment, lang)}
            </p>
          ))}
        </td>
      </tr>
    </>
  );
}

function sayComment({ by, written, text, settled, mine }: StoryComment, lang: string): string {
  const when = sayInstant(new Date(written).toISOString(), lang);
  const who = say.wrote(by?.name ?? (mine ? say.you : say.colleague), when);
  return `${say.comment} (${who}${settled ? `, ${say.settled}` : ''}): ${text}`;
}
