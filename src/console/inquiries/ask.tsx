import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { LONGEST_INQUIRY } from '../../domain/inquiries.ts';
import { Button, Field, Pick, type PickItem, TextArea } from '../../ui/index.ts';
import type { Me } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { isDay, todayOf, usualDue } from '../day.ts';
import { FailureNote } from '../failure.tsx';
import { useKept } from '../kept.ts';
import { useSentAs } from '../sent-as.ts';
import { sentBy } from '../sent-by.ts';
import { useReading } from '../use-reading.ts';
import { type AskAbout, inquiryCalls } from './calls.ts';
import { say } from './words.ts';
import './inquiries.css';

export interface AskFormProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly now: () => Date;
  readonly about: AskAbout;
  /** Who is proposed; without one whoever owns the project, where there is a project. */
  readonly to?: PickItem | null;
  /** Nobody is to be named: whoever owns the project is asked. */
  readonly blind?: boolean;
  /** It was asked, and is called this. */
  readonly onAsked: (id: string) => void;
  readonly onCancel: () => void;
  readonly onSignedOut: () => void;
}

const OWNER: PickItem = { id: 'owner', name: say.ask.owner };

/** Asks somebody about a moment, a finding, a review or a project. What is typed is kept. */
export function AskForm(props: AskFormProps) {
  const { client, me, place, now, about, blind = false, onAsked, onCancel, onSignedOut } = props;
  const calls = useMemo(() => inquiryCalls(client), [client]);
  const key = useMemo(() => keyOf(me, about), [me, about]);
  const today = todayOf(now());
  const [question, write] = useKept(place, key);
  const sent = useSentAs(place, key, now);
  const [due, setDue] = useState(() => usualDue(today));
  const askMembers = useMemo(() => (blind ? null : () => client.members()), [client, blind]);
  const members = useReading(askMembers).value?.members ?? [];
  const hasOwner = blind || Boolean(about.project ?? about.review ?? about.subject);
  const [to, setTo] = useState<PickItem | null>(props.to ?? (hasOwner ? OWNER : null));
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => area.current?.focus(), []);

  const people = [
    ...(hasOwner ? [OWNER] : []),
    ...members
      .filter(({ id, active }) => active !== false && id !== me.member.id)
      .map(({ id, name, email }) => ({ id, name, detail: email })),
  ];
  const wrong = {
    to: to === null ? say.ask.toMissing : undefined,
    question: question.trim() === '' ? say.ask.questionMissing : undefined,
    due:
      due === ''
        ? undefined
        : !isDay(due)
          ? say.ask.dueBad
          : due < today
            ? say.ask.duePast
            : undefined,
  };
  const shown: Partial<typeof wrong> = tried ? wrong : {};

  async function send() {
    setTried(true);
    if (sending || to === null || wrong.question || wrong.due) return;
    setSending(true);
    const wish = { ...about, to: to.id, question: question.trim(), due: due || null };
    const answer = await calls.ask({ id: sent.idOf(wish), ...wish });
    setSending(false);
    if (answer.ok) {
      write('');
      sent.taken();
      onAsked(answer.value.id);
    } else if (answer.failure.is === 'signed-out') onSignedOut();
    else setFailure(answer.failure);
  }

  return (
    <form class="c-ask" aria-label={say.ask.title} {...sentBy(send)}>
      <TextArea
        label={say.ask.question}
        value={question}
        rows={3}
        maxLength={LONGEST_INQUIRY.question}
        error={shown.question}
        areaRef={area}
        onInput={write}
      />
      {blind ? (
        <p class="u-hint">{say.ask.ownerBlind}</p>
      ) : (
        <Pick
          label={say.ask.to}
          items={people}
          value={to}
          hint={say.ask.toHint}
          onPick={setTo}
          {...(shown.to ? { error: shown.to } : {})}
        />
      )}
      <div class="c-ask-due">
        <Field
          type="date"
          label={say.ask.due}
          optional
          value={due}
          error={shown.due}
          onInput={setDue}
        />
      </div>
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <div class="u-actions">
        <Button look="primary" submit keys="Mod+Enter">
          {say.ask.send}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {say.ask.cancel}
        </Button>
      </div>
    </form>
  );
}

/** One draft for each thing that is asked about. */
function keyOf(
  me: Me,
  { review, finding, standard, subject, project, customer }: AskAbout,
): string {
  const parts = [finding, subject?.id, standard, review, project, customer];
  return `ask/${me.member.id}/${parts.find(Boolean) ?? 'new'}`;
}
