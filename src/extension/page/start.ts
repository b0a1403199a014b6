// The script in every frame of a page where Unsaid is on: reads the page by its site, tells the
// background, and calls for the rest (more.ts) when there is something to mark, to choose or to
// open. The page is hostile: what a person does counts, what the page fakes does not. May import
// sites, anchor, domain, and of messages only what is free of schemas (send.ts, hear.ts, types).
import type { MessageReading } from '../../sites/index.ts';
import type { CaptureKind } from '../messages/shapes.ts';
import type { PageDeps } from './deps.ts';
import { frameHasFocus } from './focus.ts';
import { rootsAround } from './inside.ts';
import { catchKeys } from './keys.ts';
import { removeLeftovers } from './layer-name.ts';
import type { More } from './more.ts';
import { Reader } from './reader.ts';
import { hearSelection } from './selecting.ts';
import { hearNumbers } from './telephone.ts';
import { isTextKey } from './text-key.ts';
import { watch } from './watch.ts';

export type Page = {
  /** Removes every listener, node and mark of ours. */
  end: () => void;
  signal: AbortSignal;
};

// The open shadow trees that messages stand in.
function rootsOf(messages: readonly MessageReading[]): ShadowRoot[] {
  return messages.flatMap(({ body }) => {
    if (body === null) return [];
    // A form answers with an input of that name.
    const { shadowRoot } = body;
    const own = shadowRoot !== null && shadowRoot instanceof ShadowRoot ? [shadowRoot] : [];
    return [...rootsAround(body), ...own];
  });
}

/** Starts in this document and tells what it shows; costs nothing while nothing happens. */
export function startPage(deps: PageDeps): Page {
  const abort = new AbortController();
  const { signal } = abort;
  removeLeftovers();

  let more: More | null = null;
  let loading: Promise<More | null> | null = null;
  const reader = new Reader(deps, { told: () => void askMarks(), wholes: needMore }, signal);
  const watched = watch(
    {
      touched: (records) => more?.texts.update(records),
      // A newer script clears the layers of this one away.
      layers: lives,
      settled: () => {
        if (lives()) update();
      },
    },
    signal,
  );

  /** The rest of the script, called for once; null when the browser does not let us. */
  function needMore(): Promise<More | null> {
    loading ??= deps.load().then((create) => {
      if (create === null) loading = null;
      if (create === null || signal.aborted) return null;
      more = create({ ...deps, reader, fresh, signal });
      return more;
    });
    return loading;
  }

  const selecting = hearSelection(
    {
      begins: () => void needMore(),
      look: (roots) => {
        if (more) more.capture.look(roots);
        else void needMore().then((all) => all?.capture.look(roots));
      },
    },
    signal,
  );
  /** Keys after the one that keeps words, while the rest of the script is on its way. */
  let early: KeyboardEvent[] | null = null;
  catchKeys({
    open: () => {
      // Somebody quick presses the key in the very turn in which the mouse went up, or before the
      // rest of the script has come.
      selecting.now();
      if (more) return more.capture.isOffering;
      // What will not come has no use for a key: the page has it.
      return selecting.words() && loading !== null && lives();
    },
    choose: (kind: CaptureKind) => {
      early = [];
      void needMore().then((all) => {
        all?.ahead.begin();
        all?.capture.choose(kind);
        for (const event of early ?? []) all?.ahead.takes(event);
        early = null;
      });
    },
    ahead: (event) => {
      if (more) return more.ahead.takes(event);
      if (early === null || !isTextKey(event)) return false;
      early.push(event);
      return true;
    },
    confirm: () => more?.capture.confirm() ?? false,
    close: () => void needMore().then((all) => all?.capture.close()),
    signal,
  });

  hearNumbers((link) => {
    // Where something must not be read, nothing is told.
    const isQuiet = !reader.isRead || reader.withheld.length > 0;
    if (!isQuiet && lives()) void deps.call('telephoned', link);
  }, signal);

  // After an update of the extension the old script stays in the page, with nobody to talk to.
  function lives(): boolean {
    if (signal.aborted) return false;
    if (deps.alive()) return true;
    abort.abort();
    return false;
  }

  function fresh(): boolean {
    if (!lives()) return false;
    if (watched.dirty()) watched.flush();
    return true;
  }

  function update(): void {
    reader.read();
    watched.also(rootsOf(reader.messages));
    more?.marks.refresh();
    reader.tell(false);
    if (!more?.marks.any) more?.texts.release();
    more?.sidebar?.check();
  }

  // What this frame shows was told: are there marks in it?
  let asked = 0;
  async function askMarks(): Promise<void> {
    asked += 1;
    const asking = asked;
    const of = reader.messages;
    watched.also(rootsOf(of));
    const answer = reader.answer;
    if (!answer?.ok) return;
    const { messages } = answer.value;
    const result = messages.length > 0 ? await deps.call('marks', { messages }) : null;
    // Asked again meanwhile: an older answer would bring back what was taken away.
    const isOld = () => signal.aborted || asking !== asked || reader.answer !== answer;
    if (isOld() || result?.ok === false) return;
    const marks = result?.value.marks ?? [];
    const any = marks.some((each) => each.length > 0);
    if (any) await needMore();
    if (isOld()) return;
    more?.marks.take(any ? marks : [], any ? of : []);
    if (!any) more?.texts.release();
  }

  const deaf = deps.hear({
    announce: ({ wholly }) => {
      if (wholly) void reader.wholly();
      else reader.tell(true);
    },
    redraw: () => void askMarks(),
    settings: () => void reader.begin().then(() => more?.marks.refresh()),
    sidebar: ({ open, waits }) => {
      if (!deps.top || (open === false && more === null)) return;
      void needMore().then((all) => {
        if (open === null) all?.sidebar?.toggle();
        else if (open) all?.sidebar?.open(waits === true);
        else all?.sidebar?.close();
      });
    },
    captureSelection: ({ kind }) => {
      if (frameHasFocus()) void needMore().then((all) => all?.capture.command(kind));
    },
    reveal: ({ id }) => void more?.marks.reveal(id),
    pickPlace: ({ mark }) => {
      if (mark !== null || more !== null) void needMore().then((all) => all?.places.pick(mark));
    },
    acceptPlace: (mark) => more?.places.accept(mark),
  });
  signal.addEventListener('abort', deaf, { once: true });

  void reader.begin();
  return { end: () => abort.abort(), signal };
}
