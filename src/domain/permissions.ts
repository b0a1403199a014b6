// Who may change what (SPEC 13). One table for the server, which enforces it, and for the extension
// and the console, which do not offer what would be refused.
import * as z from 'zod/mini';
import { isKind, type Kind } from './kinds.ts';

export const role = z.enum(['annotator', 'manager', 'admin', 'auditor']);
export type Role = z.infer<typeof role>;

/** An auditor's own work; nothing that it is about. */
const AUDITS: readonly Kind[] = [
  'audit',
  'programme',
  'review',
  'finding',
  'inquiry',
  'dispute',
  'improvement',
  'comment',
  'mention',
  'export',
];
const OF_MANAGERS: readonly Kind[] = [
  'setting',
  'label',
  'pattern',
  'standard',
  'audit',
  'programme',
  'review',
  'finding',
  'import',
];
const OF_ADMINS: readonly Kind[] = ['member', 'erasure'];

/**
 * Whether a member of this role may write changes of this kind. `device` records are ruled by whose
 * device it is (see mayWriteDevice). Kinds of a later version are anybody's but an auditor's.
 */
export function mayWrite(role: Role, kind: string): boolean {
  if (kind === 'device') return true;
  if (role === 'auditor') return isKind(kind) && AUDITS.includes(kind);
  if (!isKind(kind)) return true;
  if (OF_ADMINS.includes(kind)) return role === 'admin';
  if (OF_MANAGERS.includes(kind)) return role === 'manager' || role === 'admin';
  return true;
}

/** A device is its member's to name, attest and revoke; an admin may revoke any. */
export function mayWriteDevice(
  writer: { id: string; role: Role },
  owner: string,
  body: { [field: string]: unknown },
): boolean {
  if (writer.id === owner) return true;
  const fields = Object.keys(body);
  return writer.role === 'admin' && fields.length > 0 && fields.every((name) => name === 'revoked');
}

/**
 * Whether a member of this role may take this out as a file. Of the register and calls everybody
 * gets what they can read; stories are told to those who review.
 */
export function mayExport(role: Role, what: string): boolean {
  return ['register', 'calls'].includes(what) || readsAll(role);
}

/** Managers, admins and auditors read everything in their workspace. */
export function readsAll(role: Role): boolean {
  return role !== 'annotator';
}

/**
 * Never erased: what the workspace runs by, and the erasures themselves, without which a missing
 * body would be tampering.
 */
const KEPT = [
  'erasure',
  'member',
  'device',
  'setting',
  'label',
  'pattern',
  'standard',
  'programme',
  'export',
  'import',
];

export function isErasable(kind: string): boolean {
  return !KEPT.includes(kind);
}
