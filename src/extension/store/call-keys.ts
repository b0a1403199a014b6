// What calls, their tags and how they seemed are looked up by: one index with keys of several forms.
//
//     all/<time>/<id>              a call, newest first by its start
//     open/<author>/<id>           a call that is not over
//     tag/<call>/<time>/<id>       a tag, newest first by its press
//     todo/<call>/<author>/<id>    a tag that nobody has dealt with
//     wait/<author>/<time>/<id>    the same, of all calls
//     seem/<call>/<id>             how satisfied they seemed
//
// Nothing that was deleted has a key. Each ends in its record's id, so that counting keys counts
// records, also where many lie in one block.
import type { Id, RecordState } from '../../domain/index.ts';

export const callKey = {
  all: () => 'all/',
  open: (author: Id) => `open/${author}/`,
  tag: (call: Id) => `tag/${call}/`,
  todo: (call: Id, author?: Id) => `todo/${call}/${author === undefined ? '' : `${author}/`}`,
  wait: (author: Id) => `wait/${author}/`,
  seem: (call: Id) => `seem/${call}/`,
};

const LATEST = 999_999_999_999_999;

/** A time (ms since 1970) as a part of keys that sort the newest first. */
export function newestFirst(ms: number): string {
  const whole = Number.isFinite(ms) ? Math.floor(ms) : 0;
  return String(LATEST - Math.min(Math.max(whole, 0), LATEST)).padStart(15, '0');
}

/** The keys of a record; most have none. */
export function callKeysOf({ kind, id, origin, registers }: RecordState): string[] {
  const value = (field: string) => registers[field]?.value;
  if (value('deleted') === true) return [];
  const at = (field: string) => newestFirst(Date.parse(String(value(field) ?? '')));
  const state = value('callState');
  if (kind === 'interaction' && typeof state === 'string') {
    const all = `${callKey.all()}${at('startedAt')}/${id}`;
    return state === 'ended' ? [all] : [all, `${callKey.open(origin.author)}${id}`];
  }
  const call = value('interaction');
  if (typeof call !== 'string') return [];
  if (kind === 'perception' && value('form') === 'impression')
    return [`${callKey.seem(call)}${id}`];
  if (kind !== 'note' || typeof value('tag') !== 'string') return [];
  const pressed = at('pressedAt');
  const tag = `${callKey.tag(call)}${pressed}/${id}`;
  const isDone = value('handled') === true || (value('became') ?? null) !== null;
  if (isDone) return [tag];
  return [
    tag,
    `${callKey.todo(call, origin.author)}${id}`,
    `${callKey.wait(origin.author)}${pressed}/${id}`,
  ];
}
