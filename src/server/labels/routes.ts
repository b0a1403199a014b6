// /v1/labels: the tags of calls of a workspace, for the console.
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { MOST_TAGS, tagProblems } from '../../domain/codebook-check.ts';
import { MEANINGS, TAG_LOOKS } from '../../domain/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { type Codebook, readCodebook, writeCodebook } from './store.ts';

const request = z.object({
  tags: z
    .array(
      z.object({
        id: z.nullable(z.string().check(z.maxLength(100))),
        name: z.nullable(z.string().check(z.maxLength(1_000))),
        key: z.string().check(z.maxLength(20)),
        colour: z.enum(TAG_LOOKS),
        icon: z.enum(TAG_LOOKS),
        means: z.enum(MEANINGS),
        retired: z.boolean(),
      }),
    )
    .check(z.maxLength(2 * MOST_TAGS)),
  seen: z.string(),
});

export function labelRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);

  app.get('/', member, async (c) => {
    const workspace = c.var.asker.workspace.id;
    return c.json(
      shown(await inWorkspace(server.db, workspace, (tx) => readCodebook(tx, workspace))),
    );
  });

  app.put('/', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    const parsed = request.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
    const { tags, seen } = parsed.data;
    const ids = tags.flatMap(({ id }) => id ?? []);
    const wrong = new Set(ids).size < ids.length || tagProblems(tags).length > 0;
    if (wrong) return refuse(c, 400, 'bad-tags', 'These tags cannot be used together.');
    const { asker } = c.var;
    const { workspace } = asker;
    const written = await inWorkspace(server.db, workspace.id, async (tx) => {
      const done = await writeCodebook(tx, asker, tags, seen);
      return done.ok ? { ...done, shown: shown(await readCodebook(tx, workspace.id)) } : done;
    });
    if (!written.ok && written.why === 'unknown') {
      return refuse(c, 400, 'bad-tags', 'One of these tags is not known here.');
    }
    if (!written.ok) {
      return refuse(c, 409, 'changed', 'Somebody has changed the tags in the meantime.');
    }
    if (written.size !== null) server.pokes.poke(workspace.id, written.size);
    return c.json(written.shown);
  });

  return app;
}

function shown({ tags, seen }: Codebook) {
  return { tags, seen };
}
