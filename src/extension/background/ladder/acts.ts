// Asking, answering, moving a step. Each is one transaction, happens once for one id, and tells what
// to write to take it back.
import {
  type Body,
  elapsedAt,
  type Fields,
  type Id,
  type Json,
  newId,
  sameJson,
  stageAfterAnswer,
  stageAfterAsking,
  stepOf,
} from '../../../domain/index.ts';
import {
  type Before,
  ExpectedError,
  type LadderDone,
  type SidebarHandlers,
} from '../../messages/index.ts';
import {
  commit,
  getChange,
  getRecord,
  readFields,
  type StoredRecord,
  type Write,
} from '../../store/index.ts';
import { aboutOf, asCall, isoOf } from '../calls/write.ts';
import { cardOf } from '../cards.ts';
import { refuseBadBody } from '../save.ts';
import { baseOf } from '../versions.ts';
import type { Here, World } from '../world.ts';
import { expectationIn, probeView } from './views.ts';

type Asked<C extends keyof SidebarHandlers> = Parameters<SidebarHandlers[C]>[0];
type Found = { record: StoredRecord; keptHere: boolean };

export async function ask(world: World, asked: Asked<'ask'>): Promise<LadderDone> {
  const question = asked.question.trim();
  if (question === '') throw new ExpectedError('bad-input', 'Write the question first.');
  const before = await world.write(async (here) => {
    const expectation = await expectationIn(here, asked.expectation);
    const present = await getRecord(here.db, 'probe', asked.record);
    const isAsked = present?.record.state.registers.askedAt?.value != null;
    // Said twice: it was done by the first.
    if (present !== null && (isAsked || asked.at === null)) {
      return writtenBefore(here, expectation, present);
    }
    const { fields } = expectation;
    const body: Body = {
      question,
      ...(asked.owner === undefined ? {} : { owner: asked.owner }),
      ...(asked.due === undefined ? {} : { due: asked.due }),
      ...(await askedIn(world, here, asked)),
      ...(present === null
        ? { ...aboutOf(fields), expectation: asked.expectation, pattern: asked.pattern }
        : {}),
    };
    const stage = asked.at === null ? fields.stage : stageAfterAsking(fields.stage);
    return write(world, here, expectation, [
      { kind: 'probe', id: asked.record, found: present, body: withoutNulls(body, present) },
      {
        kind: 'expectation',
        id: asked.expectation,
        found: expectation,
        body: { stage: stage ?? null },
      },
    ]);
  });
  return done(world, asked.expectation, asked.record, before);
}

/** When and by whom it was asked, and the moment of the call that runs. */
async function askedIn(world: World, here: Here, { at, interaction }: Asked<'ask'>): Promise<Body> {
  const place = interaction == null ? {} : { interaction };
  if (at === null) return place;
  return {
    ...place,
    ...{ askedAt: isoOf(at), askedBy: here.me },
    ...(await momentIn(world, here, interaction, at)),
  };
}

/** The moment of a call as evidence; nothing where it was no call. */
export async function momentIn(
  world: World,
  here: Here,
  interaction: Id | null | undefined,
  at: number,
): Promise<Body> {
  if (interaction == null) return {};
  const found = await getRecord(here.db, 'interaction', interaction);
  const call = found && asCall(found.record);
  if (!call) return {};
  const offset = Math.max(0, elapsedAt(call.clock, at));
  return { evidence: { [newId(world.source)]: { interaction, offset } } };
}

export async function answerProbe(world: World, asked: Asked<'answer'>): Promise<LadderDone> {
  const text = asked.text.trim();
  let of = '';
  const before = await world.write(async (here) => {
    const probe = await probeIn(here, asked.probe);
    const fields = readFields<'probe'>(probe.record);
    of = fields.expectation ?? '';
    const expectation = await expectationIn(here, of);
    const isSame = fields.says === asked.says && (fields.answer ?? '') === text;
    if (isSame && fields.answeredAt !== undefined) {
      return writtenBefore(here, expectation, probe);
    }
    const at = asked.at ?? world.source.now();
    const answeredAt = isoOf(at);
    const body: Body = {
      ...{ answer: text === '' ? null : text, says: asked.says, answeredAt },
      // Whoever has an answer has asked.
      ...(fields.askedAt === undefined ? { askedAt: answeredAt, askedBy: here.me } : {}),
      ...(asked.interaction == null ? {} : { interaction: asked.interaction }),
      ...(await momentIn(world, here, asked.interaction, at)),
    };
    const stage = stageAfterAnswer(expectation.fields.stage, asked.says);
    return write(world, here, expectation, [
      { kind: 'probe', id: asked.probe, found: probe, body },
      { kind: 'expectation', id: of, found: expectation, body: { stage: stage ?? null } },
    ]);
  });
  return done(world, of, asked.probe, before);
}

export async function moveStep(world: World, asked: Asked<'step'>): Promise<LadderDone> {
  const before = await world.write(async (here) => {
    const expectation = await expectationIn(here, asked.expectation);
    const body = stepBody(world, expectation.fields, asked);
    const part = { kind: 'expectation', id: asked.expectation, found: expectation, body };
    const isThere = Object.entries(body).every(([field, value]) => {
      const now = expectation.record.state.registers[field]?.value ?? null;
      return field === 'outcomeAt' || sameJson(now, value);
    });
    if (isThere) return [];
    return write(world, here, expectation, [part], asked.seen);
  });
  return done(world, asked.expectation, null, before);
}

function stepBody(world: World, fields: Fields<'expectation'>, asked: Asked<'step'>): Body {
  const { to, text } = asked;
  const said: Body = text === undefined ? {} : { outcomeText: text.trim() || null };
  if (to === 'settled') {
    const outcome = asked.outcome ?? 'met';
    return { outcome, outcomeAt: isoOf(world.source.now()), ...said };
  }
  if (stepOf(fields) !== 'settled') return { stage: to, ...said };
  // What settled it is taken back; what it was seen by stays, for whoever wants to read it.
  const outcome = (fields.outcome ?? 'open') === 'open' ? {} : { outcome: null, outcomeAt: null };
  const decision = fields.decision === 'decline' ? { decision: null } : {};
  return { stage: to, ...outcome, ...decision, ...said };
}

/** Fields as they were, all at once; those that are so already are left alone. */
export async function ladderBack(world: World, asked: Asked<'ladderBack'>): Promise<null> {
  await world.write(async (here) => {
    const found = await Promise.all(
      asked.before.map(async ({ kind, id, patch }) => {
        if (kind !== 'probe' && kind !== 'expectation') {
          throw new ExpectedError('bad-input', 'This is not a part of the ladder.');
        }
        return { kind, id, body: patch as Body, found: await getRecord(here.db, kind, id) };
      }),
    );
    const parts = found.filter((part) => part.found !== null);
    const [first] = parts;
    if (first?.found) await write(world, here, first.found, parts);
  });
  return null;
}

export async function probeIn(here: Here, id: Id): Promise<Found> {
  const found = await getRecord(here.db, 'probe', id);
  if (found === null) {
    throw new ExpectedError('not-found', 'This question is not on this device any more.');
  }
  return found;
}

export type Part = { kind: string; id: Id; found: Found | null; body: Body };

/**
 * Writes what differs of these parts, where their expectation is kept, and answers what was before.
 * `seen`: as for editing a record.
 */
export async function write(
  world: World,
  here: Here,
  { keptHere }: Pick<Found, 'keptHere'>,
  parts: readonly Part[],
  seen?: Asked<'step'>['seen'],
): Promise<Before[]> {
  const writes: Write[] = [];
  const before: Before[] = [];
  for (const { kind, id, found, body } of parts) {
    const registers = found?.record.state.registers ?? {};
    const changed = Object.entries(body).filter(
      ([field, value]) => !sameJson(registers[field]?.value ?? null, value),
    );
    if (changed.length === 0) continue;
    const own = Object.fromEntries(changed);
    const base = found === null ? {} : { base: await baseOf(here, found.record, own, seen) };
    writes.push({ id: newId(world.source), kind, record: id, body: own, ...base });
    before.push({ kind, id, patch: found === null ? { deleted: true } : patchBefore(found, own) });
  }
  for (const one of writes) refuseBadBody(one);
  if (writes.length > 0) {
    await commit(here.db, world.source, writes, { author: here.me, keep: keptHere });
  }
  return before;
}

/** The values of these fields until now. Of places it is said which ones go. */
function patchBefore({ record }: Found, body: Body): Before['patch'] {
  const { registers } = record.state;
  return Object.fromEntries(
    Object.entries(body).map(([field, value]): [string, Json] => {
      if (field !== 'evidence' || value === null || typeof value !== 'object') {
        return [field, registers[field]?.value ?? null];
      }
      const places = Object.keys(value).map((key): [string, Json] => [
        key,
        registers[`evidence/${key}`]?.value ?? null,
      ]);
      return [field, Object.fromEntries(places)];
    }),
  );
}

/**
 * What was before an act that is asked for a second time: the question's last change is taken back,
 * and the expectation's stage where it was changed along with it.
 */
async function writtenBefore(here: Here, expectation: Found, probe: Found): Promise<Before[]> {
  const { state } = probe.record;
  const change = newest(probe.record);
  const patch: Before['patch'] =
    change === state.origin.change
      ? { deleted: true }
      : await valuesBefore(here, probe.record, change);
  const own: Before = { kind: 'probe', id: probe.record.id, patch };
  const stage = expectation.record.state.registers.stage;
  const isAlong = stage !== undefined && stage.rank > (state.latest ?? '');
  if (!isAlong) return [own];
  const was = await valuesBefore(here, expectation.record, stage.change);
  return [own, { kind: 'expectation', id: expectation.record.id, patch: was }];
}

function newest({ state }: StoredRecord): Id {
  const { rank, change } = state.origin;
  const all: { rank: string; change: Id }[] = Object.values(state.registers);
  return all.reduce((a, b) => (a.rank < b.rank ? b : a), { rank, change }).change;
}

/** The values that a change was written over. */
async function valuesBefore(
  here: Here,
  record: StoredRecord,
  change: Id,
): Promise<Before['patch']> {
  const made = await getChange(here.db, record, change);
  const patch: Before['patch'] = {};
  for (const [field, value] of Object.entries(made?.body ?? {})) {
    if (field === 'evidence' && value !== null && typeof value === 'object') {
      patch[field] = Object.fromEntries(Object.keys(value).map((key) => [key, null]));
      continue;
    }
    const based = made?.base?.[field];
    const id = typeof based === 'string' ? based : based?.[0];
    const over = id === undefined ? undefined : await getChange(here.db, record, id);
    patch[field] = over?.body?.[field] ?? null;
  }
  return patch;
}

/** A new record has no fields to clear. */
function withoutNulls(body: Body, present: Found | null): Body {
  if (present !== null) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

async function done(
  world: World,
  expectation: Id,
  probe: Id | null,
  before: Before[],
): Promise<LadderDone> {
  const here = await world.current();
  const card = await cardOf(here, 'expectation', expectation);
  if (probe === null) return { card, probe: null, before };
  const { record } = await probeIn(here, probe);
  const fields = readFields<'probe'>(record);
  const stored = { id: probe, fields, author: record.state.origin.author };
  return { card, probe: await probeView(here, stored), before };
}
