// Reviews and what follows from them, as changes for a sample workspace: two of five projects were
// reviewed; two of three reviews found something; half of that was asked about and mended.

import { Random } from '../scripts/seed/random.ts';
import type { SeedChange } from '../scripts/seed/records.ts';
import { type Body, type Id, newId } from '../src/domain/index.ts';

export type AuditPlan = {
  seed: number;
  /** What was made before. */
  changes: readonly SeedChange[];
  members: readonly Id[];
  /** Versions of standards that are yes or no. */
  standards: readonly Id[];
  audit: Id;
};

const DAY = 86_400_000;
const TYPES = ['nonconformity', 'observation', 'opportunity'] as const;

export function audits(plan: AuditPlan): SeedChange[] {
  const random = new Random(plan.seed);
  const all: SeedChange[] = [];
  // The manager reviews, in the last year.
  const by = 1;
  const make = (kind: string, at: number, body: Body): Id => {
    const id = () => newId({ now: () => at, random: (count) => random.bytes(count) });
    const record = id();
    all.push({ by, at, kind, record, id: id(), body });
    return record;
  };
  const projects = plan.changes.filter(
    ({ kind, body }) => kind === 'project' && 'customer' in body,
  );
  const end = plan.changes.at(-1)?.at ?? 0;
  for (const { record: project, body } of projects) {
    if (!random.chance(0.4)) continue;
    const at = end - random.from(1, 300) * DAY;
    const about = { customer: body.customer ?? '', project };
    const owner = plan.members[random.from(2, plan.members.length - 1)] ?? '';
    const kept = random.from(0, 100) / 100;
    const judged = () => (random.chance(kept) ? 1 : 0);
    const scores = Object.fromEntries(
      plan.standards.map((id) => [id, { applies: true, ours: judged(), theirs: judged() }]),
    );
    const review = make('review', at, {
      ...{ audit: plan.audit, unit: 'project', subject: project, ...about },
      ...{ reviewer: plan.members[by] ?? '', scores, blind: true, text: 'Read from end to end.' },
      ...{ ours: Math.round(kept * 100), theirs: random.from(30, 100) },
      ...{ startedAt: iso(at - 1_500_000), finishedAt: iso(at), seconds: random.from(300, 2_400) },
      visibility: 'managers',
    });
    make('inquiry', at, {
      ...about,
      review,
      to: owner,
      asks: 'acknowledge',
      question: 'Please read.',
    });
    if (!random.chance(0.66)) continue;
    const standard = random.one(plan.standards);
    const finding = make('finding', at, {
      ...about,
      ...{ review, standard, type: random.one(TYPES), cause: 'Not known' },
      ...{ text: 'Nobody told them before they asked.', at: iso(at - 30 * DAY) },
      ...{ subject: { kind: 'project', id: project }, visibility: 'managers' },
    });
    if (!random.chance(0.5)) continue;
    const answered = random.chance(0.7) ? { answer: 'It was.', answeredAt: iso(at + DAY) } : {};
    make('inquiry', at, {
      ...{ ...about, review, finding, to: owner, asks: 'answer', due: day(at + 7 * DAY) },
      ...{ question: 'Was anybody told?', ...answered },
    });
    const done = random.chance(0.6)
      ? { state: 'done', doneAt: iso(at + 20 * DAY), effective: random.chance(0.8) }
      : { state: 'open' };
    make('improvement', at, {
      ...{ ...about, review, finding, owner, due: day(at + 30 * DAY), ...done },
      ...{ text: 'They are told first', action: 'A note goes out', checkOn: day(at + 90 * DAY) },
    });
    make('comment', at, {
      ...{ ...about, subject: { kind: 'project', id: project }, at: iso(at) },
      ...{ text: 'To be looked at in the team.', visibility: 'managers' },
    });
  }
  return all;
}

const iso = (ms: number) => new Date(ms).toISOString();
const day = (ms: number) => iso(ms).slice(0, 10);
