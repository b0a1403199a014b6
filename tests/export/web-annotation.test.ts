import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileWords } from '../../src/export/file-words.ts';
import { readRecords } from '../../src/export/read-file.ts';
import {
  ANNOTATED_KINDS,
  ANNOTATION_CONTEXT,
  type AnnotationContext,
  annotationOf,
  annotationsText,
} from '../../src/export/web-annotation.ts';
import { testId } from '../domain/arbitraries.ts';
import { AUTHOR, recordOf } from './record-samples.ts';
import { ANNOTATION, COLLECTION } from './web-annotation-musts.ts';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const isAnnotation = ajv.compile(ANNOTATION);
const isCollection = ajv.compile(COLLECTION);

const context: AnnotationContext = {
  name: (id) => (id === AUTHOR ? 'Sample Member' : null),
  workspace: testId(),
};
const about = { id: testId(), label: 'Sample', exportedAt: '2027-02-24T09:00:00.000Z' };

test('what is written meets the musts of the model, and is read back as it was', () => {
  fc.assert(
    fc.property(fc.array(recordOf(), { maxLength: 4 }), (records) => {
      const text = annotationsText(about, records, context);
      const collection = JSON.parse(text);
      expect(isCollection(collection), JSON.stringify(isCollection.errors)).toBe(true);
      for (const item of collection.first.items) {
        const whole = { '@context': ANNOTATION_CONTEXT, ...item };
        expect(isAnnotation(whole), JSON.stringify(isAnnotation.errors)).toBe(true);
      }
      const read = readRecords(text);
      expect(read).toMatchObject({ ok: true, format: 'jsonld', problems: [] });
      const annotated = records.filter(({ kind }) => ANNOTATED_KINDS.includes(kind));
      expect(read.records.map(({ record }) => record)).toEqual(annotated);
      expect(collection.total).toBe(annotated.length);
    }),
  );
});

const source = testId();
const note = {
  ...{ kind: 'note', id: testId(), author: AUTHOR, written: '2027-02-24T09:00:00.000Z' },
  visibility: 'workspace' as const,
  fields: {
    ...{ label: 'grievance', text: 'The certificates are late.', interaction: source },
    evidence: {
      [testId()]: {
        ...{ quote: 'still no papers', url: 'https://mail.example/a b|c' },
        selectors: [
          {
            type: 'TextQuoteSelector',
            exact: 'still no papers',
            prefix: 'We have ',
            suffix: ' here',
          },
          { type: 'TextPositionSelector', start: 8, end: 23 },
        ],
      },
      [testId()]: { offset: 61_500, interaction: source },
    },
  },
};

test('an annotation says who, when, what and where in the words of the model', () => {
  const annotation = annotationOf(note, context);
  expect(annotation).toMatchObject({
    ...{ id: `urn:uuid:${note.id}`, type: 'Annotation', motivation: 'assessing' },
    ...{ created: note.written, creator: { id: `urn:uuid:${AUTHOR}`, name: 'Sample Member' } },
    body: [
      { type: 'TextualBody', value: 'The certificates are late.', purpose: 'assessing' },
      { type: 'TextualBody', value: 'grievance', purpose: 'tagging' },
    ],
    target: [
      {
        source: 'https://mail.example/a%20b%7Cc',
        selector: [{ exact: 'still no papers' }, { start: 8 }],
      },
      { source: `urn:uuid:${source}`, selector: { type: 'FragmentSelector', value: 't=61.5' } },
    ],
  });
  expect(annotationOf({ ...note, kind: 'customer' }, context)).toBeNull();
});

test('words that another program changed are taken as they stand', () => {
  const text = annotationsText(about, [note], context);
  const changed = text.replace('"value":"The certificates are late."', '"value":"Late again."');
  expect(readRecords(changed).records[0]?.record.fields).toEqual({
    ...note.fields,
    text: 'Late again.',
  });
});

test('annotations of other programs become notes with their evidence, the same each time', () => {
  const foreign = {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    ...{ id: 'https://annotations.example/1', type: 'Annotation', motivation: 'questioning' },
    ...{ created: '2026-05-04T10:00:00+02:00', creator: { type: 'Person', name: 'A reader' } },
    body: [
      { type: 'TextualBody', value: 'Is that so?' },
      { type: 'TextualBody', value: 'check', purpose: 'tagging' },
      'https://elsewhere.example/',
    ],
    target: {
      source: 'https://page.example/',
      selector: { type: 'TextQuoteSelector', exact: 'as always', prefix: 'ready ', suffix: '.' },
    },
  };
  const read = readRecords(JSON.stringify(foreign));
  const [item] = read.records;
  expect(item).toMatchObject({
    by: 'A reader',
    record: {
      ...{ kind: 'note', written: '2026-05-04T08:00:00.000Z' },
      fields: { label: 'question', text: 'Is that so?\n\nhttps://elsewhere.example/\n\n#check' },
    },
  });
  expect(Object.values(item?.record.fields.evidence ?? {})).toEqual([
    {
      ...{ quote: 'as always', url: 'https://page.example/' },
      selectors: [
        { type: 'TextQuoteSelector', exact: 'as always', prefix: 'ready ', suffix: '.' },
        { type: 'TextPositionSelector', start: 0, end: 9 },
      ],
    },
  ]);
  const list = readRecords(JSON.stringify([foreign, { type: 'Annotation' }, { type: 'Thing' }]));
  expect(list.records.map(({ record }) => record)).toEqual([item?.record]);
  expect(list.problems).toEqual([
    { row: 2, words: fileWords.nothingSaid },
    { row: 3, words: fileWords.noAnnotation },
  ]);
});

test('the schemas of this test refuse what the model refuses', () => {
  const good = { '@context': ANNOTATION_CONTEXT, ...annotationOf(note, context) };
  expect(isAnnotation(good)).toBe(true);
  for (const bad of [
    { ...good, '@context': 'http://other.example/' },
    { ...good, id: 'no address' },
    { ...good, target: [] },
    { ...good, target: { type: 'SpecificResource', source: 'https://page.example/' } },
    { ...good, body: { type: 'TextualBody' } },
    { ...good, created: 'yesterday' },
  ]) {
    expect(isAnnotation(bad)).toBe(false);
  }
});
