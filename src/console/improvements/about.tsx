import type { ComponentChildren } from 'preact';
import { Quote, sayInstant, useWords } from '../../ui/index.ts';
import type { ImprovementShown } from './answer.ts';
import { Row } from './list.tsx';
import type { ShownProps } from './one.tsx';
import { say } from './words.ts';

/** Their words, the moment, the finding, and what was tried before and after. */
export function About({ found, me, today }: ShownProps) {
  const { lang } = useWords();
  const { improvement, finding, moment, follows, next } = found;
  const { quotes, subject, at, session, project, customer } = improvement;
  const readsStory = me.member.role !== 'annotator';
  const story =
    project !== null ? `project/${project}` : customer !== null ? `customer/${customer}` : null;
  const place = subject && new URLSearchParams({ at: `${subject.kind}/${subject.id}` });
  const quoted = moment?.quote ?? null;
  // A quote of the moment's that was pinned with it stands there once.
  const words = [...new Set([...quotes.map(({ quote }) => quote), ...(quoted ? [quoted] : [])])];
  return (
    <>
      {words.length > 0 && (
        <Section name={say.theirs}>
          {words.map((quote) => (
            <Quote key={quote} text={quote} />
          ))}
        </Section>
      )}
      {subject !== null && (
        <Section name={say.moment}>
          {moment === null && <p class="u-quiet">{say.momentGone}</p>}
          {moment?.text && <p dir="auto">{moment.text}</p>}
          {at !== null && <p class="u-quiet">{say.whenWas(sayInstant(at, lang))}</p>}
          {moment !== null && (
            <p>
              {readsStory && story !== null ? (
                <a href={`#/story/${story}?${place}`}>{say.toStory}</a>
              ) : (
                <a href={`#/record/${encodeURIComponent(moment.kind)}/${moment.id}`}>
                  {say.toRecord}
                </a>
              )}
            </p>
          )}
        </Section>
      )}
      {(finding !== null || (readsStory && session !== null && story !== null)) && (
        <Section name={say.from}>
          {finding !== null && (
            <>
              <p class="u-quiet">{say.fromFinding[finding.type ?? ''] ?? say.fromOtherFinding}</p>
              <p dir="auto">{finding.text}</p>
              {finding.review !== null && (
                <p>
                  <a href={`#/reviews/${encodeURIComponent(finding.review)}`}>{say.toReview}</a>
                </p>
              )}
            </>
          )}
          {readsStory && session !== null && story !== null && (
            <p>
              <a href={`#/session/${story}?session=${encodeURIComponent(session)}`}>
                {say.toSession}
              </a>
            </p>
          )}
        </Section>
      )}
      {follows !== null && (
        <Section name={say.before}>
          <Rows all={[follows]} {...{ today }} me={me.member.id} />
        </Section>
      )}
      {next.length > 0 && (
        <Section name={say.next}>
          <Rows all={next} {...{ today }} me={me.member.id} />
        </Section>
      )}
    </>
  );
}

function Rows(props: {
  readonly all: readonly ImprovementShown[];
  readonly me: string;
  readonly today: string;
}) {
  return (
    <ul class="c-improve-list">
      {props.all.map((improvement) => (
        <li key={improvement.id}>
          <Row {...{ improvement }} me={props.me} today={props.today} />
        </li>
      ))}
    </ul>
  );
}

function Section(props: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <section aria-label={props.name}>
      <h2>{props.name}</h2>
      {props.children}
    </section>
  );
}
