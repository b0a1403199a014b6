// A story as it is read: asked for again when something was written, with the texts that somebody
// wants to read whole.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StoryMoment } from '../../domain/story.ts';
import type { Answer, Client, Failure } from '../client.ts';
import {
  changeComment,
  findInStory,
  type NewComment,
  readMoment,
  readStory,
  type StoryAnswer,
  type StoryComment,
  type StoryOf,
  writeComment,
} from './calls.ts';
import type { CommentChange } from './comments.tsx';

export interface Told {
  /** null: not read yet. */
  readonly story: StoryAnswer | null;
  readonly failure: Failure | null;
  /** Ids of records whose texts are shown whole. */
  readonly whole: ReadonlySet<string>;
  readonly again: () => void;
  readonly toggleWhole: (moment: StoryMoment) => void;
  readonly comment: (wish: NewComment) => Promise<Failure | null>;
  readonly change: (comment: StoryComment, change: CommentChange) => Promise<Failure | null>;
  /** With all texts, for paper; null: it cannot be had now. */
  readonly readWhole: () => Promise<StoryAnswer | null>;
}

export function useStory(
  client: Client,
  of: StoryOf,
  pokes: number,
  onSignedOut: () => void,
): Told {
  const { unit, subject, blind } = of;
  const asked = useMemo(() => ({ unit, subject, blind }), [unit, subject, blind]);
  const [story, setStory] = useState<StoryAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [texts, setTexts] = useState<ReadonlyMap<string, readonly StoryMoment[]>>(new Map());
  const signedOut = useRef(onSignedOut);
  signedOut.current = onSignedOut;
  /** A newer question makes an older answer void. */
  const turn = useRef(0);

  const take = useCallback(<T>(answer: Answer<T>): Failure | null => {
    if (answer.ok) return null;
    if (answer.failure.is === 'signed-out') signedOut.current();
    return answer.failure;
  }, []);
  const again = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    void readStory(client, asked).then((answer) => {
      if (mine !== turn.current) return;
      setFailure(take(answer));
      if (answer.ok) setStory(answer.value);
    });
  }, [client, asked, take]);
  useEffect(() => {
    setStory(null);
    setTexts(new Map());
  }, [asked]);
  useEffect(again, [again, pokes]);

  const toggleWhole = useCallback(
    ({ record }: StoryMoment) => {
      if (texts.has(record.id)) {
        setTexts(new Map([...texts].filter(([id]) => id !== record.id)));
        return;
      }
      void readMoment(client, asked, record).then((answer) => {
        const why = take(answer);
        if (why !== null) setFailure(why);
        if (!answer.ok) return;
        const { moments } = answer.value;
        setTexts((present) => new Map([...present, [record.id, moments]]));
      });
    },
    [client, asked, texts, take],
  );

  const commented = useCallback(
    (answer: Answer<{ comments: StoryComment[] }>): Failure | null => {
      const why = take(answer);
      if (answer.ok) {
        const { comments } = answer.value;
        setStory((present) => present && { ...present, comments });
      }
      return why;
    },
    [take],
  );

  const shown = useMemo(() => story && withTexts(story, texts), [story, texts]);
  return {
    ...{ story: shown, failure, again, toggleWhole },
    whole: useMemo(() => new Set(texts.keys()), [texts]),
    comment: async (wish) => commented(await writeComment(client, asked, wish)),
    change: async ({ id }, change) => commented(await changeComment(client, asked, id, change)),
    async readWhole() {
      const answer = await readStory(client, asked, true);
      take(answer);
      return answer.ok ? answer.value : null;
    },
  };
}

function withTexts(
  story: StoryAnswer,
  texts: ReadonlyMap<string, readonly StoryMoment[]>,
): StoryAnswer {
  if (texts.size === 0) return story;
  const moments = story.moments.map(
    (moment) => texts.get(moment.record.id)?.find(({ key }) => key === moment.key) ?? moment,
  );
  return { ...story, moments };
}

/** Where the server finds words in texts that are not here whole; null: not asked, or not yet. */
export function useFound(
  client: Client,
  of: StoryOf,
  words: string,
  story: StoryAnswer | null,
): ReadonlySet<string> | null {
  const [found, setFound] = useState<ReadonlySet<string> | null>(null);
  const { unit, subject, blind } = of;
  const isCut = useMemo(() => story?.moments.some(({ cut }) => cut) === true, [story]);
  useEffect(() => {
    setFound(null);
    if (words.trim() === '' || !isCut) return;
    const control = new AbortController();
    findInStory(client, { unit, subject, blind }, words, control.signal).then(
      (answer) => {
        if (answer.ok && !control.signal.aborted) setFound(new Set(answer.value.records));
      },
      () => undefined,
    );
    return () => control.abort();
  }, [client, unit, subject, blind, words, isCut]);
  return found;
}
