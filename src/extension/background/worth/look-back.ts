// Looking back on a customer: what was kept, what is on file for it, and lines that become questions.
import {
  type Body,
  cameOutLate,
  type Fields,
  type Id,
  type Kind,
  mayWrite,
  newId,
  role,
} from '../../../domain/index.ts';
import { msOf } from '../../../ledger/index.ts';
import { ExpectedError, type LookBackView } from '../../messages/index.ts';
import { readFields, recordsAbout, recordsOfKind, type StoredRecord } from '../../store/index.ts';
import { Names } from '../cards.ts';
import { customerIds } from '../guess.ts';
import { editRecord, writeRecord } from '../save.ts';
import type { Here, World } from '../world.ts';

export async function lookBackView(here: Here, customer: Id): Promise<LookBackView> {
  const about = await recordsAbout(here.db, 'customer', await customerIds(here.db, customer));
  const records = about.map(({ record }) => record);
  const expectations = ofKind(records, 'expectation');
  const probes = ofKind(records, 'probe').sort((a, b) =>
    (a.fields.askedAt ?? '').localeCompare(b.fields.askedAt ?? ''),
  );
  const patterns = [...(await recordsOfKind(here.db, 'pattern')).values()];
  const questions = patterns.flatMap((record) => {
    const { text, retired } = readFields<'pattern'>(record);
    return text === undefined || retired === true ? [] : [text];
  });
  return {
    held: await heldIn(here, ofKind(records, 'retrospective')),
    asked: probes.flatMap(({ fields: { question, askedAt } }) =>
      askedAt === undefined || !question ? [] : [question],
    ),
    late: cameOutLate(expectations, probes).flatMap(({ fields }) => fields.statement ?? []),
    misses: expectations.flatMap(({ fields: { outcome, dimension, gap } }) =>
      outcome === 'missed' ? [{ dimension, gap }] : [],
    ),
    questions,
    mayAdd: mayAdd(here),
  };
}

/** Makes a retrospective, or changes one; answers its id. */
export async function keepLookBack(
  world: World,
  record: Id | null,
  customer: Id,
  fields: { [Field in 'asked' | 'late' | 'differently']?: string | null | undefined },
): Promise<Id> {
  const body: Body = {};
  for (const [field, text] of Object.entries(fields)) if (text !== undefined) body[field] = text;
  if (record !== null) {
    await editRecord(world, 'retrospective', record, body);
    return record;
  }
  const made = newId(world.source);
  const heldAt = new Date(world.source.now()).toISOString();
  await writeRecord(world, 'retrospective', made, { ...body, customer, heldAt });
  return made;
}

/** A question that the whole workspace can ask; answers its id. */
export async function makePattern(
  world: World,
  pattern: { text: string; reason: string | null; dimension: string | null },
): Promise<Id> {
  const text = pattern.text.trim();
  if (text === '') throw new ExpectedError('bad-input', 'Write the question first.');
  if (!mayAdd(await world.current())) {
    throw new ExpectedError('bad-input', 'Only managers change the questions of the workspace.');
  }
  const { reason, dimension } = pattern;
  const body: Body = {
    text,
    ...(reason === null ? {} : { reason }),
    ...(dimension === null ? {} : { dimension }),
  };
  const made = newId(world.source);
  await writeRecord(world, 'pattern', made, body);
  return made;
}

/** Before connecting one is alone, and the questions are one's own. */
function mayAdd({ connection }: Here): boolean {
  if (connection === null) return true;
  const known = role.safeParse(connection.member.role);
  return known.success && mayWrite(known.data, 'pattern');
}

function ofKind<K extends Kind>(
  records: readonly StoredRecord[],
  kind: K,
): { id: Id; fields: Fields<K>; record: StoredRecord }[] {
  return records.flatMap((record) =>
    record.kind === kind ? [{ id: record.id, fields: readFields<K>(record), record }] : [],
  );
}

async function heldIn(
  here: Here,
  found: { id: Id; fields: Fields<'retrospective'>; record: StoredRecord }[],
): Promise<LookBackView['held']> {
  const names = new Names(here);
  const held = await Promise.all(
    found.map(async ({ id, fields, record: { state } }) => {
      const { author, rank } = state.origin;
      return {
        id,
        asked: fields.asked ?? '',
        late: fields.late ?? '',
        differently: fields.differently ?? '',
        heldAt: fields.heldAt ?? new Date(msOf(rank)).toISOString(),
        author: { name: await names.member(author), me: author === here.me },
      };
    }),
  );
  // One that was emptied is not there any more.
  const told = held.filter(({ asked, late, differently }) => asked + late + differently !== '');
  return told.sort((a, b) => Date.parse(b.heldAt) - Date.parse(a.heldAt));
}
