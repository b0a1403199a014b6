import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Meaning, Tag } from '../../domain/codebook.ts';
import { Button } from '../button.tsx';
import { Field } from '../field.tsx';
import { Icon } from '../icons.tsx';
import { isKeys } from '../keys.tsx';
import { Segment } from '../segment.tsx';
import { TagName } from './tag-name.tsx';
import { sayClock } from './time-said.ts';
import { type Confirms, PickConfirms, type Says, type WrapOpen } from './wrap-confirms.tsx';
import type { Becomes } from './wrap-words.ts';
import { wrapWords as say } from './wrap-words.ts';

/** A tag of a call that is over. */
export interface WrapTag {
  readonly id: string;
  /** of the codebook */
  readonly tag: string;
  /** ms on the call's clock */
  readonly offset: number;
  readonly text: string;
  readonly handled: boolean;
  /** `says`: it was a question or an answer about an expectation. */
  readonly became: { readonly kind: string; readonly says?: Says } | null;
}

/** What a tag is to become. `due`: ISO 8601 date; both null for what is no promise. */
export interface Fate {
  readonly becomes: Becomes;
  readonly text: string;
  readonly due: string | null;
  readonly by: 'us' | 'them' | null;
  readonly confirms?: Confirms;
}

export const FATE_KEYS: readonly (readonly [Becomes, string])[] = [
  ['expectation', 'E'],
  ['promise', 'P'],
  ['grievance', 'G'],
  ['question', 'Q'],
  ['confirms', 'C'],
  ['handled', 'X'],
];

/** What a record of this kind was made as. */
export function fateOf({ became }: Pick<WrapTag, 'became'>): Becomes {
  if (became === null) return 'handled';
  if (became.says !== undefined) return 'confirms';
  const kinds: { readonly [kind: string]: Becomes } = {
    ...{ expectation: 'expectation', commitment: 'promise', probe: 'question', note: 'grievance' },
  };
  return kinds[became.kind] ?? 'handled';
}

/** What a tag is now, in words. */
export function sayFate(tag: Pick<WrapTag, 'became'>): string {
  const says = tag.became?.says;
  return says === undefined ? say.nowIs[fateOf(tag)] : say.nowSays[says];
}

interface RowProps {
  readonly tag: WrapTag;
  readonly known: Tag;
  readonly name: string;
  /** What it may confirm. */
  readonly open: readonly WrapOpen[];
  /** Ms added to every time shown. */
  readonly shift: number;
  readonly active: boolean;
  /** It is where Tab comes to the list. */
  readonly reached: boolean;
  /** Letters do something: buttons say which. */
  readonly letters: boolean;
  /** What was asked for and lacks something: words, or the day of a promise. */
  readonly asking: Becomes | null;
  /** Today, ISO 8601 date. */
  readonly today: string;
  readonly onActive: () => void;
  readonly onAsk: (becomes: Becomes | null) => void;
  readonly onFate: (fate: Fate) => void;
  readonly onUndo: () => void;
  readonly onText: (text: string) => void;
}

/** One tag: a line; the one that is worked on has its words and what it can become under it. */
export function WrapRow(props: RowProps) {
  const { tag, known, name, active, asking } = props;
  const title = say.tagAt(name, sayClock(tag.offset + props.shift));
  return (
    <li class="w-tag" data-tag={tag.id} data-handled={tag.handled}>
      <button
        type="button"
        class="w-line"
        tabIndex={props.reached ? 0 : -1}
        aria-current={active ? 'true' : undefined}
        aria-description={tag.handled ? sayFate(tag) : undefined}
        onFocus={props.onActive}
        onClick={props.onActive}
      >
        <span class="w-time">{sayClock(tag.offset + props.shift)}</span>
        <TagName tag={known} name={name} />
        <span class="w-words" dir="auto">
          {active && !tag.handled ? '' : tag.text.slice(0, 300)}
        </span>
      </button>
      {tag.handled && (
        <span class="w-done">
          <Icon name="check" size={12} />
          <span>{sayFate(tag)}</span>
          <Button look="quiet" label={say.undoOf(title)} onClick={props.onUndo}>
            {say.undo}
          </Button>
        </span>
      )}
      {active && !tag.handled && <Work {...props} title={title} />}
      {asking === 'promise' && active && !tag.handled && tag.text.trim() !== '' && (
        <Promised {...props} means={known.means} />
      )}
      {asking === 'confirms' && active && !tag.handled && (
        <PickConfirms
          open={props.open}
          onConfirms={(confirms) =>
            props.onFate({ becomes: 'confirms', text: tag.text, due: null, by: null, confirms })
          }
          onCancel={() => props.onAsk(null)}
        />
      )}
    </li>
  );
}

function Work({
  tag,
  asking,
  letters,
  onAsk,
  onFate,
  onText,
  title,
}: RowProps & { title: string }) {
  const field = useRef<HTMLInputElement>(null);
  const needsWords = asking !== null && asking !== 'handled' && asking !== 'confirms';
  const lacksWords = needsWords && tag.text.trim() === '';
  useLayoutEffect(() => {
    if (lacksWords) field.current?.focus();
  }, [lacksWords]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isKeys(event, 'Enter') && !isKeys(event, 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    if (
      event.key === 'Enter' &&
      asking !== null &&
      asking !== 'promise' &&
      asking !== 'confirms' &&
      tag.text.trim() !== ''
    ) {
      onFate({ becomes: asking, text: tag.text, due: null, by: null });
      return;
    }
    if (event.key === 'Escape') onAsk(null);
    field.current?.closest('li')?.querySelector<HTMLElement>('.w-line')?.focus();
  };
  return (
    <div class="w-work">
      <Field
        label={`${say.words}: ${title}`}
        labelHidden
        placeholder={say.words}
        value={tag.text}
        maxLength={2_000}
        error={lacksWords ? say.needsWords : undefined}
        inputRef={field}
        onInput={onText}
        onKeyDown={onKeyDown}
      />
      <div class="w-fates">
        {FATE_KEYS.map(([becomes, key]) => (
          <Button
            key={becomes}
            {...(letters ? { keys: key } : {})}
            {...(asking === becomes ? { pressed: true } : {})}
            onClick={() => onAsk(becomes)}
          >
            {say.becomes[becomes]}
          </Button>
        ))}
      </div>
    </div>
  );
}

const NO_DATE = 'none';
const OTHER = 'other';

/** The day so many days after an ISO date. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function Promised(props: RowProps & { readonly means: Meaning }) {
  const { tag, today, means, onFate, onAsk } = props;
  const [by, setBy] = useState<'us' | 'them'>(means === 'promise-theirs' ? 'them' : 'us');
  const [day, setDay] = useState<string>(NO_DATE);
  const [typed, setTyped] = useState('');
  const place = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    place.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, []);
  const due = day === NO_DATE ? null : day === OTHER ? typed || null : day;
  const days = [
    { value: today, label: say.today },
    { value: dayAfter(today, 1), label: say.tomorrow },
    { value: dayAfter(today, 7), label: say.week },
    { value: OTHER, label: say.otherDate },
    { value: NO_DATE, label: say.noDate },
  ];
  return (
    <form
      ref={place}
      class="w-promise"
      onSubmit={(event) => {
        event.preventDefault();
        onFate({ becomes: 'promise', text: tag.text, due, by });
      }}
      onKeyDown={(event) => {
        if (isKeys(event, 'Escape')) {
          event.preventDefault();
          onAsk(null);
        } else if (isKeys(event, 'Enter') && (event.target as Element).tagName === 'INPUT') {
          event.preventDefault();
          place.current?.requestSubmit();
        } else return;
        event.stopPropagation();
      }}
    >
      <Segment
        label={say.by}
        options={[
          { value: 'us', label: say.us },
          { value: 'them', label: say.them },
        ]}
        value={by}
        onChange={setBy}
      />
      <Segment label={say.due} options={days} value={day} onChange={setDay} />
      {day === OTHER && (
        <Field label={say.otherDate} labelHidden type="date" value={typed} onInput={setTyped} />
      )}
      <div class="u-actions">
        <Button look="primary" keys="Enter" submit>
          {say.keep}
        </Button>
        <Button look="quiet" onClick={() => onAsk(null)}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
