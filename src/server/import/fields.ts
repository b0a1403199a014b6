// What a column may mean, and how its heading is guessed.
import * as z from 'zod/mini';
import { isFreeMail, KINDS } from '../../domain/index.ts';
import { plainCell } from '../../export/csv.ts';
import { STORY_FIELDS, STORY_HEADINGS, type StoryKind } from './story-fields.ts';

export const importKind = z.enum(['customer', 'project', 'survey', 'interaction']);
export type ImportKind = z.infer<typeof importKind>;
/** Of the directory: what customers and projects there are. */
export type DirectoryKind = Exclude<ImportKind, StoryKind>;

export function isStory(kind: ImportKind): kind is StoryKind {
  return Object.hasOwn(STORY_FIELDS, kind);
}

/** Column → field; null leaves it out. */
export type Mapping = { [column: string]: string | null };

export const IMPORT_FIELDS: { [kind in ImportKind]: readonly string[] } = {
  customer: ['name', 'domain', 'crmId', 'remark'],
  project: ['name', 'customer', 'state', 'crmId', 'remark'],
  ...STORY_FIELDS,
};

const HEADINGS: { [field: string]: RegExp } = {
  name: /^(name|title|company|company name|account|account name|organi[sz]ation|customer|customer name|project|project name|deal|deal name|firma|kunde|projekt)$/,
  customer:
    /^(customer|customer name|company|company name|account|account name|client|kunde|firma)$/,
  domain: /^(domain|mail domain|e-?mail domain|website|web site|web|url|homepage|e-?mail)$/,
  crmId: /^(id|crm[ _-]?id|record[ _-]?id|account id|deal id|project id|number|nummer)$/,
  state: /^(state|status|stage|phase)$/,
  remark: /^(remark|remarks|note|notes|comment|comments|description|bemerkung|notiz)$/,
};

/** Each field goes to the first column whose heading says so; "customer" in a project's file too. */
export function guessMapping(kind: ImportKind, columns: string[]): Mapping {
  const mapping: Mapping = Object.fromEntries(columns.map((column) => [column, null]));
  const order =
    kind === 'project' ? ['customer', 'name', 'state', 'crmId', 'remark'] : IMPORT_FIELDS[kind];
  const headings = isStory(kind) ? STORY_HEADINGS : HEADINGS;
  for (const field of order) {
    const column = columns.find(
      (one) => mapping[one] === null && headings[field]?.test(one.trim().toLowerCase()),
    );
    if (column !== undefined) mapping[column] = field;
  }
  return mapping;
}

export type Values = { [field: string]: string };
export type CellError = { field: string | null; message: string };

export function valuesOf(columns: string[], cells: string[], mapping: Mapping): Values {
  const values: Values = {};
  columns.forEach((column, index) => {
    const field = mapping[column];
    const cell = plainCell(cells[index] ?? '').trim();
    if (field && cell !== '') values[field] = cell;
  });
  return values;
}

/** What is wrong with a row's values by themselves; a domain is brought into its plain form. */
export function checkValues(kind: DirectoryKind, values: Values): CellError[] {
  const errors: CellError[] = [];
  if (!values.name) errors.push({ field: 'name', message: 'There is no name.' });
  for (const field of ['name', 'crmId', 'remark'] as const) {
    const longest = field === 'remark' ? 200_000 : field === 'name' ? 2_000 : 200;
    if ((values[field]?.length ?? 0) > longest) {
      errors.push({
        field,
        message: `This is longer than ${longest.toLocaleString('en-GB')} characters.`,
      });
    }
  }
  if (values.domain !== undefined) {
    const domain = domainIn(values.domain);
    if (domain === null)
      errors.push({ field: 'domain', message: `“${values.domain}” is no mail domain.` });
    else if (isFreeMail(domain)) {
      errors.push({ field: 'domain', message: `Anybody can have an address at ${domain}.` });
    } else values.domain = domain;
  }
  if (kind === 'project' && values.state !== undefined) {
    const state = KINDS.project.state.safeParse(values.state.toLowerCase());
    if (state.success) values.state = state.data;
    else {
      const known = KINDS.project.state.options.join(', ');
      errors.push({ field: 'state', message: `“${values.state}” is none of: ${known}.` });
    }
  }
  return errors;
}

/** The domain in "acme.example", "https://www.acme.example/about" or "jo@acme.example". */
function domainIn(text: string): string | null {
  const host = text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^.*@/, '')
    .replace(/[/?#:].*$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return /^(?=.{4,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u.test(
    host,
  )
    ? host
    : null;
}
