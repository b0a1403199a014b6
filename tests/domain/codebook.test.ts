import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BAR_KEYS,
  BUILT_IN_TAGS,
  codebook,
  type Fields,
  type LabelRecord,
  MEANINGS,
  type Meaning,
  noteLabelOf,
  TAG_LOOKS,
  tagName,
  tagOf,
} from '../../src/domain/index.ts';
import { noteLabel } from '../../src/domain/kinds.ts';
import { testId } from './arbitraries.ts';

const NAMES = Object.fromEntries(
  MEANINGS.map((means) => [means, `the word for ${means}`]),
) as Record<Meaning, string>;

function label(fields: Fields<'label'>): LabelRecord {
  return { id: testId(), fields };
}

function by(id: string, labels: LabelRecord[]) {
  return tagOf(codebook(labels), id);
}

describe('the codebook', () => {
  test('without labels it is the built-in tags, each with a key of its own', () => {
    expect(codebook([])).toEqual(BUILT_IN_TAGS);
    expect(new Set(BUILT_IN_TAGS.map(({ key }) => key)).size).toBe(9);
    expect(tagName(by('praise', []), NAMES)).toBe('the word for praise');
  });

  test('a label changes what it says of a built-in tag and nothing else', () => {
    const labels = [label({ replaces: 'praise', name: 'Delight', key: 'L' })];
    expect(by('praise', labels)).toEqual({
      ...by('praise', []),
      name: 'Delight',
      key: 'l',
    });
    expect(codebook(labels)).toHaveLength(9);
  });

  test('of two labels for one built-in tag the one made last counts; deleted ones do not', () => {
    const older = label({ replaces: 'praise', name: 'Older' });
    const newer = label({ replaces: 'praise', name: 'Newer' });
    const gone = label({ replaces: 'praise', name: 'Gone', deleted: true });
    for (const labels of [
      [older, newer, gone],
      [gone, newer, older],
    ]) {
      expect(by('praise', labels).name).toBe('Newer');
    }
  });

  test('own tags follow the built-in ones, or stand where their order says', () => {
    const upsell = label({ name: 'Upsell', key: 'u', means: 'expectation', colour: 'praise' });
    const first = label({ name: 'First', order: -1 });
    const ids = codebook([upsell, first]).map(({ id }) => id);
    expect(ids[0]).toBe(first.id);
    expect(ids.at(-1)).toBe(upsell.id);
    expect(by(upsell.id, [upsell])).toEqual({
      ...{ id: upsell.id, name: 'Upsell', key: 'u', means: 'expectation' },
      ...{ colour: 'praise', icon: 'note', retired: false },
    });
  });

  test('no label stands for an own tag', () => {
    const own = label({ name: 'Own' });
    const other = label({ name: 'Other', replaces: own.id });
    const named = codebook([own, other]).filter(({ id }) => id === own.id);
    expect(named.map(({ name }) => name)).toEqual(['Own']);
  });

  test('a retired tag stays known by name and gives its key away', () => {
    const labels = [
      label({ replaces: 'expectation', retired: true }),
      label({ name: 'Own', key: '1' }),
    ];
    expect(by('expectation', labels)).toMatchObject({ key: '', retired: true });
    expect(by(labels[1]?.id ?? '', labels).key).toBe('1');
  });

  test('of two tags with one key the first has it; keys of the bar are nobody’s', () => {
    const second = label({ name: 'Second', key: '3' });
    expect(by('praise', [second]).key).toBe('3');
    expect(by(second.id, [second]).key).toBe('');
    for (const key of [...BAR_KEYS, 'H', '\t', '\u200b', '']) {
      const own = label({ name: 'Own', key });
      expect(by(own.id, [own]).key).toBe('');
    }
  });

  test('what this version does not know is read as a note, and a newer built-in tag by its name', () => {
    const strange = label({ name: 'Strange', colour: 'plaid', icon: '<b>', means: 'upsell' });
    expect(by(strange.id, [strange])).toMatchObject({
      colour: 'note',
      icon: 'note',
      means: 'note',
    });
    const newer = label({ replaces: 'upsell', name: 'Upsell', key: 'u' });
    expect(by('upsell', [newer])).toMatchObject({ id: 'upsell', name: 'Upsell', key: 'u' });
    expect(by('nowhere', [])).toMatchObject({ id: 'nowhere', means: 'note', key: '' });
    expect(tagName(by('nowhere', []), NAMES)).toBe('the word for note');
    expect(tagName(by('praise', [label({ replaces: 'praise', name: ' ' })]), NAMES)).toBe(
      'the word for praise',
    );
  });

  test('every meaning has a label that versions without tags know', () => {
    const known: readonly string[] = noteLabel.options;
    for (const means of MEANINGS) expect(known).toContain(noteLabelOf(means));
    expect(noteLabelOf('ask-later')).toBe('question');
  });

  test('whatever the labels say: each id once, each key once, looks that there are', () => {
    const word = fc.oneof(
      fc.constantFrom('praise', 'risk', 'upsell', '1', '2', 'h', '', ' '),
      fc.string({ unit: 'binary' }),
    );
    const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const fields = fc
      .record({
        name: optional(word),
        key: optional(word),
        colour: optional(word),
        icon: optional(word),
        means: optional(word),
        replaces: optional(word),
        order: optional(fc.integer({ min: -3, max: 12 })),
        retired: optional(fc.boolean()),
        deleted: optional(fc.boolean()),
      })
      .map(
        (all) =>
          Object.fromEntries(
            Object.entries(all).filter(([, value]) => value !== undefined),
          ) as Fields<'label'>,
      );
    const labels = fc.array(fields.map(label), { maxLength: 8 });
    fc.assert(
      fc.property(labels, (records) => {
        const tags = codebook(records);
        expect(tags).toEqual(codebook(records.toReversed()));
        expect(new Set(tags.map(({ id }) => id)).size).toBe(tags.length);
        const keys = tags.map(({ key }) => key).filter((key) => key !== '');
        expect(new Set(keys).size).toBe(keys.length);
        const looks = tags.flatMap(({ colour, icon }) => [colour, icon]);
        expect(looks.filter((look) => !TAG_LOOKS.includes(look))).toEqual([]);
        expect(tags.filter(({ means }) => !MEANINGS.includes(means))).toEqual([]);
        expect(tags.filter(({ key }) => [...key].length > 1)).toEqual([]);
        const ids = tags.map(({ id }) => id);
        expect(BUILT_IN_TAGS.filter(({ id }) => !ids.includes(id))).toEqual([]);
      }),
    );
  });
});
