import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { shorten } from '../../../domain/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icons.tsx';
import type { AppProps } from '../app.tsx';
import { plain } from '../plain.ts';
import { UndoLine } from '../undo-line.tsx';
import { Unmeasured } from './cue-line.tsx';
import { sayCues } from './words.ts';

const SHOWN = 5;

/** Places of the open mail where something unsaid may hide: a list that folds away. */
export function HereCues({ sidebar }: AppProps) {
  const { cues, undoable, focus } = sidebar.state;
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const part = useRef<HTMLElement>(null);
  const list = cues?.cues ?? [];
  const done = undoable.filter(({ did }) => did === 'not-one' || did === 'cues-off');
  useLayoutEffect(() => {
    // What was pressed is gone: the keyboard goes on with what takes it back.
    const undo = part.current?.querySelector<HTMLElement>(
      `[data-undo="${CSS.escape(focus ?? '')}"] button`,
    );
    if (!undo) return;
    undo.focus();
    sidebar.focused();
  }, [focus, sidebar]);
  const shown = all ? list : list.slice(0, SHOWN);
  const foreign = list.find(({ origin }) => !origin.measured)?.origin;
  return (
    <section class="s-part s-cues" ref={part} aria-label={sayCues.places(list.length)}>
      {list.length > 0 && (
        <h2>
          <button
            type="button"
            class="s-cues-head"
            aria-expanded={open}
            aria-controls="s-cues-list"
            onClick={() => setOpen(!open)}
          >
            <Icon name="question" size={14} />
            <span>{sayCues.places(list.length)}</span>
            <span class="s-cues-fold" aria-hidden="true" />
          </button>
        </h2>
      )}
      <div id="s-cues-list" hidden={!open || list.length === 0}>
        <ul class="s-rows">
          {shown.map((cue) => (
            <li key={cue.id} class="s-cue-row">
              <button type="button" class="s-row" onClick={() => void sidebar.cues.open(cue)}>
                <span class="s-row-text">
                  <bdi class="s-cut s-theirs">{shorten(plain(cue.words), 200)}</bdi>
                  <span class="s-meta">{cue.origin.why}</span>
                </span>
              </button>
              <Button
                look="quiet"
                label={sayCues.notThis(shorten(plain(cue.words), 60))}
                onClick={() => void sidebar.cues.notOne(cue.origin, null)}
              >
                {sayCues.not}
              </Button>
            </li>
          ))}
        </ul>
        {foreign && <Unmeasured of={foreign} />}
        <div class="u-actions">
          {list.length > shown.length && (
            <Button look="quiet" onClick={() => setAll(true)}>
              {sayCues.more(list.length - shown.length)}
            </Button>
          )}
          <Button look="quiet" onClick={() => void sidebar.cues.switchOff()}>
            {sayCues.switchOff}
          </Button>
        </div>
      </div>
      {done.map((each) => (
        <UndoLine
          key={each.did === 'not-one' ? each.cue.print : each.did}
          sidebar={sidebar}
          undoable={each}
        />
      ))}
    </section>
  );
}
