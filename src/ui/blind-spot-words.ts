// Why a customer is a blind spot, in words: for the console's list and the sidebar's one line.
import type { BlindSpot, BlindSpotKind } from '../domain/blind-spots.ts';
import { sayDay } from './time.ts';

/** What a reason is called, in a list of them. */
export const spotNames: Readonly<Record<BlindSpotKind, string>> = {
  unanswered: 'Grievance not answered',
  'new-contact': 'New contact',
  satisfied: 'Satisfied, not talked with',
  'not-asked': 'Not asked',
  'only-stated': 'Only stated requirements',
};

/** What it means, for whoever sees it for the first time. */
export const spotMeanings: Readonly<Record<BlindSpotKind, string>> = {
  unanswered: 'Grievances that nobody has answered.',
  'new-contact':
    'Somebody new speaks for them, the one before has fallen silent, and nobody has asked the new one anything.',
  satisfied:
    'Their newest survey is good, and nobody has talked with them about what they expect. Content by what they were asked is not content by what they never said.',
  'not-asked': 'Nobody has asked them anything for long, or ever.',
  'only-stated':
    'All that is on file is what they said themselves. What they take for granted is not among it.',
};

/** One line: "Nobody has asked them anything for 94 days." */
export function saySpot(spot: BlindSpot): string {
  switch (spot.kind) {
    case 'unanswered':
      return spot.count === 1
        ? `A grievance has waited ${days(spot.days)} for an answer.`
        : `${spot.count} grievances wait for an answer, the oldest for ${days(spot.days)}.`;
    case 'new-contact':
      return `${spot.contact.name || 'Somebody new'} has been their contact for ${days(spot.days)}, and nobody has asked them anything yet.`;
    case 'satisfied':
      return spot.lastTalk === null
        ? 'Their survey was good, and nobody has ever talked with them about what they expect.'
        : `Their survey was good, and nobody has talked with them about what they expect for ${days(spot.days)}.`;
    case 'not-asked':
      return spot.asked === 0
        ? `Nobody has asked them anything in the ${days(spot.days)} since they are on file.`
        : `Nobody has asked them anything for ${days(spot.days)}.`;
    case 'only-stated':
      return spot.count === 1
        ? 'Only one stated requirement is on file: nothing implied, nothing unstated.'
        : `Only ${spot.count} stated requirements are on file: nothing implied, nothing unstated.`;
  }
}

/** The dates and counts behind it. */
export function saySpotFacts(spot: BlindSpot, lang: string): string {
  const day = (ms: number) => sayDay(new Date(ms).toISOString(), lang);
  switch (spot.kind) {
    case 'unanswered':
      return `Noted on ${day(spot.since)}.`;
    case 'new-contact':
      return `New since ${day(spot.since)}. ${spot.before.name || 'The one before'} was last heard from on ${day(spot.lastHeard)}.`;
    case 'satisfied': {
      const survey = `${number(spot.score, lang)} on a scale of ${number(spot.scaleMin, lang)} to ${number(spot.scaleMax, lang)}, on ${day(spot.at)}.`;
      return spot.lastTalk === null ? survey : `${survey} Last talk on ${day(spot.lastTalk)}.`;
    }
    case 'not-asked':
      return spot.asked === 0
        ? `On file since ${day(spot.since)}.`
        : `Last asked on ${day(spot.since)}, ${spot.asked === 1 ? 'once' : `${spot.asked} times`} in all.`;
    case 'only-stated':
      return `The first on ${day(spot.since)}.`;
  }
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count.toLocaleString('en-GB')} days`;
}

function number(value: number, lang: string): string {
  return value.toLocaleString(lang, { maximumFractionDigits: 2 });
}
