// Calls of the extension's own pages to the background. Mails that log themselves, and what nobody has asked for long.
import * as z from 'zod/mini';
import type { BlindSpot } from '../../domain/blind-spots.ts';
import { id } from '../../domain/id.ts';

export const loggingCalls = {
  /** Whether mails of followed customers log themselves when they are opened. */
  logging: z.object({}),
  setLogging: z.object({ on: z.boolean() }),
  /**
   * A mail that logged itself is taken back, and does not log itself again; `on: false`: it was
   * right after all.
   */
  notThisOne: z.object({ interaction: id, on: z.boolean() }),
  /** What the open mail says is kept with it. The tab shows it; null: the sidebar's own tab. */
  keepWords: z.object({ tab: z.nullable(z.int()), interaction: id }),
  /** Why this customer is a blind spot, the most urgent reason; null: it is none. */
  blindSpot: z.object({ customer: id }),
};

export type LoggingAnswers = {
  logging: LoggingView;
  setLogging: LoggingView;
  notThisOne: null;
  keepWords: null;
  blindSpot: { spot: BlindSpot | null };
};

export type LoggingView = {
  on: boolean;
  /** Whom it is for: all customers known here, or those that are followed. */
  follows: 'all' | 'chosen';
};
