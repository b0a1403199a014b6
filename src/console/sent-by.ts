import { isKeys } from '../ui/index.ts';

/** What sends a form: its button, and the keys from wherever one is in it. Escape leaves it. */
export function sentBy(send: () => unknown, leave?: () => void) {
  return {
    onSubmit(event: Event) {
      event.preventDefault();
      void send();
    },
    onKeyDown(event: KeyboardEvent) {
      const isSend = isKeys(event, 'Mod+Enter') || isKeys(event, 'Ctrl+Enter');
      const isLeave = leave && isKeys(event, 'Escape') && !event.defaultPrevented;
      if (!isSend && !isLeave) return;
      event.preventDefault();
      if (isSend) void send();
      else leave?.();
    },
  };
}
