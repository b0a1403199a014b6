import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { sayDay } from '../../ui/time.ts';
import { Undo } from '../../ui/undo.tsx';
import { useWords } from '../../ui/words.ts';
import type { DevicesView, DeviceView, Status } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { Section } from './section.tsx';
import { say } from './words.ts';

interface Props {
  readonly client: OptionsClient;
  readonly status: Status | null;
  readonly onChange: () => void;
}

/** This device, whether it is vouched for, and the member's others: is this one yours? */
export function Devices({ client, status, onChange }: Props) {
  const { lang } = useWords();
  const [devices, setDevices] = useState<DevicesView | null>(null);
  const [said, setSaid] = useState('');
  const [asks, setAsks] = useState<string | null>(null);
  const [vouched, setVouched] = useState<DeviceView | null>(null);
  const endUndo = useCallback(() => setVouched(null), []);
  const take = (answer: Awaited<ReturnType<typeof ask>>) => {
    if (answer.ok) setDevices(answer.value);
    else setSaid(answer.error.message);
    return answer.ok;
  };
  const ask = () => client.call('devices', {});
  useEffect(() => void ask().then(take), [client, status]);

  const vouch = async (device: DeviceView, on: boolean) => {
    setSaid('');
    if (!take(await client.call('vouch', { id: device.id, on }))) return;
    setVouched(on ? device : null);
    onChange();
  };
  const revoke = async (device: DeviceView) => {
    setAsks(null);
    if (!take(await client.call('revokeDevice', { id: device.id }))) return;
    setSaid(say.revokedDevice(device.name));
    onChange();
  };
  const { own, others } = devices ?? { own: null, others: [] };
  return (
    <Section name="devices">
      {own === null ? (
        <p class="u-quiet">{devices === null ? say.reading : say.devicesNone}</p>
      ) : (
        <p class={own.standing === 'unattested' || own.revoked ? 'o-warn' : undefined}>
          <strong>{say.thisDevice}</strong> {sayOwn(own, lang)}
        </p>
      )}
      {others.length > 0 && (
        <ul class="o-rows">
          {others.map((device) => (
            <li key={device.id} class="o-unread">
              <div>
                <p>
                  <strong>
                    <bdi>{device.name || say.unnamed}</bdi>
                  </strong>{' '}
                  {sayOther(device, lang)}
                </p>
                {isStranger(device) && (
                  <p class="o-warn">
                    <Icon name="attention" size={14} /> {say.isYours}
                  </p>
                )}
              </div>
              {asks === device.id ? (
                <div class="o-ask">
                  <p role="alert">{say.revokeReally}</p>
                  <div class="u-actions">
                    <Button onClick={() => setAsks(null)}>{say.keepDevice}</Button>
                    <Button look="bad" onClick={() => void revoke(device)}>
                      {say.revokeIt}
                    </Button>
                  </div>
                </div>
              ) : (
                !device.revoked && (
                  <div class="u-actions">
                    {isStranger(device) && mayVouch(own) && (
                      <Button
                        label={say.ofThat(say.vouch, device.name)}
                        onClick={() => void vouch(device, true)}
                      >
                        {say.vouch}
                      </Button>
                    )}
                    <Button
                      look="quiet"
                      label={say.ofThat(say.revokeDevice, device.name)}
                      onClick={() => setAsks(device.id)}
                    >
                      {say.revokeDevice}
                    </Button>
                  </div>
                )
              )}
            </li>
          ))}
        </ul>
      )}
      {vouched !== null && (
        <Undo
          text={say.vouched(vouched.name)}
          onUndo={() => void vouch(vouched, false)}
          onEnd={endUndo}
        />
      )}
      <p role="status">{said}</p>
    </Section>
  );
}

function isStranger({ standing, revoked }: DeviceView): boolean {
  return standing === 'unattested' && !revoked;
}

/** Only a device that signs can vouch: its word has to be proven to be its own. */
function mayVouch(own: DeviceView | null): boolean {
  return own !== null && own.standing !== 'keyless' && !own.revoked;
}

function sayOwn(own: DeviceView, lang: string): string {
  if (own.revoked) return say.own.revoked;
  const since = day(own.since, lang);
  switch (own.standing) {
    case 'first':
      return say.own.first(since);
    case 'attested':
      return say.own.attested(own.by || say.unnamed, since);
    case 'unattested':
      return say.own.unattested(since);
    case 'keyless':
      return say.own.keyless;
  }
}

function sayOther(device: DeviceView, lang: string): string {
  if (device.revoked) return say.other.revoked;
  const since = day(device.since, lang);
  switch (device.standing) {
    case 'first':
      return say.other.first(since);
    case 'attested':
      return say.other.attested(device.by || say.unnamed, since);
    case 'unattested':
      return say.other.unattested(since);
    case 'keyless':
      return say.other.keyless(since);
  }
}

function day(ms: number | null, lang: string): string {
  return ms === null ? '' : sayDay(new Date(ms).toISOString(), lang);
}
