/** A person as a mail names them. `address` is lower-cased and has exactly one "@", or is ''. */
export type Person = {
  name: string;
  address: string;
  /** Hidden characters turned the order of letters round; they are gone from name and address. */
  odd?: true | undefined;
};

const BIDI = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;
// Overrides have no honest use in a name. Marks and embeddings have, where two scripts meet, but
// none in the middle of an address.
const OVERRIDE = /[\u202D\u202E]/;
const INSIDE = /\S[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]\S/;

/**
 * Reads "Name <address>", "address" or "Name". Quotes round the name are dropped; bidi controls,
 * with which a forged name can turn an address round, are removed, and `odd` tells of them.
 */
export function parseAddress(text: string): Person {
  // Nearly all: what is not tried costs no memory in the page.
  if (text.search(BIDI) < 0) return parseClean(text.trim());
  const person = parseClean(text.replace(BIDI, '').trim());
  const written = /<([^<>]*)>[^<>]*$/s.exec(text)?.[1] ?? (person.name === '' ? text : '');
  const isOdd = OVERRIDE.test(text) || (person.address !== '' && INSIDE.test(written));
  return isOdd ? { ...person, odd: true } : person;
}

function parseClean(clean: string): Person {
  const bracketed = /^(.*?)<\s*([^<>\s]+@[^<>\s]+)\s*>\s*$/s.exec(clean);
  if (bracketed) return { name: unquote(bracketed[1] ?? ''), address: lower(bracketed[2] ?? '') };
  if (/^[^\s<>@]+@[^\s<>@]+$/.test(clean)) return { name: '', address: lower(clean) };
  return { name: unquote(clean), address: '' };
}

/** The domain of an address in lower case, '' when there is none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '' : lower(address.slice(at + 1)).replace(/\.$/, '');
}

function unquote(name: string): string {
  const trimmed = name.trim();
  const quoted = /^"(.*)"$/s.exec(trimmed) ?? /^'(.*)'$/s.exec(trimmed);
  return (quoted?.[1]?.replace(/\\(.)/g, '$1') ?? trimmed).replace(/\s+/g, ' ');
}

function lower(text: string): string {
  return text.toLowerCase();
}
