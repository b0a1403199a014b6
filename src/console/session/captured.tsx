import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { LONGEST_IMPROVEMENT } from '../../domain/improvements.ts';
import {
  Button,
  Field,
  Icon,
  isKeys,
  Said,
  sayDate,
  sayInstant,
  TextArea,
  useWords,
} from '../../ui/index.ts';
import { isDay } from '../day.ts';
import type { Person } from '../improvements/answer.ts';
import { type ImprovementPatch, improvementHref } from '../improvements/calls.ts';
import { OwnerChoice } from './capture.tsx';
import { DuePick, dueOf } from './due.tsx';
import type { Line } from './lines.ts';
import { say } from './words.ts';

export interface CapturedProps {
  /** In the order in which they were said; shown the other way round, so that the newest is near. */
  readonly lines: readonly Line[];
  readonly members: readonly Person[];
  /** ISO date where the person is. */
  readonly today: string;
  readonly onChange: (id: string, patch: ImprovementPatch) => void;
  readonly onAgain: (id: string) => void;
  readonly onForget: (id: string) => void;
  /** Shows the moment in the story beside. */
  readonly onGo: (line: Line) => void;
}

export function Captured({ lines, ...acts }: CapturedProps) {
  if (lines.length === 0) return <p class="u-quiet">{say.none}</p>;
  return (
    <ol class="c-session-lines" reversed aria-label={say.captured}>
      {lines.toReversed().map((line) => (
        <li key={line.id} data-state={line.state}>
          {line.deleted ? <TakenBack line={line} {...acts} /> : <Shown line={line} {...acts} />}
        </li>
      ))}
    </ol>
  );
}

interface LineProps extends Omit<CapturedProps, 'lines'> {
  readonly line: Line;
}

function TakenBack({ line, onChange }: LineProps) {
  return (
    <p class="c-session-back">
      <del dir="auto">{line.text}</del> <span role="status">{say.isBack}</span>{' '}
      <Button
        look="quiet"
        label={say.of2(say.putBack, line.text)}
        onClick={() => onChange(line.id, { deleted: false })}
      >
        {say.putBack}
      </Button>
    </p>
  );
}

function Shown({ line, members, today, onChange, onAgain, onForget, onGo }: LineProps) {
  const { lang } = useWords();
  const [text, setText] = useState<string | null>(null);
  const { id, state, at, quote } = line;
  if (text !== null) {
    return (
      <Changing
        {...{ text }}
        onInput={setText}
        onCancel={() => setText(null)}
        onSave={() => {
          if (text.trim() === '') return;
          if (text.trim() !== line.text) onChange(id, { text: text.trim() });
          setText(null);
        }}
      />
    );
  }
  return (
    <>
      <p class="c-session-text" dir="auto">
        {line.text}
      </p>
      {at !== null && (
        <p class="c-session-moment">
          <button type="button" class="c-session-go" onClick={() => onGo(line)}>
            {say.moment(sayInstant(at, lang), '')}
          </button>
          {quote !== null && (
            <>
              {': '}
              <Said>{quote}</Said>
            </>
          )}
        </p>
      )}
      {state === 'waiting' && (
        <p class="u-hint c-session-waiting">
          <Icon name="waiting" size={14} /> {say.waiting}
        </p>
      )}
      {state === 'refused' && (
        <div class="c-session-refused" role="alert">
          <p class="u-error">
            <Icon name="attention" size={14} />
            <span>{say.notTaken(line.why)}</span>
          </p>
          <Button label={say.of2(say.again, line.text)} onClick={() => onAgain(id)}>
            {say.again}
          </Button>
          <Button look="bad" label={say.of2(say.forget, line.text)} onClick={() => onForget(id)}>
            {say.forget}
          </Button>
        </div>
      )}
      <div class="c-session-acts">
        <OwnerChoice
          {...{ members }}
          owner={line.owner ?? ''}
          look="value"
          onChange={(owner) => onChange(id, { owner: owner || null })}
        />
        <Due {...{ line, today }} onChange={(due) => onChange(id, { due })} />
        <span class="c-session-buttons">
          <Button
            look="quiet"
            label={say.of2(say.change, line.text)}
            onClick={() => setText(line.text)}
          >
            {say.change}
          </Button>
          <Button
            look="quiet"
            label={say.of2(say.takeBack, line.text)}
            onClick={() => onChange(id, { deleted: true })}
          >
            {say.takeBack}
          </Button>
          {state === 'kept' && (
            <a class="u-button u-button-quiet" href={improvementHref(id)}>
              <span aria-hidden="true">{say.open}</span>
              <span class="u-hidden">{say.openLine(line.text)}</span>
            </a>
          )}
        </span>
      </div>
    </>
  );
}

interface DueProps {
  readonly line: Line;
  readonly today: string;
  readonly onChange: (due: string | null) => void;
}

/** A day of one's own is sent once it is one: while its parts are typed it is none, or another. */
function Due({ line, today, onChange }: DueProps) {
  const { lang } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const day = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (typed === '') day.current?.focus();
  }, [typed]);
  const settle = () => {
    if (typed === null) return;
    setTyped(null);
    if (isDay(typed) && typed !== line.due) onChange(typed);
  };
  return (
    <form
      class="c-session-due"
      onSubmit={(event) => {
        event.preventDefault();
        settle();
      }}
    >
      <DuePick
        look="value"
        value={typed !== null ? 'day' : line.due === null ? '' : 'set'}
        set={line.due && sayDate(line.due, lang)}
        onChange={(choice) => {
          setTyped(choice === 'day' ? '' : null);
          if (choice === '' || dueOf(choice, today)) onChange(dueOf(choice, today));
        }}
      />
      {typed !== null && (
        <div onFocusOut={settle}>
          <Field
            type="date"
            label={say.day}
            labelHidden
            value={typed}
            inputRef={day}
            onInput={setTyped}
          />
        </div>
      )}
    </form>
  );
}

interface ChangingProps {
  readonly text: string;
  readonly onInput: (text: string) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

function Changing({ text, onInput, onSave, onCancel }: ChangingProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => area.current?.focus(), []);
  return (
    <form
      class="c-session-changing"
      aria-label={say.line}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
      onKeyDown={(event) => {
        if (isKeys(event, 'Enter') && !(event.target instanceof HTMLButtonElement)) {
          event.preventDefault();
          onSave();
        } else if (isKeys(event, 'Escape')) {
          event.preventDefault();
          onCancel();
        }
      }}
    >
      <TextArea
        label={say.line}
        labelHidden
        value={text}
        maxLength={LONGEST_IMPROVEMENT}
        areaRef={area}
        onInput={onInput}
      />
      <div class="u-actions">
        <Button submit keys="Enter">
          {say.save2}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
