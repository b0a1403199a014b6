// The brief of one customer, from what is on this device.
import { BRIEF_KINDS, type BriefRecord, brief } from '../../../domain/brief.ts';
import type { Id } from '../../../domain/index.ts';
import { patternBook } from '../../../domain/patterns.ts';
import { msOf } from '../../../ledger/index.ts';
import { type BriefView, ExpectedError } from '../../messages/index.ts';
import {
  identitySets,
  readFields,
  recordsAbout,
  recordsOfKind,
  type StoredRecord,
} from '../../store/index.ts';
import { dayOf } from '../calls/kept.ts';
import { Names } from '../cards.ts';
import { merged } from '../merged.ts';
import type { Here } from '../world.ts';

/** `now` in ms since 1970. */
export async function briefView(here: Here, customer: Id, now: number): Promise<BriefView> {
  const [set] = await identitySets(here.db, 'customer', { ids: [customer] });
  if (set === undefined) {
    throw new ExpectedError('not-found', 'Nothing is known of this customer on this device.');
  }
  const customers = [...set.members.keys()];
  const [found, patterns] = await Promise.all([
    recordsAbout(here.db, 'customer', customers),
    recordsOfKind(here.db, 'pattern'),
  ]);
  const book = patternBook(
    [...patterns.values()].map((record) => ({
      id: record.id,
      fields: readFields<'pattern'>(record),
    })),
  );
  const today = dayOf(now);
  const records = found.flatMap(({ record }) => asBriefRecord(record) ?? []);
  const made = brief(records, { now, today, book, customers });
  return {
    customer: { id: set.canonical, name: merged<'customer'>(set).name ?? '' },
    ...{ brief: made, names: await namesIn(here, made), me: here.me, today },
  };
}

function asBriefRecord(record: StoredRecord): BriefRecord | null {
  const kind = BRIEF_KINDS.find((one) => one === record.kind);
  if (kind === undefined) return null;
  const fields = readFields<'expectation'>(record);
  const written = Date.parse(fields.writtenAt ?? '');
  return {
    ...{ kind, id: record.id, author: record.state.origin.author, fields },
    savedAt: Number.isFinite(written) ? written : msOf(record.state.origin.rank),
  } as BriefRecord;
}

async function namesIn(here: Here, made: BriefView['brief']): Promise<BriefView['names']> {
  const lines = [
    ...made.hunches,
    ...made.ours,
    ...made.theirs,
    ...made.grievances,
    ...made.praises,
  ];
  const members = new Set([
    ...lines.flatMap(({ owner }) => owner ?? []),
    ...made.hunches.flatMap(({ asked }) => asked?.by ?? []),
  ]);
  const projects = new Set(lines.flatMap(({ project }) => project ?? []));
  const names = new Names(here);
  const named = await Promise.all([
    ...[...members].map(async (id) => [id, await names.member(id)] as const),
    ...[...projects].map(async (id) => [id, (await names.of('project', id))?.name ?? ''] as const),
  ]);
  return Object.fromEntries(named);
}
