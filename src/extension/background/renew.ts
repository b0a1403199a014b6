// Going on as another device (SPEC 10): a copy of this profile has used this one's numbers, or the
// key it signs with is lost. What was not sent is sealed anew; nothing of it is lost or there twice.
import { newId } from '../../domain/index.ts';
import { renewResponse } from '../../ledger/index.ts';
import { keepDeviceId, writeConnection } from '../store/index.ts';
import { deviceKey } from './device-key.ts';
import { post, type ServerFailure } from './server-call.ts';
import { type Here, settle, type World } from './world.ts';

/** null when it went well; what was not sent is then under the new device. */
export async function renewDevice(
  world: World,
  send: typeof fetch,
  { connection }: Here,
  name: string,
): Promise<ServerFailure | null> {
  if (connection === null) return null;
  const answer = await post(
    send,
    `${connection.server}/v1/device/renew`,
    { device: { id: newId(world.source), name } },
    renewResponse,
    connection.token,
  );
  if (!answer.ok) return answer.failure;
  const { access_token: token, device } = answer.value;
  const renewed = { ...connection, token, device: device.id };
  await deviceKey(world, renewed);
  await world.alone(async () => {
    const profile = await world.profile();
    const { db, connection: present } = await world.current();
    if (present?.token !== connection.token) return;
    // First the connection: should the worker die in between, settling goes on from there.
    await writeConnection(profile, renewed);
    await keepDeviceId(profile, device.id);
    await settle(world, db, renewed);
  });
  return null;
}
