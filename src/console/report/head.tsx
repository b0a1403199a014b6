import type { ComponentChildren } from 'preact';
import { sayDate, sayInstant, useWords } from '../../ui/index.ts';
import { summaryOf } from './figures.ts';
import type { Reading } from './page.tsx';
import { say } from './words.ts';

/** What was audited, when and by whom, and what it came to. */
export function Head(reading: Reading) {
  const { report, me, at } = reading;
  const { draw } = report;
  const { lang } = useWords();
  const summary = summaryOf(report);
  const seconds = summary.counted.reduce((all, { review }) => all + (review.seconds ?? 0), 0);
  const hows = [draw.blind ? say.blind : say.open, ...(draw.calibration ? [say.calibration] : [])];
  return (
    <header class="c-report-head">
      <h1 dir="auto">{say.of(draw.name)}</h1>
      <dl class="c-report-facts">
        <Fact name={say.facts.workspace}>{me.workspace.name}</Fact>
        <Fact name={say.facts.made}>{sayInstant(at.toISOString(), lang)}</Fact>
        {draw.at !== null && <Fact name={say.facts.announced}>{sayInstant(draw.at, lang)}</Fact>}
        {draw.due !== null && <Fact name={say.facts.due}>{sayDate(draw.due, lang)}</Fact>}
        {report.announcedBy !== '' && (
          <Fact name={say.facts.announcedBy}>{report.announcedBy}</Fact>
        )}
        {report.reviewers.length > 0 && (
          <Fact name={say.facts.reviewers}>{report.reviewers.join(', ')}</Fact>
        )}
        {seconds > 0 && <Fact name={say.facts.time}>{say.minutes(seconds)}</Fact>}
        <Fact name={say.facts.how}>{hows.join('; ')}</Fact>
      </dl>
      <Lead {...reading} done={summary.counted.length} />
      {summary.counted.length > 0 && <Short {...reading} summary={summary} />}
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

function Lead({ report, done }: Reading & { readonly done: number }) {
  const { draw, subjects, hidden, withdrawn, perPerson } = report;
  const { lead } = say;
  const drawn = subjects.length;
  const how = () => {
    if (draw.state === 'announced') return lead.notDrawn;
    if (drawn === 0) return lead.empty;
    if (done === 0) return lead.none(drawn, draw.unit);
    return drawn === 1 ? lead.one(draw.unit) : lead.some(done, drawn, draw.unit);
  };
  const notes = [
    ...(draw.state === 'abandoned' ? [lead.abandoned(draw.reason)] : []),
    how(),
    ...(hidden > 0 ? [lead.hidden(hidden)] : []),
    ...(withdrawn > 0 ? [lead.withdrawn(withdrawn)] : []),
    ...(perPerson ? [] : [lead.noPersons]),
  ];
  return (
    <div class="c-report-lead">
      {notes.map((note) => (
        <p key={note} dir="auto">
          {note}
        </p>
      ))}
    </div>
  );
}

type ShortProps = Reading & { readonly summary: ReturnType<typeof summaryOf> };

/** Each figure with what it is of. */
function Short({ report, summary }: ShortProps) {
  const { draw, improvements, subjects } = report;
  const { counted, ours, theirs, byOurs, below, nonconforming, helped } = summary;
  const { size } = draw.population;
  const isAll = (n: number) => n === size;
  const several = subjects.some(({ reviews }) => reviews.length > 1);
  const notes = [
    say.rateNote(size, draw.unit),
    ...(draw.strata !== 'none' && draw.method.kind === 'stratified' ? [say.grouped] : []),
    ...(counted.length < 10 ? [say.fewNote] : []),
    ...(several ? [say.newest] : []),
  ];
  return (
    <section aria-labelledby="c-report-short">
      <h2 id="c-report-short">{say.short}</h2>
      <dl class="c-report-short">
        <Fact name={say.ours}>{ours === null ? say.noScore : say.spread(ours)}</Fact>
        <div data-side="theirs">
          <dt>{say.theirs}</dt>
          <dd>{theirs === null ? say.noScore : say.spread(theirs)}</dd>
        </div>
        <Fact name={say.byOurs}>{say.rate(byOurs, isAll(byOurs.n))}</Fact>
        <Fact name={say.below}>{say.rate(below, isAll(below.n))}</Fact>
        <Fact name={say.nonconforming}>{say.rate(nonconforming, isAll(nonconforming.n))}</Fact>
        {improvements.length > 0 && <Fact name={say.helped}>{say.rate(helped)}</Fact>}
      </dl>
      <p class="u-hint">{notes.join(' ')}</p>
    </section>
  );
}
