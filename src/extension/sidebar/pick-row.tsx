import { useRef, useState } from 'preact/hooks';
import { Pick, type PickItem } from '../../ui/pick.tsx';
import type { Choice } from '../messages/draft.ts';
import type { Hit } from '../messages/views.ts';
import { say } from './words.ts';

export type Finder = (
  kind: 'customer' | 'contact' | 'project',
  words: string,
  customer: string | null,
) => Promise<readonly Hit[]>;

interface Props {
  readonly kind: 'customer' | 'contact' | 'project';
  readonly label: string;
  readonly value: Choice;
  /** The customer whose contacts and projects are looked for. */
  readonly within: string | null;
  readonly find: Finder;
  readonly creates: boolean;
  readonly onPick: (choice: Choice) => void;
  readonly onPending: (label: string, text: string) => void;
}

const NOBODY: Choice = { id: null, name: '', reason: '' };

/** A customer, contact or project: what was found is shown with its reason, and can be put right. */
export function PickRow(props: Props) {
  const { kind, label, value, within, find, creates, onPick, onPending } = props;
  const [hits, setHits] = useState<readonly PickItem[]>([]);
  const turn = useRef(0);
  const look = async (words: string) => {
    turn.current += 1;
    const mine = turn.current;
    const found = await find(kind, words, within);
    if (turn.current === mine) setHits(found);
  };
  const item = value.name === '' ? null : { id: value.id ?? '', name: value.name };
  const reason = value.reason || (item !== null && value.id === null ? say.created : '');
  return (
    <div onFocusIn={() => void look('')}>
      <Pick
        label={label}
        items={hits}
        value={item}
        {...(reason === '' ? {} : { hint: reason })}
        onPick={(picked) =>
          onPick(picked === null ? NOBODY : { id: picked.id, name: picked.name, reason: '' })
        }
        {...(creates ? { onCreate: (name: string) => onPick({ id: null, name, reason: '' }) } : {})}
        onQuery={(text) => {
          onPending(label, text.trim());
          void look(text);
        }}
      />
    </div>
  );
}
