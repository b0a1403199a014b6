// Many records changed at once, in one transaction, and taken back the same way.
import { type Body, type Id, newId, sameJson } from '../../../domain/index.ts';
import type { Before, BulkAnswer, SidebarHandlers } from '../../messages/index.ts';
import { commit, getRecord, type Write } from '../../store/index.ts';
import { moveStep } from '../ladder/acts.ts';
import { refuseBadBody } from '../save.ts';
import type { Here, World } from '../world.ts';

type Asked = Parameters<SidebarHandlers['bulk']>[0];
type Found = NonNullable<Awaited<ReturnType<typeof getRecord>>>;

const OF_CUSTOMER = new Set([
  ...['contact', 'project', 'interaction', 'note', 'expectation', 'probe', 'commitment'],
  ...['perception', 'retrospective'],
]);
const OWNED = new Set(['project', 'expectation', 'probe', 'commitment']);

export async function bulk(world: World, { records, patch, dry }: Asked): Promise<BulkAnswer> {
  const { stage, ...fields } = patch;
  const answer: BulkAnswer = { before: [], same: 0, skipped: [] };
  const skip = (why: BulkAnswer['skipped'][number]['why']) => {
    const known = answer.skipped.find((one) => one.why === why);
    if (known === undefined) answer.skipped.push({ why, count: 1 });
    else known.count += 1;
  };
  const plan = async (here: Here) => {
    const writes: { found: Found; write: Write }[] = [];
    const steps: Id[] = [];
    for (const { kind, id } of records) {
      const found = await getRecord(here.db, kind, id);
      if (found === null) {
        skip('not-here');
        continue;
      }
      const body = bodyFor(kind, fields);
      const isStep = stage !== undefined && kind === 'expectation';
      if (Object.keys(body).length === 0 && !isStep) {
        skip('no-field');
        continue;
      }
      if (found.keptHere && typeof body.owner === 'string' && body.owner !== here.me) {
        skip('kept-here');
        continue;
      }
      const { registers } = found.record.state;
      const value = (field: string) => registers[field]?.value ?? null;
      const changed = Object.entries(body).filter(([field, next]) => !isSame(value(field), next));
      const steps_ = isStep && value('stage') !== stage;
      if (changed.length === 0 && !steps_) {
        answer.same += 1;
        continue;
      }
      if (steps_) steps.push(id);
      const own: Body = Object.fromEntries(changed);
      const was = Object.keys({ ...own, ...(steps_ ? { stage } : {}) });
      const before = Object.fromEntries(was.map((field) => [field, value(field)]));
      answer.before.push({ kind, id, patch: before });
      if (changed.length > 0) {
        writes.push({ found, write: { id: newId(world.source), kind, record: id, body: own } });
      }
    }
    return { writes, steps };
  };
  if (dry) {
    await plan(await world.current());
    return answer;
  }
  const steps = await world.write(async (here) => {
    const planned = await plan(here);
    await writeAll(world, here, planned.writes);
    return planned.steps;
  });
  // The ladder knows what else a step changes.
  for (const expectation of steps) {
    if (stage === undefined) break;
    const { before } = await moveStep(world, { expectation, to: stage });
    const own = answer.before.find(({ id }) => id === expectation);
    for (const part of before) if (own !== undefined) own.patch = { ...part.patch, ...own.patch };
  }
  return answer;
}

export async function bulkBack(world: World, before: readonly Before[]): Promise<void> {
  await world.write(async (here) => {
    const writes: { found: Found; write: Write }[] = [];
    for (const { kind, id, patch } of before) {
      const found = await getRecord(here.db, kind, id);
      if (found === null) continue;
      const write = { id: newId(world.source), kind, record: id, body: patch as Body };
      writes.push({ found, write });
    }
    await writeAll(world, here, writes);
  });
}

async function writeAll(
  world: World,
  here: Here,
  all: readonly { found: Found; write: Write }[],
): Promise<void> {
  for (const { write } of all) refuseBadBody(write);
  for (const keep of [false, true]) {
    const writes = all.filter(({ found }) => found.keptHere === keep).map(({ write }) => write);
    if (writes.length > 0) await commit(here.db, world.source, writes, { author: here.me, keep });
  }
}

/** Of what is to be changed, what a record of this kind has. */
function bodyFor(kind: string, { customer, owner, deleted }: Omit<Asked['patch'], 'stage'>): Body {
  return {
    ...(customer !== undefined && OF_CUSTOMER.has(kind) ? { customer } : {}),
    ...(owner !== undefined && OWNED.has(kind) ? { owner } : {}),
    ...(deleted === undefined ? {} : { deleted }),
  };
}

/** What was never deleted and what was brought back are the same. */
function isSame(a: unknown, b: unknown): boolean {
  return sameJson((a ?? false) as never, (b ?? false) as never);
}
