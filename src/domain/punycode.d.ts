// The package has no types of its own. Named by its file: "punycode" alone is Node's own module.
declare module 'punycode/punycode.es6.js' {
  /** A domain with each "xn--" label decoded; throws RangeError on one that cannot be. */
  export function toUnicode(domain: string): string;
  /** A domain with each label that is not ASCII encoded as "xn--…". */
  export function toASCII(domain: string): string;
}
