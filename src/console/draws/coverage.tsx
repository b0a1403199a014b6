import { useEffect, useState } from 'preact/hooks';
import * as z from 'zod/mini';
import { Waiting } from '../../ui/index.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { say } from './words.ts';

const covered = z.object({
  ...{ all: z.number(), drawn: z.number(), margin: z.nullable(z.number()) },
  reviewed: z.object({
    ...{ hits: z.number(), n: z.number(), rate: z.nullable(z.number()) },
    ...{ low: z.number(), high: z.number() },
  }),
});
const coverage = z.object({
  periods: z.array(
    z.object({
      name: z.enum(['three-months', 'twelve-months', 'quarter']),
      ...{ from: z.number(), to: z.number(), draws: z.number(), abandoned: z.number() },
      ...{ projects: covered, customers: covered },
    }),
  ),
});
type Period = z.output<typeof coverage>['periods'][number];

export interface CoverageProps {
  readonly client: Client;
}

const SIDES = ['projects', 'customers'] as const;

/** How much of all projects and customers was drawn and reviewed, over time. */
export function Coverage({ client }: CoverageProps) {
  const [periods, setPeriods] = useState<readonly Period[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void client.call(coverage, '/v1/draws/coverage').then((answer) => {
      if (answer.ok) setPeriods(answer.value.periods);
      else setFailure(answer.failure);
    });
  }, [client]);
  const words = say.coverage;
  return (
    <section class="c-coverage">
      <h2>{words.title}</h2>
      <p class="u-hint">{words.why}</p>
      {failure && failure.is !== 'signed-out' && <FailureNote failure={failure} />}
      {periods === null && !failure && <Waiting>{words.reading}</Waiting>}
      {periods &&
        SIDES.map((side) => (
          // biome-ignore lint/a11y: a wide table scrolls sideways, with the keyboard too
          <div class="c-scroll-x" key={side} tabIndex={0} role="region" aria-label={words[side]}>
            <table class="c-draw-table">
              <caption>{words[side]}</caption>
              <thead>
                <tr>
                  <th scope="col">{words.period}</th>
                  <th scope="col">{words.draws}</th>
                  <th scope="col">{words.drawn}</th>
                  <th scope="col">{words.reviewed}</th>
                  <th scope="col">{words.margin}</th>
                </tr>
              </thead>
              <tbody>
                {periods.map((period) => (
                  <tr key={`${period.name} ${period.from}`}>
                    <th scope="row">
                      {period.name === 'quarter'
                        ? words.quarter(period.from)
                        : words.names[period.name]}
                    </th>
                    <td>{words.drawCount(period.draws, period.abandoned)}</td>
                    <td>{words.part(period[side].drawn, period[side].all)}</td>
                    <td>{words.rate(period[side].reviewed)}</td>
                    <td>{words.within(period[side].margin)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      <p class="u-hint">{words.note}</p>
    </section>
  );
}
