// The server's answers about improvements as the console reads them.
import * as z from 'zod/mini';
import { IMPROVEMENT_STATES } from '../../domain/improvements.ts';
import { historyEntry } from '../api.ts';

const maybe = z.nullable(z.string());
const ref = z.object({ kind: z.string(), id: z.string() });

export const improvement = z.object({
  ...{ id: z.string(), state: z.enum(IMPROVEMENT_STATES), seen: z.string() },
  late: z.nullable(z.enum(['action', 'check', 'next'])),
  followed: z.boolean(),
  ...{ text: z.string(), cause: z.string(), action: z.string() },
  ...{ owner: maybe, ownerName: z.string(), ownerLeft: z.boolean() },
  ...{ due: maybe, checkOn: maybe, doneAt: maybe, doneText: z.string() },
  ...{ checkedAt: maybe, checkedBy: maybe, checkedByName: z.string(), effectText: z.string() },
  reason: z.string(),
  ...{ review: maybe, finding: maybe, follows: maybe, session: maybe },
  ...{ subject: z.nullable(ref), at: maybe },
  ...{ customer: maybe, customerName: maybe, project: maybe, projectName: maybe },
  interaction: maybe,
  quotes: z.array(z.object({ quote: z.string(), interaction: maybe })),
  ...{ author: z.string(), authorName: z.string(), written: z.number(), deleted: z.boolean() },
});
export type ImprovementShown = z.output<typeof improvement>;

const person = z.object({ id: z.string(), name: z.string(), active: z.boolean() });
export type Person = z.output<typeof person>;

const counts = z.object({
  ...{ waiting: z.number(), late: z.number(), open: z.number(), done: z.number() },
  ...{ effective: z.number(), 'not-effective': z.number() },
  ...{ dropped: z.number(), all: z.number() },
});
export type Counts = z.output<typeof counts>;

export const improvementList = z.object({
  improvements: z.array(improvement),
  /** How many to skip for what comes after these. */
  next: z.nullable(z.number()),
  counts,
  /** Who left is among them. */
  members: z.array(person),
});
export type ImprovementList = z.output<typeof improvementList>;

export const oneImprovement = z.object({
  improvement,
  finding: z.nullable(z.object({ id: z.string(), review: maybe, type: maybe, text: z.string() })),
  moment: z.nullable(z.object({ kind: z.string(), id: z.string(), quote: maybe, text: maybe })),
  follows: z.nullable(improvement),
  /** What was tried after it, oldest first. */
  next: z.array(improvement),
  history: z.array(historyEntry),
});
export type OneImprovement = z.output<typeof oneImprovement>;

/** What a team session is about. */
export const sessionAbout = z.object({ title: z.string(), customer: maybe });
