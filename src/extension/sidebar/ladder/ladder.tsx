// The ladder of a saved expectation: where it stands, by what, and the next move at one key.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { nextSteps, type Step, stepOf } from '../../../domain/ladder.ts';
import { Button } from '../../../ui/button.tsx';
import { isKeys, isTyping } from '../../../ui/keys.tsx';
import { useWords } from '../../../ui/words.ts';
import type { SavedCard } from '../../messages/views.ts';
import type { Sidebar } from '../model.ts';
import { placeOf } from '../state.ts';
import { UndoLine } from '../undo-line.tsx';
import { Versions } from '../versions.tsx';
import { nowIn, openQuestion, type Probe, took } from './acts.ts';
import { AnswerBox } from './answer.tsx';
import { AskPanel } from './ask.tsx';
import { LadderEvidence } from './evidence.tsx';
import { LadderHistory } from './history.tsx';
import { LADDER_KEYS as KEYS } from './keys.ts';
import { ladderSay as say } from './words.ts';
import './ladder.css';

export interface LadderPartProps {
  readonly sidebar: Sidebar;
  readonly card: SavedCard;
}

/** What is open under the steps. */
type Open = { at: 'ask' } | { at: 'answer'; probe: Probe } | { at: 'outcome' } | null;

const OUTCOMES = ['exceeded', 'met', 'missed'] as const;

export function LadderPart({ sidebar, card }: LadderPartProps) {
  const [open, setOpen] = useState<Open>(null);
  const [told, setTold] = useState(false);
  const root = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const acts = useActs(sidebar, card);
  const { probes, answering } = acts;
  const step = stepOf(card.fields);
  const next = nextSteps(card.fields);
  const close = (done = false) => {
    if (done) acts.reload();
    setOpen(null);
    // What had the focus is gone.
    title.current?.focus();
  };
  const move = (work: Promise<boolean>) => {
    const isInside = root.current?.contains(document.activeElement);
    void work.then(() => isInside && title.current?.focus());
  };
  const toAnswer = () => {
    if (answering !== null) setOpen({ at: 'answer', probe: answering });
  };
  const keys = useRef<(event: KeyboardEvent) => boolean>(() => false);
  keys.current = (event) => {
    const outcome = OUTCOMES.find((each) => isKeys(event, KEYS[each]));
    if (open?.at === 'outcome' && isKeys(event, 'Escape')) close();
    else if (isTyping(event.target)) return false;
    else if (open?.at === 'outcome' && outcome) {
      close();
      void acts.settle(outcome);
    } else if (open !== null) return false;
    else if (isKeys(event, KEYS.ask)) setOpen({ at: 'ask' });
    else if (isKeys(event, KEYS.theySaid) && answering !== null) toAnswer();
    else if (isKeys(event, KEYS.confirmed)) move(acts.say('confirmed'));
    else if (isKeys(event, KEYS.refuted)) move(acts.say('refuted'));
    else if (isKeys(event, KEYS.outcome) && step !== 'settled') setOpen({ at: 'outcome' });
    else if (isKeys(event, KEYS.back) && step !== 'hunch') move(acts.back());
    else if (isKeys(event, KEYS.history)) setTold(!told);
    else return false;
    return true;
  };
  useLayoutEffect(() => {
    // While the card has the focus: anywhere in it.
    const whole = root.current?.closest('form');
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || !keys.current(event)) return;
      event.preventDefault();
    };
    whole?.addEventListener('keydown', down);
    return () => whole?.removeEventListener('keydown', down);
  }, []);
  const undoable = sidebar.state.undoable.find((each) => placeOf(each) === `stage/${card.id}`);
  return (
    <section ref={root} class="s-part s-rungs" aria-labelledby="s-ladder">
      <h3 id="s-ladder" ref={title} tabIndex={-1}>
        {say.title}
      </h3>
      <LadderEvidence
        {...{ sidebar, card }}
        probes={probes ?? []}
        onAsked={(probe) => move(acts.asked(probe))}
        onAnswer={(probe) => setOpen({ at: 'answer', probe })}
      />
      {open === null && (
        <Moves
          {...{ next, step }}
          onAsk={() => setOpen({ at: 'ask' })}
          onAnswer={answering === null ? null : toAnswer}
          onSay={(says) => move(acts.say(says))}
          onOutcome={() => setOpen({ at: 'outcome' })}
          onBack={() => move(acts.back())}
        />
      )}
      {open?.at === 'ask' && <AskPanel {...{ sidebar, card }} onEnd={close} />}
      {open?.at === 'answer' && (
        <AnswerBox {...{ sidebar, card }} probe={open.probe} onEnd={close} />
      )}
      {open?.at === 'outcome' && (
        <Outcomes
          onChoose={(outcome) => {
            close();
            void acts.settle(outcome);
          }}
          onCancel={() => close()}
        />
      )}
      <Versions sidebar={sidebar} card={card} part="stage" />
      {undoable && <UndoLine sidebar={sidebar} undoable={undoable} />}
      <Button look="quiet" keys={KEYS.history} expanded={told} onClick={() => setTold(!told)}>
        {say.history}
      </Button>
      {told && <LadderHistory sidebar={sidebar} card={card} />}
    </section>
  );
}

/** The questions on file, and what can be done with the expectation. */
function useActs(sidebar: Sidebar, card: SavedCard) {
  const words = useWords();
  const { core } = sidebar;
  const { changes } = sidebar.state;
  const [probes, setProbes] = useState<readonly Probe[] | null>(null);
  const [acted, setActed] = useState(0);
  useEffect(() => {
    let over = false;
    void core.call('probes', { expectation: card.id }).then((answer) => {
      if (over) return;
      if (answer.ok) setProbes(answer.value.probes);
      else core.set({ trouble: { id: card.id, failure: answer.error } });
    });
    return () => {
      over = true;
    };
  }, [core, card, changes, acted]);
  const answering = openQuestion(probes ?? []);
  const doing = async (work: Promise<boolean>) => {
    const done = await work;
    setActed((count) => count + 1);
    return done;
  };
  const stepTo = async (to: Step, said: string, more: { outcome?: (typeof OUTCOMES)[number] }) => {
    const seen = card.seen === undefined ? {} : { seen: card.seen };
    const answer = await core.call('step', { expectation: card.id, to, ...more, ...seen });
    return took(sidebar, card, said, answer);
  };
  return {
    probes,
    answering,
    reload: () => setActed((count) => count + 1),
    /** The question that waits for an answer is answered by it; without one only the step moves. */
    say: (says: 'confirmed' | 'refuted') =>
      doing(
        answering === null
          ? stepTo(says, say.now(words.stage[says]), {})
          : core
              .call('answer', {
                ...{ probe: answering.id, text: answering.answer, says },
                ...nowIn(sidebar, card),
              })
              .then((answer) => took(sidebar, card, say.answerKept(say.says[says]), answer)),
      ),
    asked: ({ id, question, pattern }: Probe) =>
      doing(
        core
          .call('ask', {
            ...{ expectation: card.id, record: id, question, pattern },
            ...nowIn(sidebar, card),
          })
          .then((answer) => took(sidebar, card, say.asked, answer)),
      ),
    settle: (outcome: (typeof OUTCOMES)[number]) =>
      doing(stepTo('settled', say.now(words.outcome[outcome]), { outcome })),
    back: () => {
      const to = stepBack(card, probes ?? []);
      return doing(stepTo(to, say.steppedBack(words.stage[to]), {}));
    },
  };
}

/** Settled: where it stood before. Known: asked, where a question was. */
function stepBack({ fields }: SavedCard, probes: readonly Probe[]): Exclude<Step, 'settled'> {
  const stage = fields.stage ?? 'hunch';
  if (stepOf(fields) === 'settled') return stage;
  const wasAsked = probes.some(({ askedAt }) => askedAt !== null);
  return stage !== 'asked' && wasAsked ? 'asked' : 'hunch';
}

interface MovesProps {
  readonly next: readonly Step[];
  readonly step: Step;
  readonly onAsk: () => void;
  readonly onAnswer: (() => void) | null;
  readonly onSay: (says: 'confirmed' | 'refuted') => void;
  readonly onOutcome: () => void;
  readonly onBack: () => void;
}

function Moves({ next, step, onAsk, onAnswer, onSay, onOutcome, onBack }: MovesProps) {
  return (
    <div class="u-actions">
      {step !== 'settled' && (
        <Button keys={KEYS.ask} onClick={onAsk}>
          {say.ask}
        </Button>
      )}
      {onAnswer !== null && (
        <Button keys={KEYS.theySaid} onClick={onAnswer}>
          {say.theySaid}
        </Button>
      )}
      {(['confirmed', 'refuted'] as const)
        .filter((says) => next.includes(says))
        .map((says) => (
          <Button key={says} keys={KEYS[says]} onClick={() => onSay(says)}>
            {say[says]}
          </Button>
        ))}
      {next.includes('settled') && (
        <Button keys={KEYS.outcome} onClick={onOutcome}>
          {say.outcome}
        </Button>
      )}
      {step !== 'hunch' && (
        <Button look="quiet" keys={KEYS.back} onClick={onBack}>
          {say.back}
        </Button>
      )}
    </div>
  );
}

interface OutcomesProps {
  readonly onChoose: (outcome: (typeof OUTCOMES)[number]) => void;
  readonly onCancel: () => void;
}

function Outcomes({ onChoose, onCancel }: OutcomesProps) {
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <fieldset class="s-ask">
      <legend class="u-label">{say.outcomeWhich}</legend>
      <div class="u-actions">
        {OUTCOMES.map((outcome, at) => (
          <Button
            key={outcome}
            keys={KEYS[outcome]}
            {...(at === 0 ? { buttonRef: first } : {})}
            onClick={() => onChoose(outcome)}
          >
            {say[outcome]}
          </Button>
        ))}
        <Button look="quiet" keys="Escape" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </fieldset>
  );
}
