// /v1/inquiries: questions to whoever answers for a project: asked by who reviews, answered by who is
// asked, here or in the extension's inbox.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { type Inquiry, LONGEST_INQUIRY } from '../../domain/inquiries.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { managesAll } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { isTaken } from '../record-taken.ts';
import { refuse } from '../refusal.ts';
import {
  blindTo,
  filledIn,
  masked,
  mayOpenReview,
  momentsOf,
  ownerOf,
  peopleOf,
  shown,
} from './about.ts';
import {
  asked,
  countInquiries,
  lockWorkspace,
  readInquiries,
  readInquiry,
  SHOWN_STATES,
  type Wanted,
  writeInquiry,
} from './store.ts';

const MOST_AT_ONCE = 100;
const day = z.iso.date();
const maybe = z.optional(z.nullable(id));
const wish = z.object({
  /** Made by whoever asks, so that sending it twice asks it once. */
  id: z.optional(id),
  /** A member, or whoever owns the project then: who asks blind does not know who that is. */
  to: z.union([id, z.literal('owner')]),
  question: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_INQUIRY.question)),
  due: z.nullable(day),
  ...{ review: maybe, finding: maybe, standard: maybe },
  ...{ customer: maybe, project: maybe, interaction: maybe },
  subject: z.optional(z.nullable(z.object({ kind: z.string().check(z.maxLength(64)), id }))),
});
const said = z.object({ text: z.string().check(z.maxLength(LONGEST_INQUIRY.answer)) });
const query = z.object({
  state: z.optional(z.enum(SHOWN_STATES)),
  mine: z.optional(z.enum(['1', 'asked'])),
  review: z.optional(id),
  project: z.optional(id),
  before: z.optional(id),
  today: z.optional(day),
});

type C = Context<AskerEnv>;
type Act =
  | { ok: true; fields: Parameters<typeof writeInquiry>[3] | null }
  | { ok: false; status: 403 | 409; error: string; words: string };

export function inquiryRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const { directories } = server;
  const misfit = (c: C) => refuse(c, 400, 'not-well-formed', 'The request does not fit.');

  app.get('/', member, async (c) => {
    const parsed = query.safeParse(c.req.query());
    if (!parsed.success) return misfit(c);
    const { state = 'open', mine, review, project, before, today } = parsed.data;
    const { asker } = c.var;
    const wanted: Wanted = {
      ...{ state, review: review ?? null, project: project ?? null, before: before ?? null },
      whose: mine === '1' ? 'to-me' : mine === 'asked' ? 'by-me' : 'all',
      today: today ?? new Date().toISOString().slice(0, 10),
      limit: MOST_AT_ONCE + 1,
    };
    const answer = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const found = await readInquiries(tx, asker, wanted);
      const directory = await directories.of(tx, asker);
      const people = await peopleOf(tx, asker.workspace.id);
      const isBlind = await blindTo(tx, asker, directory);
      const page = found.slice(0, MOST_AT_ONCE);
      return {
        inquiries: page.map((one) => {
          const whole = shown(one, directory, people);
          return isBlind(one) ? masked(whole) : whole;
        }),
        next: found.length > MOST_AT_ONCE ? (page.at(-1)?.id ?? null) : null,
        counts: await countInquiries(tx, asker, wanted),
      };
    });
    return c.json(answer);
  });

  app.post('/', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin', 'auditor');
    if (refused) return refused;
    const parsed = wish.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { id: record = freshId(), to, question, due, ...about } = parsed.data;
    const { asker } = c.var;
    const { workspace } = asker;
    const done = await inWorkspace(server.db, workspace.id, async (tx) => {
      await lockWorkspace(tx, workspace.id);
      const present = await readInquiry(tx, asker, record);
      if (present?.by === asker.member.id) return { ok: true, size: null } as const;
      if (await isTaken(tx, asker, record)) {
        return { ok: false, error: 'gone', words: ERASED } as const;
      }
      const directory = await directories.of(tx, asker);
      const filled = await filledIn(tx, asker, directory, {
        ...{ review: about.review ?? null, finding: about.finding ?? null },
        ...{ standard: about.standard ?? null, subject: about.subject ?? null },
        ...{ customer: about.customer ?? null, project: about.project ?? null },
        interaction: about.interaction ?? null,
      });
      if (filled === null) return { ok: false, error: 'gone', words: GONE } as const;
      const whom = to === 'owner' ? await ownerOf(tx, workspace.id, directory, filled.project) : to;
      if (whom === null) return { ok: false, error: 'no-owner', words: NO_OWNER } as const;
      if ((await peopleOf(tx, workspace.id)).get(whom)?.active !== true) {
        const words = to === 'owner' ? OWNER_LEFT : LEFT;
        return { ok: false, error: 'left', words } as const;
      }
      const fields = asked({ ...filled, to: whom, asks: 'answer', question, due });
      return { ok: true, size: await writeInquiry(tx, asker, record, fields) } as const;
    });
    if (!done.ok) return refuse(c, 409, done.error, done.words);
    if (done.size !== null) server.pokes.poke(workspace.id, done.size);
    return c.json({ id: record }, 201);
  });

  // With the moment it is about, and whether its review may be opened.
  app.get('/:id', member, async (c) => {
    const name = id.safeParse(c.req.param('id'));
    if (!name.success) return unknown(c);
    return inWorkspace(server.db, c.var.asker.workspace.id, (tx) => one(tx, c, name.data));
  });

  app.post('/:id/answer', member, async (c) => {
    const parsed = said.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const text = parsed.data.text.trim();
    return acted(c, (inquiry) => {
      if (inquiry.to !== c.var.asker.member.id) {
        return { ok: false, status: 403, error: 'not-yours', words: NOT_YOURS };
      }
      if (inquiry.state === 'withdrawn') {
        return { ok: false, status: 409, error: 'withdrawn', words: WITHDRAWN };
      }
      if (text === '' && inquiry.asks === 'answer') {
        return { ok: false, status: 409, error: 'no-answer', words: 'Write an answer first.' };
      }
      if (inquiry.state === 'answered' && inquiry.answer === text)
        return { ok: true, fields: null };
      const answeredAt = new Date().toISOString();
      const answeredBy = c.var.asker.member.id;
      return { ok: true, fields: { ...(text && { answer: text }), answeredAt, answeredBy } };
    });
  });

  app.post('/:id/withdraw', member, async (c) =>
    acted(c, (inquiry) => {
      const { member: me } = c.var.asker;
      if (inquiry.by !== me.id && !managesAll(me)) {
        return { ok: false, status: 403, error: 'not-yours', words: NOT_ASKED_BY_YOU };
      }
      if (inquiry.state === 'answered') {
        return { ok: false, status: 409, error: 'answered', words: ANSWERED };
      }
      return { ok: true, fields: inquiry.state === 'withdrawn' ? null : { withdrawn: true } };
    }),
  );

  /** Acts on one that nobody else acts on meanwhile, and answers it as it is then. */
  async function acted(c: C, act: (inquiry: Inquiry) => Act): Promise<Response> {
    const name = id.safeParse(c.req.param('id'));
    if (!name.success) return unknown(c);
    const { asker } = c.var;
    let size: number | null = null;
    const response = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      await lockWorkspace(tx, asker.workspace.id);
      const inquiry = await readInquiry(tx, asker, name.data);
      if (inquiry === null) return unknown(c);
      const done = act(inquiry);
      if (!done.ok) return refuse(c, done.status, done.error, done.words);
      if (done.fields !== null) size = await writeInquiry(tx, asker, inquiry.id, done.fields);
      return one(tx, c, inquiry.id);
    });
    if (size !== null) server.pokes.poke(asker.workspace.id, size);
    return response;
  }

  async function one(tx: Tx, c: C, name: string): Promise<Response> {
    const { asker } = c.var;
    const inquiry = await readInquiry(tx, asker, name);
    if (inquiry === null) return unknown(c);
    const directory = await directories.of(tx, asker);
    const whole = shown(inquiry, directory, await peopleOf(tx, asker.workspace.id));
    const isBlind = (await blindTo(tx, asker, directory))(inquiry);
    return c.json({
      inquiry: isBlind && inquiry.to !== asker.member.id ? masked(whole) : whole,
      moment: (await momentsOf(tx, asker, directory, [inquiry.subject]))[0] ?? null,
      mayOpenReview: await mayOpenReview(tx, asker, directory, inquiry),
    });
  }

  return app;
}

function unknown(c: C): Response {
  return refuse(c, 404, 'not-found', 'There is no such question, or it is not for you.');
}

const GONE = 'What this is about was erased or taken back in the meantime.';
const ERASED = 'This question was erased. Ask it anew if it is still to be answered.';
const NO_OWNER = 'This project has no owner. Choose whom you ask.';
const LEFT = 'This person is not a member any more. Choose somebody else.';
const OWNER_LEFT = 'The owner of this project is not a member any more. Choose whom you ask.';
const NOT_YOURS = 'Only whoever is asked can answer this.';
const NOT_ASKED_BY_YOU = 'Only whoever asked, or a manager, can take this back.';
const WITHDRAWN = 'This question was taken back. Nobody waits for the answer any more.';
const ANSWERED = 'This was answered in the meantime. What was asked and answered stays.';
