// Names and addresses of others as they can be shown: a forged one cannot turn the words round.
import { plain } from '../../domain/plain.ts';

export { plain };

/** The same, set apart from the direction of the sentence round it. */
export function isolated(text: string): string {
  return `\u2068${plain(text)}\u2069`;
}

/**
 * The domain of an address in the letters a-z that the network uses ("xn--…"), or null where it
 * is written in them already.
 */
export function plainDomain(address: string): string | null {
  const domain = plain(address).slice(address.lastIndexOf('@') + 1);
  if (/^[\x20-\x7e]*$/.test(domain) || /[\s/?#:%\\]/.test(domain)) return null;
  if (!URL.canParse(`http://${domain}`)) return null;
  return new URL(`http://${domain}`).hostname;
}
