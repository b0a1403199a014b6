// Mending a call: what it is about, its times, how it went; taking it back.
import {
  type Body,
  clockOf,
  elapsedAt,
  type Fields,
  type Id,
  isKnownJump,
  momentOf,
} from '../../../domain/index.ts';
import { type Choice, ExpectedError, type SidebarHandlers } from '../../messages/index.ts';
import {
  commit,
  identitySets,
  impressionsOf,
  recordsOfCall,
  tagsOf,
  type WorkspaceDb,
  type Write,
} from '../../store/index.ts';
import { merged } from '../merged.ts';
import { choose, Plan, refuseBadBody } from '../save.ts';
import type { Here, World } from '../world.ts';
import { changeKept } from './kept.ts';
import { aboutOf, asTag, type Call, type CallTag, callIn, isoOf, writeOf } from './write.ts';

type Asked<C extends keyof SidebarHandlers> = Parameters<SidebarHandlers[C]>[0];
type Patch = Asked<'callChange'>['patch'];

/** Answers whether the call's records are to follow it to another customer or project. */
export async function changeCall(world: World, { call: id, patch }: Asked<'callChange'>) {
  const before = await callIn(await world.current(), id);
  const moves = patch.customer !== undefined || patch.project !== undefined;
  // Noted first: killed in between, it is looked up what there is to follow, and found to be nothing.
  if (moves) await noteFollow(world, before);
  await world.write(async (here) => {
    const call = await callIn(here, id);
    const plan = new Plan(world);
    const body: Body = { ...plainBody(call, patch), ...(await whoseBody(plan, here, call, patch)) };
    if (Object.keys(body).length > 0) plan.add('interaction', id, body);
    const writes = [
      ...plan.writes,
      ...(await movedTags(world, here.db, call, body)),
      ...(await impression(world, here, { ...call.fields, ...(body as object) }, id, patch.seemed)),
    ];
    for (const write of plan.writes) refuseBadBody(write);
    if (writes.length > 0) await commit(here.db, world.source, writes, { author: here.me });
  });
  return moves;
}

function plainBody({ fields, clock }: Call, patch: Patch): Body {
  const { subject, channel, participants, shift, wentWell, startedAt, endedAt } = patch;
  const start = startedAt ?? clock.startedAt;
  const end = endedAt ?? clock.endedAt;
  if ((startedAt !== undefined || endedAt !== undefined) && end !== null && end < start) {
    throw new ExpectedError('bad-input', 'The call would end before it begins.');
  }
  return {
    ...(subject === undefined ? {} : { subject: subject === '' ? null : subject }),
    ...(channel === undefined ? {} : { channel }),
    ...(participants === undefined
      ? {}
      : { recipients: participants.map(({ name, address }) => ({ name, address })) }),
    ...(shift === undefined ? {} : { shift }),
    ...(wentWell === undefined ? {} : { wentWell }),
    ...(startedAt === undefined ? {} : { startedAt: isoOf(startedAt) }),
    // A call that goes on has no end to mend.
    ...(endedAt === undefined || fields.callState !== 'ended' ? {} : { endedAt: isoOf(endedAt) }),
  };
}

async function whoseBody(plan: Plan, here: Here, call: Call, patch: Patch): Promise<Body> {
  const body: Body = {};
  const present = call.fields.customer;
  if (patch.customer !== undefined) {
    body.customer = await chosenOnce(plan, here, 'customer', patch.customer, {}, present);
    const isOther = present !== undefined && body.customer !== present;
    // Theirs was another one.
    if (isOther && call.fields.project !== undefined) body.project = null;
    if (isOther && call.fields.contact !== undefined) body.contact = null;
  }
  if (patch.project !== undefined) {
    const customer = body.customer ?? present ?? null;
    const belongs: Body = customer === null ? {} : { customer };
    const had = body.project === null ? undefined : call.fields.project;
    body.project = await chosenOnce(plan, here, 'project', patch.project, belongs, had);
  }
  return body;
}

/** A new name makes a new record; asked twice, because the answer was lost, it is the one that was made. */
async function chosenOnce(
  plan: Plan,
  here: Here,
  kind: 'customer' | 'project',
  choice: Choice,
  belongs: Body,
  present: Id | undefined,
): Promise<Id | null> {
  if (choice.id === null && present !== undefined) {
    const [set] = await identitySets(here.db, kind, { ids: [present] });
    const name = set === undefined ? '' : (merged<'customer'>(set).name ?? '');
    if (name !== '' && name === choice.name.trim()) return present;
  }
  return choose(plan, here, kind, choice, belongs, []);
}

/** A tag stays at its moment when the start is mended: its offset is another one. */
async function movedTags(world: World, db: WorkspaceDb, call: Call, body: Body): Promise<Write[]> {
  const after = clockOf({ ...call.fields, ...body } as Fields<'interaction'>);
  if (after === null || body.startedAt === undefined) return [];
  return (await tagsIn(db, call.id)).flatMap(({ record, fields }) => {
    const offset = elapsedAt(after, momentOf(call.clock, fields.offset ?? 0));
    return offset === fields.offset ? [] : [writeOf(world, 'note', record.id, { offset })];
  });
}

async function tagsIn(db: WorkspaceDb, call: Id): Promise<CallTag[]> {
  return (await tagsOf(db, call)).flatMap((record) => asTag(record) ?? []);
}

/** How satisfied they seemed is a perception, one for each call. */
async function impression(
  world: World,
  { db }: Here,
  fields: Fields<'interaction'>,
  call: Id,
  seemed: number | null | undefined,
): Promise<Write[]> {
  if (seemed === undefined) return [];
  const present = await impressionsOf(db, call);
  if (seemed === null) {
    return present.map(({ id }) => writeOf(world, 'perception', id, { deleted: true }));
  }
  const observedAt = fields.endedAt ?? isoOf(world.source.now());
  const score: Body = { score: seemed, observedAt };
  const [first] = present;
  if (first !== undefined) return [writeOf(world, 'perception', first.id, score)];
  const about = Object.fromEntries(
    Object.entries(aboutOf(fields)).filter(([, value]) => value !== null),
  );
  const body: Body = {
    ...{ form: 'impression', scaleMin: 1, scaleMax: 5, interaction: call },
    ...{ ...about, ...score },
  };
  return [writeOf(world, 'perception', new Plan(world).id(), body)];
}

/**
 * The computer's clock was set: what it says is corrected from then on. What was told by it before
 * anybody noticed (it was set forwards, and that was taken as time that passed) is put right, too.
 */
export async function setClock(world: World, asked: Asked<'callClockSet'>): Promise<void> {
  const { call: id, at, by } = asked;
  await world.write(async (here) => {
    const call = await callIn(here, id);
    const known = (call.fields.clockSet ?? []).map((one) => ({ ...one, at: Date.parse(one.at) }));
    if (by === 0 || isKnownJump(known, { at, by })) return;
    // What was told by the wrong clock is later by all of it; what lies between was measured by a
    // clock that nobody sets, before the jump was noticed.
    const isLate = (moment: number) => by > 0 && moment >= at + by;
    const right = (moment: number) => (isLate(moment) ? moment - by : moment);
    const { pauses, endedAt } = call.clock;
    const body: Body = { clockSet: [...(call.fields.clockSet ?? []), { at: isoOf(at), by }] };
    if (pauses.some(({ from, to }) => right(to ?? from) !== (to ?? from))) {
      body.pauses = pauses.map(({ from, to }) => ({
        from: isoOf(right(from)),
        to: to === null ? null : isoOf(Math.max(right(from), right(to))),
      }));
    }
    if (endedAt !== null && right(endedAt) !== endedAt) body.endedAt = isoOf(right(endedAt));
    const after = clockOf({ ...call.fields, ...body } as Fields<'interaction'>) ?? call.clock;
    const late = by < 0 ? [] : await tagsIn(here.db, id);
    const tags = late.flatMap((tag): Write[] => {
      const pressed = Date.parse(tag.fields.pressedAt ?? '');
      if (!isLate(pressed)) return [];
      const moment = momentOf(call.clock, tag.fields.offset ?? 0);
      const put = { offset: elapsedAt(after, right(moment)), pressedAt: isoOf(right(pressed)) };
      return [writeOf(world, 'note', tag.record.id, put)];
    });
    const own = writeOf(world, 'interaction', id, body);
    await commit(here.db, world.source, [own, ...tags], { author: here.me });
  });
}

/**
 * Takes a call back with its tags, or brings it back with those that went with it: a tag that was
 * undone before stays away.
 */
export async function removeCall(world: World, { call: id, on }: Asked<'callRemove'>) {
  await world.write(async (here) => {
    const { record, fields } = await callIn(here, id, { deleted: true });
    if ((fields.deleted === true) === on) return;
    // One commit's times rise in its order, and the call is written first.
    const since = record.state.registers.deleted?.rank ?? '';
    const goes = (await recordsOfCall(here.db, id)).filter(({ kind, state: { registers } }) => {
      const isOfCall = kind === 'note' && typeof registers.tag?.value === 'string';
      if (!isOfCall && !(kind === 'perception' && registers.form?.value === 'impression')) {
        return false;
      }
      const isGone = registers.deleted?.value === true;
      return on ? !isGone : isGone && (registers.deleted?.rank ?? '') >= since;
    });
    const writes = [{ kind: 'interaction', id }, ...goes].map((one) =>
      writeOf(world, one.kind, one.id, { deleted: on }),
    );
    await commit(here.db, world.source, writes, { author: here.me });
  });
}

async function noteFollow(world: World, { id: call, fields }: Call): Promise<void> {
  const had = { customer: fields.customer ?? null, project: fields.project ?? null };
  await changeKept(world, ({ follow }) => ({ follow: [...follow, { call, ...had }] }));
}
