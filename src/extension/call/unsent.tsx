import { Button } from '../../ui/button.tsx';
import { Trouble } from '../calls/trouble.tsx';
import type { Bar } from './bar.ts';
import { say } from './words.ts';

/** Why something is not stored yet, and what can be done. */
export function Unsent({ bar }: { readonly bar: Bar }) {
  const { unsent, trouble: failure } = bar.state;
  if (failure === null || unsent === 0) return null;
  // The worker is started again by itself; only what is refused needs a person.
  if (!bar.isRefused) {
    return (
      <p class="b-gap" role="status">
        {say.unsent(unsent)} {failure.code === 'ended' ? '' : failure.message} {say.retrying}
      </p>
    );
  }
  return (
    <Trouble
      failure={failure}
      safe={`${say.unsent(unsent)} ${say.keptHere}`}
      action={
        <>
          <Button onClick={() => bar.again()}>{say.again}</Button>
          <Button look="bad" onClick={() => bar.giveUp()}>
            {say.giveUp}
          </Button>
        </>
      }
    />
  );
}
