import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Problem, Waiting } from '../../ui/states.tsx';
import type { MailReminders, Reminders as Settings } from '../messages/brief-calls.ts';
import type { Result } from '../messages/result.ts';
import type { Status } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { sayReminders as say } from './reminder-words.ts';
import { Section } from './section.tsx';
import { say as sayAll } from './words.ts';

interface Props {
  readonly client: OptionsClient;
  readonly status: Status | null;
}

/** How the person is reminded of what is due: by the browser, and by mail from the server. */
export function Reminders({ client, status }: Props) {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    void client.call('reminders', {}).then((answer) => {
      if (answer.ok) setSettings(answer.value);
      else setFailure(answer.error.message);
    });
  }, [client]);
  const take = <T,>(answer: Result<T>, set: (value: T) => void) => {
    setFailure(answer.ok ? null : answer.error.message);
    setSaid(answer.ok ? say.saved : '');
    if (answer.ok) set(answer.value);
  };
  const save = async (patch: { notify?: boolean; words?: boolean }) =>
    take(await client.call('setReminders', patch), setSettings);
  const allow = async () => {
    // Browsers answer only straight from a click: nothing is awaited before.
    const allowed = await client.allowNotifications();
    setSaid(allowed ? say.saved : say.refused);
    if (allowed && settings !== null) {
      setSettings({ ...settings, allowed });
      await save({ notify: true });
    }
  };
  return (
    <Section name="reminders">
      <p class="u-quiet">{say.why}</p>
      {failure !== null && <Problem what={failure} safe={say.safe} />}
      {settings === null && failure === null && <Waiting>{sayAll.reading}</Waiting>}
      {settings !== null && (
        <>
          <h3>{say.here}</h3>
          {settings.allowed ? (
            <label class="o-check">
              <input
                type="checkbox"
                checked={settings.notify}
                onChange={(event) => void save({ notify: event.currentTarget.checked })}
              />
              <span>{say.notify}</span>
            </label>
          ) : (
            <div class="o-ask">
              <p class="u-quiet">{say.notAllowed}</p>
              <Button onClick={() => void allow()}>{say.allow}</Button>
            </div>
          )}
          {settings.allowed && settings.notify && (
            <>
              <label class="o-check">
                <input
                  type="checkbox"
                  checked={settings.words}
                  onChange={(event) => void save({ words: event.currentTarget.checked })}
                />
                <span>{say.words}</span>
              </label>
              <p class="u-hint">{say.wordsHint}</p>
            </>
          )}
        </>
      )}
      <Mail client={client} status={status} onTold={take} />
      <p role="status">{said}</p>
    </Section>
  );
}

interface MailProps extends Props {
  readonly onTold: (answer: Result<MailReminders>, set: (value: MailReminders) => void) => void;
}

function Mail({ client, status, onTold }: MailProps) {
  const [mail, setMail] = useState<MailReminders | undefined>(undefined);
  const isConnected = status !== null && status.connection !== null;
  useEffect(() => {
    if (!isConnected) return;
    void client.call('mailReminders', {}).then((answer) => {
      setMail(answer.ok ? answer.value : null);
    });
  }, [client, isConnected]);
  if (status === null) return null;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const save = async (patch: { mail?: boolean; words?: boolean }) => {
    if (!mail) return;
    // The time zone is this device's from now on.
    const choice = { mail: mail.mail, words: mail.words, ...patch, zone };
    onTold(await client.call('setMailReminders', choice), setMail);
  };
  return (
    <>
      <h3>{say.mail}</h3>
      {!isConnected && <p class="u-quiet">{say.notConnected}</p>}
      {isConnected && mail === undefined && <Waiting>{sayAll.reading}</Waiting>}
      {isConnected && mail !== undefined && !mail?.available && <p class="u-quiet">{say.noMail}</p>}
      {isConnected && mail?.available && (
        <>
          <label class="o-check">
            <input
              type="checkbox"
              checked={mail.mail}
              onChange={(event) => void save({ mail: event.currentTarget.checked })}
            />
            <span>{say.mailOn(mail.address)}</span>
          </label>
          <p class="u-hint">{say.mailHint(zone)}</p>
          {mail.mail && (
            <label class="o-check">
              <input
                type="checkbox"
                checked={mail.words}
                onChange={(event) => void save({ words: event.currentTarget.checked })}
              />
              <span>{say.mailWords}</span>
            </label>
          )}
        </>
      )}
    </>
  );
}
