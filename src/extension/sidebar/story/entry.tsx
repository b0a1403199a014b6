import { shorten } from '../../../domain/text.ts';
import { Icon, type IconName } from '../../../ui/icons.tsx';
import { Ladder } from '../../../ui/ladder.tsx';
import { sayMoment } from '../../../ui/moment-words.ts';
import { sayTime } from '../../../ui/time.ts';
import { useWords } from '../../../ui/words.ts';
import type { StoryEntry, StoryKind } from '../../messages/story-calls.ts';
import { plain } from '../plain.ts';
import { sayStory as say } from './words.ts';

interface Props {
  readonly entry: StoryEntry;
  readonly tabIndex: 0 | -1;
  readonly onOpen: () => void;
  readonly onCall: (call: string) => void;
}

const ICONS: Readonly<Record<StoryKind, IconName>> = {
  ...{ mail: 'interaction', call: 'interaction', expectation: 'expectation', note: 'note' },
  ...{ commitment: 'commitment', grievance: 'grievance', praise: 'praise', risk: 'risk' },
  ...{ question: 'question', decision: 'decision', probe: 'question', answer: 'check' },
  ...{ perception: 'people', outcome: 'twice', breach: 'attention', inquiry: 'question' },
  ...{ improvement: 'plus', effect: 'synced' },
};
/** Kinds that have a colour of their own. */
const COLOURED: readonly StoryKind[] = [
  ...(['expectation', 'note', 'commitment', 'grievance', 'praise'] as const),
  ...(['question', 'decision', 'risk'] as const),
];

/** One thing that happened: when, what and by whom; their words in theirs, ours in ours. */
export function Entry({ entry, tabIndex, onOpen, onCall }: Props) {
  const words = useWords();
  const { kind, title, theirs, ours } = entry;
  const isMail = kind === 'mail' || kind === 'call';
  const inside = (
    <>
      <span class="st-head">
        <span
          class="u-kind"
          data-kind={COLOURED.includes(kind) ? kind : kind === 'probe' ? 'question' : undefined}
        >
          <Icon name={ICONS[kind]} size={14} />
          <span>{sayMoment(entry)}</span>
        </span>
        <time class="s-meta" dateTime={new Date(entry.at).toISOString()}>
          {sayTime(new Date(entry.at).toISOString(), words.lang)}
        </time>
      </span>
      {(title !== '' || isMail) && <bdi class="s-cut">{plain(title) || say.noSubject}</bdi>}
      {theirs !== '' && <bdi class="s-cut s-theirs">{shorten(theirs, 400)}</bdi>}
      {ours !== '' && <bdi class="s-cut">{shorten(ours, 400)}</bdi>}
      <span class="s-meta s-row-foot">
        {entry.stage !== undefined && kind === 'expectation' && (
          <Ladder size="small" stage={entry.stage} outcome={entry.outcome ?? null} />
        )}
        <span>
          <bdi>{whoOf(entry)}</bdi>
        </span>
        {entry.keptHere && (
          <span class="s-kept">
            <Icon name="device" size={12} /> {say.keptHere}
          </span>
        )}
      </span>
    </>
  );
  return (
    <div class="st-entry">
      {entry.card === null ? (
        // Nothing opens, and yet the arrows walk over it as over the others.
        <div class="st-main" data-main tabIndex={tabIndex}>
          {inside}
        </div>
      ) : (
        <button type="button" class="st-main" data-main tabIndex={tabIndex} onClick={onOpen}>
          {inside}
        </button>
      )}
      <Ways entry={entry} tabIndex={tabIndex} onCall={onCall} />
    </div>
  );
}

/** To the mail or the call itself. */
function Ways({ entry, tabIndex, onCall }: Omit<Props, 'onOpen'>) {
  const { call, url } = entry;
  // Addresses come from pages and from colleagues: opened only where they are the web's.
  const isWeb = /^https?:\/\//i.test(url);
  if (call === null && !isWeb) return null;
  return (
    <p class="st-ways">
      {call !== null && (
        <button
          type="button"
          class="u-button u-button-quiet"
          tabIndex={tabIndex}
          onClick={() => onCall(call)}
        >
          {say.openCall}
        </button>
      )}
      {isWeb && (
        <a
          class="u-button u-button-quiet"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          tabIndex={tabIndex}
        >
          {say.openMail}
        </a>
      )}
    </p>
  );
}

function whoOf({ kind, direction, from, by }: StoryEntry): string {
  const us = say.by(by.me ? say.me : plain(by.name));
  const them = plain(from?.name || from?.address || '');
  if (kind === 'mail') return direction === 'outbound' ? say.to : them || us;
  return [them, us].filter(Boolean).join(' · ');
}
