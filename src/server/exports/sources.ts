// Which source there is of what.
import { readFilters } from '../register/filters.ts';
import { auditSource } from './audit-source.ts';
import { callsSource } from './calls-source.ts';
import { registerSource } from './register-source.ts';
import type { Given, Refused, Source } from './source.ts';
import { storySource } from './story-source.ts';
import { workspaceSource } from './workspace-source.ts';

/** Reads the filter of the wish. */
export async function sourceOf(given: Given): Promise<Source | Refused> {
  const { wish } = given;
  switch (wish.what) {
    case 'register': {
      const filters = readFilters(wish.filter);
      if (filters) return registerSource(filters);
      return { refused: 'not-well-formed', words: 'One of the filters means nothing here.' };
    }
    case 'story':
      return storySource(given);
    case 'calls':
      return callsSource(given);
    case 'audit':
      return auditSource(given);
    case 'workspace':
      return workspaceSource(given);
    case 'evidence':
      return {
        refused: 'not-well-formed',
        words: 'Evidence is made as a bundle, not as a stream.',
      };
  }
}
