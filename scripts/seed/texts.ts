// What is said in a sample workspace. All of it is made up, and looks so: companies and people are
// numbered, addresses end in .example.
import type { Random } from './random.ts';

const TRADES = [
  ...['Foods', 'Hotels', 'Logistics', 'Clinic', 'Bank', 'Schools', 'Machines', 'Energy'],
  ...['Press', 'Farms', 'Insurance', 'Textiles', 'Museums', 'Harbour', 'Airways', 'Optics'],
];
const WORKS = [
  ...['Pilot', 'Roll-out', 'Renewal', 'Integration', 'Migration', 'Training', 'Second site'],
];
const THINGS = [
  ...['the delivery', 'the weekly report', 'the invoice', 'the hotline', 'the training'],
  ...['the contract', 'the portal', 'the handover', 'the night shift', 'the backup'],
];
const PEOPLE = ['our auditors', 'the works council', 'our new director', 'the branch offices'];

const UNSTATED = [
  'One person who knows {thing} and is called back by name',
  'Being told before {thing} changes, not after',
  'That {thing} works for {people} too',
  'A written summary after each talk about {thing}',
  'Somebody who can be reached about {thing} in the evening',
  'Numbers on {thing} that can be shown to {people}',
  'That nobody has to explain {thing} a second time',
];
const STATED = [
  '{thing} within five working days',
  'German documents for {thing}',
  'SSO for {thing}',
];
const GRIEVANCES = [
  'Had to ask twice about {thing}',
  'Heard of the delay of {thing} from {people}',
  'Three different answers about {thing}',
];
const PRAISE = ['{thing} was there a day early', 'Glad how calmly we dealt with {thing}'];
const NOTES = [
  'Talked about {thing}; {people} join next time',
  '{thing} is settled as far as we know',
  'Budget for {thing} is decided after the summer',
];
const QUESTIONS = [
  'What would have to be true of {thing} so that you need not think of it again?',
  'How did you do {thing} before, and what do you miss of that?',
  'Who else will judge {thing}, and by what?',
];
const ANSWERS = [
  'Yes, that is how they see it',
  'No, it does not matter to them',
  'They will find out',
];
const PROMISES = ['Send the dates of {thing}', 'Call {people} about {thing}', 'Mend {thing}'];
const SUBJECTS = ['{thing}: dates', 'About {thing}', 'Question on {thing}', 'Minutes: {thing}'];

export const SAID = {
  ...{ UNSTATED, STATED, GRIEVANCES, PRAISE, NOTES, QUESTIONS, ANSWERS, PROMISES, SUBJECTS },
} as const;

/** One of these, filled in, with a capital. */
export function say(random: Random, all: readonly string[]): string {
  const text = random
    .one(all)
    .replaceAll('{thing}', random.one(THINGS))
    .replaceAll('{people}', random.one(PEOPLE));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function companyName(number: number): string {
  return `Sample ${TRADES[number % TRADES.length] ?? ''} ${number + 1}`;
}

export function projectName(number: number): string {
  return `${WORKS[number % WORKS.length] ?? ''} ${Math.floor(number / WORKS.length) + 1}`;
}
