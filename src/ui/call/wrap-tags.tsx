// Tags of a call that is over, and what each becomes: in the wrap-up, and wherever they wait.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Meaning, type Tag, tagName, tagOf } from '../../domain/codebook.ts';
import { Button } from '../button.tsx';
import { isKeys } from '../keys.tsx';
import { sayClock } from './time-said.ts';
import type { WrapOpen } from './wrap-confirms.tsx';
import { FATE_KEYS, type Fate, sayFate, WrapRow, type WrapTag } from './wrap-tag.tsx';
import { type Becomes, wrapWords as say } from './wrap-words.ts';
import './wrap.css';

export interface Tells {
  /** For the live region. */
  readonly tell: (text: string) => void;
}

export interface ListKeys {
  /** Answers whether it was a key of the list's. */
  press(event: KeyboardEvent): boolean;
}

export interface WrapTagsProps extends Tells {
  /** By offset. */
  readonly tags: readonly WrapTag[];
  /** What a tag may confirm, oldest first. */
  readonly open: readonly WrapOpen[];
  /** Ms added to every time shown. */
  readonly shift: number;
  readonly codebook: readonly Tag[];
  /** What tags are called that the codebook gives no name. */
  readonly names: Readonly<Record<Meaning, string>>;
  /** ISO 8601 date */
  readonly today: string;
  readonly letters: boolean;
  /** Filled in with what does the list's keys, for whoever listens for them. */
  readonly keys: { current: ListKeys };
  /** No tag is worked on until somebody goes there. */
  readonly closed?: boolean;
  readonly onFate: (tag: string, fate: Fate) => void;
  readonly onUndo: (tag: string) => void;
  readonly onText: (tag: string, text: string) => void;
}

/** Rows drawn at once: more of them are a button away. */
const ROWS = 60;

export function WrapTags(props: WrapTagsProps) {
  const { shift, tags, codebook, names, keys, letters, closed = false, tell } = props;
  const first = tags.find(({ handled }) => !handled)?.id ?? null;
  const [active, setActive] = useState(closed ? null : first);
  const [asking, setAsking] = useState<Becomes | null>(null);
  const [rows, setRows] = useState(ROWS);
  const place = useRef<HTMLOListElement>(null);
  /** The row that gets the focus with the next drawing; later, it would undo what the next key asks. */
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (wanted.current !== null) focusRow(place.current, wanted.current);
    wanted.current = null;
  });
  const [, draw] = useState(0);
  const focus = (tag: WrapTag) => {
    wanted.current = tag.id;
    draw((times) => times + 1);
  };
  const at = Math.max(
    0,
    tags.findIndex(({ id }) => id === active),
  );
  const titleOf = (tag: WrapTag) =>
    say.tagAt(tagName(tagOf(codebook, tag.tag), names), sayClock(tag.offset + shift));
  const go = (to: number) => {
    const tag = tags[Math.min(Math.max(to, 0), tags.length - 1)];
    if (!tag) return;
    setAsking(null);
    setActive(tag.id);
    setRows((all) => Math.max(all, to + 1));
    focus(tag);
  };
  const decide = (tag: WrapTag, fate: Fate) => {
    props.onFate(tag.id, fate);
    const became = fate.confirms === undefined ? null : { kind: 'probe', ...fate.confirms };
    const now = became === null ? say.nowIs[fate.becomes] : sayFate({ became });
    tell(say.said(now, titleOf(tag)));
    const next = tags.findIndex((one, index) => index > at && !one.handled);
    setAsking(null);
    if (next >= 0) go(next);
    else focus(tag);
  };
  const ask = (tag: WrapTag, becomes: Becomes | null) => {
    setActive(tag.id);
    const asksMore = becomes === 'promise' || becomes === 'confirms';
    const isReady = becomes === 'handled' || (!asksMore && tag.text.trim() !== '');
    if (becomes !== null && isReady) decide(tag, { becomes, text: tag.text, due: null, by: null });
    else setAsking(becomes);
    if (becomes === null) focus(tag);
  };
  const undo = (tag: WrapTag) => {
    props.onUndo(tag.id);
    tell(say.undone(titleOf(tag)));
    setActive(tag.id);
    focus(tag);
  };
  keys.current = {
    press(event) {
      const tag = tags[at];
      if (!tag) return false;
      const isInRow = (event.target as Partial<Element> | null)?.closest?.('.w-line') != null;
      const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: tags.length - 1 }[event.key];
      const isChoosing = (event.target as Partial<Element> | null)?.closest?.('input') != null;
      if (step !== undefined && !isChoosing) go(step);
      else if (isKeys(event, 'Backspace') && tag.handled) undo(tag);
      else if (tag.handled) return false;
      else if (isKeys(event, 'Enter') && isInRow) ask(tag, 'handled');
      else if (!letters) return false;
      else {
        const fate = FATE_KEYS.find(([, key]) => isKeys(event, key));
        if (!fate) return false;
        ask(tag, fate[0]);
      }
      return true;
    },
  };
  return (
    <>
      {letters && <p class="u-hint">{say.keys}</p>}
      <ol ref={place} class="w-tags">
        {tags.slice(0, rows).map((tag) => {
          const known = tagOf(codebook, tag.tag);
          return (
            <WrapRow
              key={tag.id}
              {...{ tag, known, today: props.today, shift, open: props.open, letters }}
              name={tagName(known, names)}
              active={tag.id === tags[at]?.id && (active !== null || !closed)}
              reached={tag.id === tags[at]?.id}
              asking={tag.id === active ? asking : null}
              onActive={() => {
                if (tag.id !== active) setAsking(null);
                setActive(tag.id);
              }}
              onAsk={(becomes) => ask(tag, becomes)}
              onFate={(fate) => decide(tag, fate)}
              onUndo={() => undo(tag)}
              onText={(text) => props.onText(tag.id, text)}
            />
          );
        })}
      </ol>
      {tags.length > rows && (
        <Button look="quiet" onClick={() => setRows(rows + 200)}>
          {say.more(tags.length - rows)}
        </Button>
      )}
    </>
  );
}

function focusRow(list: HTMLElement | null, tag: string): void {
  list?.querySelector<HTMLElement>(`[data-tag="${tag}"] .w-line`)?.focus();
}

/** By names, not classes: it may lie in another window, whose classes are others. */
export function isWriting(target: EventTarget | null): boolean {
  const element = target as Partial<Element> | null;
  return element?.closest?.('textarea, select, input:not([type=radio])') != null;
}
