import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { LONGEST_IMPROVEMENT } from '../../domain/improvements.ts';
import { Button, Field, Pick, type PickItem, TextArea } from '../../ui/index.ts';
import type { Me } from '../api.ts';
import type { Answer, Client, Failure } from '../client.ts';
import { isDay, todayOf } from '../day.ts';
import { FailureNote } from '../failure.tsx';
import { useKept } from '../kept.ts';
import { sentBy } from '../sent-by.ts';
import { useReading } from '../use-reading.ts';
import { focusWrong } from './acts.tsx';
import type { OneImprovement } from './answer.ts';
import { type ImprovementFrom, improvementCalls } from './calls.ts';
import { draftOf, freshDraft, type ImprovementDraft, keyOf, patchOf, readDraft } from './draft.ts';
import { say } from './words.ts';
import './improvements.css';

export interface ImprovementFormProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly now: () => Date;
  /** What it comes from: a finding, a moment of a story, one that did not help. */
  readonly from: ImprovementFrom;
  /** What is known of it already, to be changed by whoever writes. */
  readonly start?: Partial<Pick<ImprovementDraft, 'text' | 'cause' | 'action' | 'owner'>>;
  readonly onSaved: (saved: OneImprovement) => void;
  readonly onCancel: () => void;
  readonly onSignedOut: () => void;
}

/** Writes down an improvement. What is typed is kept until it is saved or cancelled. */
export function ImprovementForm(props: ImprovementFormProps) {
  const { client, me, place, now, from, start, onSaved, onCancel, onSignedOut } = props;
  const calls = useMemo(() => improvementCalls(client, todayOf(now())), [client, now]);
  const [first] = useState(() => freshDraft(now(), start));
  const [kept, keep] = useKept(place, keyOf(me.member.id, from));
  const draft = readDraft(kept) ?? first;
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const isNext = Boolean(from.follows);
  const wrong = problemsOf(draft, isNext);

  async function save() {
    setTried(true);
    if (sending) return;
    if (wrong.text || wrong.action || wrong.due) return focusWrong(form.current);
    setSending(true);
    const { id, text, cause, action, owner, due } = draft;
    const begun = await calls.begin({
      ...from,
      ...{ id, text: text.trim(), cause: cause.trim(), action: action.trim() },
      ...{ owner, due: due || null },
    });
    const answer = begun.ok ? await withRest(begun, draft) : begun;
    setSending(false);
    if (answer.ok) {
      keep('');
      onSaved(answer.value);
    } else if (answer.failure.is === 'signed-out') onSignedOut();
    else setFailure(answer.failure);
  }

  /** It was there already where an answer was lost: what was written since is a change of it. */
  async function withRest(begun: Answer<OneImprovement> & { ok: true }, mine: ImprovementDraft) {
    const { improvement } = begun.value;
    const rest = patchOf(mine, draftOf(improvement));
    if (Object.keys(rest).length === 0) return begun;
    return calls.change(improvement.id, rest, improvement.seen);
  }

  return (
    <form
      ref={form}
      class="c-improve-form"
      aria-label={isNext ? say.form.nextTitle : say.form.title}
      {...sentBy(save)}
    >
      <Fields
        {...{ client, draft, isNext }}
        wrong={tried ? wrong : {}}
        onChange={(patch) => keep(JSON.stringify({ ...draft, ...patch }))}
      />
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <div class="u-actions">
        <Button look="primary" submit keys="Mod+Enter">
          {say.form.save}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            keep('');
            onCancel();
          }}
        >
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}

interface Wrong {
  readonly text?: string | undefined;
  readonly action?: string | undefined;
  readonly due?: string | undefined;
}

/** One that follows another says what is tried next; all others at least what could be better. */
export function problemsOf(draft: ImprovementDraft, isNext: boolean): Wrong {
  return {
    text: draft.text.trim() === '' ? say.form.textMissing : undefined,
    action: isNext && draft.action.trim() === '' ? say.form.nextMissing : undefined,
    due: draft.due !== '' && !isDay(draft.due) ? say.form.dueBad : undefined,
  };
}

interface FieldsProps {
  readonly client: Client;
  readonly draft: ImprovementDraft;
  readonly wrong: Wrong;
  readonly isNext?: boolean;
  /** Of one that is done: when to look whether it helped. */
  readonly isDone?: boolean;
  readonly onChange: (patch: Partial<ImprovementDraft>) => void;
}

/** What can be said of one. The keyboard starts where there is something to say. */
export function Fields({
  client,
  draft,
  wrong,
  isNext = false,
  isDone = false,
  onChange,
}: FieldsProps) {
  const ask = useCallback(() => client.members(), [client]);
  const members = useReading(ask).value?.members ?? [];
  const [text, action] = [
    useRef<HTMLTextAreaElement>(null),
    useRef<HTMLTextAreaElement>(null),
  ] as const;
  useLayoutEffect(() => (isNext ? action : text).current?.focus(), [isNext, action, text]);
  const people = members.map(({ id, name, email }): PickItem => ({ id, name, detail: email }));
  const owner = people.find(({ id }) => id === draft.owner) ?? null;
  const still = new Set(members.filter((one) => one.active !== false).map(({ id }) => id));
  return (
    <>
      <TextArea
        label={say.form.text}
        value={draft.text}
        maxLength={LONGEST_IMPROVEMENT}
        error={wrong.text}
        areaRef={text}
        onInput={(value) => onChange({ text: value })}
      />
      <TextArea
        label={say.form.cause}
        hint={say.form.causeHint}
        optional
        value={draft.cause}
        maxLength={LONGEST_IMPROVEMENT}
        onInput={(cause) => onChange({ cause })}
      />
      <TextArea
        label={isNext ? say.form.nextAction : say.form.action}
        optional={!isNext}
        value={draft.action}
        maxLength={LONGEST_IMPROVEMENT}
        error={wrong.action}
        areaRef={action}
        onInput={(value) => onChange({ action: value })}
      />
      <div class="c-improve-who">
        <Pick
          label={say.form.owner}
          hint={say.form.ownerHint}
          items={people.filter(({ id }) => still.has(id))}
          value={owner}
          onPick={(item) => onChange({ owner: item?.id ?? null })}
        />
        <Field
          type="date"
          label={say.form.due}
          optional
          value={draft.due}
          error={wrong.due}
          onInput={(due) => onChange({ due })}
        />
        {isDone && (
          <Field
            type="date"
            label={say.form.checkOn}
            optional
            value={draft.checkOn}
            onInput={(checkOn) => onChange({ checkOn })}
          />
        )}
      </div>
    </>
  );
}
