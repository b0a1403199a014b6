import type { Tag } from '../../domain/codebook.ts';
import { Icon } from '../icons.tsx';

export interface TagNameProps {
  readonly tag: Pick<Tag, 'colour' | 'icon'>;
  /** What people read (domain/codebook.ts, tagName). */
  readonly name: string;
}

/** A tag's icon in its colour, its words in ink. */
export function TagName({ tag, name }: TagNameProps) {
  return (
    <span class="u-kind" data-kind={tag.colour}>
      <Icon name={tag.icon} />
      <span dir="auto">{name}</span>
    </span>
  );
}
