import type { ComponentChildren } from 'preact';
import type { MomentKind } from '../../domain/story-kinds.ts';
import type { StoryMoment } from '../../domain/story-told.ts';
import { Icon, type IconName, Ladder, sayTime, useWords } from '../../ui/index.ts';
import { NO_FILTERS as NO_REGISTER_FILTERS } from '../filters.ts';
import { registerHref } from '../route.ts';
import { sayKind, sayTitle, sayWho } from './say.ts';
import { say } from './words.ts';

export const ICONS: Readonly<Record<MomentKind, IconName>> = {
  ...{ mail: 'interaction', call: 'interaction', expectation: 'expectation', note: 'note' },
  ...{ commitment: 'commitment', grievance: 'grievance', praise: 'praise', risk: 'risk' },
  ...{ question: 'question', decision: 'decision', probe: 'question', answer: 'check' },
  ...{ perception: 'people', outcome: 'twice', breach: 'attention', inquiry: 'question' },
  ...{ improvement: 'plus', effect: 'synced' },
};
/** Kinds that have a colour of their own, and whose they take. */
const COLOURS: { readonly [kind in MomentKind]?: string } = {
  ...{ expectation: 'expectation', note: 'note', commitment: 'commitment', praise: 'praise' },
  ...{ grievance: 'grievance', question: 'question', decision: 'decision', risk: 'risk' },
  ...{ probe: 'question', breach: 'grievance', inquiry: 'decision' },
};

export interface EntryProps {
  readonly moment: StoryMoment;
  readonly tabIndex: 0 | -1;
  /** Somebody asked to read all of its texts. */
  readonly isWhole: boolean;
  readonly pinned: number;
  readonly pinLabel: string;
  /** Read blind nothing leads to where names are. */
  readonly blind: boolean;
  readonly onWhole: () => void;
  readonly onPin: (() => void) | null;
  readonly onComment: () => void;
  readonly onAsk: (() => void) | null;
  readonly children?: ComponentChildren;
}

/** One thing that happened: when, what and by whom; their words in theirs, ours in ours. */
export function Entry(props: EntryProps) {
  const { moment, tabIndex, onComment, onPin, children } = props;
  const { url } = moment;
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = {
      c: onComment,
      p: onPin,
      o: url === null ? null : () => window.open(url, '_blank', 'noopener,noreferrer'),
      Enter: moment.cut ? props.onWhole : null,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  return (
    <article class="c-st-entry" data-kind={COLOURS[moment.kind]}>
      {/* The arrows walk over it; its keys do what its buttons do. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div class="c-st-main" data-main tabIndex={tabIndex} onKeyDown={onKeyDown}>
        <MomentHead moment={moment} pinned={props.pinned} />
        <MomentWords moment={moment} />
        <MomentFoot moment={moment} />
      </div>
      <Ways {...props} />
      {children}
    </article>
  );
}

export function MomentHead({
  moment,
  pinned,
}: {
  readonly moment: StoryMoment;
  readonly pinned: number;
}) {
  const { lang } = useWords();
  const at = new Date(moment.at).toISOString();
  return (
    <p class="c-st-head">
      <span class="u-kind" data-kind={COLOURS[moment.kind]}>
        <Icon name={ICONS[moment.kind]} size={14} />
        <span>{sayKind(moment)}</span>
      </span>
      {pinned > 0 && <span class="c-st-pinned">{say.pinned(pinned)}</span>}
      <time dateTime={at}>{sayTime(at, lang)}</time>
    </p>
  );
}

export function MomentWords({ moment }: { readonly moment: StoryMoment }) {
  const title = sayTitle(moment);
  const { theirs, ours } = moment;
  return (
    <>
      {title !== '' && (
        <p class="c-st-title" dir="auto">
          {title}
        </p>
      )}
      {theirs !== '' && (
        <p class="c-st-theirs" dir="auto">
          {theirs}
        </p>
      )}
      {ours !== '' && (
        <p class="c-st-ours" dir="auto">
          {ours}
        </p>
      )}
    </>
  );
}

export function MomentFoot({ moment }: { readonly moment: StoryMoment }) {
  const { kind, stage, outcome } = moment;
  return (
    <p class="c-st-foot">
      {stage !== undefined && kind === 'expectation' && (
        <Ladder size="small" stage={stage} outcome={outcome ?? null} />
      )}
      <bdi>{sayWho(moment)}</bdi>
    </p>
  );
}

function Ways(props: EntryProps) {
  const { moment, tabIndex, blind, isWhole, onWhole, onPin, onComment, onAsk, pinLabel } = props;
  const { url, cut } = moment;
  const { kind, id } = moment.record;
  const way = (label: string, act: () => void, expanded?: boolean) => (
    <button
      type="button"
      class="u-button u-button-quiet"
      tabIndex={tabIndex}
      aria-expanded={expanded}
      onClick={act}
    >
      {label}
    </button>
  );
  return (
    <p class="c-st-ways">
      {(cut || isWhole) && way(isWhole ? say.readLess : say.readAll, onWhole, isWhole)}
      {onPin && way(pinLabel, onPin)}
      {way(say.comment, onComment)}
      {onAsk && way(say.ask, onAsk)}
      {url !== null && (
        <a
          class="u-button u-button-quiet"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          tabIndex={tabIndex}
        >
          {say.openPage}
        </a>
      )}
      {!blind && (
        <a
          class="u-button u-button-quiet"
          href={registerHref(NO_REGISTER_FILTERS, { kind, id })}
          tabIndex={tabIndex}
        >
          {say.openRecord}
        </a>
      )}
    </p>
  );
}

/** Time is to be seen as space: the longer nobody said a word, the more of it. */
export function Silent({ days, children }: { readonly days: number; readonly children: string }) {
  const room = Math.min(56, Math.round(8 * Math.log2(Math.max(2, days / 7))));
  return (
    <p class="c-st-silence" style={{ paddingBlock: `${room}px` }}>
      {children}
    </p>
  );
}
