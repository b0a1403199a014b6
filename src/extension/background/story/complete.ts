// Names for what is typed after @ and #.
import { plain } from '../../../domain/index.ts';
import type { CompletedName } from '../../messages/index.ts';
import { readFields, recordsOfKind } from '../../store/index.ts';
import { findByName } from '../cards.ts';
import type { Here } from '../world.ts';

const MOST = 8;

export async function completed(
  here: Here,
  sign: '@' | '#',
  words: string,
): Promise<CompletedName[]> {
  const names = sign === '@' ? await colleagues(here) : await customersAndProjects(here, words);
  return best(names, words);
}

/** Everybody of the workspace but the member. */
async function colleagues({ db, me }: Here): Promise<CompletedName[]> {
  return [...(await recordsOfKind(db, 'member')).values()].flatMap((record) => {
    const { name = '', role = '', deactivated } = readFields<'member'>(record);
    const shown = plain(name).trim();
    if (shown === '' || deactivated === true || record.id === me) return [];
    return [{ id: record.id, kind: 'member' as const, name: shown, detail: role }];
  });
}

async function customersAndProjects(here: Here, words: string): Promise<CompletedName[]> {
  const [customers, projects] = await Promise.all([
    findByName(here, 'customer', words, null),
    findByName(here, 'project', words, null),
  ]);
  const all = [
    ...customers.map((hit) => ({ ...hit, kind: 'customer' as const })),
    ...projects.map((hit) => ({ ...hit, kind: 'project' as const })),
  ];
  return all.flatMap(({ id, kind, name, detail }) => {
    const shown = plain(name).trim();
    return shown === '' ? [] : [{ id, kind, name: shown, detail: plain(detail) }];
  });
}

/** Names that begin with the words first, then those with a word that does. */
function best(names: readonly CompletedName[], words: string): CompletedName[] {
  const asked = folded(words).trim();
  const parts = asked.split(/\s+/).filter(Boolean);
  const ranked = names.flatMap((one) => {
    const name = ` ${folded(one.name)}`;
    if (!parts.every((part) => name.includes(` ${part}`) || name.includes(`-${part}`))) return [];
    return [{ one, rank: name.startsWith(` ${asked}`) ? 0 : 1 }];
  });
  ranked.sort((a, b) => a.rank - b.rank || a.one.name.localeCompare(b.one.name));
  return ranked.slice(0, MOST).map(({ one }) => one);
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
