import { useCallback, useEffect, useReducer, useState } from 'preact/hooks';
import { KANO_ANSWERS, type KanoAnswer, kanoOf, shorten } from '../../../domain/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { Problem, Waiting } from '../../../ui/states.tsx';
import { sayDay } from '../../../ui/time.ts';
import { Undo } from '../../../ui/undo.tsx';
import { useWords } from '../../../ui/words.ts';
import { KanoCounts } from '../../../ui/worth/kano-counts.tsx';
import { worthWords } from '../../../ui/worth/words.ts';
import type { Choice as Chosen } from '../../messages/draft.ts';
import type { Failure } from '../../messages/result.ts';
import type { KanoView } from '../../messages/worth-calls.ts';
import { textField } from '../draft-rules.ts';
import { savesCard } from '../enter.ts';
import { PickRow } from '../pick-row.tsx';
import { plain } from '../plain.ts';
import { say as sidebarSay } from '../words.ts';
import { typedIn } from './edits.ts';
import { Fold, type SectionProps } from './part.tsx';
import { worthSay as say } from './words.ts';

type Reply = KanoView['replies'][number];

/** Kano's two questions: what each person asked answered, and what that makes of the expectation. */
export function KanoSection(props: SectionProps) {
  const { kano } = props.card.fields;
  return (
    <Fold
      title={say.kano}
      state={kano === undefined ? say.kanoNone : worthWords.kano[kano]}
      open={false}
    >
      <Kano {...props} />
    </Fold>
  );
}

/** What was done last, to be undone: answers kept or taken back. */
type Did = { did: 'kept' | 'gone'; probe: string };

function Kano({ sidebar, card }: SectionProps) {
  const { core } = sidebar;
  const { changes } = sidebar.state;
  const [view, setView] = useState<KanoView | null>(null);
  const [did, setDid] = useState<Did | null>(null);
  const failed = (failure: Failure) => core.set({ trouble: { id: card.id, failure } });
  useEffect(() => {
    let over = false;
    void core.call('kano', { expectation: card.id }).then((answer) => {
      if (over) return;
      if (answer.ok) setView(answer.value);
      else failed(answer.error);
    });
    return () => {
      over = true;
    };
  }, [core, card.id, changes]);

  const remove = async (probe: string, on: boolean) => {
    const answer = await core.call('kanoRemove', { probe, on });
    if (!answer.ok) return failed(answer.error);
    setView(answer.value);
    setDid(on ? { did: 'gone', probe } : null);
    core.set({ said: on ? say.gone : say.back, trouble: null });
  };
  const end = useCallback(() => setDid(null), []);
  if (view === null) return <Waiting>{sidebarSay.loading}</Waiting>;
  const counting = view.replies.filter(({ counts }) => counts);
  return (
    <>
      <Ask
        sidebar={sidebar}
        card={card}
        onKept={(kept, probe) => {
          setView(kept);
          setDid({ did: 'kept', probe });
        }}
      />
      {did !== null && (
        <Undo
          text={did.did === 'kept' ? say.kept : say.gone}
          onUndo={() => void remove(did.probe, did.did === 'kept')}
          onEnd={end}
        />
      )}
      <KanoCounts
        replies={counting.map((reply) => ({ ...reply, respondent: reply.contact?.id ?? null }))}
      />
      {view.replies.length > 0 && (
        <ul class="s-replies">
          {view.replies.map((reply) => (
            <ReplyRow
              key={reply.probe}
              reply={reply}
              onRemove={() => void remove(reply.probe, true)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function ReplyRow({ reply, onRemove }: { readonly reply: Reply; readonly onRemove: () => void }) {
  const words = useWords();
  const { functional, dysfunctional, contact, at } = reply;
  const who = plain(contact?.name ?? '') || say.nobody;
  return (
    <li>
      <span>
        <bdi>{who}</bdi>: <strong>{worthWords.kano[kanoOf(functional, dysfunctional)]}</strong>
      </span>
      <span class="s-meta">
        {say.answer(worthWords.kanoAnswer[functional], worthWords.kanoAnswer[dysfunctional])}{' '}
        <time dateTime={at}>{sayDay(at, words.lang)}</time>
        {!reply.counts && ` · ${say.earlier}`}
      </span>
      <Button look="quiet" label={say.takeBackOf(who)} onClick={onRemove}>
        {say.takeBack}
      </Button>
    </li>
  );
}

interface AskProps extends SectionProps {
  readonly onKept: (view: KanoView, probe: string) => void;
}

/** Both answers of one person; what is chosen stays until it is kept. */
function Ask({ sidebar, card, onKept }: AskProps) {
  const { core } = sidebar;
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const chosen = typedIn(core, `kano/${card.id}`);
  const functional = answerIn(chosen.functional);
  const dysfunctional = answerIn(chosen.dysfunctional);
  const contact = (chosen.contact as Chosen | undefined) ?? {
    ...{ id: card.contact?.id ?? null, name: card.contact?.name ?? '', reason: '' },
  };
  const choose = (patch: typeof chosen) => {
    Object.assign(chosen, patch);
    setMissing(false);
    draw(undefined);
  };
  const keep = async () => {
    if (busy) return;
    if (functional === null || dysfunctional === null) return setMissing(true);
    setBusy(true);
    const answer = await core.call('kanoRecord', {
      ...{ expectation: card.id, contact: contact.id, functional, dysfunctional },
      question: say.question(shorten(textField(card.fields, 'statement'), 2_000)),
      answer: say.answer(worthWords.kanoAnswer[functional], worthWords.kanoAnswer[dysfunctional]),
    });
    setBusy(false);
    if (!answer.ok) return core.set({ trouble: { id: card.id, failure: answer.error } });
    for (const field of Object.keys(chosen)) delete chosen[field];
    core.set({ said: say.kept, trouble: null });
    onKept(answer.value, answer.value.probe);
  };
  const options = KANO_ANSWERS.map((value) => ({ value, label: worthWords.kanoAnswer[value] }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what is in it
    <div
      class="s-fold-in"
      onKeyDown={(event) => {
        // Enter keeps these answers, not the card.
        if (!savesCard(event, null)) return;
        event.preventDefault();
        void keep();
      }}
    >
      <Choice
        label={say.functional}
        empty={say.choose}
        options={options}
        value={functional ?? ''}
        onChange={(value) => choose({ functional: value || null })}
      />
      <Choice
        label={say.dysfunctional}
        empty={say.choose}
        options={options}
        value={dysfunctional ?? ''}
        onChange={(value) => choose({ dysfunctional: value || null })}
      />
      <PickRow
        kind="contact"
        label={say.respondent}
        value={contact}
        within={card.customer?.id ?? null}
        find={(kind, words, customer) => sidebar.find(kind, words, customer)}
        creates={false}
        onPick={(next) => choose({ contact: next })}
        onPending={() => {}}
      />
      {missing && <Problem what={say.missing} />}
      <Button onClick={() => void keep()}>{busy ? say.recording : say.record}</Button>
    </div>
  );
}

function answerIn(value: unknown): KanoAnswer | null {
  return KANO_ANSWERS.find((answer) => answer === value) ?? null;
}
