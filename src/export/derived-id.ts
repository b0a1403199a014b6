import { type Id, id } from '../domain/index.ts';
import { browserHasher } from '../ledger/index.ts';

/**
 * An id made of what something is called elsewhere (UUID version 8, RFC 9562, 5.8), so that a file
 * brought in twice says the same records twice. It tells nothing of what it was made of.
 */
export function derivedId(...names: string[]): Id {
  const bytes = browserHasher.sha256(new TextEncoder().encode(JSON.stringify(names)));
  const hex = [...bytes.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

/** The id in "urn:uuid:…"; null: there is none of ours. */
export function idOfUrn(iri: string): Id | null {
  const name = iri.replace(/^urn:uuid:/i, '').toLowerCase();
  return name.length < iri.length && id.safeParse(name).success ? name : null;
}
