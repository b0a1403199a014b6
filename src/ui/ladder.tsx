// How far we know an expectation: four stations on a line (hunch, asked, confirmed or refuted,
// settled). Filled behind, ringed now, hollow ahead, dashed between; the shapes alone tell it all.
import { type Outcome, type Stage, useWords, type Words } from './words.ts';

export type Shape = 'behind' | 'now' | 'ahead' | 'refuted' | 'missed' | 'met' | 'exceeded';

export interface LadderProps {
  readonly stage: Stage;
  readonly outcome?: Outcome | null;
  /** large: with words, in a card. small: 52 × 14 px, in a table row. */
  readonly size?: 'large' | 'small';
  /** Makes the words of the large one buttons. */
  readonly onStage?: (stage: Stage) => void;
}

const REACHED: Readonly<Record<Stage, number>> = { hunch: 0, asked: 1, confirmed: 2, refuted: 2 };

/** The four shapes, in their order. `isSettled`: also without an outcome, where it was declined. */
export function shapesOf(
  stage: Stage,
  outcome: Outcome | null | undefined,
  isSettled = false,
): readonly Shape[] {
  const settled = outcome && outcome !== 'open' ? outcome : null;
  const now = settled || isSettled ? 3 : REACHED[stage];
  return [0, 1, 2, 3].map((station): Shape => {
    if (station === 2 && stage === 'refuted') return 'refuted';
    if (station === 3 && settled) return settled;
    if (station === now) return 'now';
    return station < now ? 'behind' : 'ahead';
  });
}

/** "Asked" · "Confirmed, settled: missed". */
export function ladderText(
  stage: Stage,
  outcome: Outcome | null | undefined,
  words: Words,
): string {
  if (!outcome || outcome === 'open') return words.stage[stage];
  const settled = words.ladder.settled.toLowerCase();
  return `${words.stage[stage]}, ${settled}: ${words.outcome[outcome].toLowerCase()}`;
}

/** One station around (x, 7). */
export function Station({ x, shape }: { readonly x: number; readonly shape: Shape }) {
  switch (shape) {
    case 'behind':
      return <circle class="u-solid" cx={x} cy={7} r={2.75} />;
    case 'now':
      return (
        <>
          <circle class="u-ring" cx={x} cy={7} r={5} />
          <circle class="u-solid" cx={x} cy={7} r={2.5} />
        </>
      );
    case 'ahead':
      return <circle class="u-ahead" cx={x} cy={7} r={2.75} />;
    case 'refuted':
      return <path class="u-ring" d={`M${x - 3.5} 3.5l7 7m0-7l-7 7`} />;
    case 'missed':
      return <path class="u-bad" d={`M${x - 5} 3h10l-5 8.5z`} />;
    case 'met':
      return <path class="u-good-line" d={`M${x - 4} 5h8m-8 4h8`} />;
    case 'exceeded':
      return <path class="u-good" d={`M${x - 5} 11h10l-5-8.5z`} />;
  }
}

const SMALL_X = [6, 19, 32, 46] as const;

function Small({ stage, outcome }: LadderProps) {
  const words = useWords();
  const stations = shapesOf(stage, outcome);
  return (
    <svg
      class="u-ladder-small"
      width="52"
      height="14"
      viewBox="0 0 52 14"
      role="img"
      aria-label={ladderText(stage, outcome, words)}
    >
      {SMALL_X.slice(1).map((x, index) => (
        <path key={x} class="u-between" d={`M${(SMALL_X[index] ?? 0) + 5} 7H${x - 4}`} />
      ))}
      {SMALL_X.map((x, index) => (
        <Station key={x} x={x} shape={stations[index] ?? 'ahead'} />
      ))}
    </svg>
  );
}

interface StepsProps {
  readonly station: number;
  readonly stage: Stage;
  readonly onStage?: ((stage: Stage) => void) | undefined;
}

function StepWords({ station, stage, onStage }: StepsProps) {
  const words = useWords();
  function step(value: Stage, text: string) {
    if (!onStage) return <span>{text}</span>;
    return (
      <button type="button" aria-pressed={value === stage} onClick={() => onStage(value)}>
        {text}
      </button>
    );
  }
  if (station === 0) return step('hunch', words.stage.hunch);
  if (station === 1) return step('asked', words.stage.asked);
  const known = stage === 'confirmed' || stage === 'refuted';
  if (known && !onStage) return step(stage, words.stage[stage]);
  const [confirmed, or, refuted] = words.ladder.either;
  return (
    <>
      {step('confirmed', confirmed)} {or} {step('refuted', refuted)}
    </>
  );
}

function Large({ stage, outcome, onStage }: LadderProps) {
  const words = useWords();
  const stations = shapesOf(stage, outcome);
  const settled = outcome && outcome !== 'open' ? outcome : null;
  const now = settled ? 3 : REACHED[stage];
  return (
    <ol class="u-ladder" aria-label={words.ladder.name}>
      {stations.map((shape, station) => (
        <li key={station} aria-current={station === now ? 'step' : undefined} data-shape={shape}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <Station x={7} shape={shape} />
          </svg>
          <span class="u-ladder-words">
            {station < 3 ? (
              <StepWords station={station} stage={stage} onStage={onStage} />
            ) : settled ? (
              words.outcome[settled]
            ) : (
              words.ladder.settled
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

export function Ladder(props: LadderProps) {
  return props.size === 'small' ? <Small {...props} /> : <Large {...props} />;
}
