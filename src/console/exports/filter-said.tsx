import { sayInstant, useWords, type Words } from '../../ui/index.ts';
import { say as reviews } from '../reviews/words.ts';
import { say } from './words.ts';

export interface FilterSaidProps {
  /** By the names that the pages' addresses have. */
  readonly filter: Readonly<Record<string, string>>;
  /** Of customers, projects and people, by id. */
  readonly names: Readonly<Record<string, string>>;
  /** What is said where nothing was filtered. */
  readonly all: string;
}

const NAMED = ['customer', 'project', 'call', 'author', 'owner', 'subject', 'draw'];

/** What was filtered by, in words. */
export function FilterSaid({ filter, names, all }: FilterSaidProps) {
  const words = useWords();
  const entries = Object.entries(filter).filter(([, value]) => value !== '');
  if (entries.length === 0) return <span class="u-quiet">{all}</span>;
  return (
    <ul class="c-export-filter">
      {entries.map(([name, value]) => (
        <li key={name}>
          <span class="u-quiet">{say.filters.names[name] ?? name}:</span>{' '}
          <bdi>{sayValue(name, value, names, words)}</bdi>
        </li>
      ))}
    </ul>
  );
}

function sayValue(
  name: string,
  value: string,
  names: FilterSaidProps['names'],
  words: Words,
): string {
  if (NAMED.includes(name)) return names[value] || say.filters.gone;
  switch (name) {
    case 'q':
      return value === '…' ? say.filters.words : value;
    case 'from':
    case 'to':
      return sayInstant(value, words.lang);
    case 'unit':
      return say.filters.units[value] ?? value;
    default:
      return value
        .split(',')
        .map((one) => sayOne(name, one, words))
        .join(', ');
  }
}

function sayOne(name: string, value: string, words: Words): string {
  const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    kind: { ...words.mark, interaction: words.interaction },
    ...{ class: words.class, stage: words.stage, outcome: words.outcome },
    which: reviews.filters,
  };
  const of = labels[name];
  return of && Object.hasOwn(of, value) ? (of[value] ?? value) : value;
}
