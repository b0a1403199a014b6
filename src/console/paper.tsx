// What a page shows in parts, whole on paper: a list on the screen has only what is in sight, so all
// of it is drawn beside the page while it is being printed.
import { type ComponentChildren, render } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useWords, WordsContext } from '../ui/index.ts';
import { ConsoleWordsContext, useConsoleWords } from './words.ts';

/**
 * `draw`: what stands on the paper, asked for when it is printed. It is drawn at once: what is there
 * a moment later is not on the paper.
 */
export function usePaper(place: Window, name: string, draw: () => ComponentChildren): void {
  const shared = useWords();
  const words = useConsoleWords();
  const latest = useRef({ draw, shared, words });
  latest.current = { draw, shared, words };
  useLayoutEffect(() => {
    const doc = place.document;
    const paper = doc.createElement('div');
    paper.className = `c-paper ${name}`;
    const before = () => {
      const now = latest.current;
      doc.body.append(paper);
      doc.documentElement.dataset.printing = name;
      render(
        <WordsContext.Provider value={now.shared}>
          <ConsoleWordsContext.Provider value={now.words}>
            {now.draw()}
          </ConsoleWordsContext.Provider>
        </WordsContext.Provider>,
        paper,
      );
    };
    const after = () => {
      render(null, paper);
      paper.remove();
      delete doc.documentElement.dataset.printing;
    };
    place.addEventListener('beforeprint', before);
    place.addEventListener('afterprint', after);
    return () => {
      after();
      place.removeEventListener('beforeprint', before);
      place.removeEventListener('afterprint', after);
    };
  }, [place, name]);
}
