import { Button } from '../../ui/index.ts';

interface RowActsProps {
  /** The act and the row's name, as a label. */
  readonly labelOf: (act: string) => string;
  readonly first: boolean;
  readonly last: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRetire: () => void;
  readonly say: Record<'up' | 'down' | 'isFirst' | 'isLast' | 'change' | 'retire', string>;
}

/** What can be done with a row of a list that is saved as one. */
export function RowActs(props: RowActsProps) {
  const { labelOf, first, last, open, onOpen, onMove, onRetire, say } = props;
  return (
    <span class="c-tag-acts">
      <Button
        look="quiet"
        label={labelOf(say.up)}
        disabled={first}
        why={say.isFirst}
        onClick={() => onMove(-1)}
      >
        <span data-move="-1">↑</span>
      </Button>
      <Button
        look="quiet"
        label={labelOf(say.down)}
        disabled={last}
        why={say.isLast}
        onClick={() => onMove(1)}
      >
        <span data-move="1">↓</span>
      </Button>
      <Button look="quiet" label={labelOf(say.change)} expanded={open} onClick={onOpen}>
        {say.change}
      </Button>
      <Button look="quiet" label={labelOf(say.retire)} onClick={onRetire}>
        {say.retire}
      </Button>
    </span>
  );
}
