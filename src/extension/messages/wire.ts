/** Marks a message as ours; the direction keeps a page from making a sidebar's call. */
export type Wire = {
  unsaid: 1;
  to: 'page-call' | 'sidebar-call' | 'page-event';
  call: string;
  payload: unknown;
};

export function isWire(message: unknown): message is Wire {
  return (
    typeof message === 'object' &&
    message !== null &&
    'unsaid' in message &&
    message.unsaid === 1 &&
    'to' in message &&
    'call' in message &&
    typeof message.call === 'string'
  );
}
