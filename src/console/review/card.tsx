// The scorecard: every standard, each scored twice, by keyboard first.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type ReviewScores, reviewScores, type SideScore } from '../../audit/review-score.ts';
import { type DraftContent, type DraftScore, isScored, NOT_SCORED } from '../../domain/reviews.ts';
import { isTyping, KeyCap } from '../../ui/index.ts';
import type { SheetStandard } from './calls.ts';
import { applying, askedFor, judged, type Side, sidesOf, valueOfKey, valueSaid } from './score.ts';
import { StandardRow } from './standard.tsx';
import { say } from './words.ts';

export interface CardProps {
  readonly place: Window;
  readonly standards: readonly SheetStandard[];
  readonly scores: DraftContent['scores'];
  /** Finishing was tried: what is not scored is marked. */
  readonly tried: boolean;
  /** The one that is open. */
  readonly current: string;
  readonly onCurrent: (id: string) => void;
  readonly onScore: (id: string, said: DraftScore) => void;
  readonly onFinding: () => void;
  readonly onSwitch: () => void;
}

const BEGIN = { of: '', side: 'ours' } as const;

/** Keys of the scorecard do nothing in here: they are the story's, or a form's of its own. */
const OTHERS = '.c-review-story, .c-top, [role="dialog"]';

export function Card(props: CardProps) {
  const { place, standards, scores, tried, current, onCurrent, onScore } = props;
  const list = useRef<HTMLOListElement>(null);
  // Every standard is begun against ours.
  const [sideOf, setSideOf] = useState<{ readonly of: string; readonly side: Side }>(BEGIN);
  const side = sideOf.of === current ? sideOf.side : 'ours';
  const setSide = (next: Side) => setSideOf({ of: current, side: next });
  const [said, setSaid] = useState('');
  const [focus, setFocus] = useState<{ readonly to: string } | null>(null);
  const at = standards.findIndex(({ id }) => id === current);
  const standard = standards[at];
  const saidOf = (id: string) => scores[id] ?? NOT_SCORED;
  // A new object for each time: the focus goes there once.
  useLayoutEffect(() => {
    if (focus === null) return;
    const row = list.current?.querySelector<HTMLElement>(
      `[data-standard="${CSS.escape(current)}"]`,
    );
    const target = row?.querySelector<HTMLElement>(focus.to);
    target?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [focus]);

  function score(next: DraftScore, of: Side) {
    if (standard === undefined) return;
    onScore(standard.id, next);
    const value = next[of];
    const told = !next.applies
      ? say.notApplicable
      : value === null
        ? say.unscored
        : valueSaid(standard, value);
    setSaid(say.announced(standard.name, say.against[of], told));
  }

  // What a key does is looked up when it comes: they come faster than anything is drawn.
  const act = useRef<(event: KeyboardEvent) => boolean>(() => false);
  act.current = (event) => {
    const { key } = event;
    const letter = key.toLowerCase();
    const target = event.target instanceof Element ? event.target : null;
    // Radio buttons go by arrows themselves.
    const isArrowFree = !(target instanceof HTMLInputElement);
    if (letter === 'j' || (key === 'ArrowDown' && isArrowFree)) return go(1);
    if (letter === 'k' || (key === 'ArrowUp' && isArrowFree)) return go(-1);
    if (letter === 'f') return done(props.onFinding);
    if (letter === 'g') return done(props.onSwitch);
    if (standard === undefined) return false;
    const own = saidOf(standard.id);
    if (letter === 'r' || letter === 'c') {
      const field = letter === 'r' ? 'remark' : 'cause';
      setFocus({ to: `[data-field="${field}"] :is(textarea, select, input)` });
      return true;
    }
    if (letter === 'x' && standard.mayNotApply) {
      setSide('ours');
      return done(() => score(applying(own, !own.applies), 'ours'));
    }
    if (letter === 'u' && standard.customerTarget !== null && own.applies) {
      setSide(own.asked ? 'ours' : 'theirs');
      return done(() => score(askedFor(standard, own, !own.asked), 'theirs'));
    }
    const sides = sidesOf(standard, own);
    if ((key === 'ArrowLeft' || key === 'ArrowRight') && isArrowFree) {
      const to = key === 'ArrowRight' ? 'theirs' : 'ours';
      if (sides.includes(to)) setSide(to);
      return true;
    }
    if (standard.judgement === 'number' && /^[\d-]$/.test(key)) {
      // The digit itself then goes into the field.
      list.current?.querySelector<HTMLElement>('[data-open] .c-measured input')?.focus();
      return false;
    }
    const value = valueOfKey(standard, key);
    if (value === null) return false;
    const of = sides.includes(side) ? side : 'ours';
    score(judged(standard, own, of, value), of);
    // Against the customer's comes next; the one after it is for whoever goes on.
    if (of === 'ours' && sides.includes('theirs')) setSide('theirs');
    return true;
  };

  function go(step: number): true {
    const next = standards[Math.min(Math.max(at + step, 0), standards.length - 1)];
    if (next !== undefined) {
      setSideOf({ of: next.id, side: 'ours' });
      onCurrent(next.id);
      setFocus({ to: '.c-score-head' });
    }
    return true;
  }

  function done(work: () => void): true {
    work();
    return true;
  }

  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.isComposing || (target instanceof Element && target.closest(OTHERS))) return;
      if (isTyping(target)) {
        const isOwn = target instanceof Node && list.current?.contains(target);
        const isOut = event.key === 'Escape' || (event.key === 'Enter' && isLine(target));
        if (isOwn && isOut) {
          event.preventDefault();
          setFocus({ to: '.c-score-head' });
        }
        return;
      }
      if (act.current(event)) event.preventDefault();
    };
    place.document.addEventListener('keydown', onKeyDown);
    return () => place.document.removeEventListener('keydown', onKeyDown);
  }, [place]);

  return (
    <>
      <SoFar {...{ standards, scores, tried }} />
      <ol class="c-scores" ref={list}>
        {standards.map((one) => (
          <StandardRow
            key={one.id}
            standard={one}
            said={saidOf(one.id)}
            isOpen={one.id === current}
            side={side}
            isMissing={tried && !isScored(one, scores[one.id])}
            onOpen={() => onCurrent(one.id)}
            onSide={setSide}
            onChange={(next) => onScore(one.id, next)}
          />
        ))}
      </ol>
      <p class="u-hidden" role="status">
        {said}
      </p>
    </>
  );
}

function isLine(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement;
}

/** Both scores as they would be now. */
function SoFar({ standards, scores, tried }: Pick<CardProps, 'standards' | 'scores' | 'tried'>) {
  const now: ReviewScores = reviewScores(standards, scores);
  const count = standards.filter((one) => isScored(one, scores[one.id])).length;
  const { ours, theirs } = now;
  const missed = ours.critical ? (theirs.critical ? 'both' : 'ours') : theirs.critical && 'theirs';
  return (
    <div class="c-so-far">
      <dl>
        <div>
          <dt>{say.ours}</dt>
          <dd>
            <OneScore score={ours} />
          </dd>
        </div>
        <div>
          <dt>{say.theirs}</dt>
          <dd class="c-score-theirs">
            <OneScore score={theirs} />
          </dd>
        </div>
        <div>
          <dt>{say.scored}</dt>
          <dd>{say.scoredOf(count, standards.length)}</dd>
        </div>
      </dl>
      {missed && <p class="c-score-newer">{say.criticalMissed[missed]}</p>}
      {tried && count < standards.length && (
        <p class="u-error" role="alert">
          {say.missing(standards.length - count)}
        </p>
      )}
    </div>
  );
}

export function OneScore({ score }: { readonly score: SideScore }) {
  if (score.why !== null) return <span class="u-quiet">{say.noScore[score.why]}</span>;
  return (
    <>
      <strong>{say.score(score.score ?? 0)}</strong> <span class="u-quiet">{say.ofHundred}</span>
    </>
  );
}

/** What every key does. */
export function Keys() {
  return (
    <details class="c-review-keys">
      <summary>{say.keys}</summary>
      <dl>
        {say.keysOf.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((one) => (
                <KeyCap key={one} keys={one} />
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
