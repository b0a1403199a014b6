/** The keys of the ladder while its card has the focus and nobody is typing. */
export const LADDER_KEYS = {
  ask: 'A',
  theySaid: 'W',
  confirmed: 'Y',
  refuted: 'X',
  unclear: 'U',
  outcome: 'O',
  back: 'Z',
  history: 'L',
  copy: 'Q',
  plan: 'P',
  edit: 'E',
  exceeded: 'E',
  met: 'M',
  missed: 'X',
} as const;
