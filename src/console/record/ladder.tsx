import type { Fields } from '../../domain/fields.ts';
import { ladderEvidence } from '../../domain/ladder.ts';
import { sayClock } from '../../ui/call/time-said.ts';
import { Rungs, sayDate, sayInstant, useWords } from '../../ui/index.ts';
import type { ProbeShown, RecordDetail } from '../api.ts';
import { ladderWords as say } from './ladder-words.ts';

interface Props {
  readonly detail: RecordDetail;
}

/** How far an expectation is known: for each step what is on file, and what is missing. */
export function RecordLadder({ detail }: Props) {
  const { row, fields, probes = [] } = detail;
  if (!row.stage) return null;
  const { from, lacks, planned, asked, answered } = ladderEvidence(
    fields as Fields<'expectation'>,
    probes,
  );
  const questions = (list: readonly ProbeShown[]) =>
    list.map((probe) => <Question key={probe.id} probe={probe} />);
  const lack = (of: (typeof lacks)[number]) =>
    lacks.includes(of) && <p class="u-quiet">{say.lacks[of]}</p>;
  const { hunchText, outcomeText, decisionReason, decision } = fields as {
    [name: string]: string | undefined;
  };
  const isOpen = (row.outcome ?? 'open') === 'open';
  return (
    <section class="c-ladder" aria-labelledby="c-ladder">
      <h3 id="c-ladder">{say.title}</h3>
      <Rungs
        stage={row.stage}
        outcome={row.outcome ?? null}
        declined={decision === 'decline' && say.declined}
        on={{
          hunch: (
            <>
              {from !== null && <p>{say.from[from]}</p>}
              {hunchText && <p dir="auto">{hunchText}</p>}
              {lack('source')}
            </>
          ),
          asked: (
            <>
              {questions(asked)}
              {questions(planned)}
              {lack('question')}
            </>
          ),
          known: (
            <>
              {questions(answered)}
              {lack('answer')}
            </>
          ),
          settled: (
            <>
              {!isOpen && outcomeText && <p dir="auto">{outcomeText}</p>}
              {isOpen && decision === 'decline' && decisionReason && (
                <p dir="auto">{decisionReason}</p>
              )}
              {lack('reason')}
            </>
          ),
        }}
      />
    </section>
  );
}

/** A question: to ask, asked, or answered, by whom and when. */
function Question({ probe }: { readonly probe: ProbeShown }) {
  const { lang } = useWords();
  const { question, askedAt, answeredAt, says, answer, due, evidence } = probe.fields;
  const place = Object.values(evidence ?? {}).find((one) => one?.offset !== undefined);
  const when = answeredAt ?? askedAt;
  const who = askedAt === undefined ? probe.owner : (probe.askedBy ?? probe.author);
  const state = askedAt === undefined ? say.toAsk : say.asked;
  const facts = [
    who?.name,
    when === undefined ? '' : sayInstant(when, lang),
    place?.offset === undefined ? '' : say.inCall(sayClock(place.offset)),
    askedAt === undefined && due !== undefined ? say.until(sayDate(due, lang)) : '',
  ];
  return (
    <div class="c-probe">
      <p>
        <strong>{says === undefined ? state : say.says[says]}: </strong>
        <span dir="auto">{question || say.unasked}</span>
      </p>
      {answer && (
        <p>
          <span class="u-quiet">{say.theySaid} </span>
          <q class="u-said" dir="auto">
            {answer}
          </q>
        </p>
      )}
      <p class="u-quiet">
        <bdi>{facts.filter(Boolean).join(' · ')}</bdi>
      </p>
    </div>
  );
}
