import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { isKeys, isTyping } from '../../../ui/keys.tsx';
import type { SavedCard } from '../../messages/views.ts';
import type { Sidebar } from '../model.ts';
import { plain } from '../plain.ts';
import { typedIn } from '../worth/edits.ts';
import { nowIn, type Probe, took } from './acts.ts';
import { LADDER_KEYS as KEYS } from './keys.ts';
import { ladderSay as say } from './words.ts';

interface Props {
  readonly sidebar: Sidebar;
  readonly card: SavedCard;
  readonly probe: Probe;
  readonly onEnd: (done: boolean) => void;
}

const SAYS = ['confirmed', 'refuted', 'unclear'] as const;

/** What they said to a question, and what that says of the expectation. */
export function AnswerBox({ sidebar, card, probe, onEnd }: Props) {
  const typed = typedIn(sidebar.core, `answer/${probe.id}`);
  const [text, setText] = useState(typeof typed.text === 'string' ? typed.text : probe.answer);
  const area = useRef<HTMLTextAreaElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const busy = useRef(false);
  useLayoutEffect(() => area.current?.focus(), []);
  const keep = async (says: (typeof SAYS)[number]) => {
    if (busy.current) return;
    busy.current = true;
    const answer = await sidebar.core.call('answer', {
      ...{ probe: probe.id, text, says },
      ...nowIn(sidebar, card),
    });
    busy.current = false;
    if (!took(sidebar, card, say.answerKept(say.says[says]), answer)) return;
    delete typed.text;
    onEnd(true);
  };
  const press = (event: KeyboardEvent) => {
    if (event.repeat || event.defaultPrevented) return;
    const typing = isTyping(event.target);
    const says = SAYS.find((one) => isKeys(event, KEYS[one]));
    if (isKeys(event, 'Escape')) onEnd(false);
    else if (typing && isKeys(event, 'Enter')) first.current?.focus();
    else if (!typing && says) void keep(says);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <fieldset class="s-ask" onKeyDown={press}>
      <legend class="u-label">{say.theySaid}</legend>
      {probe.question !== '' && (
        <p>
          <span class="s-meta">{say.answerTo} </span>
          <span dir="auto">{plain(probe.question)}</span>
        </p>
      )}
      <TextArea
        areaRef={area}
        label={say.answer}
        hint={say.answerHint}
        value={text}
        rows={2}
        maxLength={20_000}
        onInput={(words) => {
          typed.text = words;
          setText(words);
        }}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: within a fieldset already */}
      <div class="u-actions" role="group" aria-label={say.answerSays}>
        {SAYS.map((one, at) => (
          <Button
            key={one}
            keys={KEYS[one]}
            {...(at === 0 ? { buttonRef: first } : {})}
            onClick={() => void keep(one)}
          >
            {say.says[one]}
          </Button>
        ))}
        <Button look="quiet" keys="Escape" onClick={() => onEnd(false)}>
          {say.cancel}
        </Button>
      </div>
    </fieldset>
  );
}
