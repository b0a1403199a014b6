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
  /** As it was before the last saving, and after it. */
  const [before, setBefore] = useState<readonly [Base, Base] | null>(null);
  const [isSaving, setSaving] = useState(false);
  const endUndo = useCallback(() => setBefore(null), []);
  const made = useRef(0);
  const place = useRef<HTMLDivElement>(null);
  const focus = useRef<string | null>(null);
  const sending = useRef(false);
  /** Had the keyboard before saving, while which nothing has it. */
  const last = useRef<Element | null>(null);

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
  useLayoutEffect(() => {
    if (isSaving) return;
    if (last.current instanceof HTMLElement) last.current.focus();
    last.current = null;
  }, [isSaving]);

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

  /** As the server has it then; null where it did not take it. */
  async function save(next: WholeDraft<Base, W>): Promise<Base | null> {
    if (sending.current) return null;
    sending.current = true;
    last.current = place.current?.ownerDocument.activeElement ?? null;
    setSaving(true);
    setFailure(null);
    setMerged(false);
    const answer = await send(next);
    if (answer.ok) {
      kept.current = null;
      setDraft(list.draftOf(answer.value));
      setOpen(null);
      onTaken(answer.value);
    } else if (answer.failure.is === 'signed-out') onSignedOut();
    else if (answer.failure.is === 'refused' && answer.failure.status === 409) await merge(next);
    else setFailure(answer.failure);
    sending.current = false;
    setSaving(false);
    return answer.ok ? answer.value : null;
  }

  /** Somebody was faster: theirs with our changes, to be looked at before they are saved. */
  async function merge(mine: WholeDraft<Base, W>) {
    const answer = await read();
    if (!answer.ok) return setFailure(answer.failure);
    const merged = list.merge(mine, answer.value);
    write(merged);
    // With nothing left to save it was this very saving, whose answer was lost.
    setMerged(list.isChanged(merged));
    onTaken(answer.value);
  }

  return {
    ...{ draft, open, failure, merged, said, place, change, add, moved, retire },
    /** Nothing can be written then: it would be gone with the answer. */
    isSaving,
    isChanged: list.isChanged(draft),
    toggle: (row: string) => setOpen(open === row ? null : row),
    /** null: there is no saving to take back. */
    undo:
      before === null
        ? null
        : () => {
            setBefore(null);
            void save(list.back(...before, found));
          },
    endUndo,
    async save() {
      const old = draft.base;
      const saved = await save(draft);
      if (saved !== null) setBefore([old, saved]);
    },
    asBefore: () => write(list.draftOf(found)),
  };
}

export type Writing = Pick<
  ReturnType<typeof useWholeList>,
  'isChanged' | 'merged' | 'failure' | 'undo' | 'endUndo' | 'save' | 'asBefore'
>;
