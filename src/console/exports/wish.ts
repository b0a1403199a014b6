// What is asked for while it is being chosen: what there is to choose, what is usual, and what this
// person chose last.
import type { ExportFormat, ExportWhat, ExportWish } from '../../server/exports/wish.ts';

export type { ExportFormat, ExportWhat, ExportWish };

/** Which formats there are of what, the most useful first; the server has the same (wish.ts there). */
export const FORMATS: Readonly<Record<ExportWhat, readonly ExportFormat[]>> = {
  register: ['xlsx', 'csv', 'markdown', 'ndjson', 'json', 'jsonld'],
  story: ['xlsx', 'csv', 'markdown', 'ndjson', 'json', 'jsonld'],
  calls: ['xlsx', 'csv', 'ndjson', 'json'],
  audit: ['xlsx', 'csv', 'markdown', 'ndjson', 'json'],
  workspace: ['ndjson', 'json', 'jsonld', 'xlsx', 'zip'],
  evidence: ['zip'],
};

/** A call by itself has one more. */
export function formatsOf({ what, filter }: Pick<ExportWish, 'what' | 'filter'>) {
  const isOneCall = what === 'calls' && filter.call !== undefined;
  return isOneCall ? [...FORMATS.calls, 'webvtt' as const] : FORMATS[what];
}

/** Which formats are tables: their columns are named, and can be chosen where there is one table. */
export function isTable(format: ExportFormat): boolean {
  return format === 'csv' || format === 'xlsx';
}

export function usualWish(what: ExportWhat, filter: Filter, zone: string): ExportWish {
  const [format = 'csv'] = FORMATS[what];
  return {
    ...{ what, format, filter },
    ...{ language: 'en', zone, separator: ',', bom: true, machine: false },
  };
}

export type Filter = Readonly<Record<string, string>> & ExportWish['filter'];

/** Everything that is chosen besides of what it is. */
export type Chosen = Omit<ExportWish, 'what' | 'filter'>;

export function chosenOf({ what: _what, filter: _filter, ...chosen }: ExportWish): Chosen {
  return chosen;
}

const keyOf = (member: string, what: ExportWhat) => `unsaid/export/${member}/${what}`;

/** As this person had it last in this browser; only what this version knows. */
export function lastChosen(
  place: Pick<Window, 'localStorage'>,
  member: string,
  what: ExportWhat,
): Partial<Chosen> {
  try {
    const kept: unknown = JSON.parse(place.localStorage.getItem(keyOf(member, what)) ?? '{}');
    return typeof kept === 'object' && kept !== null ? known(what, kept as Chosen) : {};
  } catch {
    return {};
  }
}

/** What is left out of evidence is decided anew each time. */
export function keepChosen(
  place: Pick<Window, 'localStorage'>,
  member: string,
  wish: ExportWish,
): void {
  const { hide: _hide, without: _without, withoutCustomers: _customers, ...rest } = chosenOf(wish);
  try {
    place.localStorage.setItem(keyOf(member, wish.what), JSON.stringify(rest));
  } catch {
    // Then it is as usual the next time.
  }
}

/** Of a choice that was saved, maybe by a newer version: what means something here. */
export function known(what: ExportWhat, given: Partial<Chosen>): Partial<Chosen> {
  const { format, columns, language, zone, separator, bom, machine } = given;
  return {
    ...(format && FORMATS[what].includes(format) ? { format } : {}),
    ...(Array.isArray(columns) && columns.every((key) => typeof key === 'string')
      ? { columns }
      : {}),
    ...(language && ['en', 'de', 'keys'].includes(language) ? { language } : {}),
    ...(typeof zone === 'string' && isZone(zone) ? { zone } : {}),
    ...(separator && [',', ';', '\t'].includes(separator) ? { separator } : {}),
    ...(typeof bom === 'boolean' ? { bom } : {}),
    ...(typeof machine === 'boolean' ? { machine } : {}),
  };
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
}

/** IANA names, the reader's own and UTC first. */
export function zones(own: string): readonly string[] {
  const all = Intl.supportedValuesOf('timeZone');
  return [...new Set([own, 'UTC', ...all])];
}

export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
