// What a statement has to keep to so that Citus can send it to the one node that has the workspace.
import type { Distributed } from '../../src/server/citus.ts';

/** Words that can follow a table's name and are no alias. */
const NO_ALIAS =
  /^(?:as|where|on|set|inner|left|right|cross|join|group|order|limit|for|returning|using|values|union|having|default|offset)$/i;

/** `within`: where the innermost subquery that reads it begins; 0 for the statement itself. */
type Source = { alias: string; key: string; within: number };

/** What is wrong with a statement, in words; nothing for what touches no workspace's rows. */
export function problemsOf(statement: string, tables: readonly Distributed[]): string[] {
  const sql = plain(statement);
  const problems: string[] = [];
  if (/\bset_config\s*\(/i.test(sql)) problems.push('set_config() stays on one node: SET LOCAL');
  if (/\bnextval\s*\(/i.test(sql)) problems.push('a sequence counts on one node');
  if (/\bpg_(?:cancel|terminate)_backend\s*\(\s*\$\d+\s*\)/i.test(sql)) {
    problems.push('Citus has two functions of that name: say which type');
  }
  if (!/^\s*(?:select|insert|update|delete|with|copy\s*\()/i.test(sql)) return problems;
  if (
    /\b(?:insert|update)\b/i.test(sql) &&
    /\b(?:coalesce\s*\(|case\b)[^)]*\bnow\s*\(/i.test(sql)
  ) {
    problems.push('now() in COALESCE or CASE of a write is not the same on every node');
  }
  return [...problems, ...insertProblems(sql, tables), ...filterProblems(sql, tables)];
}

function insertProblems(sql: string, tables: readonly Distributed[]): string[] {
  return [...sql.matchAll(/\binsert\s+into\s+(\w+)\s*(\([^)]*\))?\s*(\w+)?/gi)].flatMap(
    ([, table = '', columns = '', next = '']) => {
      const known = tables.find((one) => one.table === table);
      if (!known) return [];
      const found: string[] = [];
      if (!new RegExp(`\\b${known.key}\\b`).test(columns)) {
        found.push(`a row of ${table} without its ${known.key}`);
      }
      if (next.toLowerCase() !== 'values') {
        found.push(`INSERT … SELECT into ${table}: multi-row VALUES instead`);
      }
      return found;
    },
  );
}

function filterProblems(sql: string, tables: readonly Distributed[]): string[] {
  const sources: Source[] = [];
  const named = /\b(?:from|join|update|using)\s+(\w+)(?=(?:\s+(?:as\s+)?(\w+))?)/gi;
  const within = subqueriesOf(sql);
  for (const { 1: table = '', 2: after = '', index } of sql.matchAll(named)) {
    const known = tables.find((one) => one.table === table);
    if (!known) continue; // another table, or SET after ON CONFLICT DO UPDATE
    const alias = after === '' || NO_ALIAS.test(after) ? table : after;
    sources.push({ alias, key: known.key, within: within(index) });
  }
  const bound = new Set<Source>();
  const value = String.raw`(?:\$\d+|'[^']*')`;
  for (const source of sources) {
    const own = String.raw`\b${source.alias}\.${source.key}`;
    if (new RegExp(String.raw`${own}\s*=\s*${value}|${value}\s*=\s*${own}\b`, 'i').test(sql)) {
      bound.add(source);
    }
  }
  // Without the table's name: as many filters as there are tables that could be meant.
  const open = sources.filter((one) => !bound.has(one));
  for (const key of new Set(open.map((one) => one.key))) {
    const bare = new RegExp(String.raw`(?<![.\w])${key}\s*=\s*${value}`, 'gi');
    let filters = [...sql.matchAll(bare)].length;
    for (const one of open) if (one.key === key && filters-- > 0) bound.add(one);
  }
  // Joined to one that is, as far as that goes; not from within a subquery to a row outside, by which
  // Citus does not find the node.
  for (let grown = true; grown; ) {
    grown = false;
    for (const one of sources) {
      if (bound.has(one)) continue;
      const { alias, key } = one;
      const joined = sources.some(
        (other) =>
          bound.has(other) &&
          other.within === one.within &&
          (sql.includes(`${alias}.${key} = ${other.alias}.${other.key}`) ||
            sql.includes(`${other.alias}.${other.key} = ${alias}.${key}`)),
      );
      if (joined) grown = bound.add(one) !== undefined;
    }
  }
  return sources
    .filter((one) => !bound.has(one))
    .map(({ alias, key }) => `rows of ${alias} not filtered by ${key}`);
}

/** Tells of a place in a statement where the innermost subquery around it begins; 0 outside of any. */
function subqueriesOf(sql: string): (at: number) => number {
  const opened: number[] = [];
  const begins: number[] = [];
  for (let at = 0; at < sql.length; at++) {
    if (sql[at] === '(') {
      opened.push(/^\(\s*(?:select|with)\b/i.test(sql.slice(at, at + 20)) ? at : -1);
    } else if (sql[at] === ')') opened.pop();
    begins[at] = opened.findLast((one) => one >= 0) ?? 0;
  }
  return (at) => begins[at] ?? 0;
}

/** Without quotes around names and comments; texts stay. */
function plain(statement: string): string {
  return statement
    .replace(/--[^\n]*/g, ' ')
    .replaceAll('"', '')
    .replace(/\s+/g, ' ');
}
