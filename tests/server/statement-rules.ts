// What a statement has to keep to so that Citus can send it to the one node that has the workspace.
import type { Distributed } from '../../src/server/citus.ts';

/** Words that can follow a table's name and are no alias. */
const NO_ALIAS =
  /^(?:as|where|on|set|inner|left|right|cross|join|group|order|limit|for|returning|using|values|union|having|default|offset)$/i;

type Source = { alias: string; key: string };

/** What is wrong with a statement, in words; nothing for what touches no workspace's rows. */
export function problemsOf(statement: string, tables: readonly Distributed[]): string[] {
  const sql = plain(statement);
  const problems: string[] = [];
  if (/\bset_config\s*\(/i.test(sql)) problems.push('set_config() stays on one node: SET LOCAL');
  if (/\bnextval\s*\(/i.test(sql)) problems.push('a sequence counts on one node');
  if (!/^\s*(?:select|insert|update|delete|with)\b/i.test(sql)) return problems;
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
  for (const [, table = '', after = ''] of sql.matchAll(named)) {
    const known = tables.find((one) => one.table === table);
    if (!known) continue; // another table, or SET after ON CONFLICT DO UPDATE
    sources.push({ alias: after === '' || NO_ALIAS.test(after) ? table : after, key: known.key });
  }
  const bound = new Set<string>();
  const value = String.raw`(?:\$\d+|'[^']*')`;
  for (const { alias, key } of sources) {
    const own = String.raw`\b${alias}\.${key}`;
    if (new RegExp(String.raw`${own}\s*=\s*${value}|${value}\s*=\s*${own}\b`, 'i').test(sql)) {
      bound.add(alias);
    }
  }
  // Without the table's name: as many filters as there are tables that could be meant.
  const open = sources.filter(({ alias }) => !bound.has(alias));
  for (const key of new Set(open.map((one) => one.key))) {
    const bare = new RegExp(String.raw`(?<![.\w])${key}\s*=\s*${value}`, 'gi');
    let filters = [...sql.matchAll(bare)].length;
    for (const one of open) if (one.key === key && filters-- > 0) bound.add(one.alias);
  }
  // Joined to one that is: as far as that goes.
  for (let grown = true; grown; ) {
    grown = false;
    for (const { alias, key } of sources) {
      if (bound.has(alias)) continue;
      const joined = sources.some(
        (other) =>
          bound.has(other.alias) &&
          (sql.includes(`${alias}.${key} = ${other.alias}.${other.key}`) ||
            sql.includes(`${other.alias}.${other.key} = ${alias}.${key}`)),
      );
      if (joined) grown = bound.add(alias) !== undefined;
    }
  }
  return sources
    .filter(({ alias }) => !bound.has(alias))
    .map(({ alias, key }) => `rows of ${alias} not filtered by ${key}`);
}

/** Without quotes around names and comments; texts stay. */
function plain(statement: string): string {
  return statement
    .replace(/--[^\n]*/g, ' ')
    .replaceAll('"', '')
    .replace(/\s+/g, ' ');
}
