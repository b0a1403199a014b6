import { useEffect, useState } from 'preact/hooks';
import type { Client } from '../client.ts';
import { keepDraft, readDraft, type Sheet } from './calls.ts';
import { runClock, WorkClock } from './clock.ts';
import { DraftKeeper } from './keeper.ts';

export interface Keeping {
  readonly keeper: DraftKeeper;
  /** Nobody has done anything for a while; null where no time is kept. */
  readonly paused: boolean | null;
}

/** Keeps the draft of a sheet for as long as its page is open, and counts the time. */
export function useKeeper(
  client: Client,
  place: Window,
  { draft, times }: Sheet,
  member: string,
  now: () => Date,
): Keeping {
  const [, redraw] = useState(0);
  const [paused, setPaused] = useState(false);
  const [keeper] = useState(() => {
    const key = `unsaid-review/${member}/${draft.id}`;
    return new DraftKeeper(
      {
        ...{ draft: draft.id, key, storage: storageOf(place) },
        send: (content, seen) => keepDraft(client, draft.id, content, seen),
        read: async () => {
          const answer = await readDraft(client, draft.id);
          return answer.ok ? { ok: true, value: answer.value.draft } : answer;
        },
        later: (work, ms) => {
          const timer = setTimeout(work, ms);
          return () => clearTimeout(timer);
        },
        stamp: () => crypto.randomUUID(),
        onChange: () => redraw((count) => count + 1),
      },
      draft,
    );
  });
  useEffect(() => {
    const look = () => keeper.lookHere();
    const send = () => void keeper.flush();
    // Before a tab goes it is hidden, and that is the last that is heard of it.
    const onHidden = () => place.document.hidden && send();
    const onLeave = (event: Event) => {
      if (keeper.state === 'nowhere') event.preventDefault();
    };
    place.addEventListener('storage', look);
    place.addEventListener('online', send);
    place.addEventListener('beforeunload', onLeave);
    place.document.addEventListener('visibilitychange', onHidden);
    return () => {
      place.removeEventListener('storage', look);
      place.removeEventListener('online', send);
      place.removeEventListener('beforeunload', onLeave);
      place.document.removeEventListener('visibilitychange', onHidden);
      // Another page of the console: what is not sent yet goes now.
      void keeper.flush().finally(() => keeper.stop());
    };
  }, [keeper, place]);
  useEffect(() => {
    if (!times) return;
    const clock = new WorkClock();
    const ms = () => now().getTime();
    return runClock(clock, place, ms, () => {
      const seconds = clock.take();
      setPaused(clock.isPaused(ms()));
      if (seconds === 0) return;
      keeper.change({ ...keeper.content, seconds: keeper.content.seconds + seconds });
    });
  }, [keeper, place, times, now]);
  return { keeper, paused: times ? paused : null };
}

function storageOf(place: Window): Storage | null {
  try {
    return place.localStorage;
  } catch {
    return null;
  }
}
