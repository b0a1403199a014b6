import { useRef, useState } from 'preact/hooks';
import { Pick, type PickItem } from '../../ui/pick.tsx';
import type { NotebookClient } from './client.ts';

interface Props {
  readonly client: NotebookClient;
  readonly label: string;
  readonly placeholder?: string;
  readonly value: PickItem | null;
  readonly onPick: (item: PickItem | null) => void;
}

/** A customer, found by name as it is typed. */
export function FindPick({ client, label, placeholder, value, onPick }: Props) {
  const [items, setItems] = useState<readonly PickItem[]>([]);
  const turn = useRef(0);
  const find = async (words: string) => {
    turn.current += 1;
    const mine = turn.current;
    const asked = { kind: 'customer', words: words.slice(0, 200), customer: null } as const;
    const reply = await client.call('find', asked);
    if (turn.current === mine && reply.ok) setItems(reply.value.hits);
  };
  return (
    <div onFocusIn={() => void find('')}>
      <Pick
        {...{ label, items, value, onPick }}
        {...(placeholder === undefined ? {} : { placeholder })}
        onQuery={(words) => void find(words)}
      />
    </div>
  );
}
