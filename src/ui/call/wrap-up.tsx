// The minute after hanging up: what each tag becomes, what they did not say, how it went. Draws only;
// who shows it does what is asked and hands down what is so then.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Meaning, Tag } from '../../domain/codebook.ts';
import { Button } from '../button.tsx';
import { isKeys } from '../keys.tsx';
import type { WrapOpen } from './wrap-confirms.tsx';
import { HowItWent, Unsaid } from './wrap-rest.tsx';
import { type Fate, fateOf, type WrapTag } from './wrap-tag.tsx';
import { isWriting, type ListKeys, WrapTags } from './wrap-tags.tsx';
import { type ScoreName, wrapWords as say } from './wrap-words.ts';
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
  /** Letters do something where nobody writes; others are pressed as buttons. */
  readonly letters: boolean;
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

export function WrapUp(props: WrapUpProps) {
  const { call, tags, place, letters, onEnd } = props;
  const [said, setSaid] = useState({ text: '', times: 0 });
  const tell = (text: string) => setSaid(({ times }) => ({ text, times: times + 1 }));
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const left = tags.filter(({ handled }) => !handled).length;
  const list = useRef<ListKeys>({ press: () => false });
  const end = useRef(onEnd);
  end.current = onEnd;
  useLayoutEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isWriting(event.target)) return;
      if (letters && isKeys(event, 'S')) end.current();
      else if (!list.current.press(event)) return;
      event.preventDefault();
    };
    place.addEventListener('keydown', down);
    return () => place.removeEventListener('keydown', down);
  }, [place, letters]);
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
        {tags.length > 0 && <WrapTags {...props} shift={call.shift} keys={list} tell={tell} />}
      </section>
      <Unsaid {...props} tell={tell} />
      <HowItWent {...props} tell={tell} />
      <div class="u-actions w-end">
        <Button look="primary" onClick={onEnd}>
          {say.done}
        </Button>
        <Button look="quiet" {...(letters ? { keys: 'S' } : {})} onClick={onEnd}>
          {say.later}
        </Button>
      </div>
      <p class="u-hidden" role="status">
        <span key={said.times}>{said.text}</span>
      </p>
    </div>
  );
}

export { fateOf };
