// A leaf as its text says it. Nearly all are read by one pattern, whose matches are canonical as they
// stand: it leaves no choice of order, white space, escapes or spelling of numbers. That spares
// checking each member by a schema and writing the leaf anew to compare. Whatever the pattern does not
// match is read by the schema, so it decides nothing but the time taken; a test holds one against the
// other.
import { base, type Leaf, leaf as leafSchema } from '../domain/index.ts';
import { canonicalText, leafText } from '../ledger/index.ts';
import { jsonOf } from './bytes.ts';

export type ReadLeaf = {
  leaf: Leaf;
  /** It is written as leaves are (SPEC 1.1). */
  canonical: boolean;
};

const ID = '"([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})"';
const HASH = '"([0-9a-f]{64})"';
const TIME = '"([0-9a-f]{16})"';
// Without the 29th of February, which is no day of most years.
const DAY =
  '(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))';
const RECEIVED = `"([0-9]{4}-${DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z)"`;
const USUAL = new RegExp(
  `^\\{"at":${TIME},"author":${ID},(?:"base":(\\{[^}]*\\}),)?"bodyHash":${HASH},"device":${ID},"id":${ID},` +
    `"kind":"([a-z-]{1,64})","n":(0|[1-9][0-9]{0,14}),"prevHash":${HASH},"rank":${TIME},` +
    `"received":${RECEIVED},"record":${ID},"v":1,"workspace":${ID}\\}$`,
);

/** null for a text that is no leaf. */
export function readLeaf(text: string): ReadLeaf | null {
  const leaf = usualLeaf(text);
  if (leaf !== null) return { leaf, canonical: true };
  const parsed = leafSchema.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const { data } = parsed;
  return { leaf: data, canonical: isText(() => leafText(data), text) };
}

function usualLeaf(text: string): Leaf | null {
  const match = USUAL.exec(text);
  if (match === null) return null;
  const [, at, author, baseText, bodyHash, device, id, kind, n, prevHash, ...last] = match;
  const [rank, received, record, workspace] = last;
  const head = { v: 1, workspace, id, kind, record, author, device, n: Number(n), at };
  // Every group but that of `base` takes part in each match.
  const leaf = { ...head, prevHash, bodyHash, received, rank } as Leaf;
  if (baseText === undefined) return leaf;
  const parsed = base.safeParse(jsonOf(baseText));
  if (!parsed.success || !isText(() => canonicalText(parsed.data), baseText)) return null;
  return { ...leaf, base: parsed.data };
}

/** Half a character has no canonical form, and is none of any text. */
function isText(canonical: () => string, text: string): boolean {
  try {
    return canonical() === text;
  } catch {
    return false;
  }
}
