// Which source there is of what.
import { readFilters } from '../register/filters.ts';
import { registerSource } from './register-source.ts';
import type { Given, Refused, Source } from './source.ts';

/** Reads the filter of the wish. */
export async function sourceOf(given: Given): Promise<Source | Refused> {
  const { wish } = given;
  switch (wish.what) {
    case 'register': {
      const filters = readFilters(wish.filter);
      return filters ? registerSource(filters) : misfit('One of the filters means nothing here.');
    }
    default:
      return misfit('There is no such format of this.');
  }
}

function misfit(words: string): Refused {
  return { refused: 'not-well-formed', words };
}
