// What the page says of how long records are kept.
export const say = {
  title: 'Retention',
  intro:
    'What nobody has changed for longer than this is erased, once a day, here and on every connected browser. An empty field keeps records for good.',
  reading: 'Reading how long records are kept…',
  kind: 'Kind',
  days: 'Days',
  daysOf: (kind: string) => `Days that ${kind} are kept`,
  next: 'Goes at the next run',
  held: 'Held',
  kept: 'kept for good',
  wrong: 'Whole days, from 1 to 36,500.',
  holds: 'Legal hold',
  holdsWhy: 'Records of these customers are kept, whatever their age.',
  noHolds: 'No customer is held.',
  hold: 'Hold a customer',
  choose: 'Choose a customer',
  release: 'Release',
  releaseName: (name: string) => `Release ${name}`,
  unknown: 'a customer that is not there any more',
  save: 'Save',
  nothingChanged: 'Nothing has changed yet.',
  saved: 'Saved. The next run is within a day.',
  changed:
    'Somebody has changed this in the meantime. What they saved is shown now, with what you alone changed. Look at it, then save.',
  safe: 'What you typed is still in the fields.',
  by: (names: string) => `Set by ${names}`,
};
