import { Quote, sayDay, useWords } from '../../ui/index.ts';
import type { FindingTold, ReviewTold, SubjectTold } from './answer.ts';
import { nameOf } from './name.ts';
import type { Reading } from './page.tsx';
import { say } from './words.ts';

const TYPES = ['nonconformity', 'observation', 'opportunity'] as const;

/** What each review found and says, project by project, with the customers' words. */
export function Findings({ report }: Reading) {
  const told = report.subjects.filter(({ reviews }) => reviews.some(hasWords));
  const all = report.subjects.flatMap(({ reviews }) => reviews.flatMap(({ findings }) => findings));
  const counts = TYPES.map((type) => ({
    type,
    count: all.filter((one) => one.type === type).length,
  }));
  return (
    <section aria-labelledby="c-report-findings">
      <h2 id="c-report-findings">{say.findings}</h2>
      <p>
        {all.length === 0
          ? say.noFindings
          : counts
              .filter(({ count }) => count > 0)
              .map(({ type, count }) => say.countType(type, count))
              .join(', ')}
      </p>
      {told.map((subject) => (
        <OneSubject key={subject.id} {...{ subject, report }} />
      ))}
    </section>
  );
}

function hasWords({ findings, text, reason }: ReviewTold): boolean {
  return findings.length > 0 || text !== '' || reason !== '';
}

interface OneSubjectProps extends Pick<Reading, 'report'> {
  readonly subject: SubjectTold;
}

function OneSubject({ subject, report }: OneSubjectProps) {
  const { customer, reviews } = subject;
  const standardOf = (id: string | null) =>
    report.standards.find((one) => one.id === id)?.name ?? null;
  return (
    <div class="c-report-subject">
      <h3>
        <bdi>{nameOf(subject)}</bdi>
        {customer !== null && (
          <span class="u-quiet">
            {' · '}
            <bdi>{customer}</bdi>
          </span>
        )}
      </h3>
      {reviews.filter(hasWords).map((review) => (
        <div key={review.id} class="c-report-said">
          {review.findings.map((finding) => (
            <Finding key={finding.id} {...{ finding }} standard={standardOf(finding.standard)} />
          ))}
          {review.text !== '' && (
            <div class="c-report-keep">
              <p class="u-label">{say.reviewer}</p>
              <p class="c-report-words" dir="auto">
                {review.text}
              </p>
            </div>
          )}
          {review.reason !== '' && (
            <p class="u-quiet" dir="auto">
              {say.corrected(review.reason)}
            </p>
          )}
        </div>
      ))}
    </div>
  );
}

interface FindingProps {
  readonly finding: FindingTold;
  readonly standard: string | null;
}

function Finding({ finding, standard }: FindingProps) {
  const { lang } = useWords();
  const { type, text, cause, quote, at } = finding;
  return (
    <div class="c-report-keep" data-type={type}>
      <p class="c-report-type">
        {say.types[type]}
        {standard !== null && (
          <span class="u-quiet">
            {' · '}
            <bdi>{standard}</bdi>
          </span>
        )}
        {at !== null && <span class="u-quiet"> · {sayDay(at, lang)}</span>}
      </p>
      <p class="c-report-words" dir="auto">
        {text}
      </p>
      {quote !== null && quote !== '' && <Quote text={quote} />}
      {cause !== '' && (
        <p dir="auto">
          <span class="u-label">{say.cause}</span> {cause}
        </p>
      )}
    </div>
  );
}
