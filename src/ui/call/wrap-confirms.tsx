import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../button.tsx';
import { isKeys } from '../keys.tsx';
import { Segment } from '../segment.tsx';
import { wrapWords as say } from './wrap-words.ts';

/** An expectation that is not known yet. */
export interface WrapOpen {
  readonly expectation: string;
  readonly statement: string;
  /** The question that waits for it. */
  readonly probe: { readonly id: string; readonly question: string } | null;
}

export type Says = 'confirmed' | 'refuted' | 'asked';
export interface Confirms {
  readonly expectation: string;
  readonly probe: string | null;
  readonly says: Says;
}

const SAYS: readonly (readonly [Says, string])[] = [
  ['confirmed', 'Y'],
  ['refuted', 'N'],
  ['asked', 'A'],
];

interface Props {
  readonly open: readonly WrapOpen[];
  readonly onConfirms: (confirms: Confirms) => void;
  readonly onCancel: () => void;
}

/** Which expectation a tag is about, chosen by its digit, and what it says of it. */
export function PickConfirms({ open, onConfirms, onCancel }: Props) {
  const [says, setSays] = useState<Says>('confirmed');
  const [from, setFrom] = useState(0);
  const place = useRef<HTMLFieldSetElement>(null);
  const shown = open.slice(from, from + 9);
  // At once: the next key may come before anything is painted.
  useLayoutEffect(() => {
    const first = place.current?.querySelector<HTMLElement>('.w-open button');
    (first ?? place.current?.querySelector<HTMLElement>('button'))?.focus();
  }, [from]);
  const choose = ({ expectation, probe }: WrapOpen) =>
    onConfirms({ expectation, probe: probe?.id ?? null, says });
  const press = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const chosen = isPlain && /^[1-9]$/.test(event.key) ? shown[Number(event.key) - 1] : undefined;
    const wanted = SAYS.find(([, key]) => isKeys(event, key));
    if (isKeys(event, 'Escape')) onCancel();
    else if (chosen) choose(chosen);
    else if (wanted) setSays(wanted[0]);
    else if (event.key !== 'Enter' && event.key.length > 1) return;
    // A letter of the list's behind it would decide something else.
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
  };
  return (
    <fieldset ref={place} class="w-confirms" onKeyDown={press}>
      <legend class="u-label">{open.length === 0 ? say.nothingOpen : say.confirmsWhich}</legend>
      {open.length > 0 && (
        <Segment
          label={say.whatItSays}
          options={SAYS.map(([value, key]) => ({ value, label: `${say.says[value]} (${key})` }))}
          value={says}
          onChange={setSays}
        />
      )}
      <ol class="w-open">
        {shown.map((one, at) => (
          <li key={one.expectation}>
            <button type="button" aria-keyshortcuts={String(at + 1)} onClick={() => choose(one)}>
              <span class="u-key" aria-hidden="true">
                {at + 1}
              </span>
              <span>
                <span dir="auto">{one.statement}</span>
                {one.probe !== null && (
                  <span class="u-quiet" dir="auto">
                    {one.probe.question}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div class="u-actions">
        {from + 9 < open.length && (
          <Button look="quiet" onClick={() => setFrom(from + 9)}>
            {say.more(open.length - from - 9)}
          </Button>
        )}
        <Button look="quiet" keys="Escape" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </fieldset>
  );
}
