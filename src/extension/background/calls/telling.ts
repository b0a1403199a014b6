// Who is told of a call's changes, and when. Tags come ten in ten seconds, and each must be on the
// disk before anybody looks: who shows calls hears of it next, everything else (syncing, counts,
// marks in pages, the index of the search) once nobody has tagged for a while.
//
// Nothing is lost with the worker: what is to be sent and what is to be indexed is written down in
// the transaction of the tag itself (outbox, unindexed), and the alarm of every minute sees to both.

/** What changed: a tag, or anything else about a call. */
export type CallsChanged = (what?: 'tag') => void;

/** Lists of tags are read anew at most this often. */
const LOOK_MS = 300;
/** So long after the last tag. */
const TAGS_MS = 3_000;
/** So long after anything else, once for all that happens until then. */
const OTHERS_MS = 1_000;

export type Telling = {
  /** Those who show calls look again. */
  calls(): void;
  /** Everything that follows from changed records. */
  all(): void;
  /** setTimeout() and clearTimeout(), or a test's own. */
  later(run: () => void, ms: number): () => void;
};

export function tellCalls({ calls, all, later }: Telling): CallsChanged {
  let isLooking = false;
  let again = false;
  const look = () => {
    calls();
    again = false;
    later(() => {
      isLooking = again;
      if (again) look();
    }, LOOK_MS);
  };
  const lookSoon = () => {
    again = true;
    if (isLooking) return;
    isLooking = true;
    // The answer to whoever pressed goes first.
    later(look, 0);
  };
  let waiting: { stop: () => void; isForTags: boolean } | null = null;
  const wait = (isForTags: boolean) => {
    waiting?.stop();
    const run = () => {
      waiting = null;
      all();
    };
    waiting = { stop: later(run, isForTags ? TAGS_MS : OTHERS_MS), isForTags };
  };
  return (what) => {
    lookSoon();
    const isTag = what === 'tag';
    // A tag puts off what waits for tags, and not what waits for anything else.
    if (waiting === null || waiting.isForTags) wait(isTag);
  };
}

export const onTimers: Telling['later'] = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
