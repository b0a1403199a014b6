// The minute after hanging up: what each tag becomes, what they did not say, how it went. Draws only;
// who shows it does what is asked and hands down what is so then.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Meaning, type Tag, tagName, tagOf } from '../../domain/codebook.ts';
import { Button } from '../button.tsx';
import { isKeys } from '../keys.tsx';
import { sayClock } from './time-said.ts';
import type { WrapOpen } from './wrap-confirms.tsx';
import { HowItWent, Unsaid } from './wrap-rest.tsx';
import { FATE_KEYS, type Fate, fateOf, sayFate, WrapRow, type WrapTag } from './wrap-tag.tsx';
import { type Becomes, type ScoreName, wrapWords as say } from './wrap-words.ts';
import './wrap.css';

export interface WrapCall {
  readonly customer: { readonly name: string } | null;
  readonly subject: string;
  /** Ms added to every time shown. */
  readonly shift: number;
  /** 1–5 */
  readonly seemed: number | null;
  readonly wentWell: number | null;
}

export interface WrapHunch {
  readonly id: string;
  readonly statement: string;
}

export interface WrapUpProps {
  readonly call: WrapCall;
  /** By offset. */
  readonly tags: readonly WrapTag[];
  /** Open ones about the customer, from before. */
  readonly hunches: readonly WrapHunch[];
  /** What a tag may confirm, oldest first. */
  readonly open: readonly WrapOpen[];
  /** Kept while wrapping up. */
  readonly kept: readonly WrapHunch[];
  readonly codebook: readonly Tag[];
  /** What tags are called that the codebook gives no name. */
  readonly names: Readonly<Record<Meaning, string>>;
  /** ISO 8601 date */
  readonly today: string;
  /** The window in which it is seen: there it listens for its keys. */
  readonly place: Window;
  readonly onFate: (tag: string, fate: Fate) => void;
  readonly onUndo: (tag: string) => void;
  readonly onText: (tag: string, text: string) => void;
  readonly onHunch: (statement: string) => void;
  readonly onHunchBack: (hunch: WrapHunch) => void;
  readonly onScore: (name: ScoreName, score: number | null) => void;
  /** The call was hung up by mistake. */
  readonly onGoOn: () => void;
  /** Done or put off: what is left waits. */
  readonly onEnd: () => void;
}

/** Rows drawn at once: more of them are a button away. */
const ROWS = 60;

export function WrapUp(props: WrapUpProps) {
  const { call, tags, place, onEnd } = props;
  const [said, setSaid] = useState({ text: '', times: 0 });
  const tell = (text: string) => setSaid(({ times }) => ({ text, times: times + 1 }));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const left = tags.filter(({ handled }) => !handled).length;
  const list = useRef<ListKeys>({ press: () => false });
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isWriting(event.target)) return;
      if (isKeys(event, 'S')) end.current();
      else if (!list.current.press(event)) return;
      event.preventDefault();
    };
    place.addEventListener('keydown', down);
    return () => place.removeEventListener('keydown', down);
  }, [place]);
  return (
    <div class="w-up">
      <header class="w-head">
        <h2 ref={heading} tabIndex={-1}>
          {say.title}
        </h2>
        <bdi class="w-name">{call.customer?.name || call.subject || say.noCustomer}</bdi>
        <Button look="quiet" onClick={props.onGoOn}>
          {say.goOn}
        </Button>
      </header>
      <p class="u-hint">{say.why}</p>
      <section class="w-part" aria-label={say.tags}>
        <p class="u-quiet">{tags.length === 0 ? say.noTags : say.left(left, tags.length)}</p>
        {tags.length > 0 && <TagRows {...props} keys={list} tell={tell} />}
      </section>
      <Unsaid {...props} tell={tell} />
      <HowItWent {...props} tell={tell} />
      <div class="u-actions w-end">
        <Button look="primary" onClick={onEnd}>
          {say.done}
        </Button>
        <Button look="quiet" keys="S" onClick={onEnd}>
          {say.later}
        </Button>
      </div>
      <p class="u-hidden" role="status">
        <span key={said.times}>{said.text}</span>
      </p>
    </div>
  );
}

interface ListKeys {
  /** Answers whether it was a key of the list's. */
  press(event: KeyboardEvent): boolean;
}

export interface Tells {
  /** For the live region. */
  readonly tell: (text: string) => void;
}

function TagRows(props: WrapUpProps & Tells & { readonly keys: { current: ListKeys } }) {
  const { call, tags, codebook, names, keys, tell } = props;
  const [active, setActive] = useState(tags.find(({ handled }) => !handled)?.id ?? null);
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
    say.tagAt(tagName(tagOf(codebook, tag.tag), names), sayClock(tag.offset + call.shift));
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
      <p class="u-hint">{say.keys}</p>
      <ol ref={place} class="w-tags">
        {tags.slice(0, rows).map((tag) => {
          const known = tagOf(codebook, tag.tag);
          return (
            <WrapRow
              key={tag.id}
              {...{ tag, known, today: props.today, shift: call.shift, open: props.open }}
              name={tagName(known, names)}
              active={tag.id === tags[at]?.id}
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
function isWriting(target: EventTarget | null): boolean {
  const element = target as Partial<Element> | null;
  return element?.closest?.('textarea, select, input:not([type=radio])') != null;
}

export { fateOf };
