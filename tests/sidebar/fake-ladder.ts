// The background's part of the ladder, in memory.
import {
  fillPattern,
  PATTERNS,
  patternsFor,
  stageAfterAnswer,
  stageAfterAsking,
} from '../../src/domain/index.ts';
import type {
  Before,
  HistoryEntry,
  LadderDone,
  ProbeView,
} from '../../src/extension/messages/ladder-calls.ts';
import type { SavedCard } from '../../src/extension/messages/views.ts';
import { sampleId } from './samples.ts';

const ME = { id: sampleId(2), name: 'Jonas Sample', me: true };
const TOM = { id: sampleId(3), name: 'Tom Sample', me: false };

/** A question of a colleague's, asked and not answered yet. */
export function sampleProbe(n: number, patch: Partial<ProbeView> = {}): ProbeView {
  return {
    ...{ id: sampleId(0x4000 + n), expectation: sampleId(0x1000), pattern: null },
    question: `What should come with delivery ${n}?`,
    ...{ askedAt: `2027-02-2${n % 9}T09:00:00.000Z`, askedBy: TOM, owner: null, due: null },
    ...{ answer: '', answeredAt: null, says: null, interaction: null, moment: null, author: TOM },
    ...patch,
  };
}

type Cards = {
  find(id: string): SavedCard;
  change(id: string, patch: Before['patch']): void;
};

export class FakeLadder {
  probes: ProbeView[] = [];
  entries: HistoryEntry[] = [];
  people = [ME, TOM];
  readonly #cards: Cards;

  constructor(cards: Cards) {
    this.#cards = cards;
  }

  #done(expectation: string, probe: string | null, before: Before[]): LadderDone {
    const card = this.#cards.find(expectation);
    return { card, probe: this.probes.find(({ id }) => id === probe) ?? null, before };
  }

  /** Moves the card, and tells how to move it back. */
  #stage(id: string, patch: Before['patch']): Before[] {
    const { fields } = this.#cards.find(id);
    const was = Object.keys(patch).map((field) => [
      field,
      (fields as Before['patch'])[field] ?? null,
    ]);
    this.#cards.change(id, patch);
    return [{ kind: 'expectation', id, patch: Object.fromEntries(was) }];
  }

  readonly handlers = {
    probes: () => ({ probes: this.probes }),
    questions: ({ expectation }: { expectation: string }) => {
      const { fields, evidence } = this.#cards.find(expectation);
      const words = evidence[0]?.quote ?? '';
      const patterns = patternsFor(PATTERNS, fields)
        .slice(0, 9)
        .map((pattern) => ({ pattern: pattern.id, text: fillPattern(pattern, words) }));
      return { patterns, people: this.people };
    },
    history: () => ({ entries: this.entries }),
    ask: (asked: {
      expectation: string;
      record: string;
      question: string;
      pattern: string | null;
      at: number | null;
      owner?: string | null;
      due?: string | null;
    }) => {
      const { expectation, record, question, pattern, at } = asked;
      const before: Before[] = [{ kind: 'probe', id: record, patch: { deleted: true } }];
      const askedAt = at === null ? null : new Date(at).toISOString();
      const present = this.probes.find(({ id }) => id === record);
      const probe: ProbeView = {
        ...(present ?? sampleProbe(0, { id: record, expectation, author: ME })),
        ...{ question, pattern, askedAt, askedBy: at === null ? null : ME },
        owner: this.people.find(({ id }) => id === asked.owner) ?? null,
        due: asked.due ?? null,
      };
      this.probes = [...this.probes.filter(({ id }) => id !== record), probe];
      const stage = stageAfterAsking(this.#cards.find(expectation).fields.stage) ?? null;
      if (at !== null) before.push(...this.#stage(expectation, { stage }));
      return this.#done(expectation, record, before);
    },
    answer: (asked: { probe: string; text: string; says: 'confirmed'; at: number }) => {
      const found = this.probes.find(({ id }) => id === asked.probe) ?? sampleProbe(0);
      const { id, expectation, answer, answeredAt, says } = found;
      const answered: ProbeView = {
        ...found,
        ...{ answer: asked.text, says: asked.says, answeredAt: new Date(asked.at).toISOString() },
      };
      this.probes = this.probes.map((probe) => (probe.id === id ? answered : probe));
      const stage =
        stageAfterAnswer(this.#cards.find(expectation).fields.stage, asked.says) ?? null;
      return this.#done(expectation, id, [
        { kind: 'probe', id, patch: { answer, answeredAt, says } },
        ...this.#stage(expectation, { stage }),
      ]);
    },
    step: (asked: { expectation: string; to: string; outcome?: string }) => {
      const { expectation, to, outcome } = asked;
      const patch: Before['patch'] =
        to === 'settled' ? { outcome: outcome ?? 'met' } : { stage: to, outcome: null };
      return this.#done(expectation, null, this.#stage(expectation, patch));
    },
    ladderBack: ({ before }: { before: Before[] }) => {
      for (const { kind, id, patch } of before) {
        if (kind === 'expectation') this.#cards.change(id, patch);
        else if (patch.deleted === true) this.probes = this.probes.filter((one) => one.id !== id);
        else {
          this.probes = this.probes.map((one) => (one.id === id ? { ...one, ...patch } : one));
        }
      }
      return null;
    },
  };
}
