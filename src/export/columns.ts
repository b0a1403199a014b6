// What tables there are of what, and their columns in the usual order. Keys are the same for ever.
import * as z from 'zod/mini';
import { KINDS, type Kind } from '../domain/index.ts';
import type { CellType, Column } from './table.ts';

/** `extra`: only where it is asked for by its key. */
export type ColumnInfo = Column & { readonly extra?: true };

export type TableInfo = { readonly key: string; readonly columns: readonly ColumnInfo[] };

type Types = { [key: string]: CellType };

function table(key: string, types: Types, extra: Types = {}): TableInfo {
  const usual = Object.entries(types).map(([name, type]) => ({ key: name, type }));
  const more = Object.entries(extra).map(([name, type]) => ({
    key: name,
    type,
    extra: true as const,
  }));
  return { key, columns: [...usual, ...more] };
}

const REGISTER = table(
  'register',
  {
    ...{ kind: 'text', written: 'instant', author: 'text', customer: 'text', project: 'text' },
    ...{ class: 'text', stage: 'text', outcome: 'text', quote: 'text', text: 'text' },
    ...{ source: 'text', from: 'text', sent: 'instant', address: 'link', id: 'text' },
  },
  {
    ...{ channel: 'text', owner: 'text', due: 'day', decision: 'text', dimension: 'text' },
    ...{ value: 'number', effort: 'number', answer: 'text', visibility: 'text' },
    ...{ authorId: 'text', customerId: 'text', projectId: 'text', interactionId: 'text' },
  },
);

const MOMENTS = table('moments', {
  ...{ at: 'instant', kind: 'text', title: 'text', theirs: 'text', ours: 'text' },
  ...{ from: 'text', by: 'text', channel: 'text', direction: 'text', stage: 'text' },
  ...{ outcome: 'text', says: 'text', score: 'number', scoreOf: 'number', standard: 'text' },
  ...{ address: 'link', record: 'text', id: 'text' },
});

const CALLS = table('calls', {
  ...{ began: 'instant', ended: 'instant', minutes: 'number', channel: 'text', subject: 'text' },
  ...{ customer: 'text', project: 'text', author: 'text', state: 'text', wentWell: 'number' },
  ...{ tags: 'number', text: 'text', id: 'text' },
});

const TAGS = table('tags', {
  ...{ call: 'text', began: 'instant', subject: 'text', customer: 'text', project: 'text' },
  ...{ time: 'text', tag: 'text', text: 'text', offset: 'number', span: 'number' },
  ...{ pressed: 'instant', handled: 'yes-no', author: 'text', id: 'text' },
});

const DRAWS = table('draws', {
  ...{ name: 'text', unit: 'text', state: 'text', method: 'text', strata: 'text' },
  ...{ populationSize: 'number', drawn: 'number', replaced: 'number', blind: 'yes-no' },
  ...{ due: 'day', auditor: 'text', author: 'text', written: 'instant', reason: 'text' },
  ...{ population: 'text', commitment: 'text', nonce: 'text', id: 'text' },
});

const REVIEWS = table('reviews', {
  ...{ draw: 'text', unit: 'text', project: 'text', customer: 'text', reviewer: 'text' },
  ...{ ours: 'number', theirs: 'number', text: 'text', blind: 'yes-no', started: 'instant' },
  ...{ finished: 'instant', seconds: 'number', withdrawn: 'yes-no', reason: 'text', id: 'text' },
});

const OF_REVIEW: Types = { project: 'text', customer: 'text', review: 'text' };

const FINDINGS = table('findings', {
  ...{ type: 'text', standard: 'text', text: 'text', cause: 'text', quote: 'text', at: 'instant' },
  ...{ ...OF_REVIEW, author: 'text', written: 'instant', id: 'text' },
});

const QUESTIONS = table('questions', {
  ...{ asks: 'text', to: 'text', question: 'text', standard: 'text', due: 'day', answer: 'text' },
  ...{ answeredBy: 'text', answered: 'instant', withdrawn: 'yes-no', ...OF_REVIEW },
  ...{ author: 'text', written: 'instant', id: 'text' },
});

const DISPUTES = table('disputes', {
  ...{ by: 'text', stance: 'text', standard: 'text', reason: 'text', at: 'instant' },
  ...{ result: 'text', answer: 'text', answeredBy: 'text', answered: 'instant', ...OF_REVIEW },
  id: 'text',
});

const IMPROVEMENTS = table('improvements', {
  ...{ text: 'text', cause: 'text', action: 'text', owner: 'text', due: 'day', state: 'text' },
  ...{ done: 'instant', doneText: 'text', reason: 'text', checkOn: 'day', checked: 'instant' },
  ...{ effective: 'yes-no', effectText: 'text', ...OF_REVIEW, author: 'text' },
  ...{ written: 'instant', id: 'text' },
});

/** Fields that every kind has, other than as a column of their own. */
const COMMON = ['deleted', 'visibility'];

/** Of evidence there is none. The first is the one that a format of one table has. */
export const TABLES = {
  register: [REGISTER],
  story: [MOMENTS],
  calls: [CALLS, TAGS],
  audit: [REVIEWS, DRAWS, FINDINGS, QUESTIONS, DISPUTES, IMPROVEMENTS],
  workspace: Object.keys(KINDS).map((kind) => kindTable(kind as Kind)),
  evidence: [],
} as const satisfies { [what: string]: readonly TableInfo[] };

/** All records of a kind: what is no single value is JSON. */
function kindTable(kind: Kind): TableInfo {
  const fields = Object.entries(KINDS[kind]).filter(([name]) => !COMMON.includes(name));
  const types = fields.map(([name, schema]) => [name, typeOf(schema)] as const);
  return table(kind, {
    ...{ id: 'text', written: 'instant', author: 'text', visibility: 'text' },
    ...Object.fromEntries(types),
  });
}

/** Fields that hold no single value: in tables they are JSON. */
export function isJsonField(kind: string, field: string): boolean {
  const fields: { [name: string]: z.ZodMiniType } | undefined = KINDS[kind as Kind];
  const type = fields?.[field]?._zod.def.type;
  return type === 'record' || type === 'array' || type === 'object' || type === 'union';
}

function typeOf(schema: z.ZodMiniType): CellType {
  const { type } = schema._zod.def;
  if (type === 'boolean') return 'yes-no';
  if (type === 'number') return 'number';
  if (schema instanceof z.ZodMiniISODateTime) return 'instant';
  if (schema instanceof z.ZodMiniISODate) return 'day';
  return 'text';
}

/**
 * The tables that `keys` choose, each with its columns in their order; null where a key is of none.
 * Where there are several tables a key is "table.column"; tables that
 * nothing is chosen of are left out.
 */
export function chosenTables(
  tables: readonly TableInfo[],
  keys: readonly string[] | undefined,
): TableInfo[] | null {
  if (keys === undefined || keys.length === 0) {
    return tables.map(({ key, columns }) => ({
      key,
      columns: columns.filter((one) => !one.extra),
    }));
  }
  const chosen = new Map<string, ColumnInfo[]>();
  for (const key of new Set(keys)) {
    const found = columnOf(tables, key);
    if (found === null) return null;
    chosen.set(found.table, [...(chosen.get(found.table) ?? []), found.column]);
  }
  return tables.flatMap(({ key }) => {
    const columns = chosen.get(key);
    return columns === undefined ? [] : [{ key, columns }];
  });
}

function columnOf(tables: readonly TableInfo[], key: string) {
  for (const { key: table, columns } of tables) {
    const name = key.startsWith(`${table}.`) ? key.slice(table.length + 1) : key;
    if (name === key && tables.length > 1) continue;
    const column = columns.find((one) => one.key === name);
    if (column !== undefined) return { table, column };
  }
  return null;
}
