import type { Meaning } from '../../domain/codebook.ts';

/** What a tag is called where the codebook gives it no name of its own. */
export const tagMeans: Readonly<Record<Meaning, string>> = {
  expectation: 'Expectation',
  note: 'Note',
  grievance: 'Grievance',
  praise: 'Praise',
  'promise-ours': 'Our promise',
  'promise-theirs': 'Their promise',
  question: 'Question',
  decision: 'Decision',
  risk: 'Risk',
  'ask-later': 'Ask later',
};
