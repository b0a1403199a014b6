// The tags of calls as records of kind "label" (domain/codebook.ts).
import type { TagWish } from '../../domain/codebook-check.ts';
import { BUILT_IN_TAGS, codebook, type Tag } from '../../domain/index.ts';
import { type Book, readBook } from '../book.ts';
import type { Tx } from '../database.ts';

export const TAG_BOOK: Book<'label', Tag, TagWish> = {
  kind: 'label',
  builtIn: BUILT_IN_TAGS,
  of: codebook,
  fields(wish, record, builtIn, { shown, wishes }) {
    const fields = record?.fields ?? {};
    const own = fields.key ?? builtIn?.key ?? '';
    // Of a retired tag codebook() shows no key: it has its own again when it is used again, unless
    // another tag has taken it.
    const isTaken = wishes.some((other) => other !== wish && !other.retired && other.key === own);
    const isShown = shown?.key === wish.key && (wish.retired || !isTaken);
    return {
      wanted: {
        name: wish.name === null ? null : wish.name.trim(),
        key: isShown ? own : wish.key.toLowerCase(),
        colour: wish.colour,
        icon: wish.icon,
        means: wish.means,
        retired: wish.retired,
      },
      present: {
        name: fields.name ?? builtIn?.name ?? null,
        key: own,
        colour: fields.colour ?? builtIn?.colour ?? null,
        icon: fields.icon ?? builtIn?.icon ?? null,
        means: fields.means ?? builtIn?.means ?? null,
        retired: fields.retired ?? false,
      },
    };
  },
};

export async function readCodebook(tx: Tx, workspace: string): Promise<{ tags: Tag[] }> {
  const { items } = await readBook(tx, workspace, TAG_BOOK);
  return { tags: items };
}
