import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../ui/states.tsx';
import type { LoggingView } from '../messages/logging-calls.ts';
import type { Result } from '../messages/result.ts';
import type { Status } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { sayLogging as say } from './logging-words.ts';
import { Section } from './section.tsx';

interface Props {
  readonly client: OptionsClient;
  /** Another member's choice is another one. */
  readonly status: Status | null;
}

/** Whether opened mails log themselves, and what that means. */
export function Logging({ client, status }: Props) {
  const [view, setView] = useState<LoggingView | null>(null);
  const [failed, setFailed] = useState('');
  const [said, setSaid] = useState('');
  const member = status?.connection?.member ?? null;
  const take = (answer: Result<LoggingView>): boolean => {
    setFailed(answer.ok ? '' : answer.error.message);
    if (answer.ok) setView(answer.value);
    return answer.ok;
  };
  useEffect(() => void client.call('logging', {}).then(take), [client, JSON.stringify(member)]);
  const turn = async (on: boolean) => {
    if (take(await client.call('setLogging', { on }))) setSaid(on ? say.on : say.off);
  };
  return (
    <Section name="logging">
      <p class="u-quiet">{say.why}</p>
      <label class="o-check">
        <input
          type="checkbox"
          checked={view?.on ?? false}
          disabled={view === null}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
        <span>{say.log}</span>
      </label>
      {view !== null && <p class="u-quiet">{view.follows === 'all' ? say.all : say.chosen}</p>}
      <List title={say.is} lines={say.isList} />
      <List title={say.not} lines={say.notList} />
      {failed !== '' && <Problem what={failed} safe={say.safe} />}
      <p role="status" class="u-quiet">
        {said}
      </p>
    </Section>
  );
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <>
      <h3>{title}</h3>
      <ul class="o-list">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
