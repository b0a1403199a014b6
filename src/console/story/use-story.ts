// A story as it is read: asked for again when something was written, with the texts that somebody
// wants to read whole.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StoryMoment } from '../../domain/story-told.ts';
import type { Answer, Client, Failure } from '../client.ts';
import { useReading } from '../use-reading.ts';
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

interface Read {
  readonly asked: StoryOf;
  readonly story: StoryAnswer;
}

export function useStory(
  client: Client,
  of: StoryOf,
  pokes: number,
  onSignedOut: () => void,
): Told {
  const { unit, subject, blind } = of;
  const asked = useMemo(() => ({ unit, subject, blind }), [unit, subject, blind]);
  const ask = useCallback(async (): Promise<Answer<Read>> => {
    const answer = await readStory(client, asked);
    return answer.ok ? { ok: true, value: { asked, story: answer.value } } : answer;
  }, [client, asked]);
  const reading = useReading(ask, { pokes, onSignedOut });
  const { failure, again, change, tell } = reading;
  // Of another subject nothing is shown.
  const story = reading.value?.asked === asked ? reading.value.story : null;
  const [texts, setTexts] = useState<ReadonlyMap<string, readonly StoryMoment[]>>(new Map());
  const signedOut = useRef(onSignedOut);
  signedOut.current = onSignedOut;

  const take = useCallback(<T>(answer: Answer<T>): Failure | null => {
    if (answer.ok) return null;
    if (answer.failure.is === 'signed-out') signedOut.current();
    return answer.failure;
  }, []);
  useEffect(() => setTexts(new Map()), [asked]);

  const toggleWhole = useCallback(
    ({ record }: StoryMoment) => {
      if (texts.has(record.id)) {
        setTexts(new Map([...texts].filter(([id]) => id !== record.id)));
        return;
      }
      void readMoment(client, asked, record).then((answer) => {
        if (!tell(answer) || !answer.ok) return;
        const { moments } = answer.value;
        setTexts((present) => new Map([...present, [record.id, moments]]));
      });
    },
    [client, asked, texts, tell],
  );

  const commented = useCallback(
    (answer: Answer<{ comments: StoryComment[] }>): Failure | null => {
      const why = take(answer);
      if (answer.ok) {
        const { comments } = answer.value;
        change((read) => ({ ...read, story: { ...read.story, comments } }));
      }
      return why;
    },
    [take, change],
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
