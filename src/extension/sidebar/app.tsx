import { useEffect, useLayoutEffect, useReducer } from 'preact/hooks';
import { Icon } from '../../ui/icons.tsx';
import { isKeys, isTyping } from '../../ui/keys.tsx';
import { later } from '../../ui/later.tsx';
import { Problem } from '../../ui/states.tsx';
import { CallStrip } from './call-strip.tsx';
import { DraftCard } from './draft-card.tsx';
import { Head } from './head.tsx';
import { KeysHelp } from './keys-help.tsx';
import { ListView, loggable } from './list-view.tsx';
import type { Sidebar } from './model.ts';
import { SavedCardView } from './saved-card.tsx';
import { isPlace, PLACES, type View } from './state.ts';
import { SyncFoot } from './sync-foot.tsx';
import { PLACE_KEYS, Tabs } from './tabs.tsx';
import { say, sayFailure } from './words.ts';
import type { LookBackProps } from './worth/look-back.tsx';

export interface AppProps {
  readonly sidebar: Sidebar;
}

export function App({ sidebar }: AppProps) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stop = sidebar.subscribe(() => redraw(undefined));
    // Something may have been answered between the first drawing and now.
    redraw(undefined);
    return stop;
  }, [sidebar]);
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => press(sidebar, event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [sidebar]);

  const { state } = sidebar;
  const { trouble, view } = state;
  return (
    <div class="s-frame">
      <Head sidebar={sidebar} />
      <CallStrip sidebar={sidebar} />
      <Tabs sidebar={sidebar} />
      <main class="s-main">
        {trouble && trouble.id !== openId(view) && (
          <Problem {...sayFailure(trouble.failure, say.notesSafe)} />
        )}
        <Changed site={state.context?.changed ?? null} />
        <Body sidebar={sidebar} />
      </main>
      <SyncFoot sidebar={sidebar} help={view.at !== 'keys'} />
      <p class="u-hidden" role="status">
        <span key={state.times}>{state.said}</span>
      </p>
    </div>
  );
}

const Brief = later<AppProps>(() => import('./brief/brief.tsx').then(({ Brief }) => Brief));
const Story = later<AppProps>(() => import('./story/story.tsx').then(({ Story }) => Story));
const LookBack = later<LookBackProps>(() =>
  import('./worth/look-back.tsx').then(({ LookBack }) => LookBack),
);
const Search = later<AppProps>(() => import('./search/search.tsx').then(({ Search }) => Search));
const Inbox = later<AppProps>(() => import('./inbox/inbox.tsx').then(({ Inbox }) => Inbox));

/** The site has changed its pages: what is filled in may be wrong. */
function Changed({ site }: { readonly site: string | null }) {
  if (site === null) return null;
  return (
    <p class="s-notice s-notice-top">
      <Icon name="attention" size={14} />
      <span>{say.changed(site)}</span>
    </p>
  );
}

/** The card that tells its troubles itself. */
function openId(view: View): string | undefined {
  return view.at === 'draft' ? view.id : view.at === 'card' ? view.card.id : undefined;
}

function Body({ sidebar }: AppProps) {
  const { drafts, view } = sidebar.state;
  switch (view.at) {
    case 'draft': {
      const draft = drafts.find((each) => each.id === view.id);
      if (draft) return <DraftCard key={draft.id} sidebar={sidebar} draft={draft} />;
      return <ListView sidebar={sidebar} />;
    }
    case 'card':
      return <SavedCardView key={view.card.id} sidebar={sidebar} card={view.card} />;
    case 'keys':
      return <KeysHelp sidebar={sidebar} />;
    case 'brief':
      return <Brief sidebar={sidebar} />;
    case 'story':
      return <Story sidebar={sidebar} />;
    case 'search':
      return <Search sidebar={sidebar} />;
    case 'inbox':
      return <Inbox sidebar={sidebar} />;
    case 'look-back':
      return <LookBack key={view.customer.id} sidebar={sidebar} customer={view.customer} />;
    case 'list':
      return <ListView sidebar={sidebar} />;
  }
}

/** Single letters are commands only where nobody is typing. */
function press(sidebar: Sidebar, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return;
  const { view, picking } = sidebar.state;
  if (event.key === 'Escape' && picking !== null) {
    event.preventDefault();
    void sidebar.places.cancel();
    return;
  }
  const isAside = isPlace(view.at) ? view.at !== 'list' : view.at === 'search';
  if (event.key === 'Escape' && isAside) {
    event.preventDefault();
    sidebar.show({ at: 'list' });
    return;
  }
  if (event.key === 'Escape' && view.at !== 'list') {
    event.preventDefault();
    sidebar.backToList(view.at === 'draft' ? view.id : view.at === 'card' ? view.card.id : null);
    return;
  }
  if (isTyping(event.target)) return;
  if (sidebar.drafts.takes(event)) event.preventDefault();
  else dispatch(sidebar, event);
}

function dispatch(sidebar: Sidebar, event: KeyboardEvent): void {
  const { view, context, calls } = sidebar.state;
  if (isKeys(event, '?')) sidebar.show({ at: 'keys' });
  else if (isKeys(event, '/') && isPlace(view.at)) sidebar.show({ at: 'search' });
  else if (isPlain(event) && sidebar.calls.press(event.key, event.timeStamp)) {
    // It tagged the call.
  } else if (toPlace(sidebar, event)) {
    // It went there.
  } else if (view.at !== 'list') return;
  else if (isKeys(event, 'C') && calls?.running === null) {
    void sidebar.calls.start(calls.proposal !== null);
  } else if (isKeys(event, 'N')) void sidebar.drafts.begin('note', null);
  else if (isKeys(event, 'M')) {
    const message = loggable(context);
    if (message === null) return;
    void sidebar.drafts.begin('mail', message);
  } else return;
  event.preventDefault();
}

function toPlace(sidebar: Sidebar, event: KeyboardEvent): boolean {
  if (!isPlace(sidebar.state.view.at)) return false;
  const place = PLACES.find((each) => isKeys(event, PLACE_KEYS[each]));
  if (place !== undefined) sidebar.show({ at: place });
  return place !== undefined;
}

function isPlain({ ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey && !isComposing;
}
