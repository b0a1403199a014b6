// Colleagues named in a card: "@Name" in its words, chosen from the list while writing, becomes a
// record that comes to whoever it names.
import { type Body, type Id, plain, shorten } from '../../../domain/index.ts';
import {
  getRecord,
  mentionsIn,
  readFields,
  type StoredRecord,
  type WorkspaceDb,
} from '../../store/index.ts';
import type { Here } from '../world.ts';

/** What of a mention is written: a new one has no id yet. */
export type MentionWrite = { id: Id | null; body: Body };

/** Around the name, in UTF-16 units: what its reader sees before opening the card. */
const LONGEST = 300;

/** The mentions that a new card makes: of those chosen, whoever its words still name. */
export async function newMentions(
  here: Here,
  subject: { kind: string; id: Id },
  body: Body,
  chosen: readonly Id[],
): Promise<Body[]> {
  const texts = textsOf(body);
  const made: Body[] = [];
  for (const member of new Set(chosen)) {
    const name = await nameOf(here, member);
    const text = name === null ? null : naming(texts, name);
    if (text !== null) made.push(bodyOf(member, subject, text, body));
  }
  return made;
}

/**
 * What changed words of a saved card change about its mentions: whoever is newly chosen and named
 * gets one, nobody gets two, and the member's own of somebody who is not named any more are taken
 * back, until the name is back.
 */
export async function changedMentions(
  here: Here,
  record: StoredRecord,
  patch: Body,
  chosen: readonly Id[],
): Promise<MentionWrite[]> {
  const { kind, id } = record;
  const before = readFields<'note'>(record) as Body;
  const after = { ...before, ...patch };
  const isAbout = [...textsOf(before), ...textsOf(after)].some((text) => text.includes('@'));
  if (!isAbout || Object.values(patch).every((value) => !isText(value))) return [];
  const texts = textsOf(after);
  const writes: MentionWrite[] = [];
  const told = new Set<Id>();
  for (const mention of await mentionsOf(here.db, id)) {
    const { member, deleted = false } = readFields<'mention'>(mention);
    if (member === undefined) continue;
    const name = await nameOf(here, member);
    const isNamed = name !== null && naming(texts, name) !== null;
    if (!deleted || isNamed) told.add(member);
    const isOwn = mention.state.origin.author === here.me;
    if (isOwn && deleted === isNamed) writes.push({ id: mention.id, body: { deleted: !isNamed } });
  }
  for (const member of new Set(chosen)) {
    const name = told.has(member) ? null : await nameOf(here, member);
    const text = name === null ? null : naming(texts, name);
    if (text !== null) writes.push({ id: null, body: bodyOf(member, { kind, id }, text, after) });
  }
  return writes;
}

function bodyOf(member: Id, subject: { kind: string; id: Id }, text: string, of: Body): Body {
  // Words for managers are not to be read here by others.
  const visibility = of.visibility === 'managers' ? { visibility: 'managers' } : {};
  return { member, subject: { kind: subject.kind, id: subject.id }, text, ...visibility };
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function textsOf(body: Body): string[] {
  return Object.values(body).filter((value) => typeof value === 'string');
}

async function nameOf({ db }: Here, member: Id): Promise<string | null> {
  const found = await getRecord(db, 'member', member);
  const name = found === null ? '' : plain(readFields<'member'>(found.record).name ?? '').trim();
  return name === '' ? null : name;
}

/** The words around the first "@Name", or null where it is nowhere. */
function naming(texts: readonly string[], name: string): string | null {
  const wanted = `@${name}`;
  for (const text of texts) {
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      // "@Tom" is not in "@Tomas".
      if (/^[\p{L}\p{N}]/u.test(text.slice(at + wanted.length))) continue;
      const from = Math.max(0, at - LONGEST / 2);
      const around = from === 0 ? text : `…${text.slice(from).toWellFormed()}`;
      return shorten(around.trim(), LONGEST);
    }
  }
  return null;
}

/** All that point to this record, also those that were taken back on this device. */
async function mentionsOf(db: WorkspaceDb, subject: Id): Promise<StoredRecord[]> {
  return mentionsIn(db, subject);
}
