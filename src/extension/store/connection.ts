import type { IDBPDatabase } from 'idb';
import * as z from 'zod/mini';
import { type IdSource, id, newId } from '../../domain/index.ts';
import { LOCAL_DB, workspaceDbName } from './open.ts';
import type { ProfileSchema } from './schema.ts';

type Profile = IDBPDatabase<ProfileSchema>;

/** What a device was granted. The token leaves this database only in an Authorization header. */
export const connection = z.object({
  server: z.string(),
  token: z.string(),
  device: id,
  workspace: z.object({ id, name: z.string() }),
  member: z.object({ id, name: z.string(), email: z.string(), role: z.string() }),
  /** The server's log key as it was told when connecting (SPEC 7.7); no other is believed. */
  serverKey: z.optional(z.string()),
});
export type Connection = z.infer<typeof connection>;

/** A device authorization that waits for approval (RFC 8628). */
export const pendingGrant = z.object({
  server: z.string(),
  deviceCode: z.string(),
  userCode: z.string(),
  verificationUri: z.string(),
  interval: z.number(),
  expiresAt: z.number(),
});
export type PendingGrant = z.infer<typeof pendingGrant>;

/** As it was last read: each call of a sidebar asks several times, and only writeConnection changes it. */
const known = new WeakMap<Profile, Promise<Connection | null>>();

export function readConnection(profile: Profile): Promise<Connection | null> {
  const present = known.get(profile);
  if (present !== undefined) return present;
  const reading = profile.get('settings', 'connection').then((stored) => {
    const parsed = connection.safeParse(stored);
    return parsed.success ? parsed.data : null;
  });
  known.set(profile, reading);
  reading.catch(() => known.delete(profile));
  return reading;
}

export async function writeConnection(profile: Profile, value: Connection | null): Promise<void> {
  const tx = profile.transaction('settings', 'readwrite', { durability: 'strict' });
  // Who asks from here on reads behind this transaction, and what was read before is forgotten.
  known.delete(profile);
  if (value === null) await tx.store.delete('connection');
  else await tx.store.put(value, 'connection');
  await tx.done;
}

/** Pins a key to a connection that has none. False when the connection is another one by now. */
export async function pinServerKey(
  profile: Profile,
  { server, token }: Connection,
  key: string,
): Promise<boolean> {
  const present = await readConnection(profile);
  if (present?.server !== server || present.token !== token) return false;
  if (present.serverKey !== undefined) return present.serverKey === key;
  await writeConnection(profile, { ...present, serverKey: key });
  return true;
}

export async function readPendingGrant(profile: Profile): Promise<PendingGrant | null> {
  const parsed = pendingGrant.safeParse(await profile.get('settings', 'grant'));
  return parsed.success ? parsed.data : null;
}

export async function writePendingGrant(
  profile: Profile,
  value: PendingGrant | null,
): Promise<void> {
  if (value === null) await profile.delete('settings', 'grant');
  else await profile.put('settings', value, 'grant');
}

/** This profile's own id, made at first use; the device id and, before connecting, the author. */
export async function deviceId(profile: Profile, source: IdSource): Promise<string> {
  const tx = profile.transaction('settings', 'readwrite');
  const parsed = id.safeParse(await tx.store.get('device'));
  const value = parsed.success ? parsed.data : newId(source);
  if (!parsed.success) await tx.store.put(value, 'device');
  await tx.done;
  return value;
}

/** Another id from now on, also when this profile connects again. */
export async function keepDeviceId(profile: Profile, value: string): Promise<void> {
  await profile.put('settings', value, 'device');
}

/** The database that captures go to now. */
export function databaseOf(connected: Connection | null): string {
  if (connected === null) return LOCAL_DB;
  return workspaceDbName(connected.server, connected.workspace.id, connected.member.id);
}
