import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../domain/index.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field, FieldFrame, TextArea } from '../../ui/field.tsx';
import { Pick, type PickItem } from '../../ui/pick.tsx';
import { Segment } from '../../ui/segment.tsx';
import type { CallView } from '../messages/call-views.ts';
import type { Choice as Chosen } from '../messages/draft.ts';
import type { CallsClient } from './client.ts';
import { useActs } from './undo.tsx';
import { say } from './words.ts';

interface Patch {
  subject?: string;
  channel?: 'call' | 'meeting';
  customer?: Chosen;
  project?: Chosen;
  participants?: Person[];
  startedAt?: number;
  endedAt?: number;
  wentWell?: number | null;
  seemed?: number | null;
}

export interface FactsProps {
  readonly client: CallsClient;
  readonly call: CallView;
  readonly onChange: (call: CallView) => void;
}

/** What the call was about, its times and scores; each field is saved when it is left. */
export function Facts({ client, call, onChange }: FactsProps) {
  const acts = useActs();
  const write = (patch: Patch) => async () => {
    const answer = await client.call('callChange', { call: call.id, patch });
    if (answer.ok) onChange(answer.value);
    return answer.ok ? null : answer.error;
  };
  const change = (patch: Patch, before: Patch) =>
    acts.run(write(patch), say.changed, write(before));
  return (
    <section aria-labelledby="k-facts">
      <h2 id="k-facts">{say.facts}</h2>
      <div class="k-facts">
        <Line
          label={say.subject}
          value={call.subject}
          onLeave={(subject) => change({ subject }, { subject: call.subject })}
        />
        <Segment
          label={say.channel}
          options={[
            { value: 'call', label: say.channels.call },
            { value: 'meeting', label: say.channels.meeting },
          ]}
          value={call.channel}
          onChange={(channel) => change({ channel }, { channel: call.channel })}
        />
        <Whose client={client} kind="customer" call={call} change={change} />
        <Whose client={client} kind="project" call={call} change={change} />
        <People
          value={call.participants}
          onLeave={(participants) => change({ participants }, { participants: call.participants })}
        />
        <Moment
          label={say.began}
          hint={say.beganHint}
          value={call.clock.startedAt}
          onLeave={(startedAt) => change({ startedAt }, { startedAt: call.clock.startedAt })}
        />
        {call.clock.endedAt !== null && (
          <Moment
            label={say.ended}
            value={call.clock.endedAt}
            onLeave={(endedAt) => change({ endedAt }, { endedAt: call.clock.endedAt ?? endedAt })}
          />
        )}
        <Score
          label={say.seemed}
          value={call.seemed}
          onChange={(seemed) => change({ seemed }, { seemed: call.seemed })}
        />
        <Score
          label={say.wentWell}
          value={call.wentWell}
          onChange={(wentWell) => change({ wentWell }, { wentWell: call.wentWell })}
        />
      </div>
      {acts.line}
    </section>
  );
}

/**
 * What is typed, until it was left and is saved; then the value, whatever became of it meanwhile.
 * `onLeave` answers whether it was saved: if not, the words stay.
 */
export function useTyped(value: string, onLeave: (typed: string) => boolean | Promise<boolean>) {
  const [typed, setTyped] = useState<string | null>(null);
  const sending = useRef<string | null>(null);
  const leave = async () => {
    if (typed === null || typed === sending.current) return;
    sending.current = typed;
    const done = typed === value || (await onLeave(typed));
    if (sending.current === typed) sending.current = null;
    // What was typed on meanwhile stays.
    if (done) setTyped((now) => (now === typed ? null : now));
  };
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    const going = () => void latest.current();
    addEventListener('pagehide', going);
    return () => removeEventListener('pagehide', going);
  }, []);
  return { text: typed ?? value, type: setTyped, leave, isTyping: typed !== null };
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly onLeave: (value: string) => Promise<boolean>;
}

function Line({ label, value, onLeave }: LineProps) {
  const { text, type, leave } = useTyped(value, (typed) => onLeave(typed.trim()));
  return (
    <div onFocusOut={() => void leave()}>
      <Field
        label={label}
        value={text}
        maxLength={2_000}
        onInput={type}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing) void leave();
        }}
      />
    </div>
  );
}

interface WhoseProps {
  readonly client: CallsClient;
  readonly kind: 'customer' | 'project';
  readonly call: CallView;
  readonly change: (patch: Patch, before: Patch) => Promise<boolean>;
}

function Whose({ client, kind, call, change }: WhoseProps) {
  const [hits, setHits] = useState<readonly PickItem[]>([]);
  const turn = useRef(0);
  const look = async (words: string) => {
    turn.current += 1;
    const mine = turn.current;
    const within = kind === 'project' ? (call.customer?.id ?? null) : null;
    const asked = { kind, words: words.slice(0, 200), customer: within };
    const answer = await client.call('find', asked);
    if (answer.ok && turn.current === mine) setHits(answer.value.hits);
  };
  const choose = (id: string | null, name: string) => {
    const before = call[kind] ?? { id: null, name: '' };
    void change({ [kind]: { id, name, reason: '' } }, { [kind]: { ...before, reason: '' } });
  };
  return (
    <div onFocusIn={() => void look('')}>
      <Pick
        label={say[kind]}
        items={hits}
        value={call[kind]}
        onPick={(picked) => choose(picked?.id ?? null, picked?.name ?? '')}
        onCreate={(name) => choose(null, name)}
        onQuery={(words) => void look(words)}
      />
    </div>
  );
}

interface PeopleProps {
  readonly value: readonly Person[];
  readonly onLeave: (people: Person[]) => Promise<boolean>;
}

function People({ value, onLeave }: PeopleProps) {
  const written = value.map(asLine).join('\n');
  const { text, type, leave } = useTyped(written, (typed) => onLeave(readPeople(typed)));
  return (
    <div onFocusOut={() => void leave()}>
      <TextArea
        label={say.participants}
        hint={say.participantsHint}
        rows={2}
        value={text}
        onInput={type}
      />
    </div>
  );
}

function asLine({ name, address }: Person): string {
  if (address === '') return name;
  return name === '' ? address : `${name} <${address}>`;
}

/** One a line: a name, an address, or both. */
export function readPeople(text: string): Person[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', address = ''] = /^(.*?)\s*<([^<>\s]+)>$/.exec(line) ?? [];
      if (address !== '') return { name, address };
      return /^\S+@\S+$/.test(line) ? { name: '', address: line } : { name: line, address: '' };
    })
    .slice(0, 1_000);
}

interface MomentProps {
  readonly label: string;
  readonly hint?: string;
  /** ms since 1970 */
  readonly value: number;
  readonly onLeave: (value: number) => void;
}

/** In the reader's time zone, to the second; what is smaller stays unless it is changed. */
function Moment({ label, hint, value, onLeave }: MomentProps) {
  const input = useRef<HTMLInputElement>(null);
  const written = localOf(value);
  useLayoutEffect(() => {
    if (input.current) input.current.value = written;
  }, [written]);
  return (
    <FieldFrame
      label={label}
      hint={hint}
      control={(id, described) => (
        <input
          ref={input}
          id={id}
          class="u-input"
          type="datetime-local"
          step="1"
          aria-describedby={described}
          onBlur={() => {
            const now = input.current?.value ?? '';
            const ms = new Date(now).getTime();
            // A field that was emptied, or half typed, changes nothing.
            if (Number.isNaN(ms)) {
              if (input.current) input.current.value = written;
              return;
            }
            if (now !== written && localOf(ms) !== written) onLeave(ms);
          }}
        />
      )}
    />
  );
}

/** "2027-02-24T09:12:00": what the browser's field holds. */
export function localOf(ms: number): string {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

const SCORES = ['1', '2', '3', '4', '5'] as const;

interface ScoreProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Score({ label, value, onChange }: ScoreProps) {
  return (
    <Choice
      label={label}
      empty={say.noScore}
      options={SCORES.map((score) => ({ value: score, label: say.score(Number(score)) }))}
      value={SCORES.find((score) => Number(score) === value) ?? ''}
      onChange={(score) => onChange(score === '' ? null : Number(score))}
    />
  );
}
