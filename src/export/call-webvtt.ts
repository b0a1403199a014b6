// A call as chapters under a recording: WebVTT as the W3C has it (Candidate Recommendation of 2019).
// Players read the cues. A comment before them holds the whole call, for times are cut to ms in cues
// and what was tagged before the recording began cannot lie there.
import { elapsedAt, momentOf, normaliseText, tidyPauses } from '../domain/index.ts';
import type { CallExport } from './call-export.ts';
import { type CallDocument, callDocument, importedCall, type TagPart } from './call-json.ts';
import type { CallWords } from './call-words.ts';
import { timestamp } from './file-times.ts';
import type { Cue } from './webvtt-blocks.ts';

export type WebVttOptions = {
  /** The recorder went on while the call's clock stood: pauses count. */
  withPauses: boolean;
};

/** `clipped`: tags that would begin before the recording does; they are at 0. */
export type WebVttFile = { text: string; clipped: number };

/** What the comment holds. `note`: what tags are called that the codebook does not know. */
export type WebVttFacts = { withPauses: boolean; note: string; document: CallDocument };

/** Begins the comment's line with the facts. */
export const FACTS = 'unsaid-webvtt ';

/** Ms that a tag of one moment is shown, unless the next one comes before. */
const LONGEST_POINT = 10_000;

/** A call as chapters of a recording that began with it, `shift` ms apart. */
export function callToWebVtt(
  file: CallExport,
  words: CallWords,
  { withPauses }: WebVttOptions,
): WebVttFile {
  const document = callDocument(file, words);
  const facts: WebVttFacts = { withPauses, note: words.means.note, document };
  const { cues, clipped } = cuesOf(facts);
  const blocks = [
    'WEBVTT',
    [
      'NOTE',
      words.webVtt.about,
      ...(clipped === 0 ? [] : [words.webVtt.clipped(clipped)]),
      FACTS + inComment(facts),
    ].join('\n'),
    ...cues.map(
      ({ id, start, end, text }) => `${id}\n${timestamp(start)} --> ${timestamp(end)}\n${text}`,
    ),
  ];
  return { text: `${blocks.join('\n\n')}\n`, clipped };
}

/** A comment ends at a blank line and may not hold an arrow. */
function inComment(facts: WebVttFacts): string {
  return JSON.stringify(facts)
    .replaceAll('>', '\\u003e')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** The cues of a call in the order of their times, which is how a parser wants them. */
export function cuesOf({ withPauses, note, document }: WebVttFacts): {
  cues: Cue[];
  clipped: number;
} {
  const { inRecording } = recordingClock(document, withPauses);
  const timed = document.tags
    .map((tag) => ({ tag, start: Math.round(inRecording(tag.offset)) }))
    .sort((a, b) => a.start - b.start);
  let next = Number.POSITIVE_INFINITY;
  let after = Number.POSITIVE_INFINITY;
  const cues = timed.toReversed().map(({ tag, start }): Cue => {
    // Of several at one moment each lasts until the next moment.
    if (start < next) [next, after] = [start, next];
    const end =
      tag.span === null
        ? Math.min(after, start + LONGEST_POINT)
        : Math.round(inRecording(tag.offset + tag.span));
    const from = Math.max(0, start);
    return { id: tag.id, start: from, end: Math.max(from + 1, end), text: payload(tag, note) };
  });
  return { cues: cues.toReversed(), clipped: timed.filter(({ start }) => start < 0).length };
}

/** The two ways between an offset on the call's clock and ms in the recording. */
export function recordingClock({ call }: Pick<CallDocument, 'call'>, withPauses: boolean) {
  const { shift, startedAt, endedAt, pauses } = importedCall(call);
  const clock = { startedAt, endedAt, pauses: tidyPauses(pauses, startedAt) };
  return {
    inRecording: (offset: number) =>
      shift + (withPauses ? momentOf(clock, offset) - clock.startedAt : offset),
    onCall: (time: number) =>
      withPauses ? elapsedAt(clock, clock.startedAt + time - shift) : time - shift,
  };
}

function payload({ name, text }: TagPart, note: string): string {
  const shownName = (name ?? note).replace(/\s+/g, ' ').trim();
  const whole = text.trim() === '' ? shownName : `${shownName}: ${text}`;
  // A blank line would end the cue.
  const lines = normaliseText(whole).split(/\r\n|\r|\n/);
  return escaped(lines.filter((one) => one !== '').join('\n'));
}

/** Text of a cue: no character of it is markup, and no arrow is left. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
