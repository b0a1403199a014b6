import { Empty, sayInstant, useWords } from '../../ui/index.ts';
import type { Erasures } from '../api.ts';
import { useConsoleWords } from '../words.ts';
import { sayCounts } from './say-counts.ts';

/** What was erased, by whom and why, and which browsers have not heard of it yet. */
export function SoFar({ erasures, devices }: Erasures) {
  const words = useConsoleWords();
  const say = words.erasure;
  const { lang } = useWords();
  return (
    <section aria-labelledby="c-erasures">
      <h2 id="c-erasures">{say.so}</h2>
      {erasures.length === 0 && <Empty>{say.noneSo}</Empty>}
      <ol class="c-erasures">
        {erasures.map((one) => {
          const waiting = devices.filter(({ cursor }) => cursor === null || cursor <= one.seq);
          return (
            <li key={one.seq}>
              <p>
                <strong>{sayCounts(one.counts, words)}</strong>{' '}
                <span class="u-quiet">{say.causes[one.cause] ?? one.cause}</span>
              </p>
              {one.cause === 'request' && (
                <p>
                  <bdi>{one.reason}</bdi>
                </p>
              )}
              <p class="u-quiet">{say.by(one.by.name, sayInstant(one.at, lang))}</p>
              {devices.length === 0 ? (
                <p class="u-quiet">{say.noBrowsers}</p>
              ) : (
                <p>{say.progress(devices.length - waiting.length, devices.length)}</p>
              )}
              {waiting.length > 0 && (
                <details>
                  <summary>{say.waiting}</summary>
                  <ul>
                    {waiting.map((device) => (
                      <li key={device.id}>
                        <bdi>{device.name}</bdi> · <bdi>{device.member.name}</bdi>{' '}
                        <span class="u-quiet">
                          {device.lastSeenAt
                            ? say.seen(sayInstant(device.lastSeenAt, lang))
                            : say.neverSeen}
                        </span>
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
