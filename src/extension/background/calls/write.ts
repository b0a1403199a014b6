// Calls as they are read and written.
import {
  type Body,
  type CallClock,
  clockOf,
  type Fields,
  type Id,
  newId,
} from '../../../domain/index.ts';
import { ExpectedError } from '../../messages/index.ts';
import { getRecord, readFields, type StoredRecord, type Write } from '../../store/index.ts';
import { refuseBadBody } from '../save.ts';
import type { Here, World } from '../world.ts';

export type Call = {
  id: Id;
  record: StoredRecord;
  fields: Fields<'interaction'>;
  clock: CallClock;
};

export function isoOf(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}

/** One change to one record, refused in words where it does not fit the record's schema. */
export function writeOf(world: World, kind: string, record: Id, body: Body): Write {
  const write: Write = { id: newId(world.source), kind, record, body };
  refuseBadBody(write);
  return write;
}

/** A call by its record; null where that is none. */
export function asCall(record: StoredRecord): Call | null {
  const fields = readFields<'interaction'>(record);
  const clock = clockOf(fields);
  if (record.kind !== 'interaction' || fields.callState === undefined || clock === null)
    return null;
  return { id: record.id, record, fields, clock };
}

export async function callIn(here: Here, id: Id, { deleted = false } = {}): Promise<Call> {
  const found = await getRecord(here.db, 'interaction', id);
  return callFrom(found?.record, deleted);
}

/** The same of a record that was read already. */
export function callFrom(record: StoredRecord | undefined, deleted = false): Call {
  const call = record === undefined ? null : asCall(record);
  if (call === null || (call.fields.deleted === true && !deleted)) {
    throw new ExpectedError('not-found', 'This call is not on this device.');
  }
  return call;
}

export type CallTag = { record: StoredRecord; fields: Fields<'note'>; call: Id };

export function asTag(record: StoredRecord): CallTag | null {
  const fields = readFields<'note'>(record);
  if (record.kind !== 'note' || fields.tag === undefined || fields.interaction === undefined) {
    return null;
  }
  return { record, fields, call: fields.interaction };
}

export async function tagIn(here: Here, id: Id): Promise<CallTag> {
  const found = await getRecord(here.db, 'note', id);
  return tagFrom(found?.record);
}

/** The same of a record that was read already. */
export function tagFrom(record: StoredRecord | undefined): CallTag {
  const tag = record === undefined ? null : asTag(record);
  if (tag === null) throw new ExpectedError('not-found', 'This tag is not on this device.');
  return tag;
}

/** What a call is about, for the records that are made of it. */
export function aboutOf({ customer, contact, project }: Fields<'interaction'>): Body {
  return {
    ...(customer === undefined ? {} : { customer }),
    ...(contact === undefined ? {} : { contact }),
    ...(project === undefined ? {} : { project }),
  };
}
