import { Component } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { type Meaning, type Tag, tagName, tagOf } from '../../domain/codebook.ts';
import { TagName } from '../../ui/call/tag-name.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { TagView } from '../messages/call-views.ts';
import { sayTime } from './time-text.ts';
import { ROW, rowsInSight, scrollFor } from './window.ts';
import { say } from './words.ts';

export interface TagListProps {
  /** By offset. */
  readonly tags: readonly TagView[];
  /** Ms added to every time shown. */
  readonly shift: number;
  readonly codebook: readonly Tag[];
  readonly names: Readonly<Record<Meaning, string>>;
  /** Of the one that is shown whole. */
  readonly active: string | null;
  readonly onActive: (id: string) => void;
  /** Goes to the fields of the active one. */
  readonly onEnter: () => void;
  readonly onRemove: (tag: TagView) => void;
}

/** The tags by their time; one tab stop, arrow keys, and as quick with 2,000 as with two. */
export function TagList(props: TagListProps) {
  const { tags, active, onActive } = props;
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [sight, setSight] = useState({ top: 0, height: 400 });
  const at = tags.findIndex(({ id }) => id === active);
  useEffect(() => {
    if (!scroller) return;
    const read = () => {
      // In steps of a row: what lies between two draws nothing new.
      const top = Math.floor(scroller.scrollTop / ROW) * ROW;
      const height = scroller.clientHeight;
      setSight((was) => (was.top === top && was.height === height ? was : { top, height }));
    };
    read();
    const sizes = new ResizeObserver(read);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', read, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', read);
    };
  }, [scroller]);
  useLayoutEffect(() => {
    if (!scroller || at < 0) return;
    scroller.scrollTop = scrollFor(at, scroller.scrollTop, scroller.clientHeight);
  }, [scroller, at]);

  const go = (to: number) => {
    const tag = tags[Math.min(Math.max(to, 0), tags.length - 1)];
    if (tag) onActive(tag.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(sight.height / ROW) - 1);
    const steps: { [key: string]: number } = {
      ...{ ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page },
      ...{ Home: 0, End: tags.length - 1 },
    };
    const tag = tags[at];
    const step = steps[event.key];
    if (step !== undefined) go(step);
    else if (event.key === 'Enter' && tag) props.onEnter();
    else if (event.key === 'Delete' && tag) props.onRemove(tag);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={setScroller}
      class="k-tags"
      role="listbox"
      tabIndex={0}
      aria-label={say.tagsTitle}
      aria-activedescendant={at < 0 ? undefined : `k-tag-${active}`}
      onKeyDown={onKeyDown}
      onFocus={() => at < 0 && go(0)}
    >
      {/* A part of the list that is always there, as high as all of it. */}
      <div role="presentation" style={{ blockSize: `${tags.length * ROW}px` }}>
        {rowsInSight(sight.top, sight.height, tags.length, at).map((row) => {
          const tag = tags[row];
          return (
            tag && (
              <TagRow
                key={tag.id}
                {...props}
                tag={tag}
                row={row}
                count={tags.length}
                isActive={row === at}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface TagRowProps extends TagListProps {
  readonly tag: TagView;
  readonly row: number;
  readonly count: number;
  readonly isActive: boolean;
}

/** Drawn again only when it shows something else: scrolling moves thirty of them. */
class TagRow extends Component<TagRowProps> {
  override shouldComponentUpdate(next: TagRowProps): boolean {
    const names = ['tag', 'row', 'count', 'isActive', 'shift', 'codebook', 'names'] as const;
    return names.some((name) => next[name] !== this.props[name]);
  }

  override render({ tag, row, count, isActive, shift, codebook, names }: TagRowProps) {
    const known = tagOf(codebook, tag.tag);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and takes the keys
      <div
        id={`k-tag-${tag.id}`}
        class="k-tag"
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        aria-posinset={row + 1}
        aria-setsize={count}
        style={{ insetBlockStart: `${row * ROW}px` }}
        onClick={() => this.props.onActive(tag.id)}
      >
        <span class="k-tag-time">{sayTime(tag.offset + shift)}</span>
        <TagName tag={known} name={tagName(known, names)} />
        <span class="k-tag-text" dir="auto">
          {tag.text.slice(0, 300)}
        </span>
        {tag.span !== null && <span class="k-tag-span">{say.spanFor(sayTime(tag.span))}</span>}
        {(tag.handled || tag.became !== null) && (
          <Icon name="check" size={12} label={say.handled} class="k-tag-done" />
        )}
      </div>
    );
  }
}
