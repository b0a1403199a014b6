import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SavedCard } from '../../messages/views.ts';
import { savesCard } from '../enter.ts';
import type { Sidebar } from '../model.ts';
import { type CardPart, placeOf } from '../state.ts';
import { UndoLine } from '../undo-line.tsx';
import { Versions } from '../versions.tsx';
import type { Edits } from './edits.ts';
import { useLeave } from './leave.ts';
import '../../../ui/worth/worth.css';
import './worth-part.css';

export interface SectionProps {
  readonly sidebar: Sidebar;
  readonly card: SavedCard;
}

interface FoldProps {
  readonly title: string;
  /** How it stands, beside the title: enough to leave it closed. */
  readonly state: string;
  /** There is something to do in it: it opens, and can be closed. */
  readonly open: boolean;
  readonly children: ComponentChildren;
}

/** A part of a card that can be closed; what is in it is made only when it is open. */
export function Fold({ title, state, open: wanted, children }: FoldProps) {
  const [open, setOpen] = useState(wanted);
  useEffect(() => {
    if (wanted) setOpen(true);
  }, [wanted]);
  return (
    <details
      class="s-part s-fold"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <h3>{title}</h3> <span class="s-meta">{state}</span>
      </summary>
      {open && <div class="s-fold-in">{children}</div>}
    </details>
  );
}

/** One of these fields was written by two at the same time: to be seen at once. */
export function isTwice({ versions = {} }: SavedCard, fields: readonly string[]): boolean {
  return fields.some((field) => field in versions);
}

interface PartProps extends SectionProps {
  readonly part: CardPart;
  readonly edits: Edits;
  readonly children: ComponentChildren;
}

/** The fields of a part: saved when one is left, and undone in the place where they are. */
export function PartFields({ sidebar, card, part, edits, children }: PartProps) {
  const leave = useLeave(() => void edits.commit());
  const undoable = sidebar.state.undoable.find((each) => placeOf(each) === `${part}/${card.id}`);
  return (
    // What is heard here are the fields inside, which each can be reached by keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what is in it
    <div
      class="s-fold-in"
      onFocusOut={(event) => {
        if (!isSameChoice(event.target, event.relatedTarget)) leave();
      }}
      onKeyDown={(event) => {
        // A text with a mistake is not left behind by saving the card.
        if (!savesCard(event, null)) return;
        if (Object.keys(edits.check()).length === 0) return;
        event.preventDefault();
      }}
    >
      {children}
      <Versions sidebar={sidebar} card={card} part={part} />
      {undoable && <UndoLine sidebar={sidebar} undoable={undoable} />}
    </div>
  );
}

/** From one radio button to another of the same choice: nothing is left. */
function isSameChoice(from: EventTarget | null, to: EventTarget | null): boolean {
  return (
    from instanceof HTMLInputElement &&
    to instanceof HTMLInputElement &&
    from.type === 'radio' &&
    from.name === to.name
  );
}
