// What an import would do, row by row: create, skip what is there, or say what is wrong.
import type { Body } from '../../domain/index.ts';
import type { Draft } from '../../ledger/index.ts';
import { freshId } from '../ids.ts';
import type { Directory } from '../register/directory.ts';
import { foldWords } from '../sync/words.ts';
import {
  type CellError,
  checkValues,
  type DirectoryKind,
  type Mapping,
  type Values,
  valuesOf,
} from './fields.ts';
import type { Csv } from './read-csv.ts';

export type PlannedRow = {
  line: number;
  values: Values;
  errors: CellError[];
  /** null: in error, or there already. */
  draft: Draft | null;
};

export function planImport(
  kind: DirectoryKind,
  csv: Csv,
  mapping: Mapping,
  directory: Directory,
): PlannedRow[] {
  const known = knownKeys(kind, directory);
  const customers = kind === 'project' ? customersByName(directory) : new Map<string, string>();
  return csv.rows.map(({ line, cells }) => {
    const values = valuesOf(csv.columns, cells, mapping);
    const errors = checkValues(kind, values);
    if (cells.length > csv.columns.length) {
      errors.push({ field: null, message: 'This row has more cells than there are headings.' });
    }
    let customer: string | null = null;
    if (values.customer !== undefined) {
      customer = customers.get(foldWords(values.customer)) ?? null;
      if (customer === null) {
        const message = `There is no customer called “${values.customer}”. Import customers first.`;
        errors.push({ field: 'customer', message });
      }
    }
    if (errors.length > 0) return { line, values, errors, draft: null };

    const keys = keysOf(kind, values, customer);
    const there = keys.some((key) => known.has(key));
    for (const key of keys) known.add(key);
    const draft = there ? null : draftOf(kind, values, customer);
    return { line, values, errors, draft };
  });
}

function draftOf(kind: DirectoryKind, values: Values, customer: string | null): Draft {
  const identifiers: { [key: string]: true } = {};
  if (values.domain) identifiers[`domain:${values.domain}`] = true;
  if (values.crmId) identifiers[`crm:${values.crmId}`] = true;
  const body: Body = {
    name: values.name ?? '',
    ...(values.remark ? { remark: values.remark } : {}),
    ...(values.state ? { state: values.state } : {}),
    ...(customer ? { customer } : {}),
    ...(Object.keys(identifiers).length > 0 ? { identifiers } : {}),
  };
  return { id: freshId(), kind, record: freshId(), body };
}

/** By what a row is known to be there already: its name (with the customer's), an identifier. */
function keysOf(kind: DirectoryKind, values: Values, customer: string | null): string[] {
  return [
    nameKey(kind, values.name ?? '', customer),
    ...(values.domain ? [`domain:${values.domain}`] : []),
    ...(values.crmId ? [`crm:${values.crmId}`] : []),
  ];
}

function nameKey(kind: DirectoryKind, name: string, customer: string | null): string {
  return kind === 'project' ? `${customer}/${foldWords(name)}` : foldWords(name);
}

function knownKeys(kind: DirectoryKind, directory: Directory): Set<string> {
  const records = kind === 'customer' ? directory.customers : directory.projects;
  const keys = new Set<string>();
  for (const [, fields] of records.all()) {
    const customer = fields.customer ? directory.customers.canonicalOf(fields.customer) : null;
    if (fields.name) keys.add(nameKey(kind, fields.name, customer));
    for (const [key, on] of Object.entries(fields.identifiers ?? {}))
      if (on === true) keys.add(key);
  }
  return keys;
}

function customersByName(directory: Directory): Map<string, string> {
  const byName = new Map<string, string>();
  for (const [id, { name }] of directory.customers.all()) if (name) byName.set(foldWords(name), id);
  return byName;
}
