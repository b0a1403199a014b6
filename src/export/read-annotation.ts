// Annotations of the W3C Web Annotation Data Model read: our own without loss, those of other programs
// as notes with their evidence.
import { derivedId, idOfUrn } from './derived-id.ts';
import { noteOf, type ReadNote } from './foreign-note.ts';
import { placeOf } from './hypothesis.ts';
import type { FileRecord } from './records-file.ts';
import { annotatedField } from './web-annotation.ts';

export function isAnnotation(value: unknown): value is { [member: string]: unknown } {
  return isObject(value) && listOf(value.type).includes('Annotation');
}

/** 'none': it is no annotation; 'empty': there is nothing in it. A record of ours is still unchecked. */
export function recordOfAnnotation(value: unknown): ReadNote | 'none' | 'empty' {
  if (!isAnnotation(value)) return 'none';
  const by = nameOf(listOf(value.creator)[0]);
  const bodies = listOf(value.body).map(bodyOf);
  if (isObject(value.record) && typeof value.record.kind === 'string') {
    return { record: ownRecord(value.record, bodies), by };
  }
  const name = iriOf(value);
  const created = typeof value.created === 'string' ? value.created : null;
  if (typeof value.bodyValue === 'string') {
    bodies.push({ text: value.bodyValue, purpose: '', isText: true });
  }
  const motivations = listOf(value.motivation);
  return noteOf(
    {
      id: idOfUrn(name) ?? derivedId('annotation', name || JSON.stringify(value)),
      texts: bodies.filter(({ purpose }) => purpose !== 'tagging').map(({ text }) => text),
      tags: bodies.flatMap(({ purpose, text }) =>
        purpose === 'tagging' && text !== '' ? [text] : [],
      ),
      places: listOf(value.target).map((target) => {
        if (!isObject(target)) return placeOf(iriOf(target), []);
        return placeOf(iriOf(target.source ?? target), listOf(target.selector));
      }),
      created,
      label: motivations.includes('questioning') ? 'question' : 'note',
    },
    by,
  );
}

type Body = { text: string; purpose: string; isText: boolean };

/** Our record, with the words as they stand in the annotation: another program may have changed them. */
function ownRecord(record: { [member: string]: unknown }, bodies: readonly Body[]): FileRecord {
  const own = record as FileRecord;
  const field = annotatedField(own.kind);
  if (field === null || !isObject(own.fields)) return own;
  const words = bodies.find(
    ({ isText, purpose }) => isText && purpose !== 'tagging' && purpose !== 'replying',
  );
  if (words === undefined || words.text === '' || words.text === own.fields[field]) return own;
  return { ...own, fields: { ...own.fields, [field]: words.text } };
}

/** Of a resource that is no text, its address. */
function bodyOf(body: unknown): Body {
  if (!isObject(body)) return { text: iriOf(body), purpose: '', isText: false };
  const purpose = typeof body.purpose === 'string' ? body.purpose : '';
  const isText = typeof body.value === 'string';
  return { text: isText ? String(body.value) : iriOf(body.source ?? body), purpose, isText };
}

function nameOf(agent: unknown): string | null {
  if (!isObject(agent)) return null;
  const name = [agent.name, agent.nickname].flatMap(listOf).find((one) => typeof one === 'string');
  return typeof name === 'string' && name !== '' ? name : null;
}

function iriOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return isObject(value) && typeof value.id === 'string' ? value.id : '';
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is { [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
