import { useMemo, useRef } from 'preact/hooks';
import type { Completer } from '../../ui/completion.tsx';
import type { Sidebar } from './model.ts';

/**
 * In text fields @ completes colleagues, # customers and projects. `onMember`: a colleague stands in
 * the text now, and is to hear of the card once it is saved.
 */
export function useCompleter(sidebar: Sidebar, onMember: (id: string) => void): Completer {
  const told = useRef(onMember);
  told.current = onMember;
  return useMemo(() => {
    const members = new Set<string>();
    return {
      async find(sign, words) {
        const payload = { sign, words: words.slice(0, 200) };
        const answer = await sidebar.core.call('complete', payload);
        const names = answer.ok ? answer.value.names : [];
        for (const { kind, id } of names) if (kind === 'member') members.add(id);
        return names;
      },
      chosen: ({ id }) => {
        if (members.has(id)) told.current(id);
      },
    };
  }, [sidebar]);
}
