// How far an expectation is known, step by step, with what is on file for each: the ladder of a card
// (ladder.tsx) with room for words. The shapes and the words tell where it stands, not the colours.
import type { ComponentChildren } from 'preact';
import { Station, shapesOf } from './ladder.tsx';
import { type Outcome, type Stage, useWords } from './words.ts';
import './rungs.css';

export type Rung = 'hunch' | 'asked' | 'known' | 'settled';
const RUNGS: readonly Rung[] = ['hunch', 'asked', 'known', 'settled'];

export interface RungsProps {
  readonly stage: Stage;
  readonly outcome: Outcome | null;
  /** It was decided not to meet it: settled without an outcome. */
  readonly declined?: string | false;
  /** What stands under a step; null: nothing. */
  readonly on: Readonly<Partial<Record<Rung, ComponentChildren>>>;
}

export function Rungs({ stage, outcome, declined = false, on }: RungsProps) {
  const words = useWords();
  const settled = outcome !== null && outcome !== 'open' ? outcome : null;
  const isSettled = settled !== null || declined !== false;
  const shapes = shapesOf(stage, settled, isSettled);
  const now = isSettled ? 3 : { hunch: 0, asked: 1, confirmed: 2, refuted: 2 }[stage];
  const known = stage === 'confirmed' || stage === 'refuted';
  const names: Readonly<Record<Rung, string>> = {
    hunch: words.stage.hunch,
    asked: words.stage.asked,
    known: known ? words.stage[stage] : words.ladder.either.join(' '),
    settled: settled ? words.outcome[settled] : declined || words.ladder.settled,
  };
  return (
    <ol class="u-rungs" aria-label={words.ladder.name}>
      {RUNGS.map((rung, at) => (
        <li key={rung} aria-current={at === now ? 'step' : undefined}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <Station x={7} shape={shapes[at] ?? 'ahead'} />
          </svg>
          <div>
            <span class="u-rung-name">{names[rung]}</span>
            {on[rung]}
          </div>
        </li>
      ))}
    </ol>
  );
}
