import { useMemo } from 'preact/hooks';
import { sayDay, useWords } from '../../ui/index.ts';
import type { DisputeTold } from './answer.ts';
import { exchangesOf } from './figures.ts';
import { nameOf } from './name.ts';
import type { Reading } from './page.tsx';
import { say } from './words.ts';

/** What the owners did not agree with, and what the reviewers answered. */
export function Said({ report }: Reading) {
  const exchanges = useMemo(() => exchangesOf(report), [report]);
  const last = exchanges.flatMap(({ said }) => said.at(-1) ?? []);
  const answered = last.filter((one) => one.answered !== null);
  const changed = answered.filter((one) => one.answered?.result === 'changed');
  return (
    <section aria-labelledby="c-report-said">
      <h2 id="c-report-said">{say.disputes}</h2>
      <p>
        {exchanges.length === 0
          ? say.noDisputes
          : say.disputesSays(exchanges.length, answered.length, changed.length)}
      </p>
      <ul class="c-report-list">
        {exchanges.map(({ subject, review, standard, said }) => (
          <li key={`${review.id}/${standard ?? ''}`}>
            <h3>
              <bdi>{nameOf(subject)}</bdi>
              <span class="u-quiet">
                {' · '}
                <bdi>{report.standards.find((one) => one.id === standard)?.name ?? say.whole}</bdi>
              </span>
            </h3>
            {said.map((one) => (
              <One key={one.id} dispute={one} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function One({ dispute }: { readonly dispute: DisputeTold }) {
  const { lang } = useWords();
  const { at, byName, stance, reason, answered, answeredByName } = dispute;
  return (
    <>
      <p dir="auto">
        <strong>
          <bdi>{byName || say.owner}</bdi> {say.said[stance]}
        </strong>
        <span class="u-quiet"> · {sayDay(at, lang)}</span>
        {reason !== '' && <>: {reason}</>}
      </p>
      {answered === null ? (
        stance !== 'accept' && <p class="u-quiet">{say.waits}</p>
      ) : (
        <p class="c-report-answer" dir="auto">
          <strong>
            <bdi>{answeredByName || say.aReviewer}</bdi>: {say.results[answered.result]}
          </strong>
          {answered.at !== null && <span class="u-quiet"> · {sayDay(answered.at, lang)}</span>}
          {answered.text !== '' && <>: {answered.text}</>}
        </p>
      )}
    </>
  );
}
