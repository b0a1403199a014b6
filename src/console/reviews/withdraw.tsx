import { useState } from 'preact/hooks';
import { Button, TextArea } from '../../ui/index.ts';
import type { Reading } from './one.tsx';
import { say } from './words.ts';

/** The reviewer takes the whole review back, with the reason. */
export function Withdraw({ found, calls, act }: Reading) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  if (!open) {
    return (
      <div class="u-actions c-no-print">
        <Button look="bad" onClick={() => setOpen(true)}>
          {say.withdraw}
        </Button>
      </div>
    );
  }
  const missing = reason.trim() === '';
  return (
    <form
      class="c-review-form c-no-print"
      aria-label={say.withdraw}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (missing) return;
        void act(say.withdrawDone, () => calls.withdraw(found.review.id, reason.trim()));
      }}
    >
      <p>{say.withdrawWhy}</p>
      <TextArea
        label={say.withdrawReason}
        value={reason}
        maxLength={2_000}
        autofocus
        error={tried && missing ? say.withdrawMissing : undefined}
        onInput={setReason}
      />
      <div class="u-actions">
        <Button look="bad" submit>
          {say.withdrawDo}
        </Button>
        <Button look="quiet" onClick={() => setOpen(false)}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
