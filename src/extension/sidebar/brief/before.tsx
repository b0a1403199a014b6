import type { AppProps } from '../app.tsx';
import './before.css';
import { useBrief } from './use-brief.ts';
import { sayHere as say } from './words.ts';

/** One line over everything else, where a customer is known and something is open with them. */
export function BeforeYouTalk({ sidebar }: AppProps) {
  const { view } = useBrief(sidebar);
  if (view === null) return null;
  const { hunches, due } = view.brief;
  const said = [
    ...(hunches.length > 0 ? [say.open(hunches.length)] : []),
    ...(due > 0 ? [say.due(due)] : []),
  ];
  if (said.length === 0) return null;
  return (
    <p class="s-before">
      <button type="button" onClick={() => sidebar.show({ at: 'brief' })}>
        {say.before} <b>{said.join(', ')}</b>
      </button>
    </p>
  );
}
