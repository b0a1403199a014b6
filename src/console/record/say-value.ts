// A field's value in words. Ids are shown as the names they stand for, or not at all.
import { sayDate, sayInstant, type Words } from '../../ui/index.ts';
import type { Row } from '../api.ts';
import type { ConsoleWords } from '../words.ts';

export interface Naming {
  readonly shared: Words;
  readonly words: ConsoleWords;
  /** id → name, of members, customers, projects known to the page. */
  readonly names: ReadonlyMap<string, string>;
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** "evidence/0190…", "identifiers/domain:x" → the field before the slash, in words. */
export function sayField(field: string, words: ConsoleWords): string {
  const name = field.split(/[/.]/, 1)[0] ?? field;
  // Fields of a newer version keep their own name: better than hiding that something changed.
  return words.record.fields[name] ?? name;
}

/** Who wrote it, kept from turning round what stands beside it, and who brought it in where that was somebody else. */
export function sayWriter({ author, writtenBy }: Row, words: ConsoleWords): string {
  return writtenBy ? words.record.broughtIn(`\u2068${writtenBy}\u2069`, author.name) : author.name;
}

/** null: there is nothing to say (empty, or an id without a name). */
export function sayValue(field: string, value: unknown, naming: Naming): string | null {
  const { shared, words, names } = naming;
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? words.record.yes : words.record.no;
  if (typeof value === 'number') {
    // A step of a scale has words; any other number is one.
    return labelOf(field, String(value), naming) ?? value.toLocaleString(shared.lang);
  }
  if (typeof value === 'string') {
    const label = labelOf(field, value, naming);
    if (label) return label;
    if (ID.test(value)) return names.get(value) ?? null;
    if (INSTANT.test(value)) return sayInstant(value, shared.lang);
    if (DAY.test(value)) return sayDate(value, shared.lang);
    return value;
  }
  if (Array.isArray(value)) {
    const each = value.map((item) => sayValue(field, item, naming)).filter((text) => text !== null);
    return each.length > 0 ? each.join(', ') : null;
  }
  return sayObject(field, value as Record<string, unknown>, naming);
}

function sayObject(field: string, value: Record<string, unknown>, naming: Naming): string | null {
  if (typeof value.name === 'string') {
    const address = value.address;
    return typeof address === 'string' && address !== '' && address !== value.name
      ? `${value.name} <${address}>`
      : value.name;
  }
  if (typeof value.quote === 'string') return `“${value.quote}”`;
  const parts: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    // Sets are maps of booleans: what is in them are their keys.
    if (item === true) parts.push(key);
    else if (item !== null && typeof item === 'object') {
      const text = sayValue(field, item, naming);
      if (text !== null) parts.push(text);
    }
  }
  return parts.length > 0 ? parts.join(', ') : null;
}

function labelOf(field: string, value: string, naming: Naming): string | undefined {
  const { shared, words } = naming;
  const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    class: shared.class,
    stage: shared.stage,
    outcome: shared.outcome,
    impliedBy: shared.impliedBy,
    unstatedBecause: shared.unstatedBecause,
    label: shared.mark,
    channel: shared.channel,
  };
  return (labels[field] ?? words.record.values[field])?.[value];
}
