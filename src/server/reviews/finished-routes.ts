// Finished reviews: listed, read, corrected and taken back.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { id, isScored, type ScoreEntry, type StandardVersion } from '../../domain/index.ts';
import { type AskerEnv, membersOnly } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import type { Directories } from '../register/directory.ts';
import { readStandards } from '../standards/store.ts';
import { finishedOf, mayChange } from './finished.ts';
import { listOf, MOST_LISTED, WHICH } from './list.ts';
import { readableOf } from './seen.ts';
import type { Asked } from './sheet.ts';
import { correctReview, readReview, readReviews, withdrawReview } from './store.ts';
import { titlesOf } from './titles.ts';

const reason = z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000));
const why = z.object({ reason });
const value = z.nullable(z.number());
const entry = z.object({
  ...{ applies: z.boolean(), ours: value, theirs: value },
  text: z.optional(z.string().check(z.maxLength(20_000))),
  cause: z.optional(z.string().check(z.maxLength(2_000))),
});
const correction = z.object({
  scores: z.record(id, entry),
  text: z.optional(z.string().check(z.maxLength(200_000))),
  reason,
});

type C = Context<AskerEnv>;

export function finishedRoutes(server: ServerContext, directories: Directories): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const misfit = (c: C) => refuse(c, 400, 'not-well-formed', 'The request does not fit.');
  const unknown = (c: C) => refuse(c, 404, 'not-found', 'There is no such review.');

  function within<T>(c: C, work: (asked: Asked) => Promise<T>): Promise<T> {
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) =>
      work({ tx, asker, directory: await directories.of(tx, asker) }),
    );
  }

  // The newest first; those that were withdrawn too. With `limit` so many of a list, which says how
  // many there are: those that `which` and the words `q` fit, by names.
  app.get('/', member, async (c) => {
    const { audit, subject, project, customer, limit, which = 'all', q = '' } = c.req.query();
    const given = [audit, subject, project, customer].filter((one) => one !== undefined);
    if (given.some((one) => !id.safeParse(one).success)) return misfit(c);
    if (limit !== undefined) {
      const most = Number(limit);
      const chosen = WHICH.find((one) => one === which);
      if (!(Number.isSafeInteger(most) && most > 0) || chosen === undefined) return misfit(c);
      const wish = { audit, subject, project, customer, which: chosen, words: q };
      return within(c, async (asked) =>
        c.json(
          await listOf(asked, server.kept.reviews, { ...wish, most: Math.min(most, MOST_LISTED) }),
        ),
      );
    }
    return within(c, async (asked) => {
      const { tx, asker, directory } = asked;
      const found = await readReviews(tx, asker.workspace.id, {
        audit,
        subjects: subject === undefined ? undefined : [subject],
        project: project === undefined ? undefined : directory.projects.setOf(project),
        customer: customer === undefined ? undefined : directory.customers.setOf(customer),
      });
      const reviews = await readableOf(asked, found);
      return c.json({ reviews: await titlesOf(asked, reviews) });
    });
  });

  app.get('/:id', member, async (c) => {
    const reviewId = c.req.param('id');
    if (!id.safeParse(reviewId).success) return unknown(c);
    return within(c, async (asked) => {
      const found = await readReview(asked.tx, asked.asker.workspace.id, reviewId);
      if (found === null) return unknown(c);
      const [review] = await readableOf(asked, [found.review]);
      if (review === undefined) return unknown(c);
      return c.json(await finishedOf(asked, reviewId));
    });
  });

  app.post('/:id/withdraw', member, async (c) => {
    const parsed = why.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    return changed(c, ({ tx, asker }, { state }) =>
      withdrawReview(tx, asker, state, parsed.data.reason),
    );
  });

  app.post('/:id/correct', member, async (c) => {
    const parsed = correction.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { scores } = parsed.data;
    return changed(c, async ({ tx, asker }, found) => {
      const all = (await readStandards(tx, asker.workspace.id)).flatMap(({ versions }) => versions);
      const standards = all.filter((one) => Object.hasOwn(found.review.scores, one.id));
      const fits = Object.entries(scores).every(([standard, said]) =>
        isFitting(
          standards.find((one) => one.id === standard),
          said,
        ),
      );
      if (!fits) return null;
      return correctReview(tx, asker, found, standards, parsed.data);
    });
  });

  type Found = NonNullable<Awaited<ReturnType<typeof readReview>>>;

  /** Answers it as it is then. `change` answers null where the wish does not fit the review. */
  async function changed(
    c: C,
    change: (asked: Asked, found: Found) => Promise<number | null>,
  ): Promise<Response> {
    const reviewId = c.req.param('id') ?? '';
    if (!id.safeParse(reviewId).success) return unknown(c);
    const { workspace } = c.var.asker;
    let size: number | null = null;
    const answer = await within(c, async (asked) => {
      const { tx, asker } = asked;
      await tx
        .selectFrom('workspace')
        .select('seq')
        .where('id', '=', workspace.id)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const found = await readReview(tx, workspace.id, reviewId);
      const isKnown = found !== null && (await readableOf(asked, [found.review])).length === 1;
      if (!isKnown) return unknown(c);
      const members = await membersOf(tx, workspace.id);
      const isHere = members.some((one) => one.id === found.review.reviewer && one.active);
      if (!mayChange(asker, found.review, isHere)) {
        return refuse(c, 403, 'not-allowed', 'Only whoever reviewed it can change a review.');
      }
      if (found.review.withdrawn) {
        return refuse(c, 409, 'not-possible', 'This review was withdrawn already.');
      }
      size = await change(asked, found);
      return size === null ? misfit(c) : c.json(await finishedOf(asked, reviewId));
    });
    if (size !== null) server.pokes.poke(workspace.id, size);
    return answer;
  }

  return app;
}

/** Whether this can be said of the standard. Of what the customer did not ask for, null is said. */
function isFitting(standard: StandardVersion | undefined, said: ScoreEntry): boolean {
  if (standard === undefined) return false;
  if (said.theirs !== null && (standard.customerTarget === null || !said.applies)) return false;
  const { text = '', cause = '' } = said;
  return isScored(standard, { ...said, asked: said.theirs !== null, text, cause });
}
