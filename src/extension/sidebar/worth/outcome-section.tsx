import { useState } from 'preact/hooks';
import {
  DIMENSIONS,
  type Dimension,
  type Fields,
  GAPS,
  isGap,
  type Json,
  zoneProblem,
} from '../../../domain/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { Field } from '../../../ui/field.tsx';
import { Segment } from '../../../ui/segment.tsx';
import { sayDay } from '../../../ui/time.ts';
import { useWords } from '../../../ui/words.ts';
import { numberText, readNumber } from '../../../ui/worth/number.ts';
import { worthWords } from '../../../ui/worth/words.ts';
import { ToleranceZone } from '../../../ui/worth/zone.tsx';
import { textField } from '../draft-rules.ts';
import { type Edits, type Read, useEdits } from './edits.ts';
import { OUTCOME_FIELDS } from './fields.ts';
import { Fold, isTwice, PartFields, type SectionProps } from './part.tsx';
import { worthSay as say } from './words.ts';

const OUTCOMES = ['missed', 'met', 'exceeded'] as const;
const LEVELS = ['adequate', 'desired', 'perceived'] as const;
const NUMBERS = ['outcomeValue', ...LEVELS] as const;

/** How it came out: missed, met or exceeded, what it was seen by, and what that cost or brought. */
export function OutcomeSection(props: SectionProps) {
  const { outcome, decision, outcomeText } = props.card.fields;
  const settled = outcome !== undefined && outcome !== 'open';
  return (
    <Fold
      title={say.outcome}
      state={settled ? say.outcomes[outcome] : say.open}
      open={
        (settled ? outcomeText === undefined : decision === 'exceed' || decision === 'meet') ||
        isTwice(props.card, OUTCOME_FIELDS)
      }
    >
      <Outcome {...props} />
    </Fold>
  );
}

function Outcome({ sidebar, card }: SectionProps) {
  const words = useWords();
  const edits = useEdits(sidebar, card, 'outcome', readOutcome);
  const { fields } = edits;
  const { outcome, outcomeAt } = fields;
  return (
    <PartFields sidebar={sidebar} card={card} part="outcome" edits={edits}>
      <Segment
        label={say.outcome}
        labelHidden
        options={OUTCOMES.map((value) => ({ value, label: say.outcomes[value] }))}
        value={OUTCOMES.find((each) => each === outcome) ?? null}
        onChange={(next) => void edits.set({ outcome: next, outcomeAt: new Date().toISOString() })}
      />
      {outcome !== undefined && outcome !== 'open' && (
        <>
          <Field
            label={say.outcomeText}
            value={textField(fields, 'outcomeText')}
            onInput={(text) => edits.type({ outcomeText: text === '' ? null : text })}
          />
          {outcome !== 'met' && (
            <Amount edits={edits} label={outcome === 'missed' ? say.cost : say.brought} />
          )}
          {outcome === 'missed' && <Miss edits={edits} />}
          {outcomeAt !== undefined && (
            <p class="s-meta">
              {say.settledAt} <time dateTime={outcomeAt}>{sayDay(outcomeAt, words.lang)}</time>
            </p>
          )}
          <Button look="quiet" onClick={() => void edits.set({ outcome: null, outcomeAt: null })}>
            {say.notSettled}
          </Button>
        </>
      )}
      <Levels edits={edits} />
    </PartFields>
  );
}

interface EditsProps {
  readonly edits: Edits;
}

function Amount({ edits, label }: EditsProps & { readonly label: string }) {
  return (
    <div class="s-amount">
      <NumberField edits={edits} field="outcomeValue" label={label} />
      <Field
        label={say.currency}
        value={asText(edits, 'currency', edits.fields.currency)}
        error={edits.problems.currency}
        maxLength={3}
        placeholder="EUR"
        onInput={(text) => edits.type({ currency: text })}
      />
    </div>
  );
}

/** Of a miss: the kind of quality, and where it began. */
function Miss({ edits }: EditsProps) {
  const { dimension, gap } = edits.fields;
  return (
    <>
      <Choice
        label={say.dimension}
        empty={say.notYet}
        options={DIMENSIONS.map((value) => ({ value, label: worthWords.dimension[value] }))}
        value={dimension ?? ''}
        onChange={(value: Dimension | '') => void edits.set({ dimension: value || null })}
      />
      <Choice
        label={say.gap}
        empty={say.notYet}
        options={GAPS.map((value) => ({
          value: String(value),
          label: `${value}. ${worthWords.gap[value]}`,
        }))}
        value={gap === undefined ? '' : String(gap)}
        onChange={(value) => void edits.set({ gap: value === '' ? null : Number(value) })}
      />
      {/* The closed list has no room for all of it. */}
      {isGap(gap) && <p class="u-hint">{worthWords.gap[gap]}</p>}
    </>
  );
}

/** Where there is a number: what is just enough, what they would like, what they got. */
function Levels({ edits }: EditsProps) {
  const [wanted, setWanted] = useState(false);
  const { adequate, desired, perceived, unit = '' } = edits.fields;
  const some =
    LEVELS.some((level) => edits.fields[level] !== undefined || edits.typed(level)) || unit !== '';
  if (!wanted && !some) {
    return (
      <Button look="quiet" onClick={() => setWanted(true)}>
        {say.number}
      </Button>
    );
  }
  const whole = adequate !== undefined && desired !== undefined && perceived !== undefined;
  return (
    <>
      <h4 class="s-sub">{say.zone}</h4>
      {LEVELS.map((level) => (
        <NumberField key={level} edits={edits} field={level} label={worthWords[level]} />
      ))}
      <Field
        label={say.unit}
        hint={say.unitHint}
        value={unit}
        maxLength={40}
        onInput={(text) => edits.type({ unit: text === '' ? null : text })}
      />
      {whole && zoneProblem(adequate, desired) === null && (
        <ToleranceZone {...{ adequate, desired, perceived, unit }} />
      )}
    </>
  );
}

interface NumberProps extends EditsProps {
  readonly field: (typeof NUMBERS)[number];
  readonly label: string;
}

function NumberField({ edits, field, label }: NumberProps) {
  const saved = edits.fields[field];
  return (
    <Field
      label={label}
      value={asText(edits, field, saved === undefined ? undefined : numberText(saved))}
      error={edits.problems[field]}
      maxLength={40}
      onInput={(text) => edits.type({ [field]: text })}
    />
  );
}

function asText(edits: Edits, field: string, saved: string | undefined): string {
  const typed = edits.typed(field);
  return typeof typed === 'string' ? typed : (saved ?? '');
}

/** Numbers and the currency as typed become values; what cannot be one says why and stays as typed. */
export function readOutcome(typed: { [field: string]: Json }, saved: Fields<'expectation'>): Read {
  const patch: Read['patch'] = {};
  const problems: Read['problems'] = {};
  for (const [field, value] of Object.entries(typed)) {
    const isNumber = (NUMBERS as readonly string[]).includes(field);
    if (typeof value !== 'string' || (!isNumber && field !== 'currency')) {
      patch[field] = value;
    } else if (value.trim() === '') patch[field] = null;
    else if (field === 'currency') {
      const code = value.trim().toUpperCase();
      if (isCurrency(code)) patch[field] = code;
      else problems[field] = say.currencyUnknown;
    } else {
      const read = readNumber(value);
      if ('value' in read) patch[field] = read.value;
      else problems[field] = read.problem;
    }
  }
  const level = (name: 'adequate' | 'desired') => (name in patch ? patch[name] : saved[name]);
  const [adequate, desired] = [level('adequate'), level('desired')];
  if (typeof adequate !== 'number' || typeof desired !== 'number') return { patch, problems };
  const problem = zoneProblem(adequate, desired);
  if (problem === null || !('adequate' in patch || 'desired' in patch)) return { patch, problems };
  // It stands with what was typed; if both were, with what they would like.
  problems['desired' in patch ? 'desired' : 'adequate'] = problem;
  delete patch.desired;
  delete patch.adequate;
  return { patch, problems };
}

const currencies = new Set(Intl.supportedValuesOf('currency'));

function isCurrency(code: string): boolean {
  return currencies.has(code);
}
