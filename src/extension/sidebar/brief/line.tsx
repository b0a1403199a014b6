import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Json } from '../../../domain/json.ts';
import { shorten } from '../../../domain/text.ts';
import type { BriefLine } from '../../../ui/brief/sections.ts';
import { sayBrief } from '../../../ui/brief/words.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Mark } from '../../../ui/kind.tsx';
import { Ladder } from '../../../ui/ladder.tsx';
import { useWords } from '../../../ui/words.ts';
import { plain } from '../plain.ts';
import { sayHere as say } from './words.ts';

export type Colleague = { id: string; name: string; me: boolean };

interface Props {
  readonly line: BriefLine;
  /** Its acts are shown. */
  readonly current: boolean;
  readonly colleagues: readonly Colleague[];
  /** How the keys are pressed now: some of them may be tags of a call that runs. */
  readonly keys: { readonly copy: string; readonly reply: string; readonly asked: string };
  readonly onCurrent: () => void;
  readonly onOpen: () => void;
  readonly onCopy: () => void;
  readonly onReply: () => void;
  readonly onAsked: () => void;
  /** An answer half written: it outlives a look at another line. */
  readonly half: { [field: string]: Json };
  readonly onAnswer: (words: string) => Promise<boolean>;
  readonly onHandOver: (to: string | null) => void;
  /** What was done here. */
  readonly children: ComponentChildren;
}

/** One thing to know, what to ask about it, and what can be done with it. */
export function Line({ line, current, children, ...acts }: Props) {
  const words = useWords();
  const { look, text, quote, notes, tone, asked, question, stage } = line;
  return (
    <li class="b-item" data-current={current ? '' : undefined}>
      <div class="b-top">
        <button
          type="button"
          class="b-line"
          data-line={line.key}
          onClick={acts.onOpen}
          onFocus={acts.onCurrent}
        >
          <span class="u-kind" data-kind={look}>
            <Icon name={look} label={words.mark[look]} />
          </span>
          <span class="b-words">
            {quote !== '' && (
              <bdi class="s-cut s-theirs">
                <Mark kind={look}>{shorten(plain(quote), 160)}</Mark>
              </bdi>
            )}
            {text !== '' && <bdi class="s-cut">{shorten(plain(text), 200)}</bdi>}
            {(stage !== null || notes.length > 0) && (
              <span class="s-meta s-row-foot">
                {stage !== null && <Ladder size="small" stage={stage} />}
                {notes.map((note, at) => (
                  <bdi key={note} data-tone={at === 0 ? (tone ?? undefined) : undefined}>
                    {plain(note)}
                  </bdi>
                ))}
              </span>
            )}
          </span>
        </button>
        {!current && (
          <Button
            look="quiet"
            icon="more"
            label={say.more(shorten(plain(text || quote), 60))}
            onClick={acts.onCurrent}
          />
        )}
      </div>
      {asked !== null && (
        <p class="b-asked s-meta">
          {asked.said} <bdi>{plain(asked.question)}</bdi>
        </p>
      )}
      {question !== null && (
        <p class="b-question">
          <span class="s-meta">{sayBrief.ask}</span> <bdi>{plain(question.text)}</bdi>
          {question.due !== null && <span class="s-meta"> ({sayBrief.planned(question.due)})</span>}
        </p>
      )}
      {current && <Acts line={line} {...acts} />}
      {children}
    </li>
  );
}

function Acts({
  line,
  colleagues,
  keys,
  half,
  ...acts
}: Omit<Props, 'current' | 'children' | 'onOpen' | 'onCurrent'>) {
  const [answering, setAnswering] = useState(false);
  const [typed, setTyped] = useState(typeof half.answer === 'string' ? half.answer : '');
  const busy = useRef(false);
  const others = colleagues.length > 1 && line.kind !== 'note';
  if (answering) {
    const save = async () => {
      if (busy.current || typed.trim() === '') return;
      busy.current = true;
      const done = await acts.onAnswer(typed.trim());
      busy.current = false;
      // Written on meanwhile, it stays open.
      if (done && (half.answer ?? typed) === typed) setAnswering(false);
    };
    return (
      <form
        class="b-answer"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            setAnswering(false);
          } else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            void save();
          }
        }}
      >
        <TextArea
          label={say.answerLabel}
          value={typed}
          onInput={(words) => {
            half.answer = words;
            setTyped(words);
          }}
          autofocus
        />
        <div class="u-actions">
          <Button look="primary" submit>
            {say.answerSave}
          </Button>
          <Button look="quiet" onClick={() => setAnswering(false)}>
            {say.cancel}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div class="b-acts">
      <Button icon="copy" keys={keys.copy} onClick={acts.onCopy}>
        {say.copy}
      </Button>
      {line.question !== null && (
        <>
          <Button keys={keys.reply} onClick={acts.onReply}>
            {say.reply}
          </Button>
          <Button keys={keys.asked} icon="check" onClick={acts.onAsked}>
            {say.asked}
          </Button>
        </>
      )}
      {line.look === 'grievance' && (
        <Button onClick={() => setAnswering(true)}>{say.answer}</Button>
      )}
      {others && (
        <Choice
          label={say.handOver}
          look="value"
          options={colleagues.map(({ id, name, me }) => ({
            value: id,
            label: me ? say.me : plain(name),
          }))}
          value={line.owner ?? ''}
          empty={say.nobody}
          onChange={(to) => acts.onHandOver(to === '' ? null : to)}
        />
      )}
    </div>
  );
}
