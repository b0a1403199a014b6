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
  // u: which of the accounts that are signed in; d and b: somebody else's mailbox.
  const account = /^https:\/\/mail\.google\.com\/mail(?:\/[ubd]\/[\w-]+)*/i.exec(here)?.[0];
  const place = /#(spam|trash)\b/.exec(here)?.[1] ?? 'all';
  return account === undefined ? null : `${account}/#${place}/${id}`;
}

/**
 * Whether the address is that of an open conversation: in it a token or an id stands behind the
 * place, which itself is two words for a search or a label ("#label/Customers/FMfcg…").
 */
export function isConversation(here: string): boolean {
  const [, ...path] = /#([^?]*)/.exec(here)?.[1]?.split('/') ?? [];
  const isOfTwo = /#(?:search|advanced-search|label|category)\//.test(here);
  return (
    path.length === (isOfTwo ? 2 : 1) &&
    /^(?:[A-Za-z]{30,}|[0-9a-f]{14,16})$/.test(path.at(-1) ?? '')
  );
}
