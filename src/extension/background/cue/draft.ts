// A card for a cue, filled in: what it would be, why nobody said it, and how it could be asked.

import { newId } from '../../../domain/index.ts';
import { type Draft, draft as draftSchema, ExpectedError } from '../../messages/index.ts';
import { ownIn, recordIn } from '../contexts.ts';
import { guessFor } from '../guess.ts';
import { oursOf } from '../ours.ts';
import { shownIn } from '../tab-context.ts';
import { type Here, putDraftInWords, type World } from '../world.ts';
import type { Cues, Shown } from './cues.ts';
import { suggestedQuestion } from './question.ts';

/** The card for this cue of a tab: the one that was begun before, else a new one. */
export async function draftFor(world: World, cues: Cues, tab: number, id: string): Promise<Draft> {
  const shown = (await cues.shown(tab)).find(({ cue }) => cue.id === id);
  if (shown === undefined) {
    throw new ExpectedError('not-found', 'These words are no longer in the mail that is open.');
  }
  const origin = cues.originOf(shown.cue);
  const state = await shownIn(world, tab);
  return world.write(async (here) => {
    const begun = await begunFor(here, origin.print, tab);
    if (begun !== null) return begun;
    const { message, frame } = shown;
    const [quote] = shown.cue.sentence;
    const record = recordIn(state);
    const fields = fieldsOf(shown);
    // A promise is kept or broken; there is nothing to bring out by asking.
    const isPromise = shown.cue.becomes === 'commitment';
    const question = isPromise ? '' : await suggestedQuestion(here, fields, quote.exact);
    const now = world.source.now();
    const made: Draft = {
      ...{ id: newId(world.source), kind: shown.cue.becomes, tab, fields },
      ...(await guessFor(here, { message, record, ours: await oursOf(here, ownIn(state)) })),
      ...{ quote: quote.exact, selectors: shown.cue.sentence, message, record },
      ...{ site: frame.site, url: message.url || frame.url, title: frame.title },
      cue: { ...origin, question },
      ...{ keepHere: false, startedAt: now, changedAt: now },
    };
    await putDraftInWords(here.db, made);
    return made;
  });
}

async function begunFor(here: Here, print: string, tab: number): Promise<Draft | null> {
  for (const stored of await here.db.getAll('drafts')) {
    const { success, data } = draftSchema.safeParse(stored);
    if (success && data.tab === tab && data.cue?.print === print) return data;
  }
  return null;
}

function fieldsOf({ cue, message: { sentBy } }: Shown): Draft['fields'] {
  const { becomes, rule, by, due, reason, dimension } = cue;
  if (becomes === 'commitment') {
    // A mail that nobody knows to be ours is the customer's.
    const isOurs = (sentBy === 'us') === (by !== 'reader');
    return { by: isOurs ? 'us' : 'them', state: 'open', ...(due === undefined ? {} : { due }) };
  }
  return {
    ...{ class: 'unstated', stage: 'hunch', outcome: 'open', hunchFrom: 'words', cue: rule },
    ...(reason === undefined ? {} : { unstatedBecause: reason }),
    ...(dimension === undefined ? {} : { dimension }),
  };
}
