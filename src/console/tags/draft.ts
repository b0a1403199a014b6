import type { TagWish } from '../../domain/codebook-check.ts';
import type { Labels } from '../api.ts';
import { type DraftRow, type WholeDraft, wholeList } from '../whole-list/draft.ts';
import type { Kept } from '../whole-list/kept.ts';

/** A tag as it is being written. */
export type DraftTag = DraftRow<TagWish>;
export type TagDraft = WholeDraft<Labels, TagWish>;
export type KeptTagDraft = Kept<TagDraft>;

export const tagList = wholeList<Labels, TagWish>({
  rowsOf: ({ tags }) => tags,
  fields: ['name', 'key', 'colour', 'icon', 'means', 'retired'],
});

/** Without what only the page knows. */
export function wishesOf({ rows }: TagDraft): TagWish[] {
  return rows.map(({ row: _, ...wish }) => wish);
}
