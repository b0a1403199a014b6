// A call as JSON, for other programs and to be read back without loss:
//
//   { "format": "unsaid-call", "version": 1,
//     "call": { "id", "startedAt", "endedAt", "pauses": [{ "from", "to" }], "shift", "channel",
//               "subject", "customer": { "id", "name" }, "project", "participants":
//               [{ "name", "address" }], "wentWell", "seemed" },
//     "tags": [{ "id", "tag", "name", "means", "offset", "span", "text", "pressedAt" }] }
//
// Moments are ISO 8601 in UTC; "offset", "span" and "shift" are ms, possibly with fractions. An
// offset counts from the start, pauses left out, the shift not yet added. What is not known is null;
// "to" null: the clock still stands; "span" null: a moment; "name" null: no tag of the codebook.
import * as z from 'zod/mini';
import { id, normaliseJson, tagName, tagOf } from '../domain/index.ts';
import {
  type CallExport,
  type ImportedCall,
  standingTags,
  type TagFileOptions,
  type TagFileResult,
} from './call-export.ts';
import type { CallWords } from './call-words.ts';
import { FARTHEST, LONGEST_LINE, LONGEST_TEXT, type TagRow, tagRows } from './tag-rows.ts';

const FORMAT = 'unsaid-call';
const VERSION = 1;

const line = z.string().check(z.maxLength(LONGEST_LINE));
const instant = z.iso.datetime({ offset: true });
const ms = z.number().check(z.gte(-FARTHEST), z.lte(FARTHEST));

const named = z.nullable(z.object({ id, name: line }));
const rating = z.nullable(z.int().check(z.gte(1), z.lte(5)));

const callShape = z.object({
  id,
  startedAt: instant,
  endedAt: z.nullable(instant),
  pauses: z.array(z.object({ from: instant, to: z.nullable(instant) })).check(z.maxLength(1_000)),
  shift: ms,
  channel: z.enum(['call', 'meeting']),
  subject: line,
  customer: named,
  project: named,
  participants: z.array(z.object({ name: line, address: line, odd: z.optional(z.literal(true)) })),
  wentWell: rating,
  seemed: rating,
});

const tagShape = z.object({
  id,
  tag: line,
  name: z.nullable(line),
  means: z.string(),
  offset: ms,
  span: z.nullable(ms.check(z.gte(0))),
  text: z.string().check(z.maxLength(LONGEST_TEXT)),
  pressedAt: z.nullable(instant),
});

export type CallPart = z.output<typeof callShape>;
export type TagPart = z.output<typeof tagShape>;

export const callDocumentShape = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  call: callShape,
  tags: z.array(tagShape),
});
export type CallDocument = z.output<typeof callDocumentShape>;

/** A call as JSON text. */
export function callToJson(file: CallExport, words: CallWords): string {
  return `${JSON.stringify(callDocument(file, words), null, 2)}\n`;
}

export function callDocument({ call, tags, codebook }: CallExport, words: CallWords): CallDocument {
  const { clock } = call;
  const isKnown = new Set(codebook.map((tag) => tag.id));
  return {
    format: FORMAT,
    version: VERSION,
    call: {
      id: call.id,
      startedAt: iso(clock.startedAt),
      endedAt: isoOrNull(clock.endedAt),
      pauses: clock.pauses.map(({ from, to }) => ({ from: iso(from), to: isoOrNull(to) })),
      shift: call.shift,
      channel: call.channel,
      subject: call.subject,
      customer: idAndName(call.customer),
      project: idAndName(call.project),
      participants: call.participants.map(({ name, address, odd }) => ({
        name,
        address,
        ...(odd === true ? { odd } : {}),
      })),
      wentWell: call.wentWell,
      seemed: call.seemed,
    },
    tags: standingTags(tags).map(({ id, tag, offset, span, text, pressedAt }) => {
      const ofBook = tagOf(codebook, tag);
      const name = isKnown.has(tag) ? tagName(ofBook, words.means) : null;
      const { means } = ofBook;
      return { id, tag, name, means, offset, span, text, pressedAt: isoOrNull(pressedAt) };
    }),
  };
}

function idAndName(one: { id: string; name: string } | null): { id: string; name: string } | null {
  return one === null ? null : { id: one.id, name: one.name };
}

function iso(at: number): string {
  return new Date(Math.round(at)).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

/** Reads a file of `callToJson`. */
export function readCallJson(text: string, options: TagFileOptions): TagFileResult {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, problems: [{ row: null, words: options.words.file.notOurs }] };
  }
  return readCallDocument(parsed, options);
}

/** Rows of problems count the tags. */
function readCallDocument(value: unknown, options: TagFileOptions): TagFileResult {
  const { file } = options.words;
  const failed = (words: string): TagFileResult => ({
    ok: false,
    problems: [{ row: null, words }],
  });
  const head = z
    .object({
      format: z.literal(FORMAT),
      version: z.int(),
      call: z.unknown(),
      tags: z.array(z.unknown()),
    })
    .safeParse(value);
  if (!head.success) return failed(file.notOurs);
  if (head.data.version > VERSION) return failed(file.newer);
  const call = callShape.safeParse(normaliseJson(head.data.call));
  if (!call.success) return failed(file.noCall);
  const rows = tagRows(options);
  for (const [index, tag] of head.data.tags.entries()) {
    const parsed = tagShape.safeParse(normaliseJson(tag));
    if (parsed.success) rows.take(index + 1, rowOf(parsed.data));
    else rows.tell(index + 1, file.badShape(parsed.error.issues[0]?.path.join('.') ?? ''));
  }
  return {
    ok: true,
    preview: {
      call: importedCall(call.data),
      isStartKnown: true,
      tags: rows.tags(),
      problems: rows.problems(),
    },
  };
}

export function importedCall(call: CallPart): ImportedCall {
  return {
    id: call.id,
    startedAt: Date.parse(call.startedAt),
    endedAt: parsedOrNull(call.endedAt),
    pauses: call.pauses.map(({ from, to }) => ({ from: Date.parse(from), to: parsedOrNull(to) })),
    subject: call.subject,
    channel: call.channel,
    shift: call.shift,
  };
}

export function rowOf({ id, tag, name, offset, span, text, pressedAt }: TagPart): TagRow {
  return { id, tag, name, offset, span, text, pressedAt: parsedOrNull(pressedAt) };
}

function parsedOrNull(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}
