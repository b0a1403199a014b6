// Where people meet and make calls in the browser. Plain data, for anybody.

/** A host of meetings or phones, and what its addresses say. */
type Place = {
  /** Matched against the whole host name. */
  host: RegExp;
  /** What makes codes of this place unique among those of all. */
  place: string;
  /** In groups, a meeting's own code: matched against path and what follows the # or, decoded. */
  codes: readonly RegExp[];
  /** Whether all of it is for calls, so that a page without a code is one, too. */
  phone: boolean;
};

const PLACES: readonly Place[] = [
  {
    host: /^meet\.google\.com$/,
    place: 'meet.google.com',
    codes: [/^\/([a-z]{3}-[a-z]{4}-[a-z]{3})(?:\/|$)/, /^\/lookup\/([\w-]+)/],
    phone: false,
  },
  {
    host: /^([a-z0-9-]+\.)*(zoom\.us|zoomgov\.com)$/,
    place: 'zoom.us',
    codes: [
      /^\/wc\/(?:join\/|start\/)?(\d{9,12})(?:\/|$)/,
      /^\/(?:j|s)\/(\d{9,12})(?:\/|$)/,
      /^\/(?:wc\/)?(my\/[\w.]+)(?:\/|$)/,
    ],
    phone: false,
  },
  {
    host: /^(teams\.microsoft\.com|teams\.cloud\.microsoft|teams\.live\.com|(gov|dod)\.teams\.microsoft\.us)$/,
    place: 'teams',
    codes: [/(19:meeting_[\w-]+@thread\.v2)/i, /\/meet\/(\d{9,15})(?:[/?]|$)/],
    phone: true,
  },
  { host: /^(app|phone)\.aircall\.io$/, place: 'aircall', codes: [], phone: true },
  {
    host: /^(?!(?:www|support|developers|success)\.)([a-z0-9-]+\.)+ringcentral\.com$/,
    place: 'ringcentral',
    codes: [/^\/(?:conf\/on|join|welcome\/meetings)\/(\d{9,12})(?:\/|$)/],
    phone: true,
  },
  {
    host: /^((app|meetings|meet)\.)?dialpad\.com$/,
    place: 'dialpad',
    codes: [/^\/(?:room|meet)\/([\w-]+)/],
    phone: true,
  },
];

/** All of them: whether somebody at this host may be in a call. For a whole host name. */
export const MEETING_HOSTS = new RegExp(PLACES.map(({ host }) => host.source).join('|'));

/** What an address says of a meeting or a phone, "<place>|<code>"; null where it is neither. */
export function meetingAt(address: URL): { conversation: string | null } | null {
  const place = PLACES.find(({ host }) => host.test(address.hostname));
  if (place === undefined) return null;
  const path = decoded(address.pathname);
  // The older Teams keeps its state behind the #.
  const text = place.place === 'teams' ? path + decoded(address.hash) : path;
  for (const code of place.codes) {
    const found = code.exec(text)?.[1];
    if (found !== undefined) return { conversation: `${place.place}|${found}` };
  }
  return place.phone && isInProgram(address) ? { conversation: null } : null;
}

// The shop window of a phone company stands at the same host as its program.
function isInProgram({ hostname, pathname }: URL): boolean {
  return hostname !== 'dialpad.com' || /^\/(app|calls?)(\/|$)/.test(pathname);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
