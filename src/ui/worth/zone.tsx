import { zoneOf } from '../../domain/index.ts';
import { worthWords as say } from './words.ts';

export interface ZoneProps {
  readonly adequate: number;
  /** Not less than `adequate`. */
  readonly desired: number;
  readonly perceived: number;
  readonly unit: string;
}

const WIDTH = 200;
const EDGE = 12;

/**
 * The zone of tolerance as a line: the zone a thick band between its two ends, what they got a ring.
 * The words under it say the same.
 */
export function ToleranceZone({ unit, ...levels }: ZoneProps) {
  const { adequate, desired, perceived } = levels;
  const { place, adequacy, superiority } = zoneOf(levels);
  const least = Math.min(adequate, perceived);
  const span = Math.max(desired, perceived) - least;
  const at = (level: number) =>
    span === 0 ? WIDTH / 2 : EDGE + ((level - least) / span) * (WIDTH - 2 * EDGE);
  const said = unit.trim() === '' ? '' : ` ${unit.trim()}`;
  return (
    <figure class="worth-zone">
      <svg width={WIDTH} height="24" viewBox={`0 0 ${WIDTH} 24`} aria-hidden="true">
        <path class="worth-scale" d={`M0 12h${WIDTH}`} />
        <rect
          class="worth-band"
          x={at(adequate) - 1}
          y="8"
          width={at(desired) - at(adequate) + 2}
          height="8"
        />
        <path class="worth-ends" d={`M${at(adequate)} 4v16M${at(desired)} 4v16`} />
        <circle class="worth-ring" cx={at(perceived)} cy="12" r="5" />
      </svg>
      <dl>
        {(['adequate', 'desired', 'perceived'] as const).map((level) => (
          <div key={level}>
            <dt>{say[level]}</dt>
            <dd>
              {say.number(levels[level])}
              <bdi>{said}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <figcaption>{say.zoneWords(say.zone[place], adequacy, superiority, said)}</figcaption>
    </figure>
  );
}
