import type { KnownMessage, TabContext } from '../messages/index.ts';
import { inContext } from './cards.ts';
import { mainFrame, originOf, readTab } from './contexts.ts';
import { guessFor, NO_CHOICE } from './guess.ts';
import { alwaysOn } from './sites.ts';
import type { Here, World } from './world.ts';

/** What a tab shows, with what is known of it here. */
export async function tabContext(world: World, tab: number | null): Promise<TabContext> {
  const frame = tab === null ? null : mainFrame(await readTab(tab));
  if (frame === null) {
    const guess = { customer: NO_CHOICE, contact: NO_CHOICE, project: NO_CHOICE };
    return {
      ...{ tab, site: null, url: '', title: '', origin: '', always: 'impossible' },
      ...{ subject: '', messages: [], guess, page: 'other', record: null, changed: null, never: 0 },
    };
  }
  const here: Here = await world.current();
  const messages = await Promise.all(frame.messages.map((message) => inContext(here, message)));
  return {
    tab,
    site: frame.site,
    url: frame.url,
    title: frame.title,
    origin: originOf(frame.url),
    always: await alwaysOn(frame.url),
    subject: frame.subject,
    page: frame.page,
    record: frame.record,
    changed: frame.changed,
    never: frame.never,
    messages,
    guess: await guessFor(here, mainMessage(here, frame.messages)),
  };
}

/** The newest message that the customer wrote, else the newest of all. */
export function mainMessage(here: Here, messages: KnownMessage[]): KnownMessage | null {
  const own = here.connection?.member.email.toLowerCase() ?? '';
  const theirs = messages.filter(
    (message) => message.from !== null && message.from.address !== own,
  );
  return (theirs.length > 0 ? theirs : messages).at(-1) ?? null;
}
