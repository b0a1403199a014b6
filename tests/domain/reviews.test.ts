// Reviews as they are read, and drafts that were written in two places at once.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DraftContent,
  type DraftFinding,
  type DraftScore,
  EMPTY_CONTENT,
  findingOf,
  isSameDraft,
  isScored,
  mergeDrafts,
  NOT_SCORED,
  reviewOf,
  type StandardVersion,
  scoreEntryOf,
} from '../../src/domain/index.ts';

const ID = '0194621c-2800-7686-adc2-091f39556900';
const standard: StandardVersion = {
  ...{ id: ID, version: 1, name: 'Sample', text: '', judgement: 'yes-no', anchors: [], unit: '' },
  ...{ better: 'more', ourTarget: 1, customerTarget: 1, weight: 1, critical: false },
  ...{ mayNotApply: true, causes: [], clause: '' },
};
const score = (more: Partial<DraftScore>): DraftScore => ({ ...NOT_SCORED, ...more });
const finding = (id: string, text: string, more: Partial<DraftFinding> = {}): DraftFinding => ({
  ...{ id, type: 'observation', standard: null, text, cause: '' },
  ...{ subject: null, at: null, moment: null, ...more },
});

describe('as they are read', () => {
  test('what is absent is empty, and a cleared score is none', () => {
    const fields = { unit: 'project', subject: ID, scores: { [ID]: null } } as const;
    expect(reviewOf(ID, fields)).toMatchObject({
      ...{ scores: {}, ours: null, seconds: null, withdrawn: false, text: '' },
    });
    expect(reviewOf(ID, { subject: ID })).toBeNull();
    expect(reviewOf(ID, { ...fields, deleted: true })).toBeNull();
    expect(findingOf(ID, { review: ID })).toBeNull();
  });
});

describe('when a standard is scored', () => {
  test('both sides are, or the customer asked for nothing', () => {
    expect(isScored(standard, undefined)).toBe(false);
    expect(isScored(standard, score({ ours: 1 }))).toBe(false);
    expect(isScored(standard, score({ ours: 1, theirs: 0 }))).toBe(true);
    expect(isScored(standard, score({ ours: 1, asked: false }))).toBe(true);
    expect(isScored({ ...standard, customerTarget: null }, score({ ours: 1 }))).toBe(true);
  });

  test('it does not apply, where that may be said', () => {
    const none = score({ applies: false });
    expect(isScored(standard, none)).toBe(true);
    expect(isScored({ ...standard, mayNotApply: false }, none)).toBe(false);
  });

  test('only what is on its scale counts', () => {
    const both = (value: number) => score({ ours: value, theirs: value });
    expect(isScored(standard, both(2))).toBe(false);
    const scale: StandardVersion = { ...standard, judgement: 'scale' };
    expect([0, 1, 2.5, 5, 6].map((one) => isScored(scale, both(one)))).toEqual([
      ...[false, true, false, true, false],
    ]);
    const number: StandardVersion = { ...standard, judgement: 'number' };
    expect([-3, 2.5, Number.NaN].map((one) => isScored(number, both(one)))).toEqual([
      ...[true, true, false],
    ]);
  });

  test('what is kept of it is what its standard asks for', () => {
    const said = score({ ours: 1, theirs: 1, text: ' words ', cause: ' ' });
    expect(scoreEntryOf(standard, said)).toEqual({
      applies: true,
      ours: 1,
      theirs: 1,
      text: 'words',
    });
    expect(scoreEntryOf({ ...standard, customerTarget: null }, said).theirs).toBeNull();
    expect(scoreEntryOf(standard, { ...said, asked: false }).theirs).toBeNull();
    expect(scoreEntryOf(standard, { ...said, applies: false })).toMatchObject({
      ours: null,
      theirs: null,
    });
  });
});

describe('drafts written in two places', () => {
  const base: DraftContent = {
    ...{ scores: { a: score({ ours: 1 }) }, text: 'before', seconds: 60 },
    findings: [finding('f1', 'first'), finding('f2', 'second')],
  };

  test('what only one of them changed is that one’s', () => {
    const mine = { ...base, scores: { ...base.scores, b: score({ ours: 0 }) }, seconds: 70 };
    const theirs = { ...base, text: 'after', scores: { a: score({ ours: 0 }) }, seconds: 65 };
    expect(mergeDrafts(base, mine, theirs)).toEqual({
      ...{ scores: { a: score({ ours: 0 }), b: score({ ours: 0 }) }, text: 'after', seconds: 75 },
      findings: base.findings,
    });
  });

  test('of texts that both wrote both are kept; one that goes on from the other is enough', () => {
    const at = (text: string) => ({ ...base, text });
    expect(mergeDrafts(base, at('mine'), at('theirs')).text).toBe('mine\n\ntheirs');
    expect(mergeDrafts(base, at('before and after'), at('before and')).text).toBe(
      'before and after',
    );
    expect(mergeDrafts(base, at('same'), at('same')).text).toBe('same');
  });

  test('a score is one person’s judgement, never half of two', () => {
    const mine = { ...base, scores: { a: score({ ours: 0, theirs: null }) } };
    const theirs = { ...base, scores: { a: score({ ours: 1, theirs: 1 }) } };
    expect(mergeDrafts(base, mine, theirs).scores.a).toEqual(score({ ours: 0, theirs: null }));
  });

  test('a finding that was removed stays away, unless the other went on writing it', () => {
    const removed = { ...base, findings: [finding('f2', 'second')] };
    const more = { ...base, findings: [finding('f1', 'first, and more'), finding('f2', 'second')] };
    expect(mergeDrafts(base, removed, base).findings.map(({ id }) => id)).toEqual(['f2']);
    expect(mergeDrafts(base, base, removed).findings.map(({ id }) => id)).toEqual(['f2']);
    const kept = mergeDrafts(base, removed, more).findings.map(({ text }) => text);
    expect(kept).toContain('first, and more');
  });

  const anyScore: fc.Arbitrary<DraftScore> = fc.record({
    ...{ applies: fc.boolean(), asked: fc.boolean() },
    ours: fc.constantFrom(null, 0, 1, 4),
    theirs: fc.constantFrom(null, 0, 1, 4),
    text: fc.constantFrom('', 'one', 'two', 'three words here'),
    cause: fc.constantFrom('', 'cause'),
  });
  const anyContent: fc.Arbitrary<DraftContent> = fc.record({
    scores: fc.dictionary(fc.constantFrom('a', 'b', 'c'), anyScore),
    findings: fc
      .subarray(['f1', 'f2', 'f3'])
      .chain((ids) =>
        fc.tuple(
          ...ids.map((id) => fc.constantFrom('', 'x', 'yy').map((text) => finding(id, text))),
        ),
      ),
    text: fc.constantFrom('', 'alpha', 'beta', 'alpha beta'),
    seconds: fc.nat(1_000),
  });

  test('with nothing new on one side, the other’s is what there is', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (before, after) => {
        const same = { ...after, seconds: Math.max(after.seconds, before.seconds) };
        expect(isSameDraft(mergeDrafts(before, before, same), same)).toBe(true);
        expect(isSameDraft(mergeDrafts(before, same, before), same)).toBe(true);
      }),
    );
  });

  test('no words that somebody wrote are lost', () => {
    fc.assert(
      fc.property(anyContent, anyContent, anyContent, (before, mine, theirs) => {
        const merged = mergeDrafts(before, mine, theirs);
        for (const side of [mine, theirs]) {
          if (side.text !== before.text) expect(merged.text).toContain(side.text);
          for (const [id, said] of Object.entries(side.scores)) {
            const was = before.scores[id]?.text ?? '';
            if (said.text !== was) expect(merged.scores[id]?.text).toContain(said.text);
          }
          for (const one of side.findings) {
            const was = before.findings.find(({ id }) => id === one.id);
            if (was?.text === one.text) continue;
            expect(merged.findings.find(({ id }) => id === one.id)?.text).toContain(one.text);
          }
        }
        expect(merged.seconds).toBeGreaterThanOrEqual(Math.max(mine.seconds, theirs.seconds));
      }),
    );
  });

  test('merged once more with the same it stays as it is', () => {
    fc.assert(
      fc.property(anyContent, anyContent, anyContent, (before, mine, theirs) => {
        const merged = mergeDrafts(before, mine, theirs);
        const again = mergeDrafts(theirs, merged, theirs);
        expect(isSameDraft(again, merged)).toBe(true);
      }),
    );
  });

  test('nothing at all is the same as not judged', () => {
    const empty = { ...EMPTY_CONTENT, scores: { a: NOT_SCORED } };
    expect(isSameDraft(EMPTY_CONTENT, empty)).toBe(true);
    expect(isSameDraft(EMPTY_CONTENT, { ...EMPTY_CONTENT, text: 'x' })).toBe(false);
  });
});
