// The part of the page's script that most pages never need: choosing words, marks, the sidebar. The
// resident part (start.ts) asks for it and hands over what it holds. Built as a file of its own.
import { Capture } from './capture.ts';
import type { PageDeps } from './deps.ts';
import { Headers } from './headers.ts';
import { PageMarks } from './marks.ts';
import { Places } from './places.ts';
import type { Reader } from './reader.ts';
import { shared } from './shared-names.ts';
import { Sidebar } from './sidebar.ts';
import { Texts } from './texts.ts';
import { TypeAhead } from './type-ahead.ts';

export type MoreDeps = Pick<PageDeps, 'call' | 'top' | 'sidebar'> & {
  reader: Reader;
  /** Brings the reader up to date; false when the script has just ended itself. */
  fresh: () => boolean;
  signal: AbortSignal;
};

export type More = {
  texts: Texts;
  headers: Headers;
  capture: Capture;
  ahead: TypeAhead;
  marks: PageMarks;
  places: Places;
  /** null in frames below the top one. */
  sidebar: Sidebar | null;
};

export type CreateMore = (deps: MoreDeps) => More;

export const createMore: CreateMore = ({ call, top, sidebar, reader, fresh, signal }) => {
  const texts = new Texts();
  const marks = new PageMarks(call, reader, texts, signal);
  const ahead = new TypeAhead(call, signal);
  const capture = new Capture({ call, reader, texts, ahead, fresh, top, signal });
  const places = new Places(call, reader, texts, marks, capture);
  const lost = () => void call('lost', {});
  return {
    texts,
    headers: new Headers(signal),
    capture,
    ahead,
    marks,
    places,
    sidebar: top ? new Sidebar(sidebar, lost, signal) : null,
  };
};

shared.more = createMore;
