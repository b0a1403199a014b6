// The key a device signs its batches with (SPEC 10): made by the browser, which never hands out its
// private half, one for each server, workspace and device. A browser without Ed25519 goes unsigned,
// and its device record says so by having no key.
import { newId } from '../../domain/index.ts';
import { batchText, envelopeHash, type PushedChange, toBase64, utf8 } from '../../ledger/index.ts';
import { type Connection, commit, getRecord, readFields } from '../store/index.ts';
import { hasher } from './hasher.ts';
import type { Here, World } from './world.ts';

export type DeviceKey = { privateKey: CryptoKey; publicKey: string };

/** The key of this connection's device, made at first use; null where the browser can make none. */
export async function deviceKey(world: World, connection: Connection): Promise<DeviceKey | null> {
  const held = await heldKey(world, connection);
  if (held !== null) return held;
  const made = await newKey();
  if (made === null) return null;
  const tx = (await world.profile()).transaction('settings', 'readwrite', {
    durability: 'strict',
  });
  await tx.store.put(made, placeOf(connection));
  await tx.done;
  return made;
}

export async function heldKey(world: World, connection: Connection): Promise<DeviceKey | null> {
  const held: unknown = await (await world.profile()).get('settings', placeOf(connection));
  return isDeviceKey(held) ? held : null;
}

/** Ed25519 over the batch's last envelope, in base64; undefined without a key. */
export async function signBatch(
  key: DeviceKey | null,
  push: PushedChange[],
): Promise<string | undefined> {
  const last = push.at(-1);
  if (last === undefined || key === null) return undefined;
  const text = utf8(batchText(envelopeHash(hasher, last.envelope)));
  const signature = await crypto.subtle.sign('Ed25519', key.privateKey, Uint8Array.from(text));
  return toBase64(new Uint8Array(signature));
}

/**
 * Writes the device's record as a change of its own chain, when there is none that says the same.
 * `lost`: its registered key is gone, so that it cannot sign, and it has to go on as another device.
 */
export async function announceDevice(
  world: World,
  here: Here,
  name: string,
): Promise<'announced' | 'known' | 'lost'> {
  const { db, connection } = here;
  if (connection === null) return 'known';
  const key = await deviceKey(world, connection);
  const record = await getRecord(db, 'device', connection.device);
  const fields = record === null ? null : readFields<'device'>(record.record);
  if (fields?.publicKey !== undefined && fields.publicKey !== key?.publicKey) return 'lost';
  if (fields !== null && fields.publicKey === key?.publicKey) return 'known';
  const body = {
    ...{ name, member: connection.member.id },
    ...(key === null ? {} : { publicKey: key.publicKey }),
  };
  const write = { id: newId(world.source), kind: 'device', record: connection.device, body };
  await commit(db, world.source, [write], { author: connection.member.id });
  return 'announced';
}

/** Whether this device signs what it sends; null before connecting. */
export async function isSigning(world: World): Promise<boolean | null> {
  const { connection } = await world.current();
  return connection === null ? null : (await heldKey(world, connection)) !== null;
}

async function newKey(): Promise<DeviceKey | null> {
  try {
    // Not extractable: that is of the private half, the public one always is.
    const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    const { privateKey, publicKey } = pair as CryptoKeyPair;
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
    return { privateKey, publicKey: toBase64(raw) };
  } catch {
    return null;
  }
}

function isDeviceKey(held: unknown): held is DeviceKey {
  return typeof held === 'object' && held !== null && 'privateKey' in held && 'publicKey' in held;
}

function placeOf({ server, workspace, device }: Connection): string {
  return `key|${server}|${workspace.id}|${device}`;
}
