// OAuth 2.0 Device Authorization Grant (RFC 8628). Codes, polling and approval are better-auth's;
// what a device gets in the end is a token of ours, never a session.
import { APIError } from 'better-auth/api';
import * as z from 'zod/mini';
import { id, normaliseText } from '../../domain/index.ts';
import { type Db, inWorkspace } from '../database.ts';
import { letInAgain } from '../members/acts.ts';
import { type Auth, CLIENT_ID } from './auth.ts';
import { type DeviceInfo, issueDeviceToken, mayConnect } from './devices.ts';
import { firstAdmin, type Membership, membershipOfUser } from './members.ts';

export const deviceInfo = z.object({
  id,
  name: z.string().check(z.overwrite(normaliseText), z.trim(), z.minLength(1), z.maxLength(100)),
});

export const codeRequest = z.object({ client_id: z.literal(CLIENT_ID), device: deviceInfo });
/** `device` only for a code that was made without one (createApprovedCode). */
export const tokenRequest = z.object({
  device_code: z.string().check(z.minLength(1), z.maxLength(200)),
  device: z.optional(deviceInfo),
});

export type GrantError =
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'access_denied'
  | 'invalid_request';

export type Granted = { membership: Membership; device: DeviceInfo; token: string };
export type Grant =
  | { ok: true; granted: Granted }
  | { ok: false; error: GrantError; words: string };

export async function requestCode(auth: Auth, device: DeviceInfo | null) {
  return auth.api.deviceCode({
    body: { client_id: CLIENT_ID, ...(device ? { scope: scopeOf(device) } : {}) },
  });
}

/** A code already approved for the first admin: for a browser that this machine itself starts. */
export async function createApprovedCode(
  auth: Auth,
  db: Db,
): Promise<{ deviceCode: string; userCode: string }> {
  const admin = await firstAdmin(db);
  if (!admin) throw new Error('there is no admin yet');
  const code = await requestCode(auth, null);
  await db
    .updateTable('deviceCode')
    .set({ status: 'approved', userId: admin.user })
    .where('deviceCode', '=', code.device_code)
    .execute();
  return { deviceCode: code.device_code, userCode: code.user_code };
}

const refused = (error: GrantError, words: string): Grant => ({ ok: false, error, words });
const GONE = 'This code has expired or was used. Start connecting again.';

/** One poll of the device. Each approved code gives one token. */
export async function redeem(
  auth: Auth,
  db: Db,
  request: z.infer<typeof tokenRequest>,
): Promise<Grant> {
  const row = await db
    .selectFrom('deviceCode')
    .select(['scope', 'userId', 'status', 'expiresAt'])
    .where('deviceCode', '=', request.device_code)
    .executeTakeFirst();
  if (!row) return refused('expired_token', GONE);

  const device = deviceOf(row.scope) ?? request.device ?? null;
  if (row.status === 'approved' && row.userId !== null) {
    // Said before the code is used up, so that a mistake can be put right and tried again.
    if (!device) return refused('invalid_request', 'The request does not name the device.');
    const asked = await membershipOfUser(db, row.userId);
    if (!asked) return refused('access_denied', 'This account is in no workspace.');
    const free = await inWorkspace(db, asked.workspace.id, (tx) =>
      mayConnect(tx, asked, device.id),
    );
    if (!free) return refused('access_denied', TAKEN);
  }
  let user: string;
  try {
    user = await useUp(auth, db, request.device_code);
  } catch (error) {
    return refusalOf(error);
  }
  const membership = await membershipOfUser(db, user);
  if (!membership || !device) return refused('access_denied', TAKEN);
  const token = await inWorkspace(db, membership.workspace.id, async (tx) => {
    const issued = await issueDeviceToken(tx, membership, device);
    if (issued !== null) await letInAgain(tx, membership, device.id);
    return issued;
  });
  if (token === null) return refused('access_denied', TAKEN);
  return { ok: true, granted: { membership, device, token } };
}

/** Claims an approved code and returns who approved it. The session the library makes is dropped. */
async function useUp(auth: Auth, db: Db, deviceCode: string): Promise<string> {
  const { access_token } = await auth.api.deviceToken({
    body: {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: deviceCode,
      client_id: CLIENT_ID,
    },
  });
  const session = await db
    .deleteFrom('session')
    .where('token', '=', access_token)
    .returning('userId')
    .executeTakeFirstOrThrow();
  return session.userId;
}

const TAKEN =
  'This browser is connected as another member of the workspace. Disconnect it there first.';

function refusalOf(error: unknown): Grant {
  const code = error instanceof APIError ? (error.body as { error?: unknown })?.error : undefined;
  switch (code) {
    case 'authorization_pending':
      return refused(code, 'Waiting for approval on the server’s page.');
    case 'slow_down':
      return refused(code, 'Asked too often. Wait five seconds longer.');
    case 'expired_token':
    case 'invalid_grant':
      return refused('expired_token', GONE);
    case 'access_denied':
      return refused(code, 'The connection was refused on the server’s page.');
    default:
      throw error;
  }
}

/** The device rides along as the request's scope: two tokens without spaces (RFC 6749, 3.3). */
export function scopeOf(device: DeviceInfo): string {
  return `device:${device.id} name:${encodeURIComponent(device.name)}`;
}

export function deviceOf(scope: string | null): DeviceInfo | null {
  const match = /^device:(\S+) name:(\S+)$/.exec(scope ?? '');
  if (!match) return null;
  const parsed = deviceInfo.safeParse({ id: match[1], name: decodeURIComponent(match[2] ?? '') });
  return parsed.success ? parsed.data : null;
}
