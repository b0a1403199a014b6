import { useState } from 'preact/hooks';
import { Button, Empty, sayDay, sayInstant } from '../../ui/index.ts';
import type { Device } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { say } from './words.ts';

export interface DevicesProps {
  readonly devices: readonly Device[];
  readonly client: Client;
  readonly admin: boolean;
  readonly lang: string;
  readonly onChanged: () => void;
}

export function Devices({ devices, client, admin, lang, onChanged }: DevicesProps) {
  const [asking, setAsking] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function revoke(id: string) {
    const failed = await client.revokeDevice(id);
    setAsking(null);
    setFailure(failed);
    if (!failed) onChanged();
  }

  return (
    <section aria-labelledby="c-devices">
      <h2 id="c-devices">{say.devices}</h2>
      {failure && <FailureNote failure={failure} />}
      {devices.length === 0 ? (
        <Empty>{say.noDevices}</Empty>
      ) : (
        <div class="c-scroll-x">
          <table class="c-plain">
            <thead>
              <tr>
                <th scope="col">{say.device}</th>
                <th scope="col">{say.member}</th>
                <th scope="col">{say.standing}</th>
                <th scope="col">{say.connected}</th>
                <th scope="col">{say.seen}</th>
                {admin && (
                  <th scope="col">
                    <span class="u-hidden">{say.revoke}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {devices.map((device) => (
                <tr key={device.id}>
                  <td dir="auto">{device.name}</td>
                  <td dir="auto">{device.member.name}</td>
                  <td data-label={say.standing}>{say.standings[device.standing ?? 'keyless']}</td>
                  <td data-label={say.connected}>
                    {device.connectedAt ? sayDay(device.connectedAt, lang) : ''}
                  </td>
                  <td data-label={say.seen}>
                    {device.lastSeenAt ? sayInstant(device.lastSeenAt, lang) : say.never}
                  </td>
                  {admin && (
                    <td>
                      {device.revokedAt ? (
                        <span class="u-quiet">{say.revoked(sayDay(device.revokedAt, lang))}</span>
                      ) : asking === device.id ? (
                        <div class="c-sure">
                          <p>{say.revokeSure(device.name)}</p>
                          <Button look="plain" onClick={() => void revoke(device.id)}>
                            {say.revokeDo}
                          </Button>
                          <Button look="quiet" onClick={() => setAsking(null)}>
                            {say.keep}
                          </Button>
                        </div>
                      ) : (
                        <Button
                          look="bad"
                          label={say.revokeName(device.name)}
                          onClick={() => setAsking(device.id)}
                        >
                          {say.revoke}
                        </Button>
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
