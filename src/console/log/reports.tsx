import { Empty, sayInstant, useWords } from '../../ui/index.ts';
import type { Device, Report } from '../api.ts';
import { say } from '../people/words.ts';

export interface ReportsProps {
  readonly reports: readonly Report[];
  readonly devices: readonly Device[];
}

/** What browsers found that does not fit the history they had seen. */
export function Reports({ reports, devices }: ReportsProps) {
  const { lang } = useWords();
  const nameOf = (id: string) => devices.find((one) => one.id === id)?.name ?? id;
  return (
    <section aria-labelledby="c-log-reports">
      <h2 id="c-log-reports">{say.reports}</h2>
      <p class="c-why">{say.reportsWhy}</p>
      {reports.length === 0 ? (
        <Empty>{say.reportsNone}</Empty>
      ) : (
        <ul class="c-log-list">
          {reports.map((one) => (
            <li key={one.id}>
              <p>
                <strong>{say.found[one.found] ?? one.found}</strong>{' '}
                {typeof one.seq === 'number' && say.reportAt(one.seq)}
              </p>
              <p class="u-quiet">
                <bdi>{say.report(nameOf(one.device), sayInstant(one.received, lang))}</bdi>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
