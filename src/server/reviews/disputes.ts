// What the owner of what was reviewed says to it: that they read it, and of each standard whether they
// accept it; and what the reviewer says to that. Mounted below /v1/reviews.
import { type Context, Hono } from 'hono';
import { sql } from 'kysely';
import * as z from 'zod/mini';
import {
  byStandard,
  type Dispute,
  LONGEST_REASON,
  needsReason,
  STANCES,
  waitsForReviewer,
} from '../../domain/disputes.ts';
import {
  type Fields,
  type Id,
  id,
  isScored,
  type Json,
  LONGEST_REMARK,
  type RecordState,
  type Review,
  type StandardVersion,
  scoreEntryOf,
} from '../../domain/index.ts';
import type { Inquiry } from '../../domain/inquiries.ts';
import type { Draft } from '../../ledger/index.ts';
import { type Asker, type AskerEnv, membersOnly } from '../accounts/asker.ts';
import { writeFromConsole } from '../console-device.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import {
  type InquiryShown,
  type MomentShown,
  momentsOf,
  type People,
  peopleOf,
  shown,
} from '../inquiries/about.ts';
import { lockWorkspace, readRequests } from '../inquiries/store.ts';
import { refuse } from '../refusal.ts';
import type { Directory } from '../register/directory.ts';
import { readStandards } from '../standards/store.ts';
import { mayChange } from './finished.ts';
import { readableOf } from './seen.ts';
import { correctReview, readDisputes, readFindings, readReview } from './store.ts';
import { subjectOf } from './subject.ts';

const prose = z.string().check(z.maxLength(LONGEST_REASON));
const statement = z.object({
  standard: z.nullable(id),
  stance: z.enum(STANCES),
  reason: prose,
});
const score = z.object({
  applies: z.boolean(),
  ...{ ours: z.nullable(z.number()), theirs: z.nullable(z.number()), asked: z.boolean() },
  text: z.string().check(z.maxLength(LONGEST_REMARK)),
  cause: z.string().check(z.maxLength(2_000)),
});
const reply = z.object({
  result: z.enum(['stands', 'changed']),
  text: prose,
  /** How the standard is scored now; without one the score was changed before. */
  score: z.optional(z.nullable(score)),
});

export type DisputeShown = Dispute & { byName: string; answeredByName: string };
/** All that was said to a review. */
export type SaidToReview = {
  disputes: DisputeShown[];
  /** The requests to read it, and whether they were. */
  requests: InquiryShown[];
  /** What its findings are pinned to, as far as the asker may see it. */
  moments: MomentShown[];
  /** The asker may say something to it. */
  speaks: boolean;
  /** The asker may answer what was said. */
  answers: boolean;
};

type C = Context<AskerEnv>;
type Case = {
  tx: Tx;
  asker: Asker;
  directory: Directory;
  people: People;
  review: Review;
  state: RecordState;
  requests: Inquiry[];
  disputes: Dispute[];
};
type Done = { size: number | null } | Response;

export function disputeRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const { directories } = server;
  const misfit = (c: C) => refuse(c, 400, 'not-well-formed', 'The request does not fit.');

  // Of the reviews one may read: whether they were read, and what is said against them.
  app.get('/standing', member, async (c) => {
    const { asker } = c.var;
    const { id: workspace } = asker.workspace;
    const standing = await inWorkspace(server.db, workspace, async (tx) => {
      const asked = { tx, asker, directory: await directories.of(tx, asker) };
      const listed = await server.kept.reviews.of(tx, workspace);
      const reviews = await readableOf(asked, listed.newest);
      return reviews.map((review) => listed.standingOf(review.id));
    });
    return c.json({ standing });
  });

  app.get('/:id/disputes', member, async (c) => within(c, c.req.param('id'), null));

  app.post('/:id/acknowledge', member, async (c) =>
    within(c, c.req.param('id'), async (all) => {
      if (!(await speaks(all))) return refuse(c, 403, 'not-yours', NOT_YOURS);
      if (all.requests.some((one) => isOfAsker(all, one) && one.state === 'answered')) {
        return { size: null };
      }
      return { size: await write(all, acknowledged(all, new Date())) };
    }),
  );

  app.post('/:id/disputes', member, async (c) => {
    const parsed = statement.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { standard, stance } = parsed.data;
    const reason = parsed.data.reason.trim();
    if (reason === '' && needsReason(stance)) return refuse(c, 400, 'no-reason', NO_REASON);
    return within(c, c.req.param('id'), async (all) => {
      if (!(await speaks(all))) return refuse(c, 403, 'not-yours', NOT_YOURS);
      if (all.review.withdrawn) return refuse(c, 409, 'withdrawn', WITHDRAWN);
      if (standard !== null && all.review.scores[standard] === undefined) {
        return refuse(c, 404, 'not-found', 'This review did not score such a standard.');
      }
      const last = byStandard(all.disputes)
        .get(standard ?? '')
        ?.at(-1);
      const isSame = last?.stance === stance && last.reason === reason && last.answered === null;
      if (isSame && last.by === all.asker.member.id) return { size: null };
      const now = new Date();
      const body: Fields<'dispute'> = {
        ...{ ...aboutOf(all.review), review: all.review.id, by: all.asker.member.id, stance },
        ...{ reason, at: now.toISOString(), ...(standard === null ? {} : { standard }) },
      };
      // Whoever says something to it has read it.
      const read = all.requests.some((one) => isOfAsker(all, one) && one.state === 'open')
        ? acknowledged(all, now)
        : [];
      return { size: await write(all, [draft('dispute', freshId(), body), ...read]) };
    });
  });

  app.post('/disputes/:id/answer', member, async (c) => {
    const parsed = reply.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { result } = parsed.data;
    const text = parsed.data.text.trim();
    if (text === '') return refuse(c, 400, 'no-reason', 'Say why it stands, or what you changed.');
    const name = c.req.param('id');
    const review = await inWorkspace(server.db, c.var.asker.workspace.id, (tx) =>
      reviewOfDispute(tx, c.var.asker.workspace.id, name),
    );
    if (review === null) return unknown(c);
    return within(c, review, async (all) => {
      if (!answers(all)) return refuse(c, 403, 'not-yours', NOT_THE_REVIEWER);
      if (all.review.withdrawn) return refuse(c, 409, 'withdrawn', WITHDRAWN);
      const said = all.disputes.find((one) => one.id === name);
      if (said === undefined) return unknown(c);
      const waiting = waitsForReviewer(byStandard(all.disputes).get(said.standard ?? '') ?? []);
      if (waiting?.id !== name) return refuse(c, 409, 'changed', SAID_AGAIN);
      if (said.by === all.asker.member.id) return refuse(c, 403, 'not-yours', OWN_WORDS);
      const given = result === 'changed' ? (parsed.data.score ?? null) : null;
      if (given !== null && said.standard !== null) {
        const standards = await standardsOfReview(all);
        const standard = standards.find((one) => one.id === said.standard);
        if (standard === undefined || !isScored(standard, given)) {
          return refuse(c, 400, 'not-scored', 'Score the standard anew first.');
        }
        const scores = { [standard.id]: scoreEntryOf(standard, given) };
        await correctReview(all.tx, all.asker, all, standards, { scores, reason: text });
      }
      const body: Fields<'dispute'> = {
        ...{ result, answer: text, answeredAt: new Date().toISOString() },
        answeredBy: all.asker.member.id,
      };
      return { size: await write(all, [draft('dispute', name, body)]) };
    });
  });

  /** Reads all of one review, acts on it where `act` does, and answers it as it is then. */
  async function within(
    c: C,
    name: string,
    act: ((all: Case) => Promise<Done>) | null,
  ): Promise<Response> {
    if (!id.safeParse(name).success) return unknown(c);
    const { asker } = c.var;
    const { workspace } = asker;
    let size: number | null = null;
    const response = await inWorkspace(server.db, workspace.id, async (tx) => {
      if (act !== null) await lockWorkspace(tx, workspace.id);
      const all = await readCase(tx, asker, name);
      if (all === null || !(await mayRead(all))) return unknown(c);
      if (act === null) return c.json(await saidTo(all));
      const done = await act(all);
      if (done instanceof Response) return done;
      size = done.size;
      const after = size === null ? all : await readCase(tx, asker, name);
      return after === null ? unknown(c) : c.json(await saidTo(after));
    });
    if (size !== null) server.pokes.poke(workspace.id, size);
    return response;
  }

  async function readCase(tx: Tx, asker: Asker, name: string): Promise<Case | null> {
    const found = await readReview(tx, asker.workspace.id, name);
    if (found === null) return null;
    const { workspace } = asker;
    return {
      ...{ tx, asker, ...found },
      directory: await directories.of(tx, asker),
      people: await peopleOf(tx, workspace.id),
      requests: await readRequests(tx, workspace.id, { review: name }),
      disputes: await readDisputes(tx, workspace.id, { review: name }),
    };
  }

  return app;
}

async function reviewOfDispute(tx: Tx, workspace: string, name: string): Promise<Id | null> {
  if (!id.safeParse(name).success) return null;
  const row = await tx
    .selectFrom('record')
    .select(sql<string | null>`fields->>'review'`.as('review'))
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'dispute')
    .where('id', '=', name)
    .where('deleted', '=', false)
    .executeTakeFirst();
  return row?.review ?? null;
}

/** Whoever may read the review, and whoever it is about. */
async function mayRead(all: Case): Promise<boolean> {
  return (await readableOf(all, [all.review])).length > 0 || speaks(all);
}

/** Whoever was asked to read it, and whoever owns what was reviewed by now; not the reviewer. */
async function speaks({ tx, asker, directory, review, requests }: Case): Promise<boolean> {
  if (review.reviewer === asker.member.id) return false;
  if (requests.some(({ to }) => to === asker.member.id)) return true;
  const subject = await subjectOf({ tx, asker, directory }, review.unit, review.subject);
  return subject.owner === asker.member.id;
}

/** Whoever may change the review itself. */
function answers({ asker, people, review }: Case): boolean {
  return mayChange(asker, review, people.get(review.reviewer ?? '')?.active === true);
}

function isOfAsker({ asker }: Case, { to }: Inquiry): boolean {
  return to === asker.member.id;
}

/** Their requests as answered; whoever was not asked, as the owner of by now, is read all the same. */
function acknowledged(all: Case, now: Date): Draft[] {
  const { member } = all.asker;
  const read: Fields<'inquiry'> = { answeredAt: now.toISOString(), answeredBy: member.id };
  const open = all.requests.filter((one) => isOfAsker(all, one) && one.state !== 'answered');
  if (open.length > 0) return open.map((one) => draft('inquiry', one.id, read));
  const asked: Fields<'inquiry'> = {
    ...{ ...aboutOf(all.review), review: all.review.id, to: member.id, asks: 'acknowledge' },
    question: 'Read the review and say whether you agree.',
  };
  return [draft('inquiry', freshId(), { ...asked, ...read })];
}

function aboutOf({ customer, project, interaction }: Review): Fields<'dispute'> {
  return {
    ...(customer === null ? {} : { customer }),
    ...(project === null ? {} : { project }),
    ...(interaction === null ? {} : { interaction }),
  };
}

async function standardsOfReview({ tx, asker, review }: Case): Promise<StandardVersion[]> {
  const all = await readStandards(tx, asker.workspace.id);
  return all.flatMap(({ versions }) => versions.filter(({ id: key }) => review.scores[key]));
}

async function saidTo(all: Case): Promise<SaidToReview> {
  const { disputes, requests, directory, people } = all;
  const nameOf = (key: Id | null | undefined) => (key ? (people.get(key)?.name ?? '') : '');
  const findings = await readFindings(all.tx, all.asker.workspace.id, all.review.id);
  const pinned = findings.map(({ subject }) => subject);
  return {
    disputes: disputes.map((one) => ({
      ...{ ...one, byName: nameOf(one.by), answeredByName: nameOf(one.answered?.by) },
    })),
    requests: requests.map((one) => shown(one, directory, people)),
    moments: await momentsOf(all.tx, all.asker, directory, pinned),
    speaks: await speaks(all),
    answers: answers(all),
  };
}

function draft(kind: 'dispute' | 'inquiry', record: Id, fields: object): Draft {
  return { id: freshId(), kind, record, body: fields as { [field: string]: Json } };
}

function write({ tx, asker }: Case, drafts: Draft[]): Promise<number> {
  return writeFromConsole(tx, asker, drafts);
}

function unknown(c: C): Response {
  return refuse(c, 404, 'not-found', 'There is no such review, or it is not for you.');
}

const NOT_YOURS = 'Only whoever answers for what was reviewed can say something to it.';
const NOT_THE_REVIEWER = 'Only the reviewer can answer this.';
const OWN_WORDS = 'These are your own words. Somebody else answers them.';
const NO_REASON = 'Say why you do not agree.';
const WITHDRAWN =
  'This review was withdrawn. It counts for nothing, and nothing is to be said to it.';
const SAID_AGAIN = 'This was answered, or something else was said, in the meantime. Look again.';
