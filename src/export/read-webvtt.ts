// WebVTT → tags. Ours holds the whole call in a comment; where its cues were changed since, they
// count. Of others' each cue is a tag, by the name its text begins with. SubRip, which differs in its
// commas, is read along.
import * as z from 'zod/mini';
import { normaliseJson } from '../domain/index.ts';
import type { TagFileOptions, TagFileResult } from './call-export.ts';
import { callDocumentShape, importedCall, rowOf, type TagPart } from './call-json.ts';
import { cuesOf, FACTS, recordingClock, type WebVttFacts } from './call-webvtt.ts';
import { type TagNames, tagNames } from './tag-names.ts';
import { nameless, type TagRow, tagRows } from './tag-rows.ts';
import { blocksOf, type Cue, type FileCue, plainPayload } from './webvtt-blocks.ts';

const factsShape = z.object({
  withPauses: z.boolean(),
  note: z.string(),
  document: callDocumentShape,
});

export function readWebVtt(text: string, options: TagFileOptions): TagFileResult {
  const words = options.words.file;
  const rows = tagRows(options);
  const { cues, comments, badLines } = blocksOf(text);
  for (const line of badLines) rows.tell(line, words.badCue);
  const facts = factsIn(comments);
  if (facts === 'broken') rows.tell(null, words.noCall);
  const lookUp = tagNames(options);
  if (facts === null || facts === 'broken') {
    for (const cue of cues)
      rows.take(
        cue.line,
        strangeCue(cue, lookUp, (time) => time),
      );
    const tags = rows.tags();
    const call = nameless(options, tags);
    return { ok: true, preview: { call, isStartKnown: false, tags, problems: rows.problems() } };
  }
  let changed = 0;
  const { onCall } = recordingClock(facts.document, facts.withPauses);
  const left = new Map(facts.document.tags.map((tag) => [tag.id, tag]));
  const saved = new Map(cuesOf(facts).cues.map((cue) => [cue.id, cue]));
  for (const cue of cues) {
    const [tag, before] = [left.get(cue.id), saved.get(cue.id)];
    if (tag === undefined || before === undefined) {
      rows.take(cue.line, strangeCue(cue, lookUp, onCall));
      continue;
    }
    left.delete(cue.id);
    if (!isSame(cue, before)) changed += 1;
    rows.take(cue.line, asItStands(tag, before, cue, lookUp, onCall));
  }
  if (changed > 0) rows.tell(null, words.changed(changed));
  if (left.size > 0) rows.tell(null, words.gone(left.size));
  const call = importedCall(facts.document.call);
  return {
    ok: true,
    preview: { call, isStartKnown: true, tags: rows.tags(), problems: rows.problems() },
  };
}

function factsIn(comments: readonly string[]): WebVttFacts | 'broken' | null {
  const line = comments.find((comment) => comment.startsWith(FACTS));
  if (line === undefined) return null;
  try {
    const parsed = factsShape.safeParse(normaliseJson(JSON.parse(line.slice(FACTS.length))));
    return parsed.success ? parsed.data : 'broken';
  } catch {
    return 'broken';
  }
}

function isSame(a: Cue, b: Cue): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

type OnCall = (time: number) => number;

/** A tag of ours with what its cue says otherwise than when it was saved. */
function asItStands(
  tag: TagPart,
  before: Cue,
  cue: FileCue,
  lookUp: TagNames,
  onCall: OnCall,
): TagRow {
  const row = rowOf(tag);
  if (cue.start !== before.start) row.offset = onCall(cue.start);
  if (row.span !== null && (cue.start !== before.start || cue.end !== before.end)) {
    row.span = Math.max(0, onCall(cue.end) - onCall(cue.start));
  }
  if (cue.text === before.text) return row;
  const text = plainPayload(cue.text);
  const own = tag.name === null ? null : `${tag.name}: `;
  if (own !== null && text.startsWith(own)) return { ...row, text: text.slice(own.length) };
  return { ...row, tag: null, ...nameAndText(text, lookUp) };
}

function strangeCue(cue: FileCue, lookUp: TagNames, onCall: OnCall): TagRow {
  const offset = onCall(cue.start);
  const span = onCall(cue.end) - offset;
  const said = nameAndText(plainPayload(cue.text).trim(), lookUp);
  return { id: null, tag: null, ...said, offset, span: span > 0 ? span : null, pressedAt: null };
}

/** "Praise: so quick" is a tag and a text where the codebook has such a tag, else all is text. */
function nameAndText(text: string, lookUp: TagNames): { name: string | null; text: string } {
  if (lookUp(text) !== null) return { name: text, text: '' };
  const [, name = '', rest = ''] = /^([^:]+):\s*([\s\S]*)$/.exec(text) ?? [];
  return lookUp(name) === null ? { name: null, text } : { name, text: rest };
}
