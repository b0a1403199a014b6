// /v1/story: all that happened with a customer, in a project or a call, for those who review it.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { id, normaliseText, TOLD_KINDS } from '../../domain/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { type Subject, subjectOf } from '../reviews/subject.ts';
import { foldWords } from '../sync/words.ts';
import { changeComment, writeComment } from './comments.ts';
import type { Asked } from './rows.ts';
import { latestSubjects, subjectsNamed } from './subjects.ts';
import { findWords, tell, type Wish } from './tell.ts';

const asked = z.object({
  unit: z.enum(['project', 'customer', 'call']),
  subject: id,
  blind: z.optional(z.enum(['1'])),
  whole: z.optional(z.enum(['1'])),
});
const words = z.string().check(z.maxLength(200));
const record = z.object({ kind: z.enum(TOLD_KINDS), id });
const comment = z.object({
  /** Made by whoever writes, so that sending it twice writes it once. */
  id: z.optional(id),
  record,
  at: z.iso.datetime({ offset: true }),
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(20_000)),
  visibility: z.enum(['workspace', 'managers']),
});
const change = z.union([
  z.strictObject({ settled: z.boolean() }),
  z.strictObject({ deleted: z.boolean() }),
]);

type C = Context<AskerEnv>;
type Asking = z.output<typeof asked>;
/** Something was written: devices hear of it once it is committed. */
type Written = { response: Response; size: number };

export function storyRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const { directories } = server;
  const readers = (c: C) => roleRefusal(c, 'manager', 'admin', 'auditor');
  const misfit = (c: C) => refuse(c, 400, 'not-well-formed', 'The request does not fit.');

  /** Answers with what there is of the subject that the query names. */
  async function about(
    c: C,
    answer: (asked: Asked, subject: Subject, asking: Asking) => Promise<Response | Written>,
  ): Promise<Response> {
    const refused = readers(c);
    if (refused) return refused;
    const { unit, subject, blind, whole } = c.req.query();
    const parsed = asked.safeParse({ unit, subject, blind, whole });
    if (!parsed.success) return misfit(c);
    const { asker } = c.var;
    const answered = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const given = { tx, asker, directory: await directories.of(tx, asker) };
      const found = await subjectOf(given, parsed.data.unit, parsed.data.subject);
      const kind = NAMES[parsed.data.unit];
      if (found.gone === 'erased') {
        return refuse(c, 410, 'erased', `This ${kind} was erased, and its story with it.`);
      }
      if (found.gone !== null) {
        return refuse(c, 404, 'not-found', `There is no such ${kind}, or it was deleted.`);
      }
      return answer(given, found, parsed.data);
    });
    if (answered instanceof Response) return answered;
    server.pokes.poke(asker.workspace.id, answered.size);
    return answered.response;
  }

  const wishOf = ({ blind, whole }: Asking): Wish => ({
    ...{ blind: blind !== undefined, whole: whole === undefined ? null : 'all' },
    now: Date.now(),
  });

  app.get('/', member, (c) =>
    about(c, async (given, subject, asking) => c.json(await tell(given, subject, wishOf(asking)))),
  );

  // The moments of one record, with its texts whole.
  app.get('/record', member, (c) =>
    about(c, async (given, subject, asking) => {
      const parsed = record.safeParse({ kind: c.req.query('kind'), id: c.req.query('id') });
      if (!parsed.success) return misfit(c);
      const { kind, id: whole } = parsed.data;
      const story = await tell(given, subject, { ...wishOf(asking), whole });
      const moments = story.moments.filter((one) => one.record.id === whole);
      if (moments.some((one) => one.record.kind === kind)) return c.json({ moments });
      return refuse(c, 404, 'not-found', 'This is not in the story any more.');
    }),
  );

  // Which records have these words anywhere in their texts.
  app.get('/words', member, (c) =>
    about(c, async (given, subject, asking) => {
      const parsed = words.safeParse(c.req.query('q'));
      if (!parsed.success) return misfit(c);
      const parts = foldWords(parsed.data).split(' ').filter(Boolean);
      const records =
        parts.length === 0
          ? []
          : await findWords(given, subject, { ...wishOf(asking), words: parts });
      return c.json({ records });
    }),
  );

  app.get('/subjects', member, async (c) => {
    const refused = readers(c);
    if (refused) return refused;
    const parsed = words.safeParse(c.req.query('q') ?? '');
    if (!parsed.success) return misfit(c);
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const given = { tx, asker, directory: await directories.of(tx, asker) };
      const isNamed = parsed.data.trim() !== '';
      return c.json(isNamed ? subjectsNamed(given, parsed.data) : await latestSubjects(given));
    });
  });

  app.post('/comments', member, async (c) => {
    const body: unknown = await c.req.json().catch(() => null);
    return about(c, async (given, subject, asking) => {
      const parsed = comment.safeParse(body);
      if (!parsed.success) return misfit(c);
      const wish = { ...parsed.data, text: normaliseText(parsed.data.text) };
      const size = await writeComment(given, subject, wish);
      if (size === null) {
        return refuse(c, 410, 'erased', 'What you write about is not there any more.');
      }
      const there = await written(c, given, subject, asking, size === 'there' ? 0 : size);
      return size === 'there' ? there.response : there;
    });
  });

  app.put('/comments/:id', member, async (c) => {
    const body: unknown = await c.req.json().catch(() => null);
    return about(c, async (given, subject, asking) => {
      const parsed = change.safeParse(body);
      const name = c.req.param('id');
      if (!parsed.success) return misfit(c);
      const done = id.safeParse(name).success
        ? await changeComment(given, name, parsed.data)
        : 'unknown';
      if (done === 'unknown') return refuse(c, 404, 'not-found', 'There is no such comment.');
      if (done === 'not-theirs') {
        return refuse(c, 403, 'not-allowed', 'Whoever wrote a comment can take it back.');
      }
      return written(c, given, subject, asking, done);
    });
  });

  /** All comments of the story as they are then. */
  async function written(
    c: C,
    given: Asked,
    subject: Subject,
    asking: Asking,
    size: number,
  ): Promise<Written> {
    const { comments } = await tell(given, subject, wishOf(asking));
    return { response: c.json({ comments }), size };
  }

  return app;
}

const NAMES = { project: 'project', customer: 'customer', call: 'call' } as const;
