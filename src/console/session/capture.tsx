import { useRef, useState } from 'preact/hooks';
import { LONGEST_IMPROVEMENT } from '../../domain/improvements.ts';
import { Button, Choice, Field, type Option, TextArea } from '../../ui/index.ts';
import { isDay } from '../day.ts';
import type { Person } from '../improvements/answer.ts';
import { active } from '../improvements/standing.tsx';
import { useKept } from '../kept.ts';
import { type DueChoice, DuePick, dueOf } from './due.tsx';
import { say } from './words.ts';

export interface Said {
  readonly text: string;
  readonly owner: string | null;
  /** ISO date */
  readonly due: string | null;
}

export interface CaptureProps {
  readonly place: Window;
  /** Where what is being typed is kept. */
  readonly keptAs: string;
  readonly members: readonly Person[];
  /** ISO date where the person is. */
  readonly today: string;
  readonly onSaid: (said: Said) => void;
}

/** One line, as it is said: Enter writes it down from wherever the keyboard is in it. */
export function Capture({ place, keptAs, members, today, onSaid }: CaptureProps) {
  const [text, write] = useKept(place, keptAs);
  const [owner, setOwner] = useState('');
  const [due, setDue] = useState<DueChoice>('');
  const [day, setDay] = useState('');
  const [tried, setTried] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);

  function save() {
    const said = text.trim();
    area.current?.focus();
    setTried(said === '');
    if (said === '') return;
    const on = due === 'day' && isDay(day) ? day : dueOf(due, today);
    onSaid({ text: said, owner: owner || null, due: on });
    write('');
    setOwner('');
    setDue('');
    setDay('');
  }

  return (
    <form
      class="c-session-capture"
      aria-label={say.question}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        const isPlain = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
        // A button does what it says.
        if (!isPlain || event.defaultPrevented || event.target instanceof HTMLButtonElement) return;
        event.preventDefault();
        save();
      }}
    >
      <TextArea
        label={say.question}
        hint={say.hint}
        placeholder={say.placeholder}
        rows={2}
        value={text}
        maxLength={LONGEST_IMPROVEMENT}
        error={tried && text.trim() === '' ? say.empty : undefined}
        autofocus
        areaRef={area}
        onInput={write}
      />
      <div class="c-session-who">
        <OwnerChoice {...{ members, owner }} onChange={setOwner} />
        <DuePick value={due} onChange={setDue} />
        {due === 'day' && <Field type="date" label={say.day} value={day} onInput={setDay} />}
        <Button look="primary" submit keys="Enter">
          {say.save}
        </Button>
      </div>
    </form>
  );
}

interface OwnerProps {
  readonly members: readonly Person[];
  /** '' for nobody yet */
  readonly owner: string;
  readonly labelHidden?: boolean;
  readonly look?: 'field' | 'value';
  readonly onChange: (owner: string) => void;
}

/** The browser's own list: the first letters of a name choose it. */
export function OwnerChoice({ members, owner, onChange, ...rest }: OwnerProps) {
  const here = active(members).map(({ id, name }): Option<string> => ({ value: id, label: name }));
  const left = members.find(({ id }) => id === owner && !here.some(({ value }) => value === id));
  const options = left ? [...here, { value: left.id, label: left.name }] : here;
  return (
    <Choice
      label={say.owner}
      empty={say.nobody}
      {...{ options, onChange }}
      value={owner}
      {...rest}
    />
  );
}
