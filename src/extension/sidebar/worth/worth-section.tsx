import { useEffect, useState } from 'preact/hooks';
import { type Decision, isReviewDue, RATING_NAMES } from '../../../domain/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Segment } from '../../../ui/segment.tsx';
import { sayDay } from '../../../ui/time.ts';
import { useWords } from '../../../ui/words.ts';
import { WorthMatrix } from '../../../ui/worth/matrix.tsx';
import { RatingScale } from '../../../ui/worth/rating.tsx';
import { worthWords } from '../../../ui/worth/words.ts';
import type { WorthAnswers } from '../../messages/worth-calls.ts';
import { textField } from '../draft-rules.ts';
import { useEdits } from './edits.ts';
import { WORTH_FIELDS } from './fields.ts';
import { Fold, isTwice, PartFields, type SectionProps } from './part.tsx';
import { worthSay as say } from './words.ts';

/** Whether to exceed, meet or decline it: three ratings, what they suggest, and the decision. */
export function WorthSection(props: SectionProps) {
  const { fields } = props.card;
  const rated = fields.value !== undefined || fields.effort !== undefined;
  const decided =
    fields.decision === undefined ? say.undecided : worthWords.decision[fields.decision];
  const toDecide = fields.stage === 'confirmed' && fields.decision === undefined;
  return (
    <Fold
      title={say.worth}
      state={rated ? `${decided} · ${say.rated(fields.value, fields.effort)}` : decided}
      open={toDecide || isReviewDue(fields, today()) || isTwice(props.card, WORTH_FIELDS)}
    >
      <Worth {...props} />
    </Fold>
  );
}

function Worth({ sidebar, card }: SectionProps) {
  const words = useWords();
  const edits = useEdits(sidebar, card, 'worth');
  const facts = useFacts(sidebar, card);
  const { fields } = edits;
  const decide = async (decision: Decision) => {
    const me = (facts ?? (await factsOf(sidebar, card)))?.me;
    await edits.set({
      ...{ decision, decidedAt: new Date().toISOString() },
      ...(me === undefined ? {} : { decidedBy: me }),
    });
  };
  return (
    <PartFields sidebar={sidebar} card={card} part="worth" edits={edits}>
      {RATING_NAMES.map((name) => (
        <RatingScale
          key={name}
          name={name}
          value={fields[name] ?? null}
          onRate={(value, passing) =>
            passing ? edits.type({ [name]: value }) : void edits.set({ [name]: value })
          }
        />
      ))}
      <WorthMatrix fields={fields} />
      <Segment
        label={say.decision}
        options={(['exceed', 'meet', 'decline'] as const).map((value) => ({
          value,
          label: worthWords.decision[value],
        }))}
        value={fields.decision ?? null}
        onChange={(decision) => void decide(decision)}
      />
      {fields.decision !== undefined && (
        <>
          <Field
            label={say.why}
            value={textField(fields, 'decisionReason')}
            onInput={(text) => edits.type({ decisionReason: text === '' ? null : text })}
          />
          <Field
            label={say.reviewOn}
            type="date"
            value={fields.reviewOn ?? ''}
            onInput={(day) => edits.type({ reviewOn: day === '' ? null : day })}
          />
          {isReviewDue(fields, today()) && (
            <p class="s-meta">
              <Icon name="attention" size={12} /> {say.reviewDue}
            </p>
          )}
          {facts?.decidedBy && fields.decidedAt !== undefined && (
            <p class="s-meta">
              {say.decidedBy} <bdi>{facts.decidedBy.me ? say.you : facts.decidedBy.name}</bdi> ·{' '}
              <time dateTime={fields.decidedAt}>{sayDay(fields.decidedAt, words.lang)}</time>
            </p>
          )}
          <Button
            look="quiet"
            onClick={() =>
              void edits.set({
                ...{ decision: null, decisionReason: null, reviewOn: null },
                ...{ decidedBy: null, decidedAt: null },
              })
            }
          >
            {say.notDecided}
          </Button>
        </>
      )}
    </PartFields>
  );
}

type Facts = WorthAnswers['worthOf'];

async function factsOf({ core }: SectionProps['sidebar'], { id }: { id: string }) {
  const answer = await core.call('worthOf', { expectation: id });
  if (answer.ok) return answer.value;
  core.set({ trouble: { id, failure: answer.error } });
  return null;
}

/** Who I am, and whose decision it is; asked again when that changes. */
function useFacts(sidebar: SectionProps['sidebar'], card: SectionProps['card']): Facts | null {
  const [facts, setFacts] = useState<Facts | null>(null);
  const { decidedBy } = card.fields;
  useEffect(() => {
    let over = false;
    void factsOf(sidebar, card).then((told) => over || setFacts(told));
    return () => {
      over = true;
    };
  }, [sidebar, card.id, decidedBy]);
  return facts;
}

/** The person's day, not UTC's. */
function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
