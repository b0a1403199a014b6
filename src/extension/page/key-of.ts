import type { MessageReading } from '../../sites/index.ts';

/** Elements are reused for other messages, so a message is known by what its header shows. */
export function keyOf(message: MessageReading): string {
  const { sourceUrl, subject, from, sentAt, sentAtText, messageId } = message;
  return JSON.stringify([sourceUrl, subject, from, sentAt, sentAtText, messageId]);
}
