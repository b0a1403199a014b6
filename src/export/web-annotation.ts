// Records as annotations of the W3C Web Annotation Data Model (JSON-LD), in one collection. What the
// model has words for stands in its words; the whole record stands in "record", under a context of
// ours, so that reading it back loses nothing (read-annotation.ts).
import { evidence as evidenceShape, id as idSchema, type Json } from '../domain/index.ts';
import type { FileRecord } from './records-file.ts';

/** Terms of ours. An identifier, no address: nothing is to be fetched from it. */
const NAMESPACE = 'urn:uuid:a9ff8a30-5ff8-4973-a1cf-731c88603f14#';

export const ANNOTATION_CONTEXT = [
  'http://www.w3.org/ns/anno.jsonld',
  { '@version': 1.1, record: { '@id': `${NAMESPACE}record`, '@type': '@json' } },
] as const;

export type AnnotationContext = {
  /** A member's name by id; null: not known. */
  name(id: string): string | null;
  /** Id of the workspace; null: a device that is connected to none. */
  workspace: string | null;
};

/** W3C Web Annotation Data Model, 4.2. */
export type AnnotationSelector =
  | { type: 'TextQuoteSelector'; exact: string; prefix?: string; suffix?: string }
  | { type: 'TextPositionSelector'; start: number; end: number }
  | { type: 'FragmentSelector'; conformsTo: string; value: string };

export type AnnotationTarget = {
  type: 'SpecificResource';
  source: string;
  selector: AnnotationSelector | AnnotationSelector[];
};
/** An address is the whole of what it names. */
type Target = string | AnnotationTarget;

export type AnnotationBody = {
  type: 'TextualBody';
  value: string;
  format: 'text/plain';
  purpose: Motivation | 'replying' | 'tagging';
};

type Motivation = 'assessing' | 'commenting' | 'describing' | 'questioning';

export type Annotation = {
  id: string;
  type: 'Annotation';
  motivation: Motivation;
  created?: string;
  creator?: { id?: string; type: 'Person'; name?: string };
  body?: AnnotationBody[];
  target: Target | Target[];
  record: FileRecord;
};

type Said = {
  motivation: Motivation;
  /** The field with its words. */
  text: string;
  /** The field with what was answered. */
  answer?: string;
  /** Fields whose values are told as tags. */
  tags: readonly string[];
};

/** Kinds that are about something somebody said. */
const KINDS: Readonly<Record<string, Said>> = {
  expectation: {
    ...{ motivation: 'describing', text: 'statement' },
    tags: ['class', 'impliedBy', 'unstatedBecause', 'stage', 'dimension', 'kano', 'outcome'],
  },
  note: { motivation: 'commenting', text: 'text', answer: 'answer', tags: ['label', 'tag'] },
  commitment: { motivation: 'commenting', text: 'text', tags: ['by', 'state'] },
  probe: { motivation: 'questioning', text: 'question', answer: 'answer', tags: ['says'] },
  finding: { motivation: 'assessing', text: 'text', tags: ['type'] },
  improvement: { motivation: 'assessing', text: 'text', tags: ['state'] },
};
const MOTIVATION_OF_LABEL: ReadonlyMap<string, Motivation> = new Map([
  ['praise', 'assessing'],
  ['grievance', 'assessing'],
  ['question', 'questioning'],
]);

/** Which kinds there are annotations of. */
export const ANNOTATED_KINDS: readonly string[] = Object.keys(KINDS);

/** The field whose words are the annotation's first body; null: there is no annotation of this kind. */
export function annotatedField(kind: string): string | null {
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind]?.text ?? null) : null;
}

/** null: there is no annotation of this kind. Without its context: that stands in the collection. */
export function annotationOf(record: FileRecord, context: AnnotationContext): Annotation | null {
  const said = Object.hasOwn(KINDS, record.kind) ? KINDS[record.kind] : undefined;
  if (said === undefined) return null;
  const { fields } = record;
  const motivation = MOTIVATION_OF_LABEL.get(textOf(fields.label)) ?? said.motivation;
  const bodies = [
    bodyOf(fields[said.text], motivation),
    bodyOf(said.answer === undefined ? undefined : fields[said.answer], 'replying'),
    ...said.tags.map((field) => bodyOf(fields[field], 'tagging')),
  ].flat();
  const targets = targetsOf(record, context);
  return {
    id: urn(record.id),
    ...{ type: 'Annotation', motivation },
    ...(record.written === undefined ? {} : { created: new Date(record.written).toISOString() }),
    ...creatorOf(record, context),
    ...(bodies.length === 0 ? {} : { body: bodies }),
    target: targets.length === 1 && targets[0] !== undefined ? targets[0] : targets,
    record,
  };
}

function creatorOf({ author, fields }: FileRecord, context: AnnotationContext) {
  const name = textOf(fields.writtenBy) || (author === undefined ? null : context.name(author));
  if (author === undefined && !name) return {};
  return {
    creator: {
      // Who brought it in from a file is not who wrote it.
      ...(author === undefined || fields.writtenBy ? {} : { id: urn(author) }),
      type: 'Person' as const,
      ...(name ? { name } : {}),
    },
  };
}

function bodyOf(value: Json | undefined, purpose: AnnotationBody['purpose']): AnnotationBody[] {
  const text = textOf(value);
  return text === '' ? [] : [{ type: 'TextualBody', value: text, format: 'text/plain', purpose }];
}

/** Where it was noticed, else what it is about. */
function targetsOf({ id, fields }: FileRecord, { workspace }: AnnotationContext): Target[] {
  const about =
    ['interaction', 'project', 'contact', 'customer', 'subject']
      .map((field) => textOf(fields[field]))
      .find((name) => idSchema.safeParse(name).success) ??
    workspace ??
    id;
  const { evidence } = fields;
  const places = isObject(evidence) ? Object.values(evidence) : [];
  const targets = places.flatMap((place): Target[] => {
    const parsed = evidenceShape.safeParse(place);
    if (!parsed.success) return [];
    const { url = '', interaction, selectors, quote = '', offset } = parsed.data;
    const selector: AnnotationSelector[] = [...(selectors ?? [])];
    if (selectors === undefined && quote !== '') {
      selector.push({ type: 'TextQuoteSelector', exact: quote });
    }
    if (offset !== undefined && offset >= 0) selector.push(momentOf(offset));
    const source = addressOf(url) ?? urn(interaction ?? about);
    const [first, second] = selector;
    // Without a selector it is the whole resource: an address, no SpecificResource.
    if (first === undefined) return [source];
    const one = second === undefined ? first : selector;
    return [{ type: 'SpecificResource', source, selector: one }];
  });
  return targets.length > 0 ? targets : [urn(about)];
}

/** Media Fragments URI 1.0, 4.2.1: from this moment (ms) on. */
function momentOf(offset: number): AnnotationSelector {
  const value = `t=${(offset / 1_000).toFixed(3).replace(/\.?0+$/, '')}`;
  return { type: 'FragmentSelector', conformsTo: 'http://www.w3.org/TR/media-frags/', value };
}

/** As RFC 3986 has it; null: it is none of the web. */
function addressOf(url: string): string | null {
  const { href } = (/^https?:/i.test(url) ? URL.parse(url) : null) ?? {};
  if (href === undefined) return null;
  const path = href.indexOf('/', href.indexOf('//') + 2);
  return href.slice(0, path) + href.slice(path).replace(/["<>[\]\\^`{|}]/g, encodeURIComponent);
}

function urn(id: string): string {
  return `urn:uuid:${id}`;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: Json | undefined): value is { [member: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type CollectionHead = {
  /** Of the collection: a fresh id. */
  id: string;
  /** In words: what it has. */
  label: string;
  /** ISO 8601 in UTC */
  exportedAt: string;
};

/** Up to the first annotation. Before each other one comes `COLLECTION_BETWEEN`. */
export function collectionHead({ id, label, exportedAt }: CollectionHead): string {
  const name = urn(id);
  const collection = {
    ...{ '@context': ANNOTATION_CONTEXT, id: name, type: 'AnnotationCollection' },
    ...{ label, created: exportedAt },
  };
  const page = { id: `${name}#1`, type: 'AnnotationPage', startIndex: 0 };
  const first = JSON.stringify(page).slice(0, -1);
  return `${JSON.stringify(collection).slice(0, -1)},"first":${first},"items":[\n`;
}

export const COLLECTION_BETWEEN = ',\n';

/** `total`: how many annotations there were. */
export function collectionTail(total: number): string {
  return `\n]},"total":${total}}\n`;
}

/** One annotation as it stands between line breaks. */
export function annotationLine(annotation: Annotation): string {
  return JSON.stringify(annotation);
}

/** All records there are annotations of, as one text. */
export function annotationsText(
  head: CollectionHead,
  records: readonly FileRecord[],
  context: AnnotationContext,
): string {
  const lines = records.flatMap((record) => {
    const annotation = annotationOf(record, context);
    return annotation === null ? [] : [annotationLine(annotation)];
  });
  return collectionHead(head) + lines.join(COLLECTION_BETWEEN) + collectionTail(lines.length);
}
