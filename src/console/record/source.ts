/** The address if it may become a link: a web page over http(s), nothing that runs or reads files. */
export function webAddress(address: string | null | undefined): string | null {
  const url = address ? URL.parse(address) : null;
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}
