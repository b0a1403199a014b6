import { useRef, useState } from 'preact/hooks';
import { ladderEvidence } from '../../../domain/ladder.ts';
import { shorten } from '../../../domain/text.ts';
import { Button } from '../../../ui/button.tsx';
import { sayClock } from '../../../ui/call/time-said.ts';
import { Field } from '../../../ui/field.tsx';
import { isKeys } from '../../../ui/keys.tsx';
import { Rungs } from '../../../ui/rungs.tsx';
import { sayDate, sayDay } from '../../../ui/time.ts';
import { useWords } from '../../../ui/words.ts';
import type { SavedCard } from '../../messages/views.ts';
import { useGoing } from '../going.ts';
import type { Sidebar } from '../model.ts';
import { plain } from '../plain.ts';
import type { Probe } from './acts.ts';
import { ladderSay as say } from './words.ts';

interface Props {
  readonly sidebar: Sidebar;
  readonly card: SavedCard;
  readonly probes: readonly Probe[];
  readonly onAsked: (probe: Probe) => void;
  readonly onAnswer: (probe: Probe) => void;
}

/** The steps with what is on file for each. */
export function LadderEvidence(props: Props) {
  const { card, probes } = props;
  const { fields } = card;
  const byId = new Map(probes.map((probe) => [probe.id, probe]));
  const { from, lacks, ...sorted } = ladderEvidence(
    { ...fields, evidence: Object.fromEntries(card.evidence.map((place) => [place.key, place])) },
    probes.map((probe) => ({ id: probe.id, fields: fieldsOf(probe) })),
  );
  const viewsOf = (list: typeof sorted.asked) => list.flatMap(({ id }) => byId.get(id) ?? []);
  const lack = (of: (typeof lacks)[number]) =>
    lacks.includes(of) && <p class="s-lack">{say.lacks[of]}</p>;
  return (
    <Rungs
      stage={fields.stage ?? 'hunch'}
      outcome={fields.outcome ?? null}
      declined={fields.decision === 'decline' && say.declined}
      on={{
        hunch: (
          <>
            <Source card={card} from={from} />
            {lack('source')}
            {from === null && <Silence {...props} />}
          </>
        ),
        asked: (
          <>
            {viewsOf(sorted.asked).map((probe) => (
              <Question key={probe.id} {...props} probe={probe} />
            ))}
            {viewsOf(sorted.planned).map((probe) => (
              <Question key={probe.id} {...props} probe={probe} />
            ))}
            {lack('question')}
          </>
        ),
        known: (
          <>
            {viewsOf(sorted.answered).map((probe) => (
              <Question key={probe.id} {...props} probe={probe} />
            ))}
            {lack('answer')}
          </>
        ),
        settled: (
          <>
            <Settled card={card} />
            {lack('reason')}
          </>
        ),
      }}
    />
  );
}

/** As the ladder's arithmetic reads them. */
function fieldsOf({ askedAt, answeredAt, says, due }: Probe) {
  return {
    ...(askedAt === null ? {} : { askedAt }),
    ...(answeredAt === null ? {} : { answeredAt }),
    ...(says === null ? {} : { says }),
    ...(due === null ? {} : { due }),
  };
}

function Source({
  card,
  from,
}: {
  readonly card: SavedCard;
  readonly from: 'words' | 'moment' | 'silence' | null;
}) {
  const { hunchText, cue } = card.fields;
  const moment = card.evidence.find(({ offset }) => offset !== undefined);
  return (
    <>
      {from === 'words' && <p>{say.from.words}</p>}
      {from === 'moment' && (
        <p>{say.from.moment(sayClock(moment?.offset ?? 0), plain(card.source?.subject ?? ''))}</p>
      )}
      {from === 'silence' && (
        <p>
          {hunchText ? say.from.silence : say.from.silenceBare} <bdi>{plain(hunchText ?? '')}</bdi>
        </p>
      )}
      {cue && <p class="s-meta">{say.from.cue(cue)}</p>}
    </>
  );
}

/** Where nothing can be pointed at: why it is thought so. */
function Silence({ sidebar, card }: Props) {
  const [text, setText] = useState('');
  const sent = useRef('');
  const keep = async () => {
    const words = text.trim();
    if (words === '' || words === sent.current) return;
    sent.current = words;
    const before = { hunchFrom: null, hunchText: card.fields.hunchText ?? null };
    const patch = { hunchFrom: 'silence', hunchText: words };
    if (!(await sidebar.cards.edit(card, patch, 'stage', before))) sent.current = '';
  };
  useGoing(() => void keep());
  return (
    <div onFocusOut={() => void keep()}>
      <Field
        label={say.silenceAsk}
        hint={say.silenceHint}
        value={text}
        maxLength={2_000}
        onInput={setText}
        onKeyDown={(event) => {
          if (!isKeys(event, 'Enter')) return;
          event.preventDefault();
          void keep();
        }}
      />
    </div>
  );
}

function Settled({ card }: { readonly card: SavedCard }) {
  const { lang } = useWords();
  const { outcome, outcomeAt, outcomeText, decision, decisionReason } = card.fields;
  const came = outcome !== undefined && outcome !== 'open';
  if (!came && decision !== 'decline') return null;
  const text = came ? outcomeText : decisionReason;
  return (
    <>
      {came && outcomeAt && <p class="s-meta">{sayDay(outcomeAt, lang)}</p>}
      {text && <p dir="auto">{shorten(plain(text), 400)}</p>}
    </>
  );
}

interface QuestionProps extends Props {
  readonly probe: Probe;
}

/** A question: to ask, asked, or answered, by whom and when. */
function Question({ probe, onAsked, onAnswer }: QuestionProps) {
  const { lang } = useWords();
  const { askedAt, answeredAt, says, answer, moment, due } = probe;
  const words = plain(probe.question);
  const name = (who: Probe['author'] | null) => (who?.me ? say.me : plain(who?.name ?? ''));
  const state = answeredAt === null ? (askedAt === null ? say.planned : say.askedMark) : '';
  const when = answeredAt ?? askedAt;
  const facts = [
    name(askedAt === null ? probe.owner : (probe.askedBy ?? probe.author)),
    when === null ? '' : sayDay(when, lang),
    moment === null ? '' : say.inCall(sayClock(moment)),
    askedAt !== null || due === null ? '' : sayDue(due, lang),
  ];
  return (
    <div class="s-probe">
      <p>
        {state !== '' && <strong>{state}: </strong>}
        {says !== null && <strong>{say.says[says]}: </strong>}
        <span dir="auto">{words === '' ? say.unasked : words}</span>
      </p>
      {answer !== '' && (
        <p>
          <span class="s-meta">{say.answered} </span>
          <q class="u-said" dir="auto">
            {shorten(plain(answer), 600)}
          </q>
        </p>
      )}
      <p class="s-meta">
        <bdi>{facts.filter(Boolean).join(' · ')}</bdi>
      </p>
      {askedAt === null && (
        <Button look="quiet" label={`${say.askedNow}: ${words}`} onClick={() => onAsked(probe)}>
          {say.askedNow}
        </Button>
      )}
      {askedAt !== null && (answeredAt === null || answer === '') && (
        <Button look="quiet" label={`${say.theySaid} ${words}`} onClick={() => onAnswer(probe)}>
          {say.theySaid}
        </Button>
      )}
    </div>
  );
}

function sayDue(due: string, lang: string): string {
  const isOver = Date.parse(`${due}T23:59:59`) < Date.now();
  return (isOver ? say.overdue : say.until)(sayDate(due, lang));
}
