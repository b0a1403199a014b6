import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { Field, TextArea } from '../../../ui/field.tsx';
import { isKeys, isTyping } from '../../../ui/keys.tsx';
import { Waiting } from '../../../ui/states.tsx';
import type { LadderAnswers } from '../../messages/ladder-calls.ts';
import type { SavedCard } from '../../messages/views.ts';
import type { Sidebar } from '../model.ts';
import { typedIn } from '../worth/edits.ts';
import { nowIn, took } from './acts.ts';
import { LADDER_KEYS as KEYS } from './keys.ts';
import { ladderSay as say } from './words.ts';

interface Props {
  readonly sidebar: Sidebar;
  readonly card: SavedCard;
  /** `done`: something was kept. */
  readonly onEnd: (done: boolean) => void;
}

type Questions = LadderAnswers['questions'];

/** A question is chosen by its digit or written; then it was asked, or is to be. */
export function AskPanel({ sidebar, card, onEnd }: Props) {
  const { core } = sidebar;
  const [questions, setQuestions] = useState<Questions | null>(null);
  const typed = typedIn(core, `ask/${card.id}`);
  const [chosen, setChosen] = useState(typeof typed.chosen === 'string' ? typed.chosen : null);
  const [text, setText] = useState(typeof typed.text === 'string' ? typed.text : '');
  const [missing, setMissing] = useState(false);
  const [planning, setPlanning] = useState(false);
  const [owner, setOwner] = useState('');
  const [due, setDue] = useState('');
  /** Of the question: pressed again after a failure, it is the same one. */
  const [record] = useState(() => sidebar.around.newId());
  const busy = useRef(false);
  /** What was pressed before the questions were there. */
  const early = useRef('');
  const end = useRef(onEnd);
  end.current = onEnd;
  const place = useRef<HTMLFieldSetElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const asks = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    let over = false;
    void core.call('questions', { expectation: card.id }).then((answer) => {
      if (over) return;
      if (!answer.ok) {
        core.set({ trouble: { id: card.id, failure: answer.error } });
        return end.current(false);
      }
      setQuestions(answer.value);
      setOwner(answer.value.people.find(({ me }) => me)?.id ?? '');
    });
    return () => {
      over = true;
    };
  }, [core, card.id]);
  useLayoutEffect(() => {
    if (questions === null) return place.current?.focus();
    const pressed = questions.patterns[Number(early.current.slice(0, 1)) - 1];
    if (pressed) return choose(pressed);
    if (questions.patterns.length === 0 && early.current !== '') write(text + early.current);
    const first = place.current?.querySelector<HTMLElement>('.s-questions button');
    if (first) first.focus();
    else area.current?.focus();
  }, [questions]);
  useLayoutEffect(() => {
    if (planning) place.current?.querySelector<HTMLElement>('.s-plan :is(select, input)')?.focus();
  }, [planning]);

  const write = (words: string) => {
    Object.assign(typed, { text: words, chosen });
    setText(words);
    setMissing(false);
  };
  const choose = (pattern: Questions['patterns'][number]) => {
    setChosen(pattern.pattern);
    setText(pattern.text);
    setMissing(false);
    asks.current?.focus();
  };
  const keep = async (asked: boolean) => {
    if (busy.current) return;
    if (text.trim() === '') {
      setMissing(true);
      area.current?.focus();
      return;
    }
    busy.current = true;
    const now = nowIn(sidebar, card);
    const answer = await core.call('ask', {
      ...{ expectation: card.id, record, question: text, pattern: chosen },
      ...(asked
        ? now
        : { at: null, owner: owner === '' ? null : owner, due: due === '' ? null : due }),
    });
    busy.current = false;
    if (!took(sidebar, card, asked ? say.asked : say.kept, answer)) return;
    delete typed.text;
    delete typed.chosen;
    onEnd(true);
  };
  const copy = () => {
    if (text.trim() === '') return setMissing(true);
    navigator.clipboard.writeText(text.trim()).then(
      () => core.set({ said: say.copied }),
      () => core.set({ said: say.notCopied }),
    );
  };
  const press = (event: KeyboardEvent) => {
    if (event.repeat || event.defaultPrevented) return;
    const typing = isTyping(event.target);
    const digit = /^[1-9]$/.test(event.key) ? questions?.patterns[Number(event.key) - 1] : null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (isKeys(event, 'Escape')) onEnd(false);
    else if (questions === null) {
      if (!isPlain || event.key.length > 1) return;
      early.current += event.key;
    } else if (typing && isKeys(event, 'Enter')) void keep(!planning);
    else if (typing) return;
    else if (digit && isPlain) choose(digit);
    else if (isKeys(event, KEYS.edit)) area.current?.focus();
    else if (isKeys(event, KEYS.copy)) copy();
    else if (isKeys(event, KEYS.plan)) setPlanning(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (questions === null) {
    return (
      <fieldset ref={place} class="s-ask" tabIndex={-1} onKeyDown={press}>
        <Waiting>{say.reading}</Waiting>
      </fieldset>
    );
  }
  return (
    <fieldset ref={place} class="s-ask" onKeyDown={press}>
      <legend class="u-label">{say.choose}</legend>
      {questions.patterns.length === 0 && <p class="u-quiet">{say.noQuestions}</p>}
      <ol class="s-questions">
        {questions.patterns.map((pattern, at) => (
          <li key={pattern.pattern}>
            <button
              type="button"
              aria-pressed={chosen === pattern.pattern}
              aria-keyshortcuts={String(at + 1)}
              onClick={() => choose(pattern)}
            >
              <span class="u-key" aria-hidden="true">
                {at + 1}
              </span>
              <span dir="auto">{pattern.text}</span>
            </button>
          </li>
        ))}
      </ol>
      <TextArea
        areaRef={area}
        label={say.own}
        hint={say.ownHint}
        value={text}
        rows={2}
        maxLength={2_000}
        error={missing ? say.needsQuestion : undefined}
        onInput={write}
      />
      <div class="u-actions">
        <Button buttonRef={asks} look="primary" onClick={() => void keep(true)}>
          {say.askedNow}
        </Button>
        <Button keys={KEYS.plan} expanded={planning} onClick={() => setPlanning(!planning)}>
          {say.plan}
        </Button>
        <Button keys={KEYS.copy} onClick={copy}>
          {say.copy}
        </Button>
        <Button look="quiet" keys="Escape" onClick={() => onEnd(false)}>
          {say.cancel}
        </Button>
      </div>
      {planning && (
        <div class="s-plan">
          {questions.people.length > 0 && (
            <Choice
              label={say.byWhom}
              empty={say.nobody}
              options={questions.people.map(({ id, name, me }) => ({
                value: id,
                label: me ? `${name} (${say.me})` : name,
              }))}
              value={owner}
              onChange={setOwner}
            />
          )}
          <Field label={say.day} type="date" value={due} onInput={setDue} />
          <Button onClick={() => void keep(false)}>{say.planIt}</Button>
        </div>
      )}
    </fieldset>
  );
}
