// /v1/export-choices: how people like their exports, their own and those shared with everybody.
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { type Asker, type AskerEnv, membersOnly } from '../accounts/asker.ts';
import { managesAll, membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { refuse } from '../refusal.ts';
import {
  addChoice,
  type Choice,
  changeChoice,
  MOST_CHOICES,
  readChoices,
  removeChoice,
} from './choices.ts';
import { misfit } from './job-routes.ts';
import { exportWish } from './wish.ts';

const plan = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  shared: z.boolean(),
  wish: exportWish,
});
const change = z.partial(plan);

export function exportChoiceRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  app.use('*', membersOnly(server));

  app.get('/', async (c) => {
    const { asker } = c.var;
    const [choices, members] = await inWorkspace(server.db, asker.workspace.id, async (tx) => [
      await readChoices(tx, asker),
      await membersOf(tx, asker.workspace.id),
    ]);
    const names = new Map(members.map((one) => [one.id, one.name]));
    return c.json({
      choices: choices.map(({ by, ...one }) => ({
        ...one,
        by: { id: by, name: names.get(by) ?? '' },
      })),
    });
  });

  app.post('/', async (c) => {
    const { asker } = c.var;
    const parsed = plan.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    if (parsed.data.shared && !managesAll(asker.member)) return refuse(c, 403, ...NOT_SHARED);
    const added = await inWorkspace(server.db, asker.workspace.id, (tx) =>
      addChoice(tx, asker, parsed.data, Date.now()),
    );
    if (added === null) {
      const words = `You have ${MOST_CHOICES} of these already. Throw one away first.`;
      return refuse(c, 409, 'too-many', words);
    }
    return c.json({ id: added }, 201);
  });

  app.patch('/:id', async (c) => {
    const { asker } = c.var;
    const parsed = change.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { name, shared, wish } = parsed.data;
    return inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const choice = await found(tx, asker, c.req.param('id'));
      if (choice === undefined) return refuse(c, 404, ...NONE);
      if (!mayChange(asker, choice) || (shared === true && !managesAll(asker.member))) {
        return refuse(c, 403, ...NOT_SHARED);
      }
      const patch = {
        ...(name !== undefined && { name }),
        ...(shared !== undefined && { shared }),
        ...(wish !== undefined && { wish }),
      };
      await changeChoice(tx, asker.workspace.id, choice.id, patch, Date.now());
      return c.json({ id: choice.id });
    });
  });

  app.delete('/:id', async (c) => {
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const choice = await found(tx, asker, c.req.param('id'));
      if (choice === undefined) return refuse(c, 404, ...NONE);
      if (!mayChange(asker, choice)) return refuse(c, 403, ...NOT_SHARED);
      await removeChoice(tx, asker.workspace.id, choice.id);
      return c.json({ removed: true });
    });
  });

  return app;
}

const NONE = ['not-found', 'There is no such choice.'] as const;
const NOT_SHARED = [
  'not-allowed',
  'Managers share choices with everybody, and change those.',
] as const;

async function found(tx: Tx, asker: Asker, id: string): Promise<Choice | undefined> {
  return (await readChoices(tx, asker)).find((one) => one.id === id);
}

/** One's own that nobody else works with; shared ones are the managers'. */
function mayChange({ member }: Asker, { by, shared }: Choice): boolean {
  return shared ? managesAll(member) : by === member.id;
}
