// Calls of the extension's own pages to the background. Places in a mail where something unsaid may hide.
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { cueOrigin, type Draft } from './draft.ts';

const nothing = z.object({});
const here = { tab: z.nullable(z.int()) };

export const cueCalls = {
  /** The cues of what a tab shows; `tab` null means the sidebar's own. */
  cues: z.object(here),
  /** A card for one of them, filled in; the one that was begun for it, where there is one. */
  cueDraft: z.object({ ...here, cue: id }),
  /** It is none: its sentence is marked no more, and its rule learns it. `on: false` takes that back. */
  cueNot: z.object({ cue: cueOrigin, on: z.boolean() }),
  cueSettings: nothing,
  /** Whether this member is shown any. */
  setCues: z.object({ on: z.boolean() }),
  /** Forgets what one rule was taught; null: of all rules, and which sentences were none. */
  cueForget: z.object({ rule: z.nullable(z.string().check(z.maxLength(200))) }),
  /** What was forgotten last is known again. */
  cueRemember: nothing,
};

export type CueAnswers = {
  cues: CuesView;
  cueDraft: { draft: Draft };
  cueNot: null;
  cueSettings: CueSettings;
  setCues: CueSettings;
  cueForget: CueSettings;
  cueRemember: CueSettings;
};

/** `cues` in the order of the messages, then of the text. Empty while they are switched off. */
export type CuesView = { on: boolean; cues: CueView[] };

export type CueView = {
  id: string;
  /** What the card would be. */
  becomes: 'expectation' | 'commitment';
  /** The sentence that it stands in. */
  words: string;
  origin: z.infer<typeof cueOrigin>;
};

export type CueSettings = {
  on: boolean;
  /** What this member taught, by rule; most taught first. */
  rules: { rule: string; why: string; yes: number; no: number }[];
  /** Sentences that were said to be none. */
  none: number;
  /** `measured`: how good the rules are was counted on labelled mails. */
  languages: { code: string; measured: boolean }[];
};
