// A customer’s timeline, mentions, and what waits for the member. Answers messages/story-calls.ts.
import type { SidebarHandlers } from '../../messages/index.ts';
import type { StoryAnswers } from '../../messages/story-calls.ts';
import type { SidebarDeps } from '../from-sidebar.ts';
import { editRecord } from '../save.ts';
import { completed } from './complete.ts';
import { inboxCount, inboxOf, keepAnswer } from './inbox.ts';
import { timeline } from './timeline.ts';

export function storyHandlers({
  world,
  recordsChanged,
}: SidebarDeps): Pick<SidebarHandlers, keyof StoryAnswers> {
  const { source } = world;
  return {
    timeline: async (asked) => timeline(await world.current(), asked, source.now()),
    complete: async ({ sign, words }) => ({
      names: await completed(await world.current(), sign, words),
    }),
    inbox: async () => inboxOf(await world.current(), today(source.now())),
    inboxCount: async () => ({
      count: await inboxCount(await world.current(), today(source.now())),
    }),
    async mentionSeen({ id, on }) {
      await editRecord(world, 'mention', id, { seen: on });
      recordsChanged();
      return null;
    },
    keepAnswer: ({ inquiry, text }) =>
      world.write(async (here) => {
        await keepAnswer(here, inquiry, text, source.now());
        return null;
      }),
    async answerInquiry({ inquiry, answer }) {
      const said = answer === '' ? null : answer;
      await editRecord(world, 'inquiry', inquiry, { answer: said, ...(await by(said !== null)) });
      await world.write((here) => keepAnswer(here, inquiry, '', source.now()));
      recordsChanged();
      return null;
    },
    async reviewRead({ inquiry, on }) {
      await editRecord(world, 'inquiry', inquiry, await by(on));
      recordsChanged();
      return null;
    },
  };

  /** Who answered and when, or that nobody has. */
  async function by(answered: boolean) {
    if (!answered) return { answeredAt: null, answeredBy: null };
    const { me } = await world.current();
    return { answeredAt: new Date(source.now()).toISOString(), answeredBy: me };
  }
}

/** The date where the member is. */
function today(now: number): string {
  const date = new Date(now);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
