// What another program noted, as a note of ours with its evidence.
import { type Evidence, type Id, type Json, normaliseJson } from '../domain/index.ts';
import { derivedId } from './derived-id.ts';
import type { FileRecord } from './records-file.ts';

/** Where something was noted, as the other program says it. */
export type ForeignPlace = {
  source: string;
  exact: string;
  prefix: string;
  suffix: string;
  start: number | null;
  end: number | null;
};

export type ForeignNote = {
  id: Id;
  texts: readonly string[];
  tags: readonly string[];
  places: readonly ForeignPlace[];
  /** ISO 8601; null: not known. */
  created: string | null;
  label: 'note' | 'question';
};

/** A record, and who wrote it where the file says their name. */
export type ReadNote = { record: FileRecord; by: string | null };

/** 'empty': it has neither a text nor a place. */
export function noteOf(note: ForeignNote, by: string | null): ReadNote | 'empty' {
  const { id, texts, tags, places, created, label } = note;
  const words = [...texts.map((text) => text.trim()), tags.map((tag) => `#${tag}`).join(' ')];
  const text = words.filter((part) => part !== '').join('\n\n');
  const evidence = places.flatMap((place, at) => {
    const one = evidenceOf(place);
    return one === null ? [] : [[derivedId(id, 'evidence', String(at)), one] as const];
  });
  if (text === '' && evidence.length === 0) return 'empty';
  const written = created === null ? Number.NaN : Date.parse(created);
  const fields: { [field: string]: Json } = {
    label,
    ...(text === '' ? {} : { text }),
    ...(evidence.length === 0 ? {} : { evidence: Object.fromEntries(evidence) as Json }),
  };
  const record: FileRecord = {
    ...{ kind: 'note', id, fields: normaliseJson(fields) },
    ...(Number.isFinite(written) ? { written: new Date(written).toISOString() } : {}),
  };
  return { record, by };
}

function evidenceOf({ source, exact, prefix, suffix, start, end }: ForeignPlace): Evidence | null {
  const url = /^https?:\/\//i.test(source) ? source.slice(0, 4_000) : '';
  if (exact === '') return url === '' ? null : { url };
  const from = start !== null && start >= 0 ? Math.trunc(start) : 0;
  const to = end !== null && end >= from ? Math.trunc(end) : from + exact.length;
  return {
    quote: exact,
    selectors: [
      { type: 'TextQuoteSelector', exact, prefix, suffix },
      { type: 'TextPositionSelector', start: from, end: to },
    ],
    ...(url === '' ? {} : { url }),
  };
}
