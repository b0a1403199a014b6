import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * A secret for a link or a device: "<workspace>.<secret>". It names its workspace, so that it is
 * looked up behind that workspace's walls; only its SHA-256 is stored.
 */
export function newToken(workspace: string): string {
  return `${workspace}.${newSecret()}`;
}

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[\w-]{43}$/;

/** The workspace that a token says it is of, or null for what is no token. */
export function workspaceOf(token: string): string | null {
  return TOKEN.exec(token)?.[1] ?? null;
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
