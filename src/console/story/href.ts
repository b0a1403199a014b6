// Where a story and a moment of it are found. Nothing but that: whoever leads there asks for no more.
import type { StoryMoment } from '../../domain/story-told.ts';

export type StoryUnit = 'project' | 'customer' | 'call';

/** What a finding, a question or an improvement says of the moment it is about. */
export const momentRef = ({ record, at }: Pick<StoryMoment, 'record' | 'at'>) => ({
  subject: { kind: record.kind, id: record.id },
  at: new Date(at).toISOString(),
});

/** The story's page; `at`: a moment's key, or `atOf` where only its record is known. */
export function storyHref(unit: StoryUnit, id: string, at?: string | null): string {
  const path = `#/story/${unit}/${encodeURIComponent(id)}`;
  return at ? `${path}?${new URLSearchParams({ at })}` : path;
}

/** "note/<id>" or, with an ISO instant, "note/<id>/<instant>": the record's moment nearest to it. */
export function atOf({ kind, id }: { kind: string; id: string }, instant?: string | null): string {
  return [kind, id, ...(instant ? [instant] : [])].join('/');
}
