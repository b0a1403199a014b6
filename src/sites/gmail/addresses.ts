// Ids and addresses of Gmail. What stands in the address bar ("#inbox/FMfcg…") is no id of anything.

/**
 * The id of a message or conversation as lower-case hexadecimal, unique in one mailbox: from the
 * older attribute, else from "msg-f:123" or "thread-f:123", which is the same number. null for one
 * just sent ("msg-a:r…") and for none.
 */
export function hexId(legacy: string | null, permanent: string | null): string | null {
  if (legacy !== null && /^[0-9a-f]{1,16}$/i.test(legacy)) return legacy.toLowerCase();
  const decimal = /^#?(?:msg|thread)-f:(\d{1,20})$/.exec(permanent ?? '')?.[1];
  return decimal === undefined ? null : BigInt(decimal).toString(16);
}

/** Where the message with this id opens by itself, in the same account; null without an id. */
export function messageAddress(here: string, id: string | null): string | null {
  if (id === null) return null;
  const account = /^https:\/\/mail\.google\.com\/mail(?:\/u\/\d+)?/i.exec(here)?.[0];
  const place = /#(spam|trash)\b/.exec(here)?.[1] ?? 'all';
  return account === undefined ? null : `${account}/#${place}/${id}`;
}

/** Whether the address is that of an open conversation. */
export function isConversation(here: string): boolean {
  const place = /#([^?]*)/.exec(here)?.[1] ?? '';
  return /\/(?:[A-Za-z]{24,}|[0-9a-f]{14,16})$/.test(place);
}
