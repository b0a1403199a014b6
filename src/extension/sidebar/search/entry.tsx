import { Icon } from '../../../ui/icons.tsx';
import { ariaKeys } from '../../../ui/keys.tsx';
import type { AppProps } from '../app.tsx';
import './entry.css';
import { saySearch as say } from './words.ts';

/** Looks like a field and opens the place with the real one, whose code comes then. */
export function SearchEntry({ sidebar }: AppProps) {
  return (
    <button
      type="button"
      class="s-search-entry"
      aria-keyshortcuts={ariaKeys('/')}
      onClick={() => sidebar.show({ at: 'search' })}
    >
      <Icon name="search" size={14} />
      <span>{say.entry}</span>
      {/* aria-keyshortcuts says it already: the name stays the word. */}
      <span class="u-key" aria-hidden="true">
        /
      </span>
    </button>
  );
}
