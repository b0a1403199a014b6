import { useState } from 'preact/hooks';
import { Button, Segment } from '../../ui/index.ts';
import type { CalibrationHead, CalibrationReport, JudgedStandard, Said } from './calls.ts';
import { say } from './words.ts';

type Side = 'ours' | 'theirs';

export interface ReportProps {
  readonly report: CalibrationReport;
  readonly unit: CalibrationHead['unit'];
  readonly nameOf: (reviewer: string) => string;
}

/** Differences at first; more are one press away. */
const SHOWN = 8;

/** Agreement over all standards and by each, and the judgements furthest apart, side by side. */
export function Report({ report, unit, nameOf }: ReportProps) {
  const [side, setSide] = useState<Side>('ours');
  const [all, setAll] = useState(false);
  const differences = all ? report.differences : report.differences.slice(0, SHOWN);
  const { overall, standards } = report[side];
  const standardOf = (id: string) => report.standards.find((one) => one.id === id);
  return (
    <>
      <p>{say.compared(report.subjects, report.reviewers.length, unit)}</p>
      <Segment
        label={say.side}
        options={(['ours', 'theirs'] as const).map((value) => ({ value, label: say.sides[value] }))}
        value={side}
        onChange={setSide}
      />
      <section class="c-calibration-overall" aria-live="polite">
        <h3>{say.overall}</h3>
        <p class="c-calibration-meaning">{say.meaning(overall.agreement)}</p>
        <dl>
          <div>
            <dt>{say.same}</dt>
            <dd>{say.rate(overall.same)}</dd>
          </div>
          <div>
            <dt>{say.kappa}</dt>
            <dd>{say.kappaOf(overall.agreement)}</dd>
          </div>
        </dl>
        <p class="u-hint">{say.overallWhy}</p>
      </section>
      <section>
        <h3 id="c-agreed-by">{say.standards}</h3>
        {standards.length === 0 && <p class="u-quiet">{say.noStandards}</p>}
        {standards.length > 0 && (
          // biome-ignore lint/a11y: a wide table scrolls sideways, with the keyboard too
          <div class="c-scroll-x" tabIndex={0} role="region" aria-labelledby="c-agreed-by">
            <table class="c-draw-table c-calibration-table">
              <thead>
                <tr>
                  <th scope="col">{say.standard}</th>
                  <th scope="col">{say.same}</th>
                  <th scope="col">{say.kappa}</th>
                  <th scope="col">{say.means}</th>
                </tr>
              </thead>
              <tbody>
                {standards.map(({ standard, same, agreement, apart }) => (
                  <tr key={standard}>
                    <th scope="row" dir="auto">
                      {standardOf(standard)?.name ?? say.unnamed}
                      <SameName {...{ report, standard }} />
                    </th>
                    <td>{say.rate(same)}</td>
                    <td>{say.kappaOf(agreement)}</td>
                    <td>
                      {say.meaning(agreement)}
                      {apart > 0 && <p class="u-hint">{say.apart(apart)}</p>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section>
        <h3>{say.differences}</h3>
        {report.differences.length === 0 ? (
          <p class="u-quiet">{say.noDifferences}</p>
        ) : (
          <p class="u-hint">{say.differenceWhy}</p>
        )}
        <ol class="c-differences">
          {differences.map(({ subject, standard, said }) => (
            <li key={`${subject} ${standard}`}>
              <Difference
                name={report.names.find(({ id }) => id === subject)?.name || say.unnamed}
                href={storyHref(unit, subject)}
                standard={standardOf(standard)}
                said={said.map((entry, at) => [nameOf(report.reviewers[at] ?? ''), entry])}
              />
            </li>
          ))}
        </ol>
        {differences.length < report.differences.length && (
          <div class="u-actions">
            <Button onClick={() => setAll(true)}>
              {say.showMore(report.differences.length - differences.length)}
            </Button>
          </div>
        )}
      </section>
      <details class="c-retired">
        <summary>{say.reading2}</summary>
        {say.howTo.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </details>
    </>
  );
}

/** The version, where two of one standard were judged by. */
function SameName({ report, standard }: { report: CalibrationReport; standard: string }) {
  const own = report.standards.find(({ id }) => id === standard);
  const others = report.standards.filter(({ name }) => name === own?.name);
  return own && others.length > 1 ? (
    <span class="u-quiet"> · {say.version(own.version)}</span>
  ) : null;
}

interface DifferenceProps {
  readonly name: string;
  readonly href: string;
  readonly standard: JudgedStandard | undefined;
  readonly said: readonly (readonly [reviewer: string, entry: Said | null])[];
}

function Difference({ name, href, standard, said }: DifferenceProps) {
  return (
    <>
      <h4>
        <a href={href} dir="auto" aria-label={say.story(name)}>
          {name}
        </a>
        <span dir="auto"> · {standard?.name ?? say.unnamed}</span>
      </h4>
      <ul class="c-difference">
        {said.map(([reviewer, entry]) => (
          <li key={reviewer}>
            <p class="u-quiet" dir="auto">
              {reviewer}
            </p>
            <p>
              {entry === null && say.notJudged}
              {entry?.applies === false && say.notApplicable}
              {entry?.applies && standard && (
                <>
                  {say.ours}: <strong>{sayValue(standard, entry.ours, say.notJudged)}</strong>
                  {standard.customerTarget !== null && (
                    <>
                      <br />
                      {say.theirs}:{' '}
                      <strong>{sayValue(standard, entry.theirs, say.notAsked)}</strong>
                    </>
                  )}
                </>
              )}
            </p>
            {entry?.text ? (
              <p class="c-difference-reason" dir="auto">
                {entry.text}
              </p>
            ) : (
              <p class="u-hint">{say.noReason}</p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function sayValue(standard: JudgedStandard, value: number | null, none: string): string {
  if (value === null) return none;
  switch (standard.judgement) {
    case 'yes-no':
      return value === 1 ? say.yes : say.no;
    case 'scale': {
      const anchor = standard.anchors[Math.round(value) - 1];
      return anchor === undefined ? String(value) : `${value} (${anchor})`;
    }
    case 'number':
      return `${value.toLocaleString('en-GB')} ${standard.unit}`;
  }
}

function storyHref(unit: CalibrationHead['unit'], subject: string): string {
  return `#/story/${unit}/${encodeURIComponent(subject)}`;
}
