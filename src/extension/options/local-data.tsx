import { useState } from 'preact/hooks';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { Status } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { SaveFile } from './save-file.tsx';
import { Section } from './section.tsx';
import { say } from './words.ts';

interface Props {
  readonly client: OptionsClient;
  readonly status: Status | null;
  readonly onSync: (status: Status) => void;
  readonly now: () => number;
}

/** What lies on this device only. */
export function LocalData({ client, status, onSync, now }: Props) {
  const { lang } = useWords();
  const [said, setSaid] = useState('');
  const sync = async () => {
    const answer = await client.call('syncNow', {});
    if (answer.ok) onSync(answer.value);
    else setSaid(answer.error.message);
  };
  const anew = async () => {
    const answer = await client.call('beginAnew', {});
    if (answer.ok) onSync(answer.value);
    else setSaid(answer.error.message);
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
      {status?.finding && (
        <div class="o-ask">
          <p class="o-warn">
            <Icon name="attention" size={14} /> {status.finding.words}
          </p>
          <p class="u-quiet">
            {say.findingSince(sayInstant(new Date(status.finding.since).toISOString(), lang))}
          </p>
          {status.finding.mayBeginAnew && (
            <div>
              <Button onClick={() => void anew()}>{say.beginAnew}</Button>
            </div>
          )}
        </div>
      )}
      {status?.unsigned && (
        <div class="o-ask">
          <p class="o-warn">
            <Icon name="attention" size={14} /> {say.unsigned}
          </p>
          <p class="u-quiet">{status.unsigned}</p>
        </div>
      )}
      {status?.problem && <p class="o-warn">{status.problem}</p>}
      {status?.refusedSites && <p class="o-warn">{status.refusedSites}</p>}
      <SaveFile client={client} status={status} now={now} />
      <div class="u-actions">
        <ButtonLink href="../notebook/index.html">{say.notebook}</ButtonLink>
      </div>
      <p role="status">{said}</p>
    </Section>
  );
}
