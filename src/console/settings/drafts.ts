import { useEffect, useRef } from 'preact/hooks';
import type { Setting } from '../api.ts';

/** A list as it is being written, and what it was written over. */
export interface SettingDraft {
  readonly base: Setting;
  readonly text: string;
}

/** By the setting's name: kept while one looks at another page. */
export type SettingDrafts = Map<string, SettingDraft>;

/** The browser asks before it closes a tab with something unsaved. */
export function useSettingDrafts(place: Window): SettingDrafts {
  const drafts = useRef<SettingDrafts>(new Map()).current;
  useEffect(() => {
    const onLeave = (event: Event) => {
      if (drafts.size > 0) event.preventDefault();
    };
    place.addEventListener('beforeunload', onLeave);
    return () => place.removeEventListener('beforeunload', onLeave);
  }, [place, drafts]);
  return drafts;
}
