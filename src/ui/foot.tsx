import type { ComponentChildren } from 'preact';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icons.tsx';
import { sayTime } from './time.ts';
import { useWords, type Words } from './words.ts';

/** What is true of this device's records right now; `count` is changes not yet on the server. */
export type FootState =
  | { readonly is: 'synced' }
  | { readonly is: 'syncing' }
  /** Many changes on their way; so many of them are there. */
  | {
      readonly is: 'sending' | 'receiving';
      readonly done: number;
      readonly of: number;
    }
  | { readonly is: 'waiting'; readonly count: number }
  /** `since`: ISO instant. */
  | { readonly is: 'offline'; readonly since: string; readonly count: number }
  /** Never connected to a server. */
  | { readonly is: 'local'; readonly count: number }
  /** Changes the server could not take; `count` of them. */
  | { readonly is: 'attention'; readonly count: number };

const ICONS: Readonly<Record<FootState['is'], IconName>> = {
  synced: 'synced',
  syncing: 'waiting',
  sending: 'waiting',
  receiving: 'waiting',
  waiting: 'waiting',
  offline: 'offline',
  local: 'device',
  attention: 'attention',
};

export function footText(state: FootState, words: Words): string {
  switch (state.is) {
    case 'synced':
      return words.foot.synced;
    case 'syncing':
      return words.foot.syncing;
    case 'sending':
    case 'receiving':
      return words.foot[state.is](state.done, state.of);
    case 'waiting':
      return words.foot.waiting(state.count);
    case 'offline':
      return words.foot.offline(sayTime(state.since, words.lang), state.count);
    case 'local':
      return words.foot.local(state.count);
    case 'attention':
      return words.foot.attention(state.count);
  }
}

export interface FootProps {
  readonly state: FootState;
  /** Opens the list of what needs attention. */
  readonly onShow?: () => void;
  /** At the right end: a help key, a link. */
  readonly children?: ComponentChildren;
}

/** The honest line: what is saved where. */
export function Foot({ state, onShow, children }: FootProps) {
  const words = useWords();
  return (
    <footer class="u-foot" data-state={state.is}>
      <Icon name={ICONS[state.is]} size={14} />
      <p role="status">{footText(state, words)}</p>
      {state.is === 'attention' && onShow && (
        <Button look="quiet" onClick={onShow}>
          {words.foot.show}
        </Button>
      )}
      {children}
    </footer>
  );
}
