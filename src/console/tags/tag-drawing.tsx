import type { TagLook } from '../../domain/codebook.ts';
import { Icon, KeyCap } from '../../ui/index.ts';

export interface TagDrawingProps {
  readonly name: string;
  readonly colour: TagLook;
  readonly icon: TagLook;
  readonly shortcut?: string;
}

/** A tag as the call bar shows it: its icon in its colour, its words in ink, its key. */
export function TagDrawing({ name, colour, icon, shortcut }: TagDrawingProps) {
  return (
    <span class="u-kind c-tag" data-kind={colour}>
      <Icon name={icon} />
      <span dir="auto">{name}</span>
      {shortcut && <KeyCap keys={shortcut.toUpperCase()} />}
    </span>
  );
}
