import { ariaKeys } from '../../ui/keys.tsx';
import type { AppProps } from './app.tsx';
import { PLACES, type Place } from './state.ts';
import { say } from './words.ts';

/** Single letters, as all keys of the sidebar: only where nobody is typing. */
export const PLACE_KEYS: Readonly<Record<Place, string>> = {
  list: 'H',
  brief: 'B',
  story: 'S',
  inbox: 'I',
};

/** The four places of the sidebar. */
export function Tabs({ sidebar }: AppProps) {
  const { view, waiting } = sidebar.state;
  const { at } = view;
  return (
    <nav class="s-tabs" aria-label={say.places}>
      {PLACES.map((place) => (
        <button
          key={place}
          type="button"
          aria-current={at === place ? 'page' : undefined}
          aria-keyshortcuts={ariaKeys(PLACE_KEYS[place])}
          onClick={() => sidebar.show({ at: place })}
        >
          {say.place[place]}
          {place === 'inbox' && waiting > 0 && (
            <>
              <span class="s-tab-count" aria-hidden="true">
                {waiting > 99 ? '99+' : waiting}
              </span>
              <span class="u-hidden">{say.waitsFor(waiting)}</span>
            </>
          )}
        </button>
      ))}
    </nav>
  );
}
