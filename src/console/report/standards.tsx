import { useCallback, useMemo } from 'preact/hooks';
import type { StandardVersion } from '../../domain/standards.ts';
import { targetSaid } from '../review/score.ts';
import type { RateRow } from './charts.ts';
import { type Charts, Figure } from './figure.tsx';
import { type StandardRow, standardRows } from './figures.ts';
import { piecesOf } from './name.ts';
import type { Reading } from './page.tsx';
import { say } from './words.ts';

const AT_ONCE = 20;

/** How often each standard was met, ours and theirs. */
export function Standards({ report, place }: Reading) {
  const rows = useMemo(() => standardRows(report), [report]);
  const pieces = useMemo(() => {
    const known = rows.flatMap(({ standard, ours }): RateRow[] =>
      ours === null || ours.n === 0 ? [] : [{ name: standard.name, rate: ours }],
    );
    return piecesOf(known, AT_ONCE);
  }, [rows]);
  const count = pieces.reduce((all, { some }) => all + some.length, 0);
  return (
    <section aria-labelledby="c-report-standards">
      <h2 id="c-report-standards">{say.standards}</h2>
      {pieces.map(({ from, some }) => (
        <RatesFigure key={from} {...{ place, some, from }} of={count} />
      ))}
      <Table rows={rows} size={report.draw.population.size} />
    </section>
  );
}

interface RatesFigureProps {
  readonly place: Window;
  readonly some: readonly RateRow[];
  readonly from: number;
  readonly of: number;
}

function RatesFigure({ place, some, from, of }: RatesFigureProps) {
  const draw = useCallback(
    (charts: Charts, width: number) => charts.ratesChart(some, width),
    [some],
  );
  return (
    <Figure
      {...{ place, draw }}
      title={say.standardsPart(from, from + some.length - 1, of)}
      says={say.standardsSays}
    />
  );
}

function Table({ rows, size }: { readonly rows: readonly StandardRow[]; readonly size: number }) {
  const { standardColumns: columns } = say;
  const rate = (of: StandardRow['ours']) =>
    of === null ? say.noTarget : say.rate(of, of.n === size);
  return (
    <table class="c-plain c-report-table c-report-standards">
      <thead>
        <tr>
          <th scope="col" class="c-report-wide">
            {columns.name}
          </th>
          <th scope="col">{columns.target}</th>
          <th scope="col">{columns.ours}</th>
          <th scope="col">{columns.theirs}</th>
          <th scope="col" class="c-number">
            {columns.not}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ standard, ours, theirs, notApplicable }) => (
          <tr key={standard.id}>
            <th scope="row" class="c-report-wide">
              <bdi>{standard.name}</bdi>
              <span class="u-quiet"> · {factsOf(standard).join(' · ')}</span>
            </th>
            <td data-label={columns.target}>
              <Targets standard={standard} />
            </td>
            <td data-label={columns.ours}>{rate(ours)}</td>
            <td data-label={columns.theirs} class="c-theirs">
              {rate(theirs)}
            </td>
            <td data-label={columns.not} class="c-number">
              {say.number(notApplicable)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Targets({ standard }: { readonly standard: StandardVersion }) {
  const ours = targetSaid(standard, 'ours');
  const theirs = targetSaid(standard, 'theirs');
  if (ours === '' && theirs === '') return <span class="u-quiet">{say.noTarget}</span>;
  return (
    <>
      {ours !== '' && <p dir="auto">{say.ourTarget(ours)}</p>}
      {theirs !== '' && (
        <p class="c-theirs" dir="auto">
          {say.theirTarget(theirs)}
        </p>
      )}
    </>
  );
}

function factsOf({ version, weight, critical, clause }: StandardVersion): string[] {
  return [
    ...[say.version(version), say.weight(weight)],
    ...(critical ? [say.critical] : []),
    ...(clause === '' ? [] : [clause]),
  ];
}

/** What the reviews went by, in full: a standard may have another text tomorrow. */
export function Texts({ report }: Reading) {
  const rows = useMemo(() => standardRows(report), [report]);
  return (
    <section aria-labelledby="c-report-texts">
      <h2 id="c-report-texts">{say.texts}</h2>
      <p class="u-hint">{say.textsWhy}</p>
      <ul class="c-report-list">
        {rows.map(({ standard }) => (
          <li key={standard.id}>
            <h3 dir="auto">{standard.name}</h3>
            <p class="u-quiet">{factsOf(standard).join(' · ')}</p>
            <p class="c-report-words" dir="auto">
              {standard.text}
            </p>
            {standard.anchors.length > 0 && (
              <ol class="c-report-anchors">
                {standard.anchors.map((anchor, at) => (
                  <li key={at} dir="auto">
                    {anchor}
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
