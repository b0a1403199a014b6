// Addresses of LinkedIn's messaging: /messaging/thread/<conversation>/.

export const HOSTS = /^([a-z]{2}\.|www\.)?linkedin\.com$/;

export function isMessaging({ hostname, pathname }: URL): boolean {
  return HOSTS.test(hostname) && /^\/messaging(\/|$)/.test(pathname);
}

/** The conversation's code, the same for all who take part; null on any other page. */
export function threadAt({ pathname }: URL): string | null {
  const code = /^\/messaging\/thread\/([\w=%-]+)(?:\/|$)/.exec(pathname)?.[1];
  return code?.replaceAll('%3D', '=') ?? null;
}
