// Writing a list that is saved as one: what is open, what was changed, saving it and taking that back.
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Answer, Failure } from '../client.ts';
import type { DraftRow, WholeDraft, WholeList } from './draft.ts';
import type { Kept } from './kept.ts';

interface Wish {
  readonly id: string | null;
  readonly retired: boolean;
}

interface Options<Base, W extends Wish> {
  readonly list: WholeList<Base, W>;
  /** As the server has it now. */
  readonly found: Base;
  readonly kept: Kept<WholeDraft<Base, W>>;
  readonly read: () => Promise<Answer<Base>>;
  readonly send: (draft: WholeDraft<Base, W>) => Promise<Answer<Base>>;
  readonly onTaken: (found: Base) => void;
  readonly onSignedOut: () => void;
}

export function useWholeList<Base, W extends Wish>(options: Options<Base, W>) {
  const { list, found, kept, read, send, onTaken, onSignedOut } = options;
  const [draft, setDraft] = useState(() => kept.current ?? list.draftOf(found));
  const [open, setOpen] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [merged, setMerged] = useState(false);
  const [said, setSaid] = useState('');
  /** As it was before the last saving. */
  const [before, setBefore] = useState<Base | null>(null);
  const endUndo = useCallback(() => setBefore(null), []);
  const made = useRef(0);
  const place = useRef<HTMLDivElement>(null);
  const focus = useRef<string | null>(null);

  // What a colleague saved is shown at once, unless something is being written over it.
  useLayoutEffect(() => {
    if (kept.current === null) setDraft(list.draftOf(found));
  }, [kept, found, list]);
  // With the drawing it belongs to: an effect of the one before would come first and find nothing.
  useLayoutEffect(() => {
    if (focus.current === null) return;
    place.current?.querySelector<HTMLElement>(focus.current)?.focus();
    focus.current = null;
  });

  function write(next: WholeDraft<Base, W>) {
    kept.current = list.isChanged(next) ? next : null;
    setDraft(next);
    setBefore(null);
  }
  const withRows = (rows: readonly DraftRow<W>[]) => write({ ...draft, rows });
  const change = (row: string, patch: Partial<DraftRow<W>>) =>
    withRows(draft.rows.map((one) => (one.row === row ? { ...one, ...patch } : one)));

  /** `field`: the element that is written in first. */
  function add(wish: W, field: string) {
    made.current += 1;
    const row = `new-${made.current}`;
    withRows([...draft.rows, { ...wish, row }]);
    setOpen(row);
    focus.current = `[data-row="${row}"] ${field}`;
  }

  function moved(row: string, rows: readonly DraftRow<W>[], by: 1 | -1, words: string) {
    withRows(rows);
    setSaid(words);
    focus.current = `[data-row="${CSS.escape(row)}"] button:has([data-move="${by}"])`;
  }

  /** A new one is gone at once. */
  function retire({ row, id }: DraftRow<W>, retired: boolean, words: string) {
    const rows =
      id === null
        ? draft.rows.filter((one) => one.row !== row)
        : draft.rows.map((one) => (one.row === row ? { ...one, retired } : one));
    withRows(rows);
    setOpen(null);
    setSaid(retired ? words : '');
    focus.current = retired ? '[data-add] button' : `[data-row="${CSS.escape(row)}"] button`;
  }

  async function save(next: WholeDraft<Base, W>) {
    setFailure(null);
    setMerged(false);
    const answer = await send(next);
    if (answer.ok) {
      kept.current = null;
      setDraft(list.draftOf(answer.value));
      setOpen(null);
      onTaken(answer.value);
      return true;
    }
    const { failure: why } = answer;
    if (why.is === 'signed-out') onSignedOut();
    else if (why.is === 'refused' && why.status === 409) await merge(next);
    else setFailure(why);
    return false;
  }

  /** Somebody was faster: theirs with our changes, to be looked at before they are saved. */
  async function merge(mine: WholeDraft<Base, W>) {
    const answer = await read();
    if (!answer.ok) return setFailure(answer.failure);
    write(list.merge(mine, answer.value));
    setMerged(true);
    onTaken(answer.value);
  }

  return {
    ...{ draft, open, failure, merged, said, place, change, add, moved, retire },
    isChanged: list.isChanged(draft),
    toggle: (row: string) => setOpen(open === row ? null : row),
    /** null: there is no saving to take back. */
    undo:
      before === null
        ? null
        : () => {
            setBefore(null);
            void save({ ...list.draftOf(before), base: found });
          },
    endUndo,
    async save() {
      const old = draft.base;
      if (await save(draft)) setBefore(old);
    },
    asBefore: () => write(list.draftOf(found)),
  };
}

export type Writing = Pick<
  ReturnType<typeof useWholeList>,
  'isChanged' | 'merged' | 'failure' | 'undo' | 'endUndo' | 'save' | 'asBefore'
>;
