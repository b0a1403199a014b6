import { useLayoutEffect, useState } from 'preact/hooks';
import { isJudgedBy } from '../../audit/review-score.ts';
import { type DraftScore, LONGEST_REMARK } from '../../domain/reviews.ts';
import { Button, Choice, Field, TextArea } from '../../ui/index.ts';
import type { SheetStandard } from './calls.ts';
import {
  applying,
  askedFor,
  isMet,
  judged,
  numberTyped,
  type Side,
  sidesOf,
  targetSaid,
  valueSaid,
} from './score.ts';
import { say } from './words.ts';

export interface StandardProps {
  readonly standard: SheetStandard;
  readonly said: DraftScore;
  readonly isOpen: boolean;
  /** The side that keys score. */
  readonly side: Side;
  /** Finishing was tried without it. */
  readonly isMissing: boolean;
  readonly onOpen: () => void;
  readonly onSide: (side: Side) => void;
  readonly onChange: (said: DraftScore) => void;
}

/** One standard: a line that says how it was judged, and when it is open what judges it. */
export function StandardRow(props: StandardProps) {
  const { standard, said, isOpen, isMissing, onOpen } = props;
  return (
    <li
      class="c-score"
      data-standard={standard.id}
      data-open={isOpen ? true : undefined}
      data-missing={isMissing ? true : undefined}
    >
      <button type="button" class="c-score-head" aria-expanded={isOpen} onClick={onOpen}>
        <span dir="auto">{standard.name}</span>
        {standard.critical && <span class="c-score-critical">{say.critical}</span>}
        <span class="c-score-said">
          <Told {...{ standard, said }} />
        </span>
      </button>
      {isOpen && <Judging {...props} />}
    </li>
  );
}

function Told({ standard, said }: Pick<StandardProps, 'standard' | 'said'>) {
  if (!said.applies) return <span>{say.notApplicableShort}</span>;
  if (said.ours === null && said.theirs === null) {
    return <span class="u-quiet">{say.unscored}</span>;
  }
  if (standard.judgement === 'number') {
    return <span>{valueSaid(standard, said.ours ?? 0)}</span>;
  }
  const isAsked = isJudgedBy(standard, 'theirs');
  const short = (value: number | null) =>
    value === null
      ? '–'
      : standard.judgement === 'scale'
        ? String(value)
        : valueSaid(standard, value);
  return (
    <>
      <span>{short(said.ours)}</span>
      {isAsked && <span aria-hidden="true"> · </span>}
      {isAsked && (
        <span class="c-score-theirs">{said.asked ? short(said.theirs) : say.notAskedShort}</span>
      )}
    </>
  );
}

function Judging({ standard, said, side, onSide, onChange }: StandardProps) {
  const { clause, weight, newer, retired, causes } = standard;
  const change = (patch: Partial<DraftScore>) => onChange({ ...said, ...patch });
  const sides = sidesOf(standard, said);
  return (
    <div class="c-score-body">
      <p class="c-score-text" dir="auto">
        {standard.text}
      </p>
      <p class="u-hint">
        {[weight === 0 ? say.noWeight : say.weighs(weight), clause].filter(Boolean).join(' · ')}
      </p>
      {standard.critical && <p class="u-hint">{say.criticalWhy}</p>}
      {newer !== null && <p class="c-score-newer">{say.newer(newer)}</p>}
      {retired && newer === null && <p class="c-score-newer">{say.retired}</p>}
      {said.applies && standard.judgement === 'number' && (
        <Measured {...{ standard, said, onChange }} />
      )}
      {said.applies && standard.judgement === 'scale' && (
        <ol class="c-score-anchors">
          {standard.anchors.map((anchor, at) => (
            <li key={at} dir="auto">
              {say.point(at + 1, anchor)}
            </li>
          ))}
        </ol>
      )}
      {said.applies && (
        <div class="c-score-sides">
          <OneSide {...{ standard, said, onChange, onSide }} of="ours" isActive={side === 'ours'} />
          {isJudgedBy(standard, 'theirs') ? (
            <OneSide
              {...{ standard, said, onChange, onSide }}
              of="theirs"
              isActive={side === 'theirs' && sides.includes('theirs')}
            />
          ) : (
            <p class="u-hint">{say.notJudged}</p>
          )}
        </div>
      )}
      <div class="u-actions">
        {standard.mayNotApply && (
          <Button
            keys="X"
            pressed={!said.applies}
            onClick={() => onChange(applying(said, !said.applies))}
          >
            {say.notApplicable}
          </Button>
        )}
        {said.applies && isJudgedBy(standard, 'theirs') && (
          <Button
            keys="U"
            pressed={!said.asked}
            onClick={() => onChange(askedFor(standard, said, !said.asked))}
          >
            {say.notAsked}
          </Button>
        )}
      </div>
      <div data-field="remark">
        <TextArea
          label={say.remark}
          optional
          value={said.text}
          maxLength={LONGEST_REMARK}
          onInput={(text) => change({ text })}
        />
      </div>
      <div data-field="cause">
        {causes.length > 0 ? (
          <Choice
            label={say.cause}
            empty={say.noCause}
            options={causes.map((cause) => ({ value: cause, label: cause }))}
            value={said.cause}
            onChange={(cause) => change({ cause })}
          />
        ) : (
          <Field
            label={say.cause}
            optional
            value={said.cause}
            maxLength={2_000}
            onInput={(cause) => change({ cause })}
          />
        )}
      </div>
    </div>
  );
}

interface SideProps extends Pick<StandardProps, 'standard' | 'said' | 'onChange' | 'onSide'> {
  readonly of: Side;
  readonly isActive: boolean;
}

function OneSide({ standard, said, of, isActive, onChange, onSide }: SideProps) {
  const target = targetSaid(standard, of);
  const met = isMet(standard, said, of);
  const isAsked = of === 'ours' || said.asked;
  const values = standard.judgement === 'yes-no' ? [1, 0] : [1, 2, 3, 4, 5];
  const label = (value: number) =>
    standard.judgement === 'scale' ? String(value) : value === 1 ? say.yes : say.no;
  const keys = (value: number) =>
    standard.judgement === 'scale' ? String(value) : value === 1 ? 'Y' : 'N';
  return (
    <fieldset class="c-side" data-active={isActive ? true : undefined} data-side={of}>
      <legend class="u-label">{say.against[of]}</legend>
      <p class="u-hint" dir="auto">
        {target === '' ? say.noTarget : say.target(target)}
      </p>
      {standard.judgement !== 'number' && isAsked && (
        <div class="c-side-values">
          {values.map((value) => (
            <Button
              key={value}
              pressed={said[of] === value}
              {...(isActive && standard.judgement === 'yes-no' ? { keys: keys(value) } : {})}
              onClick={() => {
                onSide(of);
                onChange(judged(standard, said, of, said[of] === value ? null : value));
              }}
            >
              {label(value)}
            </Button>
          ))}
        </div>
      )}
      {!isAsked && <p>{say.notAskedShort}</p>}
      {isAsked && met !== null && (
        <p class="c-side-met" data-met={met}>
          {met ? say.met : say.missed}
        </p>
      )}
    </fieldset>
  );
}

/** Typed text stays as it was typed; what is no number is not scored. */
function Measured({
  standard,
  said,
  onChange,
}: Pick<StandardProps, 'standard' | 'said' | 'onChange'>) {
  const [typed, setTyped] = useState(said.ours === null ? '' : String(said.ours));
  // Another tab may have written it.
  useLayoutEffect(() => {
    setTyped((before) => {
      const same = before.trim() === '' ? said.ours === null : numberTyped(before) === said.ours;
      return same || said.ours === null ? before : String(said.ours);
    });
  }, [said.ours]);
  const isWrong = typed.trim() !== '' && numberTyped(typed) === null;
  return (
    <div class="c-measured">
      <Field
        label={say.measured(standard.unit)}
        value={typed}
        maxLength={40}
        error={isWrong ? say.notANumber : undefined}
        onInput={(text) => {
          setTyped(text);
          onChange(judged(standard, said, 'ours', numberTyped(text)));
        }}
      />
    </div>
  );
}
