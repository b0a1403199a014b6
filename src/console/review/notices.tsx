import { useState } from 'preact/hooks';
import type { DraftContent } from '../../domain/reviews.ts';
import { Button, Problem } from '../../ui/index.ts';
import { writtenOut } from './copy.ts';
import type { DeskProps } from './desk.tsx';
import { say } from './words.ts';

interface NoticesProps extends Pick<DeskProps, 'sheet' | 'place' | 'onTakeOn'> {
  readonly content: DraftContent;
  /** The draft is no more. */
  readonly isGone: boolean;
}

/** What has changed since it was begun, and what keeps it from being finished. */
export function Notices({ sheet, place, content, isGone, onTakeOn }: NoticesProps) {
  const { changes, notIndependent, others, gone, standards } = sheet;
  const [copied, setCopied] = useState(false);
  const [taking, setTaking] = useState<string | null>(null);
  const copy = (
    <>
      <Button
        icon="copy"
        onClick={() => {
          const text = writtenOut(standards, content);
          void place.navigator.clipboard.writeText(text).then(() => setCopied(true));
        }}
      >
        {say.copy}
      </Button>
      <span role="status">{copied && say.copied}</span>
    </>
  );
  const isEmpty = changes.length + notIndependent.length + others.length === 0 && !isGone;
  if (isEmpty) return null;
  return (
    <div class="c-review-notices">
      {(gone !== null || isGone) && (
        <Problem
          what={isGone ? say.kept.gone : say.gone}
          safe={isGone ? '' : [...changes, say.goneSafe].join(' ')}
          action={copy}
        />
      )}
      {notIndependent.length > 0 && (
        <Problem
          what={say.notIndependent}
          safe={[...notIndependent, say.notIndependentSafe].join(' ')}
        />
      )}
      {gone === null && changes.length > 0 && (
        <div class="c-review-changes">
          <h2>{say.changedSince}</h2>
          <ul>
            {changes.map((text) => (
              <li key={text} dir="auto">
                {text}
              </li>
            ))}
          </ul>
        </div>
      )}
      {others.map(({ name, state, at, draft }) => (
        <div key={`${name}/${at}`} class="c-sure">
          <p dir="auto">{say.others[state](name || say.somebody)}</p>
          {draft !== null &&
            (taking === draft ? (
              <>
                <p>{say.takeOnSure}</p>
                <Button onClick={() => onTakeOn(draft)}>{say.takeOn}</Button>
                <Button look="quiet" onClick={() => setTaking(null)}>
                  {say.cancel}
                </Button>
              </>
            ) : (
              <Button look="quiet" onClick={() => setTaking(draft)}>
                {say.takeOn}
              </Button>
            ))}
        </div>
      ))}
    </div>
  );
}
