/** What the address of the options page asks for. It may have been written by anybody. */
export type Asked =
  | { ask: 'nothing' }
  | { ask: 'section'; section: Section }
  | { ask: 'allow'; origin: string }
  | { ask: 'resume'; server: string; deviceCode: string; local: boolean };

export const SECTIONS = [
  ...(['connect', 'attention', 'devices', 'following', 'sites', 'never', 'logging'] as const),
  ...(['cues', 'shortcuts', 'calls', 'reminders', 'privacy', 'local'] as const),
] as const;
export type Section = (typeof SECTIONS)[number];

export function readHash(hash: string): Asked {
  const text = hash.replace(/^#/, '');
  const section = SECTIONS.find((each) => each === text);
  if (section !== undefined) return { ask: 'section', section };
  const asked = new URLSearchParams(text);
  const allow = asked.get('allow');
  if (allow !== null) {
    const origin = webOrigin(allow);
    return origin === null ? { ask: 'nothing' } : { ask: 'allow', origin };
  }
  const server = webOrigin(asked.get('server') ?? '');
  const deviceCode = asked.get('device_code') ?? '';
  if (server === null || !/^[\w.~-]{8,200}$/.test(deviceCode)) return { ask: 'nothing' };
  return { ask: 'resume', server, deviceCode, local: isLoopback(new URL(server).hostname) };
}

/** The origin of an http(s) address that is nothing but an origin; else null. */
export function webOrigin(text: string): string | null {
  if (!/^https?:\/\/[^\s/?#@\\*]+\/?$/i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  return url.origin;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
