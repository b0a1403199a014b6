import type { StandardText, StandardVersion } from '../../domain/standards.ts';
import { say } from './words.ts';

/** What a version says, to be read. */
export function Shown({ standard }: { readonly standard: StandardVersion }) {
  const { text, judgement, anchors, causes, clause } = standard;
  return (
    <div class="c-standard-says">
      <p dir="auto">{text}</p>
      <dl class="c-standard-facts">
        <div>
          <dt>{say.ours}</dt>
          <dd>{sayTarget(standard, standard.ourTarget)}</dd>
        </div>
        <div>
          <dt>{say.theirs}</dt>
          <dd>{sayTarget(standard, standard.customerTarget)}</dd>
        </div>
        <div>
          <dt>{say.judgement}</dt>
          <dd>{say.judgements[judgement]}</dd>
        </div>
        {clause !== '' && (
          <div>
            <dt>{say.clause}</dt>
            <dd dir="auto">{clause}</dd>
          </div>
        )}
      </dl>
      {anchors.length > 0 && (
        <ol class="c-standard-anchors" aria-label={say.anchors}>
          {anchors.map((anchor) => (
            <li key={anchor} dir="auto">
              {anchor}
            </li>
          ))}
        </ol>
      )}
      {causes.length > 0 && (
        <p class="u-quiet">
          {say.causes}: <span dir="auto">{causes.join(' · ')}</span>
        </p>
      )}
    </div>
  );
}

/** As a person says it: "at most 4 working hours". */
export function sayTarget(
  { judgement, unit, better, anchors }: StandardText,
  target: number | null,
): string {
  if (target === null) return say.noTarget;
  if (judgement === 'yes-no') return target === 1 ? say.yes : say.no;
  const value = target.toLocaleString('en-GB');
  if (judgement === 'scale') {
    const words = anchors[Math.round(target) - 1];
    return say.atLeast(words === undefined ? value : `${value} (${words})`);
  }
  return better === 'less' ? say.atMost(`${value} ${unit}`) : say.atLeast(`${value} ${unit}`);
}
