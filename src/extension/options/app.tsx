import { useCallback, useEffect, useState } from 'preact/hooks';
import { Logo } from '../../ui/icons.tsx';
import type { Status } from '../messages/views.ts';
import { Attention } from './attention.tsx';
import { Calls } from './calls.tsx';
import type { OptionsClient } from './client.ts';
import { Connect } from './connect.tsx';
import { Cues } from './cues.tsx';
import { Devices } from './devices.tsx';
import { Following } from './following.tsx';
import { type Asked, SECTIONS } from './hash.ts';
import { LocalData } from './local-data.tsx';
import { Logging } from './logging.tsx';
import { NeverLog } from './never-log.tsx';
import { Privacy } from './privacy.tsx';
import { Reminders } from './reminders.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { Sites } from './sites.tsx';
import { say } from './words.ts';

export interface AppProps {
  readonly client: OptionsClient;
  readonly asked: Asked;
  /** ms since 1970 */
  readonly now: () => number;
}

export function App({ client, asked, now }: AppProps) {
  const [status, setStatus] = useState<Status | null>(null);
  const refresh = useCallback(async () => {
    const answer = await client.call('status', {});
    if (answer.ok) setStatus(answer.value);
  }, [client]);
  useEffect(() => void refresh(), [refresh]);
  useEffect(() => {
    const section =
      asked.ask === 'section' ? asked.section : asked.ask === 'allow' ? 'sites' : null;
    if (section !== null) document.getElementById(section)?.scrollIntoView();
  }, [asked]);
  return (
    <div class="o-page">
      <header class="o-head">
        <Logo height={14} />
        <h1>
          Unsaid <span class="u-quiet">{say.title}</span>
        </h1>
        <nav aria-label={say.title}>
          {SECTIONS.map((section) => (
            <a key={section} href={`#${section}`} onClick={(event) => jump(event, section)}>
              {say.sections[section]}
            </a>
          ))}
        </nav>
      </header>
      <main>
        <Connect client={client} asked={asked} now={now} status={status} onChange={refresh} />
        <Attention client={client} status={status} onChange={() => void refresh()} />
        <Devices client={client} status={status} onChange={() => void refresh()} />
        <Following client={client} status={status} />
        <Sites client={client} asked={asked} />
        <NeverLog client={client} status={status} />
        <Logging client={client} status={status} />
        <Cues client={client} />
        <Shortcuts client={client} />
        <Calls client={client} />
        <Reminders client={client} status={status} />
        <Privacy />
        <LocalData client={client} status={status} onSync={setStatus} now={now} />
      </main>
    </div>
  );
}

/** Within the page, without the address: a changed address asks for something else. */
function jump(event: MouseEvent, section: string): void {
  event.preventDefault();
  const heading = document.querySelector<HTMLElement>(`#${section} h2`);
  heading?.scrollIntoView();
  heading?.focus({ preventScroll: true });
}
