// Lists that come built in and that a workspace changes by records of its own (domain/book.ts): the
// tags of calls, the questions to ask. The console writes them through the console's device; devices
// get them as they get every record of the workspace.
import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import {
  type Fields,
  fieldsOf,
  type Id,
  type Json,
  type RecordState,
  sameJson,
} from '../domain/index.ts';
import type { Draft } from '../ledger/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from './accounts/asker.ts';
import type { Membership } from './accounts/members.ts';
import { writeFromConsole } from './console-device.ts';
import type { ServerContext } from './context.ts';
import { inWorkspace, type Tx } from './database.ts';
import { freshId } from './ids.ts';
import { refuse } from './refusal.ts';
import { STATE, stateOf } from './sync/provenance.ts';

type BookKind = 'label' | 'pattern';
export type BookRow<K extends BookKind> = { id: Id; fields: Fields<K>; state: RecordState };
export type BookBody = { [field: string]: Json };

/** What tells one such list from another. `wish`: one of it as it is to be; its place is its order. */
export type Book<
  K extends BookKind,
  T extends { id: string; retired: boolean },
  W extends { id: string | null; retired: boolean },
> = {
  kind: K;
  builtIn: readonly T[];
  of(rows: readonly BookRow<K>[]): T[];
  /** All fields as this wish has them, and as the record (or without one the built-in) has them. */
  fields(
    wish: W,
    record: BookRow<K> | undefined,
    builtIn: T | undefined,
    list: { shown: T | undefined; wishes: readonly (W | T)[] },
  ): { wanted: BookBody; present: BookBody };
};

/** `seen` names the changes that the list comes from: who writes says what they saw. */
export type Read<K extends BookKind, T> = { items: T[]; seen: string; rows: BookRow<K>[] };

export async function readBook<
  K extends BookKind,
  T extends { id: string; retired: boolean },
  W extends { id: string | null; retired: boolean },
>(tx: Tx, workspace: string, book: Book<K, T, W>): Promise<Read<K, T>> {
  const found = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', book.kind)
    .orderBy('id')
    .execute();
  const states = found.map(stateOf);
  const rows = states.map((state) => ({ id: state.id, fields: fieldsOf<K>(state), state }));
  const changes = states.flatMap(({ registers }) =>
    Object.values(registers).map(({ change }) => change),
  );
  const seen = createHash('sha256').update(changes.sort().join(' ')).digest('base64url');
  return { items: book.of(rows), seen, rows };
}

/** 'unknown': one of them is neither built in nor a record of the workspace. */
export type Written = { ok: true; size: number | null } | { ok: false; why: 'changed' | 'unknown' };

/**
 * Writes the whole list as the member, changed fields only; `size` is null when there are none. What
 * is not in the list stays and is retired: records name it for good.
 */
export async function writeBook<
  K extends BookKind,
  T extends { id: string; retired: boolean },
  W extends { id: string | null; retired: boolean },
>(
  tx: Tx,
  membership: Membership,
  book: Book<K, T, W>,
  wishes: readonly W[],
  seen: string,
): Promise<Written> {
  const { workspace } = membership;
  // Two who write at the same time come one after the other.
  await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const present = await readBook(tx, workspace.id, book);
  if (present.seen !== seen) return { ok: false, why: 'changed' };
  const known = new Set(present.items.map(({ id }) => id));
  const named = new Set(wishes.flatMap(({ id }) => (id === null ? [] : [id])));
  if ([...named].some((id) => !known.has(id))) return { ok: false, why: 'unknown' };
  const left = present.items.filter(({ id }) => !named.has(id));
  const whole = [...wishes, ...left.map((item) => ({ ...item, retired: true }))];
  const drafts = drafted(book, whole, present);
  if (drafts.length === 0) return { ok: true, size: null };
  return { ok: true, size: await writeFromConsole(tx, membership, drafts) };
}

function drafted<
  K extends BookKind,
  T extends { id: string; retired: boolean },
  W extends { id: string | null; retired: boolean },
>(book: Book<K, T, W>, wishes: readonly (W | T)[], { items, rows }: Read<K, T>): Draft[] {
  const before = items.map(({ id }) => id);
  const kept = wishes.slice(0, before.length).map(({ id }) => id);
  const moved = before.some((id, at) => kept[at] !== id);
  return wishes.flatMap((wish, at): Draft[] => {
    const row = rowOf(rows, wish.id);
    const builtIn = book.builtIn.findIndex(({ id }) => id === wish.id);
    const own: { order?: number } = row?.fields ?? {};
    const order = own.order ?? (builtIn < 0 ? undefined : builtIn);
    // Where nothing was moved, only new ones need a place: behind all others.
    const place = moved || wish.id === null ? at + (moved ? 0 : behind(rows)) : order;
    const shown = items.find(({ id }) => id === wish.id);
    const { wanted, present } = book.fields(wish as W, row, book.builtIn[builtIn], {
      shown,
      wishes,
    });
    const body: BookBody = Object.fromEntries(
      Object.entries(wanted).filter(([field, value]) => !sameJson(value, present[field] ?? null)),
    );
    if (place !== undefined && place !== order) body.order = place;
    if (Object.keys(body).length === 0) return [];
    const stands = row === undefined && builtIn >= 0 ? { replaces: wish.id } : {};
    const base = row ? { base: basesOf(row.state, Object.keys(body)) } : {};
    const record = row?.id ?? freshId();
    return [{ id: freshId(), kind: book.kind, record, ...base, body: { ...stands, ...body } }];
  });
}

/** So much is to be added to a place in the list to come behind what others have written. */
function behind(rows: readonly { fields: object }[]): number {
  const orders = rows.map(({ fields }) => ('order' in fields ? Number(fields.order) : 0));
  return Math.max(0, ...orders.map(Math.ceil));
}

/** As bookOf() does it: of several that stand for one, that of the greatest id counts. */
function rowOf<K extends BookKind>(
  rows: readonly BookRow<K>[],
  id: string | null,
): BookRow<K> | undefined {
  const of = ({ id: own, fields }: BookRow<K>) => {
    const { deleted, replaces }: { deleted?: boolean; replaces?: string } = fields;
    return deleted === true ? null : (replaces ?? own);
  };
  return id === null ? undefined : rows.findLast((row) => of(row) === id);
}

function basesOf({ registers }: RecordState, fields: string[]): { [path: string]: string } {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const change = registers[field]?.change;
      return change === undefined ? [] : [[field, change]];
    }),
  );
}

/** How a list is asked for and answered, and what is said where it is refused. */
export type BookPage<W> = {
  /** Name of the list in requests and answers. */
  name: string;
  wish: z.ZodMiniType<W>;
  most: number;
  /** These cannot be used together. */
  isWrong(wishes: readonly W[]): boolean;
  say: { code: string; wrong: string; unknown: string; changed: string };
};

/** GET: the list, for every member. PUT: the whole of it, by managers and admins. */
export function bookRoutes<
  K extends BookKind,
  T extends { id: string; retired: boolean },
  W extends { id: string | null; retired: boolean },
>(server: ServerContext, book: Book<K, T, W>, page: BookPage<W>): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const request = z.object({
    [page.name]: z.array(page.wish).check(z.maxLength(page.most)),
    seen: z.string(),
  });
  const shown = ({ items, seen }: Read<K, T>) => ({ [page.name]: items, seen });

  app.get('/', member, async (c) => {
    const { id } = c.var.asker.workspace;
    return c.json(shown(await inWorkspace(server.db, id, (tx) => readBook(tx, id, book))));
  });

  app.put('/', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    const parsed = request.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
    const { seen } = parsed.data as { seen: string };
    const wishes = parsed.data[page.name] as W[];
    const ids = wishes.flatMap(({ id }) => id ?? []);
    const wrong = new Set(ids).size < ids.length || page.isWrong(wishes);
    if (wrong) return refuse(c, 400, page.say.code, page.say.wrong);
    return write(c, wishes, seen);
  });

  async function write(c: Context<AskerEnv>, wishes: W[], seen: string): Promise<Response> {
    const { asker } = c.var;
    const { id } = asker.workspace;
    const written = await inWorkspace(server.db, id, async (tx) => {
      const done = await writeBook(tx, asker, book, wishes, seen);
      return done.ok ? { ...done, shown: shown(await readBook(tx, id, book)) } : done;
    });
    if (!written.ok && written.why === 'unknown') {
      return refuse(c, 400, page.say.code, page.say.unknown);
    }
    if (!written.ok) return refuse(c, 409, 'changed', page.say.changed);
    if (written.size !== null) server.pokes.poke(id, written.size);
    return c.json(written.shown);
  }

  return app;
}
