// What is typed or chosen in one part of a saved card, until it is saved.
import { useReducer, useRef, useState } from 'preact/hooks';
import type { Fields } from '../../../domain/fields.ts';
import type { Json } from '../../../domain/json.ts';
import type { Draft } from '../../messages/draft.ts';
import type { SavedCard } from '../../messages/views.ts';
import type { Core } from '../core.ts';
import { useGoing } from '../going.ts';
import type { Sidebar } from '../model.ts';
import type { CardPart } from '../state.ts';

type Typed = { [field: string]: Json };
/** What typed values become, and what is wrong with those that cannot be saved, by field. */
export type Read = { patch: Typed; problems: { [field: string]: string } };

/** Typed and not saved, by part and card: a text with a mistake outlives its card being closed. */
const unsaved = new WeakMap<Core, Map<string, Typed>>();

export function typedIn(core: Core, key: string): Typed {
  const all = unsaved.get(core) ?? new Map<string, Typed>();
  unsaved.set(core, all);
  const typed = all.get(key) ?? {};
  all.set(key, typed);
  return typed;
}

/** What was typed under one key stands under another from now on. */
export function moveTyped(core: Core, from: string, to: string): void {
  const typed = typedIn(core, from);
  unsaved.get(core)?.set(to, typed);
  unsaved.get(core)?.delete(from);
}

export interface Edits {
  /** As it stands in the form: typed values over saved ones. */
  readonly fields: Fields<'expectation'>;
  /** As typed, where it is; else undefined. */
  readonly typed: (field: string) => Json | undefined;
  readonly problems: Read['problems'];
  /** Not saved yet: one of many key presses. */
  readonly type: (patch: Typed) => void;
  /** Saved at once, with what was typed before; null clears. */
  readonly set: (patch: Typed) => Promise<boolean>;
  /** What is wrong with what was typed, and shows it. */
  readonly check: () => Read['problems'];
  /** Saves what was typed. False: something could not be saved, and says why. */
  readonly commit: () => Promise<boolean>;
}

const asTyped = (patch: Typed): Read => ({ patch, problems: {} });

export function useEdits(
  { cards, core }: Sidebar,
  card: SavedCard,
  part: CardPart,
  read: (typed: Typed, saved: Fields<'expectation'>) => Read = asTyped,
): Edits {
  const typed = typedIn(core, `${part}/${card.id}`);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const [problems, setProblems] = useState(() => read(typed, card.fields).problems);
  /** Saved, and not told back yet. */
  const sent = useRef<Typed>({});
  const shown = useRef(card);
  if (shown.current !== card) {
    shown.current = card;
    sent.current = {};
  }

  const running = useRef(Promise.resolve(true));
  const run = async (): Promise<boolean> => {
    const { patch, problems: found } = read(typed, saved(shown.current, sent.current));
    setProblems(found);
    const before: Draft['fields'] = {};
    const changed: Typed = {};
    for (const [field, value] of Object.entries(patch)) {
      const old = (saved(shown.current, sent.current) as Typed)[field] ?? null;
      if (old === value) continue;
      before[field] = old;
      changed[field] = value;
    }
    const taken = Object.keys(patch).map((field) => [field, typed[field]] as const);
    if (Object.keys(changed).length > 0) {
      if (!(await cards.edit(shown.current, changed, part, before))) return false;
      Object.assign(sent.current, changed);
    }
    // What was typed on meanwhile stays.
    for (const [field, value] of taken) if (typed[field] === value) delete typed[field];
    draw(undefined);
    return Object.keys(found).length === 0;
  };
  // One after the other: the next one knows what this one saved.
  const commit = () => {
    running.current = running.current.then(run);
    return running.current;
  };
  const type = (patch: Typed) => {
    Object.assign(typed, patch);
    setProblems((now) => without(now, Object.keys(patch)));
    draw(undefined);
  };
  useGoing(() => void commit());
  const now = saved(card, sent.current);
  return {
    fields: readable({ ...(now as Typed), ...read(typed, now).patch }),
    typed: (field) => typed[field],
    problems,
    type,
    commit,
    check: () => {
      const found = read(typed, saved(shown.current, sent.current)).problems;
      setProblems(found);
      return found;
    },
    set: (patch) => {
      type(patch);
      return commit();
    },
  };
}

function saved(card: SavedCard, sent: Typed): Fields<'expectation'> {
  return readable({ ...(card.fields as Typed), ...sent });
}

/** Without what was cleared. */
function readable(fields: Typed): Fields<'expectation'> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function without(problems: Read['problems'], fields: string[]): Read['problems'] {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => !fields.includes(field)));
}
