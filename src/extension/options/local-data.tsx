import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import type { SidebarAnswers } from '../messages/calls.ts';
import type { Status } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { Section } from './section.tsx';
import { say } from './words.ts';

interface Props {
  readonly client: OptionsClient;
  readonly status: Status | null;
  readonly onSync: (status: Status) => void;
}

type Unread = SidebarAnswers['attention']['changes'][number];

/** What lies on this device only, and what the server could not read. */
export function LocalData({ client, status, onSync }: Props) {
  const [unread, setUnread] = useState<readonly Unread[]>([]);
  const [said, setSaid] = useState('');
  useEffect(() => {
    void client.call('attention', {}).then((answer) => {
      if (answer.ok) setUnread(answer.value.changes);
      else setSaid(answer.error.message);
    });
  }, [client, status?.attention]);
  const sync = async () => {
    const answer = await client.call('syncNow', {});
    if (answer.ok) onSync(answer.value);
    else setSaid(answer.error.message);
  };
  const copy = (change: Unread) => {
    client.copy(inWords(change)).then(
      () => setSaid(say.copied),
      () => setSaid(say.notCopied),
    );
  };
  return (
    <Section name="local">
      {status !== null && (
        <dl class="o-pairs">
          <div>
            <dt>{say.unsynced}</dt>
            <dd>
              {say.cards(status.unsynced)}
              {status.connection !== null && status.unsynced > 0 && (
                <Button look="quiet" onClick={() => void sync()}>
                  {say.syncNow}
                </Button>
              )}
            </dd>
          </div>
          <div>
            <dt>{say.kept}</dt>
            <dd>{say.cards(status.keptHere)}</dd>
          </div>
        </dl>
      )}
      {status?.problem && <p class="o-warn">{status.problem}</p>}
      {status?.refusedSites && <p class="o-warn">{status.refusedSites}</p>}
      <h3>{say.attention}</h3>
      {unread.length === 0 ? (
        <p class="u-quiet">{say.attentionNone}</p>
      ) : (
        <>
          <p class="u-quiet">{say.attentionWhy}</p>
          <ul class="o-rows">
            {unread.map((change) => (
              <li key={change.id}>
                <div>
                  <p>
                    <strong>{change.kind}</strong> {change.reason}
                  </p>
                  <p class="o-body-text" dir="auto">
                    {inWords(change).slice(0, 400)}
                  </p>
                </div>
                <Button icon="copy" onClick={() => copy(change)}>
                  {say.copy}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p role="status">{said}</p>
    </Section>
  );
}

/** A change's body as text: its fields one a line. */
function inWords({ body }: Unread): string {
  if (typeof body !== 'object' || body === null) return String(body);
  return Object.entries(body)
    .map(
      ([field, value]) => `${field}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join('\n');
}
