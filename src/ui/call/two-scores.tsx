interface TwoScoresProps {
  /** How satisfied they seemed, 1–5. */
  readonly theirs: number | null;
  /** How we think it went, 1–5. */
  readonly ours: number | null;
  /** What it shows, in words. */
  readonly label: string;
}

const STEP = 24;
const LEFT = 8;

/**
 * Two scores on one line: ours a filled bar with its number in our sans, theirs a hollow ring with its
 * number in the serif. The distance between them is the message.
 */
export function TwoScores({ theirs, ours, label }: TwoScoresProps) {
  const at = (score: number) => LEFT + (score - 1) * STEP;
  return (
    <svg
      class="w-scores"
      width="160"
      height="36"
      viewBox="0 0 160 36"
      role="img"
      aria-label={label}
    >
      <path class="w-scale" d={`M${LEFT} 18h${4 * STEP}`} />
      {[1, 2, 3, 4, 5].map((score) => (
        <path key={score} class="w-scale" d={`M${at(score)} 15v6`} />
      ))}
      {ours !== null && (
        <>
          <rect class="w-ours" x={LEFT - 4} y="15" width={at(ours) - LEFT + 4} height="6" />
          <text class="w-number" x={at(ours)} y="34" text-anchor="middle">
            {ours}
          </text>
        </>
      )}
      {theirs !== null && (
        <>
          <circle class="w-theirs" cx={at(theirs)} cy="18" r="5" />
          <text class="w-number w-said" x={at(theirs)} y="9" text-anchor="middle">
            {theirs}
          </text>
        </>
      )}
    </svg>
  );
}
