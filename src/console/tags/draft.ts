import { useEffect, useRef } from 'preact/hooks';
import type { TagWish } from '../../domain/codebook-check.ts';
import type { Labels } from '../api.ts';

/** A tag as it is being written; `row` tells new ones apart. */
export type DraftTag = TagWish & { readonly row: string };

/** The tags as they are being written, and what they were written over. */
export interface TagDraft {
  readonly base: Labels;
  readonly tags: readonly DraftTag[];
}

/** Kept while one looks at another page. */
export type KeptTagDraft = { current: TagDraft | null };

/** The browser asks before it closes a tab with something unsaved. */
export function useTagDraft(place: Window): KeptTagDraft {
  const kept = useRef<TagDraft | null>(null);
  useEffect(() => {
    const onLeave = (event: Event) => {
      if (kept.current !== null) event.preventDefault();
    };
    place.addEventListener('beforeunload', onLeave);
    return () => place.removeEventListener('beforeunload', onLeave);
  }, [place]);
  return kept;
}

export function draftOf(labels: Labels): TagDraft {
  return { base: labels, tags: labels.tags.map((tag) => ({ ...tag, row: tag.id })) };
}

/** Without what only the page knows. */
export function wishesOf({ tags }: TagDraft): TagWish[] {
  return tags.map(({ row: _, ...wish }) => wish);
}

export function isChanged({ base, tags }: TagDraft): boolean {
  return tags.length !== base.tags.length || tags.some((tag, at) => !same(tag, base.tags[at]));
}

const FIELDS = ['name', 'key', 'colour', 'icon', 'means', 'retired'] as const;

function same(one: TagWish, other: TagWish | undefined): boolean {
  return one.id === other?.id && FIELDS.every((field) => one[field] === other[field]);
}

/** Theirs, with what was changed here since both were the draft's base: nobody's work is lost. */
export function mergeTags({ base, tags }: TagDraft, theirs: Labels): TagDraft {
  const before = new Map(base.tags.map((tag) => [tag.id, tag]));
  const mine = new Map(tags.map((tag) => [tag.id, tag]));
  const merged = theirs.tags.map((tag): DraftTag => {
    const [was, is] = [before.get(tag.id), mine.get(tag.id)];
    if (!was || !is) return { ...tag, row: tag.id };
    const changed = FIELDS.filter((field) => was[field] !== is[field]);
    const fields = Object.fromEntries(changed.map((field) => [field, is[field]]));
    return { ...tag, ...fields, row: tag.id };
  });
  const added = tags.filter(({ id }) => id === null);
  const wasMoved = base.tags.some(({ id }, at) => tags.filter((tag) => tag.id)[at]?.id !== id);
  if (!wasMoved) return { base: theirs, tags: [...merged, ...added] };
  const place = new Map(tags.map(({ row }, at) => [row, at]));
  const at = ({ row }: DraftTag) => place.get(row) ?? tags.length;
  return { base: theirs, tags: [...merged, ...added].sort((a, b) => at(a) - at(b)) };
}
