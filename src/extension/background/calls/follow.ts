// A call that got its customer later: its tags, and what they became, get it too. A part at a time,
// so that captures get their turn; what is left when the worker dies is gone on with later.
import type { Body } from '../../../domain/index.ts';
import {
  commit,
  getRecord,
  recordsOfCall,
  type StoredRecord,
  type Write,
} from '../../store/index.ts';
import type { World } from '../world.ts';
import { changeKept, type Kept, readKept } from './kept.ts';
import { asCall, writeOf } from './write.ts';

const AT_ONCE = 100;
const KINDS = new Set(['note', 'expectation', 'probe', 'commitment', 'perception']);

type Follow = Kept['follow'][number];

/** Answers whether anything was written. One at a time; whoever finds it at work leaves it to that. */
export function followCalls(world: World): Promise<boolean> {
  return navigator.locks.request('unsaid-call-follow', { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    let wrote = false;
    for (;;) {
      const [first] = (await readKept(world)).follow;
      if (first === undefined) return wrote;
      wrote = (await followOne(world, first)) || wrote;
      await changeKept(world, ({ follow }) => ({
        follow: follow.filter((one) => JSON.stringify(one) !== JSON.stringify(first)),
      }));
    }
  });
}

async function followOne(world: World, first: Follow): Promise<boolean> {
  const all = await recordsOfCall((await world.current()).db, first.call);
  const ids = all.filter(({ kind }) => KINDS.has(kind)).map(({ kind, id }) => ({ kind, id }));
  let wrote = false;
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    await world.write(async (here) => {
      const found = await getRecord(here.db, 'interaction', first.call);
      const call = found === null ? null : asCall(found.record);
      if (call === null) return;
      const writes: Write[] = [];
      for (const { kind, id } of ids.slice(from, from + AT_ONCE)) {
        const present = await getRecord(here.db, kind, id);
        if (present === null || present.keptHere) continue;
        const body = bodyOf(present.record, first, call.fields);
        if (Object.keys(body).length > 0) writes.push(writeOf(world, kind, id, body));
      }
      if (writes.length === 0) return;
      await commit(here.db, world.source, writes, { author: here.me });
      wrote = true;
    });
  }
  return wrote;
}

/** What has the call's former value, or none, gets the one it has now; what was put elsewhere stays. */
function bodyOf(
  { state }: StoredRecord,
  had: Follow,
  now: { customer?: string | undefined; project?: string | undefined },
): Body {
  const body: Body = {};
  for (const field of ['customer', 'project'] as const) {
    const value = state.registers[field]?.value ?? null;
    const next = now[field] ?? null;
    if (value !== next && (value === null || value === had[field])) body[field] = next;
  }
  return body;
}
