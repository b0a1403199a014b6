// The parts of the page besides the story: each a chart with its table, or a table alone.
import { useCallback, useState } from 'preact/hooks';
import {
  effectiveRate,
  grievanceRate,
  missedRate,
  promiseRate,
  satisfiedRate,
  total,
} from '../../audit/insight-rates.ts';
import { wilson } from '../../audit/interval.ts';
import { BLIND_SPOTS } from '../../domain/blind-spots.ts';
import { spotNames } from '../../ui/blind-spot-words.ts';
import { Segment, useWords } from '../../ui/index.ts';
import type { Insight, SpotCounts } from './calls.ts';
import { type Charts, Figure } from './figure.tsx';
import { csvHref, Plain } from './plain.tsx';
import { glancesOf, keptRows, stepName } from './tables.ts';
import { say } from './words.ts';

interface PartProps {
  readonly insight: Insight;
  /** The same as the server was asked. */
  readonly asked: string;
}

export function Glances({ insight, asked }: PartProps) {
  const glances = glancesOf(insight);
  const draw = useCallback(
    (charts: Charts, width: number) => charts.glanceChart(glancesOf(insight), width),
    [insight],
  );
  const isAll = insight.story.population === insight.story.placed;
  const isKnown = glances.some(({ rate }) => rate.rate !== null);
  const words = say.glance;
  const sayOne = (name: string, rate: (typeof glances)[number]['rate']) =>
    say.rate(rate, name === words.below && isAll);
  return (
    <Figure
      title={words.title}
      summary={
        isKnown
          ? glances
              .flatMap(({ name, rate }) =>
                rate.rate === null ? [] : [`${name}: ${sayOne(name, rate)}.`],
              )
              .join(' ')
          : words.none
      }
      notes={isKnown ? [words.why] : []}
      draw={isKnown ? draw : null}
      file="at-a-glance"
      csv={csvHref('glance', asked)}
      table={
        <Plain
          heads={words.heads}
          rows={glances.map(({ name, rate }) => ({
            key: name,
            cells: [name, say.number(rate.hits), say.number(rate.n), sayOne(name, rate)],
          }))}
          numbers={[1, 2]}
        />
      }
    />
  );
}

export function Outcomes({ insight, asked }: PartProps) {
  const shared = useWords();
  const [by, setBy] = useState<'classes' | 'dimensions'>('classes');
  const { step } = insight;
  const rows = insight[by];
  const groupName = useCallback((group: string) => say.groupName(group, shared.class), [shared]);
  const draw = useCallback(
    (charts: Charts, width: number) => charts.outcomesChart(rows, step, width, groupName),
    [rows, step, groupName],
  );
  const words = say.outcomes;
  const rate = satisfiedRate(insight.classes);
  return (
    <Figure
      title={words.title}
      summary={rate.n === 0 ? words.none : words.summary(rate.n, say.rate(rate))}
      draw={rate.n === 0 ? null : draw}
      file={`outcomes-by-${by === 'classes' ? 'class' : 'dimension'}`}
      csv={csvHref(by, asked)}
      choice={
        rate.n > 0 && (
          <div class="c-insight-by">
            <Segment
              label={words.by}
              options={(['classes', 'dimensions'] as const).map((value) => ({
                ...{ value, label: words.bys[value] },
              }))}
              value={by}
              onChange={setBy}
            />
            <Legend />
          </div>
        )
      }
      table={
        <Plain
          heads={words.heads}
          rows={rows.map((row) => ({
            key: `${row.begin} ${row.group}`,
            cells: [
              stepName(step, row.begin),
              groupName(row.group),
              ...[row.missed, row.met, row.exceeded].map(say.number),
              say.rate(missedRate([row])),
            ],
          }))}
          numbers={[2, 3, 4]}
        />
      }
    />
  );
}

/** What the patterns mean; drawn as in the chart. */
function Legend() {
  return (
    <ul class="c-legend">
      {(['missed', 'met', 'exceeded'] as const).map((outcome) => (
        <li key={outcome}>
          <span class="c-swatch" data-outcome={outcome} />
          {say.outcomes[outcome]}
        </li>
      ))}
    </ul>
  );
}

export function Kept({ insight, asked }: PartProps) {
  const { step, promises, grievances, days } = insight;
  const rows = keptRows(insight);
  const draw = useCallback(
    (charts: Charts, width: number) => charts.keptChart(keptRows(insight), insight.step, width),
    [insight],
  );
  const words = say.kept;
  const [kept, inTime] = [promiseRate(promises), grievanceRate(grievances)];
  const summary =
    rows.length === 0
      ? words.none
      : [
          words.promisesAre(say.rate(kept), total(promises, 'open')),
          words.grievancesAre(
            say.rate(inTime),
            days,
            total(grievances, 'waiting'),
            total(grievances, 'over'),
          ),
        ].join(' ');
  return (
    <Figure
      title={words.title}
      summary={summary}
      notes={rows.length === 0 ? [] : [words.limit]}
      draw={kept.n + inTime.n === 0 ? null : draw}
      file="promises-and-grievances"
      csv={csvHref('kept', asked)}
      table={
        <Plain
          heads={words.heads}
          rows={rows.map(({ begin, what, rate, open }) => ({
            key: `${begin} ${what}`,
            cells: [
              stepName(step, begin),
              words[what],
              ...[rate.hits, rate.n - rate.hits, open].map(say.number),
              say.rate(rate),
            ],
          }))}
          numbers={[2, 3, 4]}
        />
      }
    />
  );
}

const IMPROVED = ['open', 'overdue', 'unchecked', 'effective', 'ineffective', 'dropped'] as const;

export function Improvements({ insight }: { readonly insight: Insight }) {
  const { improvements } = insight;
  const words = say.improvements;
  const isAny = IMPROVED.some((name) => improvements[name] > 0);
  return (
    <section class="c-figure">
      <h2>{words.title}</h2>
      <p>{isAny ? words.summary(say.rate(effectiveRate(improvements))) : words.none}</p>
      {isAny && (
        <Plain
          heads={words.heads}
          rows={IMPROVED.map((name) => ({
            key: name,
            cells: [words.rows[name], say.number(improvements[name])],
          }))}
          numbers={[1]}
        />
      )}
      <p>
        <a href="#/improvements">{words.to}</a>
      </p>
    </section>
  );
}

export function Spots({ spots }: { readonly spots: SpotCounts }) {
  const words = say.spots;
  const { customers, counts } = spots;
  return (
    <section class="c-figure">
      <h2>{words.title}</h2>
      <p>{customers === 0 ? words.none : words.why}</p>
      {customers > 0 && (
        <Plain
          heads={words.heads}
          rows={BLIND_SPOTS.map((kind) => {
            const count = Math.min(customers, counts[kind] ?? 0);
            // All of them were looked at.
            const rate = wilson(count, customers, { population: customers });
            return { key: kind, cells: [spotNames[kind], say.number(count), say.rate(rate, true)] };
          })}
          numbers={[1]}
        />
      )}
      <p>
        <a href="#/blind-spots">{words.to}</a>
      </p>
    </section>
  );
}
