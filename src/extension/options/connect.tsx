import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem, Waiting } from '../../ui/states.tsx';
import type { ConnectState } from '../messages/calls.ts';
import type { Result } from '../messages/result.ts';
import type { Status } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { Disconnect } from './disconnect.tsx';
import { webOrigin } from './hash.ts';
import { Section } from './section.tsx';
import { say } from './words.ts';

const LOCAL_SERVER = 'http://127.0.0.1:8787';

interface Props extends AppProps {
  readonly status: Status | null;
  readonly onChange: () => void;
}

/** Connecting to a server by a code that is compared and approved on the server's page. */
export function Connect({ client, asked, now, status, onChange }: Props) {
  const [state, setState] = useState<ConnectState | null>(null);
  const [busy, setBusy] = useState(false);
  const [left, setLeft] = useState<number | null>(null);
  const [ask, setAsk] = useState(asked.ask === 'resume' ? asked : null);

  const take = (answer: Result<ConnectState>) => {
    const next: ConnectState = answer.ok
      ? answer.value
      : { state: 'failed', message: answer.error.message };
    setBusy(false);
    setState(next);
    if (next.state === 'connected') onChange();
  };
  const resume = async (resumed: { server: string; deviceCode: string }) => {
    setAsk(null);
    setBusy(true);
    take(await client.call('connectResume', resumed));
  };

  useEffect(() => {
    void client.call('connectPoll', {}).then((answer) => {
      const connected = answer.ok && answer.value.state === 'connected';
      take(answer);
      // The launcher on this computer asks by itself; for any other server a person decides.
      if (asked.ask === 'resume' && asked.local && !connected) {
        const { server, deviceCode } = asked;
        void resume({ server, deviceCode });
      }
    });
  }, []);

  useEffect(() => {
    if (state?.state !== 'waiting') return;
    const timer = setTimeout(
      () => void client.call('connectPoll', {}).then(take),
      Math.max(1, state.interval) * 1_000,
    );
    return () => clearTimeout(timer);
  }, [state]);

  const start = async (server: string) => {
    setBusy(true);
    take(await client.call('connectStart', { server }));
  };
  return (
    <Section name="connect">
      {ask !== null && state?.state === 'connected' && state.server !== ask.server && (
        <p>{say.resumeOther(state.server, ask.server)}</p>
      )}
      {ask !== null && !ask.local && state !== null && state.state !== 'connected' && (
        <div class="o-ask">
          <p>{say.resumeAsk(ask.server)}</p>
          <Button
            look="primary"
            onClick={() => void resume({ server: ask.server, deviceCode: ask.deviceCode })}
          >
            {say.start}
          </Button>
        </div>
      )}
      {state === null || busy ? (
        <Waiting>{busy ? say.starting : say.reading}</Waiting>
      ) : state.state === 'waiting' ? (
        <Code
          state={state}
          now={now}
          onCancel={() => {
            setState({ state: 'idle' });
            void client.call('connectCancel', {});
          }}
        />
      ) : state.state === 'connected' ? (
        <Disconnect
          client={client}
          state={state}
          status={status}
          onDone={(unsynced) => {
            setLeft(unsynced);
            setState({ state: 'idle' });
            onChange();
          }}
        />
      ) : (
        <>
          {left !== null && <p role="status">{say.disconnected(left)}</p>}
          {state.state === 'failed' && (
            <Problem what={say.failed} safe={say.failedSafe} todo={state.message} />
          )}
          <Start onStart={start} primary={ask === null || ask.local} />
        </>
      )}
    </Section>
  );
}

interface StartProps {
  readonly onStart: (server: string) => Promise<void>;
  readonly primary: boolean;
}

function Start({ onStart, primary }: StartProps) {
  const [server, setServer] = useState(LOCAL_SERVER);
  const [error, setError] = useState<string | undefined>();
  return (
    <form
      class="o-form"
      onSubmit={(event) => {
        event.preventDefault();
        const origin = webOrigin(server.trim());
        setError(origin === null ? say.badServer : undefined);
        if (origin !== null) void onStart(origin);
      }}
    >
      <p class="u-quiet">{say.why}</p>
      <Field
        label={say.server}
        hint={say.serverHint}
        error={error}
        type="url"
        value={server}
        onInput={setServer}
      />
      <div>
        <Button look={primary ? 'primary' : 'plain'} submit>
          {say.start}
        </Button>
      </div>
    </form>
  );
}

interface CodeProps {
  readonly state: Extract<ConnectState, { state: 'waiting' }>;
  readonly now: () => number;
  readonly onCancel: () => void;
}

function Code({ state, now, onCancel }: CodeProps) {
  // Given by the launcher, the code was approved there: nothing to compare.
  const compare = state.userCode !== '' && /^https?:\/\//i.test(state.verificationUri);
  const minutes = Math.max(0, Math.round((state.expiresAt - now()) / 60_000));
  return (
    <>
      {compare && (
        <>
          <p>{say.compare}</p>
          <p class="o-code">
            <span class="u-label">{say.code}</span>
            <output>{spelled(state.userCode)}</output>
          </p>
        </>
      )}
      <div class="u-actions">
        {compare && (
          <a
            class="u-button u-button-primary"
            href={state.verificationUri}
            target="_blank"
            rel="noopener noreferrer"
          >
            {say.openPage}
          </a>
        )}
        <Button look="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
      <Waiting>{say.waiting(state.server)}</Waiting>
      <p class="u-quiet">{say.left(minutes)}</p>
    </>
  );
}

/** In two halves, as the server's page shows it: what is compared should look alike. */
function spelled(code: string): string {
  return /^\w{8}$/.test(code) ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}
