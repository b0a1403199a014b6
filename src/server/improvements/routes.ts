// /v1/improvements: what could have been better, what is done about it, and whether that helped.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { type Act, LONGEST_IMPROVEMENT, mayAct } from '../../domain/improvements.ts';
import { type Id, id, type Json } from '../../domain/index.ts';
import { type Asker, type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { managesAll, membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { isTaken } from '../record-taken.ts';
import { refuse } from '../refusal.ts';
import { findRecord } from '../register/query.ts';
import { aboutOf, KIND_OF, namesOf, UNITS } from './about.ts';
import { oneShown, type People, shownOf } from './shown.ts';
import {
  countImprovements,
  type Found,
  lockWorkspace,
  readImprovement,
  readImprovements,
  SHOWN_STATES,
  type Wanted,
  writeImprovement,
} from './store.ts';

const MOST_AT_ONCE = 100;
const day = z.iso.date();
const prose = z.string().check(z.trim(), z.maxLength(LONGEST_IMPROVEMENT));
const words = prose.check(z.minLength(1));
const maybe = z._default(z.nullable(id), null);

const query = z.object({
  state: z._default(z.enum(SHOWN_STATES), 'waiting'),
  owner: z.optional(z.union([id, z.literal('nobody')])),
  ...{ project: z.optional(id), customer: z.optional(id), review: z.optional(id) },
  ...{ finding: z.optional(id), session: z.optional(id), today: z.optional(day) },
  skip: z._default(z.coerce.number().check(z.int(), z.gte(0), z.lte(1_000_000)), 0),
});

const wish = z.object({
  /** Made by whoever writes, so that sending it twice writes it once. */
  id,
  text: words,
  ...{ cause: z.optional(prose), action: z.optional(prose) },
  ...{ owner: maybe, due: z._default(z.nullable(day), null) },
  ...{ finding: maybe, follows: maybe, review: maybe, session: maybe },
  subject: z._default(z.nullable(z.object({ kind: z.string().check(z.maxLength(64)), id })), null),
  at: z._default(z.nullable(z.iso.datetime({ offset: true })), null),
  about: z._default(z.nullable(z.object({ unit: z.enum(UNITS), id })), null),
});

const patch = z.object({
  ...{ text: z.optional(words), cause: z.optional(prose), action: z.optional(prose) },
  owner: z.optional(z.nullable(id)),
  ...{ due: z.optional(z.nullable(day)), checkOn: z.optional(z.nullable(day)) },
  deleted: z.optional(z.boolean()),
});
/** `seen`: the change that the writer saw as the newest; absent: whatever it is. */
const seen = z.optional(z.string().check(z.maxLength(100)));
const change = z.object({ seen, patch });
const done = z.object({ text: prose, checkOn: z.nullable(day) });
const check = z.object({ effective: z.boolean(), text: words });
const drop = z.object({ reason: words });

type C = Context<AskerEnv>;
type Body = { [field: string]: Json };
type No = { ok: false; status: 403 | 404 | 409 | 410; error: string; words: string };
/** null: it is so already. */
type Done = { ok: true; body: Body | null } | No;

export function improvementRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const misfit = (c: C) => refuse(c, 400, 'not-well-formed', 'The request does not fit.');

  app.get('/', member, async (c) => {
    const parsed = query.safeParse(c.req.query());
    if (!parsed.success) return misfit(c);
    const { state, owner, project, customer, review, finding, session, skip } = parsed.data;
    const { asker } = c.var;
    const wanted: Wanted = {
      ...{ state, skip, limit: MOST_AT_ONCE + 1, today: parsed.data.today ?? todayHere() },
      ...{ owner: owner ?? null, project: project ?? null, customer: customer ?? null },
      ...{ review: review ?? null, finding: finding ?? null, session: session ?? null },
    };
    const answer = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const found = await readImprovements(tx, asker, wanted);
      const people = await peopleOf(tx, asker);
      const page = found.slice(0, MOST_AT_ONCE);
      return {
        improvements: await shownOf(tx, asker, people, page),
        next: found.length > MOST_AT_ONCE ? skip + MOST_AT_ONCE : null,
        counts: await countImprovements(tx, asker, wanted),
        members: [...people].map(([key, one]) => ({ id: key, ...one })),
      };
    });
    return c.json(answer);
  });

  app.post('/', member, async (c) => {
    const parsed = wish.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { follows } = parsed.data;
    // Whoever owns one that did not help says what is tried next.
    const refused = follows === null ? roleRefusal(c, 'manager', 'admin', 'auditor') : null;
    if (refused) return refused;
    return acted(c, parsed.data.id, (tx, present) => begun(tx, c.var.asker, parsed.data, present));
  });

  // What a team session is about.
  app.get('/about/:unit/:id', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin', 'auditor');
    if (refused) return refused;
    const unit = z.enum(UNITS).safeParse(c.req.param('unit'));
    const name = id.safeParse(c.req.param('id'));
    const { asker } = c.var;
    const answer = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      if (!unit.success || !name.success) return null;
      const found = await findRecord(tx, asker, KIND_OF[unit.data], name.data);
      if (found === null || found.deleted) return null;
      const { name: called, subject, customer } = found.fields;
      const title = typeof called === 'string' ? called : subject;
      const whose = typeof customer === 'string' ? customer : null;
      const names = await namesOf(tx, asker, 'customer', [whose]);
      return {
        title: typeof title === 'string' ? title : '',
        customer: whose === null ? null : (names.get(whose) ?? null),
      };
    });
    if (answer === null) return refuse(c, 404, 'not-found', NOTHING);
    return c.json(answer);
  });

  app.get('/:id', member, async (c) => {
    const name = id.safeParse(c.req.param('id'));
    const { asker } = c.var;
    const answer = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const found = name.success ? await readImprovement(tx, asker, name.data, todayIn(c)) : null;
      return found === null ? null : oneShown(tx, asker, await peopleOf(tx, asker), found);
    });
    if (answer === null) return refuse(c, 404, 'not-found', UNKNOWN.words);
    return c.json(answer);
  });

  app.put('/:id', member, async (c) => {
    const parsed = change.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { patch: wanted, seen: known } = parsed.data;
    return onOne(c, 'change', async (tx, found) => {
      if (known !== undefined && known !== found.seen) return no(409, 'changed', CHANGED);
      if (wanted.deleted !== undefined && !mayTakeBack(c.var.asker, found)) {
        return no(403, 'not-yours', NOT_WRITTEN_BY_YOU);
      }
      if (wanted.owner !== undefined && wanted.owner !== found.owner) {
        const left = await whyNotOwner(tx, c.var.asker, wanted.owner);
        if (left !== null) return left;
      }
      const body = Object.fromEntries(
        Object.entries(wanted).flatMap(([name, value]): [string, Json][] => {
          const before = found[name as keyof typeof wanted];
          if (value === undefined || value === before) return [];
          return [[name, value === '' ? null : value]];
        }),
      );
      return { ok: true, body: Object.keys(body).length === 0 ? null : body };
    });
  });

  app.post('/:id/done', member, async (c) => {
    const parsed = done.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { text, checkOn } = parsed.data;
    return onOne(c, 'done', (_tx, found) => {
      if (found.state === 'done' && found.doneText === text) return { ok: true, body: null };
      return {
        ok: true,
        body: { state: 'done', doneAt: now(), checkOn, doneText: text || null },
      };
    });
  });

  app.post('/:id/reopen', member, async (c) =>
    onOne(c, 'reopen', (_tx, found) => {
      if (found.state === 'open') return { ok: true, body: null };
      return {
        ok: true,
        body: { state: 'open', doneAt: null, doneText: null, reason: null },
      };
    }),
  );

  app.post('/:id/check', member, async (c) => {
    const parsed = check.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { effective, text } = parsed.data;
    const act = (found: Found) => (found.state === 'done' ? 'check' : 'recheck');
    return onOne(c, act, (_tx, found) => {
      const state = effective ? 'effective' : 'not-effective';
      if (found.state === state && found.effectText === text) return { ok: true, body: null };
      const by = { checkedAt: now(), checkedBy: c.var.asker.member.id };
      return { ok: true, body: { effective, effectText: text, ...by } };
    });
  });

  app.post('/:id/drop', member, async (c) => {
    const parsed = drop.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { reason } = parsed.data;
    return onOne(c, 'drop', (_tx, found) => {
      if (found.state === 'dropped' && found.reason === reason) return { ok: true, body: null };
      return { ok: true, body: { state: 'dropped', reason } };
    });
  });

  /** Acts on one that is there, where its state allows it. */
  function onOne(
    c: C,
    act: Act | ((found: Found) => Act),
    write: (tx: Tx, found: Found) => Done | Promise<Done>,
  ): Promise<Response> {
    const name = id.safeParse(c.req.param('id'));
    return acted(c, name.success ? name.data : '', async (tx, found) => {
      if (found === null) return UNKNOWN;
      const result = await write(tx, found);
      if (!result.ok || result.body === null) return result;
      const wanted = typeof act === 'string' ? act : act(found);
      return mayAct(found.state, wanted) ? result : no(409, 'not-now', notNow(found));
    });
  }

  /** Writes what nobody else writes meanwhile, and answers the improvement as it is then. */
  async function acted(
    c: C,
    record: Id,
    act: (tx: Tx, found: Found | null) => Promise<Done>,
  ): Promise<Response> {
    const { asker } = c.var;
    let size: number | null = null;
    const answer = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      await lockWorkspace(tx, asker.workspace.id);
      const read = async () =>
        record === '' ? null : readImprovement(tx, asker, record, todayIn(c));
      const result = await act(tx, await read());
      if (!result.ok) return result;
      if (result.body !== null) size = await writeImprovement(tx, asker, record, result.body);
      const found = await read();
      if (found === null) return UNKNOWN;
      const people = await peopleOf(tx, asker);
      return { ok: true, shown: await oneShown(tx, asker, people, found) } as const;
    });
    if (!answer.ok) return refuse(c, answer.status, answer.error, answer.words);
    if (size !== null) server.pokes.poke(asker.workspace.id, size);
    return c.json(answer.shown);
  }

  return app;
}

type Wish = z.output<typeof wish>;

/** A new one. Sent again, because the answer was lost, it is the one that is there. */
async function begun(tx: Tx, asker: Asker, wanted: Wish, present: Found | null): Promise<Done> {
  if (present !== null) return { ok: true, body: null };
  if (await isTaken(tx, asker, wanted.id)) return no(410, 'gone', ERASED);
  const left = await whyNotOwner(tx, asker, wanted.owner);
  if (left !== null) return left;
  const { finding, follows, review, subject, about } = wanted;
  if (follows !== null) {
    const before = await readImprovement(tx, asker, follows, todayHere());
    if (before === null || before.deleted) return no(410, 'gone', GONE);
    if (!mayAct(before.state, 'follow')) return no(409, 'not-now', notNow(before));
  }
  const place = await aboutOf(tx, asker, { finding, follows, review, subject, about });
  if (place === null) return no(410, 'gone', GONE);
  const { text, cause, action, owner, due, session, at } = wanted;
  const said = { text, cause, action, owner, due, session, subject, at };
  const body = Object.entries(said).filter(([, value]) => value !== null && value !== undefined);
  return {
    ok: true,
    body: {
      ...(place as Body),
      ...(Object.fromEntries(body.filter(([, value]) => value !== '')) as Body),
      state: 'open',
    },
  };
}

async function peopleOf(tx: Tx, asker: Asker): Promise<People> {
  const members = await membersOf(tx, asker.workspace.id);
  return new Map(members.map(({ id: key, name, active }) => [key, { name, active }]));
}

async function whyNotOwner(tx: Tx, asker: Asker, owner: Id | null): Promise<No | null> {
  if (owner === null) return null;
  return (await peopleOf(tx, asker)).get(owner)?.active === true ? null : no(409, 'left', LEFT);
}

/** Who wrote it, or who manages; what was done already stays. */
function mayTakeBack({ member }: Asker, found: Found): boolean {
  return found.state === 'open' && (found.author === member.id || managesAll(member));
}

function todayIn(c: C): string {
  const said = day.safeParse(c.req.query('today'));
  return said.success ? said.data : todayHere();
}

function todayHere(): string {
  return now().slice(0, 10);
}

function now(): string {
  return new Date().toISOString();
}

function no(status: No['status'], error: string, why: string): No {
  return { ok: false, status, error, words: why };
}

function notNow({ state }: Found): string {
  switch (state) {
    case 'open':
      return 'This is open again. Look at it as it is now.';
    case 'done':
      return 'Somebody said in the meantime that this is done.';
    case 'effective':
    case 'not-effective':
      return 'Somebody has looked in the meantime whether this helped.';
    case 'dropped':
      return 'Somebody dropped this in the meantime.';
  }
}

const UNKNOWN = no(404, 'not-found', 'There is no such improvement, or it is not for you.');
const NOTHING = 'There is no such project, customer or call, or it was erased.';
const GONE = 'What this is about was erased or taken back in the meantime.';
const ERASED = 'This was erased. Write it down anew if it is to be kept.';
const CHANGED = 'Somebody has changed this in the meantime.';
const LEFT = 'This person is not a member any more. Choose somebody else.';
const NOT_WRITTEN_BY_YOU =
  'Only whoever wrote this, or a manager, can take it back, while it is open.';
