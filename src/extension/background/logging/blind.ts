// Whether nobody knows what the page's customer expects, from what is on this device.
import {
  type BlindSpot,
  blindSpotsOf,
  factsOf,
  type OnFile,
  thresholdsFrom,
} from '../../../domain/blind-spots.ts';
import { type Id, isKind } from '../../../domain/index.ts';
import { msOf } from '../../../ledger/index.ts';
import {
  getRecord,
  readFields,
  readSync,
  recordsAbout,
  type StoredRecord,
} from '../../store/index.ts';
import { isFollowed, readFollowing } from '../follow-choice.ts';
import { customerIds } from '../guess.ts';
import { settingLines } from '../settings.ts';
import type { Here } from '../world.ts';

/** The most urgent reason; null: none, or not all of this customer's past is here. */
export async function blindSpotHere(
  here: Here,
  customer: Id,
  now: number,
): Promise<BlindSpot | null> {
  if (!(await isWhole(here, customer))) return null;
  const { db } = here;
  const ids = await customerIds(db, customer);
  const about = await recordsAbout(db, 'customer', ids);
  const interactions = about.filter(({ record }) => record.kind === 'interaction');
  const noticed = await recordsAbout(
    db,
    'interaction',
    interactions.map(({ record }) => record.id),
  );
  const themselves = await Promise.all(ids.map((id) => getRecord(db, 'customer', id)));
  const found = new Map<string, StoredRecord>();
  for (const one of [...themselves, ...about, ...noticed]) {
    if (one !== null) found.set(`${one.record.kind}/${one.record.id}`, one.record);
  }
  const facts = factsOf([...found.values()].flatMap(onFile));
  const [first] = [...facts.values()];
  if (first === undefined) return null;
  const thresholds = thresholdsFrom(await settingLines(db, 'blind-spots'));
  return blindSpotsOf(first.facts, thresholds, now)[0] ?? null;
}

/** Of a customer who is not followed, or whose past is still on its way, too little is here. */
async function isWhole(here: Here, customer: Id): Promise<boolean> {
  if (here.connection === null) return true;
  if ((await isFollowed(here, customer)) === false) return false;
  const { backfills } = await readFollowing(here);
  if (Object.keys(backfills).length > 0) return false;
  const { lastSuccess, progress } = await readSync(here.db);
  return lastSuccess !== null && (progress ?? null) === null;
}

function onFile(record: StoredRecord): OnFile[] {
  const { kind, id, state } = record;
  if (!isKind(kind)) return [];
  const fields = readFields(record);
  const writtenAt = Date.parse(fields.writtenAt ?? '');
  const written = writtenAt >= 0 ? writtenAt : msOf(state.origin.rank);
  return [{ kind, id, fields, written } as OnFile];
}
