// Drafts of reviews: begun, kept, finished, thrown away. Nobody but their reviewer reads them.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import {
  type DraftContent,
  id,
  isScored,
  LONGEST_REMARK,
  MOST_FINDINGS,
  type StandardVersion,
} from '../../domain/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { readDraw } from '../draws/store.ts';
import { refuse } from '../refusal.ts';
import type { Directories } from '../register/directory.ts';
import { readPerPerson } from '../settings/per-person.ts';
import { readStandards } from '../standards/store.ts';
import {
  beginDraft,
  draftOf,
  readDraft,
  readDrafts,
  removeDraft,
  type StoredDraft,
  writeDraft,
} from './drafts.ts';
import { finishedOf } from './finished.ts';
import { whyNotIndependent } from './independence.ts';
import { type Asked, sheetOf, sheetStandards } from './sheet.ts';
import { readReview, readReviews, writeReview } from './store.ts';
import { subjectOf, whyGone } from './subject.ts';

const words = z.string().check(z.maxLength(LONGEST_REMARK));
const line = z.string().check(z.maxLength(2_000));
const value = z.nullable(z.number());
const score = z.object({
  ...{ applies: z.boolean(), ours: value, theirs: value, asked: z.boolean() },
  ...{ text: words, cause: line },
});
const finding = z.object({
  id,
  type: z.enum(['nonconformity', 'observation', 'opportunity']),
  ...{ standard: z.nullable(id), text: words, cause: line },
  subject: z.nullable(z.object({ kind: z.string().check(z.maxLength(40)), id })),
  at: z.nullable(z.iso.datetime({ offset: true })),
  moment: z.nullable(z.string().check(z.maxLength(200))),
});
const content = z.object({
  scores: z.record(id, score),
  findings: z.array(finding).check(z.maxLength(MOST_FINDINGS)),
  text: z.string().check(z.maxLength(200_000)),
  seconds: z.number().check(z.gte(0), z.lte(100_000_000)),
});
const seen = z.int().check(z.gte(0));
const start = z.object({ audit: id, subject: id, from: z.optional(id) });
const kept = z.object({ content, seen });
const finish = z.object({ seen });

type C = Context<AskerEnv>;
/** Why not, for a person. */
type No = { status: 404 | 409 | 410; error: string; words: string };

const CHANGED: No = {
  ...{ status: 409, error: 'changed' },
  words: 'It was written to somewhere else in the meantime.',
};
const NO_DRAFT: No = { status: 404, error: 'not-found', words: 'There is no such draft.' };

export function draftRoutes(server: ServerContext, directories: Directories): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const reviewers = (c: C) => roleRefusal(c, 'manager', 'admin', 'auditor');
  const misfit = (c: C) => refuse(c, 400, 'not-well-formed', 'The request does not fit.');
  const no = (c: C, { status, error, words }: No) => refuse(c, status, error, words);
  const now = () => new Date();

  function within<T>(c: C, work: (asked: Asked) => Promise<T>): Promise<T> {
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) =>
      work({ tx, asker, directory: await directories.of(tx, asker) }),
    );
  }

  // Who is at it: of a draw, or one's own with mine=1.
  app.get('/drafts', member, async (c) => {
    const refused = reviewers(c);
    if (refused) return refused;
    const audit = c.req.query('audit');
    if (audit !== undefined && !id.safeParse(audit).success) return misfit(c);
    return within(c, async (asked) => {
      const { tx, asker } = asked;
      const reviewer = c.req.query('mine') === '1' ? asker.member.id : undefined;
      const drafts = await readDrafts(tx, asker.workspace.id, { audit, reviewer });
      const members = new Map(
        (await membersOf(tx, asker.workspace.id)).map((one) => [one.id, one]),
      );
      const standards = await readStandards(tx, asker.workspace.id);
      const listed = drafts.map(async (draft) => {
        const isMine = draft.reviewer === asker.member.id;
        const versions = sheetStandards(standards, draft.standards);
        const subject = isMine ? await subjectOf(asked, draft.unit, draft.subject) : null;
        return {
          ...{ id: draft.id, audit: draft.audit, unit: draft.unit, subject: draft.subject },
          reviewer: { id: draft.reviewer, name: members.get(draft.reviewer)?.name ?? '' },
          left: members.get(draft.reviewer)?.active !== true,
          mine: isMine,
          startedAt: draft.startedAt.toISOString(),
          // How far others have got is their own business.
          progress: isMine
            ? { scored: versions.length - unscored(versions, draft).length, of: versions.length }
            : null,
          title: subject?.title ?? null,
          customer: subject?.customer?.name ?? null,
        };
      });
      return c.json({ drafts: await Promise.all(listed) });
    });
  });

  app.post('/start', member, async (c) => {
    const refused = reviewers(c);
    if (refused) return refused;
    const parsed = start.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    return within(c, async (asked) => {
      const { tx, asker } = asked;
      const workspace = asker.workspace.id;
      const wish = { ...parsed.data, reviewer: asker.member.id };
      const present = await draftOf(tx, workspace, wish);
      if (present === null) {
        const why = await begin(asked, wish);
        if (why !== null) return no(c, why);
      }
      const draft = present ?? (await draftOf(tx, workspace, wish));
      const sheet = draft && (await sheetOf(asked, draft));
      return sheet ? c.json(sheet, present ? 200 : 201) : no(c, NO_DRAFT);
    });
  });

  /** null: begun. */
  async function begin(
    asked: Asked,
    { audit, subject: drawn, from, reviewer }: z.output<typeof start> & { reviewer: string },
  ): Promise<No | null> {
    const { tx, asker, directory } = asked;
    const workspace = asker.workspace.id;
    const draw = await readDraw(tx, workspace, audit);
    if (draw === null) return { status: 404, error: 'not-found', words: 'There is no such draw.' };
    const stop = (words: string): No => ({ status: 409, error: 'not-possible', words });
    if (draw.state === 'abandoned') return stop(`This draw was abandoned: ${draw.reason}`);
    if (draw.state !== 'drawn') return stop('This draw is not drawn yet.');
    const { unit } = draw;
    if (!draw.members.includes(drawn)) {
      const out = draw.replacements.find((one) => one.out === drawn);
      return stop(
        out ? `This was put out of the draw: ${out.reason}` : `This ${unit} was not drawn.`,
      );
    }
    if (draw.reviewers.length > 0 && !draw.reviewers.includes(reviewer)) {
      return stop('This draw names who reviews it, and you are not among them.');
    }
    const subject = await subjectOf(asked, unit, drawn);
    const gone = whyGone(subject);
    if (gone !== null) return stop(`${gone} Replace it in the draw, and say why.`);
    const own = await readReviews(tx, workspace, { audit, subjects: [drawn] });
    if (own.some((one) => one.reviewer === reviewer && !one.withdrawn)) {
      return stop('You have reviewed this already.');
    }
    const reasons = await whyNotIndependent(tx, asker, { unit, subject: drawn, directory });
    if (reasons.length > 0) {
      const error = 'not-independent';
      return { status: 409, error, words: `Nobody reviews their own work. ${reasons.join(' ')}` };
    }
    const taken = await takenOn(asked, { from, audit, subject: drawn });
    const standards =
      taken?.standards ??
      (await readStandards(tx, workspace))
        .filter(({ retired }) => !retired)
        .map(({ current }) => current.id);
    if (standards.length === 0) {
      return stop('There are no standards to hold it against. Write them first.');
    }
    await beginDraft(tx, workspace, {
      ...{ audit, unit, subject: drawn, reviewer, blind: draw.blind, standards, now: now() },
      ...(taken ? { content: taken.content } : {}),
    });
    return null;
  }

  /** What somebody who left has written goes over to whoever takes it on. */
  async function takenOn(
    { tx, asker }: Asked,
    { from, audit, subject }: { from: string | undefined; audit: string; subject: string },
  ): Promise<StoredDraft | null> {
    if (from === undefined) return null;
    const workspace = asker.workspace.id;
    const draft = await readDraft(tx, workspace, from);
    if (draft === null || draft.audit !== audit || draft.subject !== subject) return null;
    const members = await membersOf(tx, workspace);
    if (members.some((one) => one.id === draft.reviewer && one.active)) return null;
    await removeDraft(tx, workspace, draft.id);
    return draft;
  }

  /** The asker's own draft; else why there is none to write to. */
  async function own({ tx, asker }: Asked, draftId: string): Promise<StoredDraft | No> {
    if (!id.safeParse(draftId).success) return NO_DRAFT;
    const workspace = asker.workspace.id;
    const draft = await readDraft(tx, workspace, draftId);
    if (draft !== null) return draft.reviewer === asker.member.id ? draft : NO_DRAFT;
    const review = (await readReview(tx, workspace, draftId))?.review;
    if (review?.reviewer !== asker.member.id) return NO_DRAFT;
    return { status: 410, error: 'finished', words: 'You have finished this review.' };
  }

  app.get('/drafts/:id', member, async (c) => {
    const refused = reviewers(c);
    if (refused) return refused;
    return within(c, async (asked) => {
      const draft = await own(asked, c.req.param('id'));
      if ('status' in draft) return no(c, draft);
      const sheet = await sheetOf(asked, draft);
      return sheet ? c.json(sheet) : no(c, NO_DRAFT);
    });
  });

  app.put('/drafts/:id', member, async (c) => {
    const refused = reviewers(c);
    if (refused) return refused;
    const parsed = kept.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { workspace } = c.var.asker;
    // No directory: this is asked every few seconds.
    return inWorkspace(server.db, workspace.id, async (tx) => {
      const draft = await own({ tx, asker: c.var.asker } as Asked, c.req.param('id'));
      if ('status' in draft) return no(c, draft);
      const written = await writeDraft(tx, workspace.id, {
        ...{ id: draft.id, seen: parsed.data.seen, now: now() },
        content: await keepable(tx, draft, parsed.data.content, workspace.id),
      });
      return written === null ? no(c, CHANGED) : c.json({ seen: written });
    });
  });

  /** Without scores of standards that it is not scored by, and without times where none are kept. */
  async function keepable(
    tx: Tx,
    { standards }: StoredDraft,
    { scores, seconds, ...rest }: DraftContent,
    workspace: string,
  ): Promise<DraftContent> {
    const times = await readPerPerson(tx, workspace);
    const own = Object.entries(scores).filter(([standard]) => standards.includes(standard));
    return { ...rest, scores: Object.fromEntries(own), seconds: times ? seconds : 0 };
  }

  app.delete('/drafts/:id', member, async (c) => {
    const refused = reviewers(c);
    if (refused) return refused;
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const draft = await own({ tx, asker } as Asked, c.req.param('id'));
      if ('status' in draft) return no(c, draft);
      await removeDraft(tx, asker.workspace.id, draft.id);
      return c.json({ changed: true });
    });
  });

  // Everything goes into the log at once, or nothing.
  app.post('/drafts/:id/finish', member, async (c) => {
    const refused = reviewers(c);
    if (refused) return refused;
    const parsed = finish.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { workspace } = c.var.asker;
    let size: number | null = null;
    const answer = await within(c, async (asked) => {
      const { tx } = asked;
      // Two who finish at once come one after the other.
      await tx
        .selectFrom('workspace')
        .select('seq')
        .where('id', '=', workspace.id)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const draft = await own(asked, c.req.param('id'));
      // Finished before, and the answer did not arrive: the same answer again.
      if ('status' in draft && draft.status !== 410) return no(c, draft);
      if (!('status' in draft)) {
        const done = await write(asked, draft, parsed.data.seen);
        if (typeof done !== 'number') return no(c, done);
        size = done;
      }
      const finished = await finishedOf(asked, c.req.param('id'));
      return finished ? c.json(finished) : no(c, NO_DRAFT);
    });
    if (size !== null) server.pokes.poke(workspace.id, size);
    return answer;
  });

  async function write(asked: Asked, draft: StoredDraft, over: number): Promise<number | No> {
    const { tx, asker, directory } = asked;
    const workspace = asker.workspace.id;
    const stop = (words: string): No => ({ status: 409, error: 'not-possible', words });
    if (draft.seen !== over) return CHANGED;
    const draw = await readDraw(tx, workspace, draft.audit);
    if (draw === null) return stop('The draw of this review is not here any more.');
    const subject = await subjectOf(asked, draft.unit, draft.subject);
    const gone = whyGone(subject);
    if (gone !== null) return stop(`${gone} It cannot be reviewed any more.`);
    const { unit, subject: of } = draft;
    const reasons = await whyNotIndependent(tx, asker, { unit, subject: of, directory });
    if (reasons.length > 0) return stop(`Nobody reviews their own work. ${reasons.join(' ')}`);
    const standards = sheetStandards(await readStandards(tx, workspace), draft.standards);
    const missing = unscored(standards, draft);
    if (missing.length > 0) {
      const names = missing.map(({ name }) => `“${name}”`).join(', ');
      return stop(`Not scored yet: ${names}.`);
    }
    const members = await membersOf(tx, workspace);
    const owner = members.find((one) => one.id === subject.owner && one.active);
    const size = await writeReview(tx, asker, {
      ...{ draft, standards, subject, draw, now: now() },
      times: await readPerPerson(tx, workspace),
      // A calibration compares reviewers: nobody is asked to answer for several reviews of one thing.
      to: draw.calibration ? null : (owner?.id ?? null),
    });
    await removeDraft(tx, workspace, draft.id);
    return size;
  }

  return app;
}

function unscored(
  standards: readonly StandardVersion[],
  { content }: StoredDraft,
): StandardVersion[] {
  return standards.filter((standard) => !isScored(standard, content.scores[standard.id]));
}
