import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Problem } from '../../ui/states.tsx';
import type { ConnectState } from '../messages/calls.ts';
import type { Failure } from '../messages/result.ts';
import type { Status } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { say } from './words.ts';

interface Props {
  readonly client: OptionsClient;
  readonly state: Extract<ConnectState, { state: 'connected' }>;
  readonly status: Status | null;
  /** Disconnected, with this many cards unsynced. */
  readonly onDone: (unsynced: number) => void;
}

/** Where this browser is connected; leaving says what is unsynced first and asks again. */
export function Disconnect({ client, state, status, onDone }: Props) {
  const [asks, setAsks] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ask = async () => {
    const fresh = await client.call('status', {});
    if (fresh.ok) setAsks(fresh.value.unsynced);
    else setFailure(fresh.error);
  };
  const leave = async () => {
    const answer = await client.call('disconnect', {});
    if (answer.ok) onDone(asks ?? 0);
    else setFailure(answer.error);
  };
  return (
    <>
      <p>
        <strong>{say.connected(state.server)}</strong> {say.as(state.member, state.workspace)}
      </p>
      {status?.signedOut && <p class="o-warn">{say.signedOut}</p>}
      {failure && <Problem what={failure.message} safe={say.failedSafe} />}
      {asks === null ? (
        <div>
          <Button onClick={() => void ask()}>{say.disconnect}</Button>
        </div>
      ) : (
        <div class="o-ask">
          <p role="alert">{asks === 0 ? say.disconnectNone : say.disconnectSome(asks)}</p>
          <div class="u-actions">
            <Button onClick={() => setAsks(null)}>{say.stay}</Button>
            <Button look="bad" onClick={() => void leave()}>
              {say.disconnectReally}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
