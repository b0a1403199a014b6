// /v1/erasures: whom an erasure is about, what it would take, doing it, and how far it has come.
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { MOST_TARGETS, writeErasure } from './acts.ts';
import { isErasable } from './erased.ts';
import { readErasures } from './history.ts';
import { findPeople, personOf } from './people.ts';
import { progressOf } from './progress.ts';
import { type Proposed, propose } from './proposal.ts';

const whom = z.object({
  kind: z.enum(['contact', 'customer', 'address']),
  id: z.string().check(z.minLength(1), z.maxLength(500)),
});

const request = z.object({
  targets: z
    .array(z.object({ kind: z.string().check(z.minLength(1), z.maxLength(64)), id }))
    .check(z.minLength(1), z.maxLength(MOST_TARGETS)),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000)),
});

export function erasureRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  app.use('*', membersOnly(server), async (c, next) => {
    const refused = roleRefusal(c, 'admin');
    if (refused) return refused;
    await next();
    return;
  });

  app.get('/', async (c) => {
    const { workspace } = c.var.asker;
    const [erasures, devices, members] = await inWorkspace(server.db, workspace.id, async (tx) => [
      await readErasures(tx, workspace.id),
      await progressOf(tx, workspace.id),
      await membersOf(tx, workspace.id),
    ]);
    const names = new Map(members.map((one) => [one.id, one.name]));
    const named = (key: string) => ({ id: key, name: names.get(key) ?? '' });
    return c.json({
      erasures: erasures.map(({ author, ...erasure }) => ({ ...erasure, by: named(author) })),
      devices: devices.map(({ member, lastSeen, ...device }) => ({
        ...device,
        member: named(member),
        lastSeenAt: lastSeen?.toISOString() ?? null,
      })),
    });
  });

  app.get('/people', async (c) => {
    const { workspace } = c.var.asker;
    const people = await inWorkspace(server.db, workspace.id, (tx) =>
      findPeople(tx, workspace.id, (c.req.query('q') ?? '').slice(0, 200)),
    );
    return c.json({
      people: people.map(({ kind, id: key, name, addresses }) => ({
        ...{ kind, id: key, name, addresses },
      })),
    });
  });

  app.get('/proposal', async (c) => {
    const { workspace } = c.var.asker;
    const parsed = whom.safeParse(c.req.query());
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', 'Say whom it is about.');
    const { kind, id: key } = parsed.data;
    const found = await inWorkspace(server.db, workspace.id, async (tx) => {
      const person = await personOf(tx, workspace.id, kind, key);
      if (!person) return null;
      return {
        person,
        proposal: await propose(tx, workspace.id, person),
        members: await membersOf(tx, workspace.id),
      };
    });
    if (!found) return refuse(c, 404, 'not-found', 'There is nobody like this any more.');
    const { person, proposal } = found;
    const names = new Map(found.members.map((one) => [one.id, one.name]));
    const line = ({ written, author, ...one }: Proposed) => ({
      ...one,
      at: written === '' ? null : new Date(msOf(written)).toISOString(),
      author: names.get(author) ?? '',
    });
    return c.json({
      person: { kind: person.kind, id: person.id, name: person.name, addresses: person.addresses },
      linked: proposal.linked.map(line),
      mentions: proposal.mentions.map(line),
      more: proposal.more,
    });
  });

  app.post('/', async (c) => {
    const { asker } = c.var;
    const parsed = request.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) {
      return refuse(c, 400, 'not-well-formed', 'Say what is to be erased, and why.');
    }
    const { targets, reason } = parsed.data;
    const kept = targets.find(({ kind }) => !isErasable(kind));
    if (kept) return refuse(c, 400, 'not-erasable', `A record of kind “${kept.kind}” stays.`);
    const size = await inWorkspace(server.db, asker.workspace.id, (tx) =>
      writeErasure(tx, asker, targets, reason, 'request'),
    );
    await server.erasures.keep(server.db);
    await server.exports.sweep();
    server.pokes.poke(asker.workspace.id, size);
    return c.json({ erased: targets.length });
  });

  return app;
}
