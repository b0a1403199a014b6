// A page's address as the name of what it shows: the same for everybody and tomorrow.

// What changes from visit to visit or from view to view.
const VOLATILE =
  /^(utm_.*|[a-z]*clid|_ga.*|_|ts|time(stamp)?|rand(om)?|v|ver|lang|locale|hl|theme|sort.*|order(by)?|dir|tab|page|p|offset|start|limit|per_?page|ref|referrer|return.*|redirect.*|back|.*(sess|token|csrf|xsrf|nonce|auth|signature|expires).*|sid|zenid|cftoken|cfid)$/i;
// Which kind of thing a number is of.
const KIND = /^(module|model|object|entity|type|etn|kind|table|class|view_type|app|menu|section)$/i;
// A number, a UUID, a long name with digits in it, "17-a-slug".
const ID =
  /^(#?\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[^\d]*\d)[\w~-]{8,}|\d+-[\w-]+|[A-Z]{1,5}-\d+)$/i;

export type PageName = {
  /** "<host><path>", with the parts of the query that tell what is shown, and a route. */
  name: string;
  /** Whether the address tells of one thing among many. */
  isOfOne: boolean;
};

/** null for what is not of the web. */
export function pageName(url: string): PageName | null {
  if (!/^https?:/.test(url)) return null;
  const address = new URL(url);
  const path = address.pathname.replace(/;[^/]*/g, '').replace(/\/+$/, '');
  const query = lasting(address.search.slice(1));
  const route = routeOf(address.hash);
  const parts = [...path.split('/'), ...values(query), ...route.split(/[/?&=!]/)];
  return {
    name: `${address.host}${path}${query === '' ? '' : `?${query}`}${route}`,
    isOfOne: parts.some((part) => ID.test(decoded(part))),
  };
}

// A place within the page is no address of its own; programs of one page have their routes there.
function routeOf(hash: string): string {
  const inner = hash.slice(1);
  if (inner.startsWith(':~:') || !/^[!/]|[/=]/.test(inner)) return '';
  const [path = '', search = ''] = inner.split('?', 2);
  const isQuery = !path.includes('/') && path.includes('=');
  const place = isQuery ? lasting(path) : path.replace(/\/+$/, '');
  const query = lasting(search);
  return place === '' && query === '' ? '' : `#${place}${query === '' ? '' : `?${query}`}`;
}

// In one order, since programs do not keep to one.
function lasting(query: string): string {
  const kept = [...new URLSearchParams(query)].filter(
    ([name, value]) => !VOLATILE.test(name) && (KIND.test(name) || ID.test(value)),
  );
  kept.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return new URLSearchParams(kept).toString();
}

function values(query: string): string[] {
  return [...new URLSearchParams(query).values()];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// What programs call the things that people have records of; addresses are English everywhere.
const RECORD = words(
  'contact|company|companie|customer|client|account|deal|lead|opportunity|opportunitie|case|ticket',
  'organisation|organization|partner|party|partie|person|people|project|vendor|supplier|invoice',
  'order|quote|issue|task|crm',
);
const MAIL = words('(e|web)?mail|message|inbox|sent|thread|conversation|folder|letter|mailbox');

/** Whether the name says that it is of a record, rather than of a mail. */
export function isOfRecord(name: string): boolean {
  return RECORD.test(pathOf(name));
}

/** Whether it says that it is of a mail: the same one has another address in each mailbox. */
export function isOfMail(name: string): boolean {
  return MAIL.test(pathOf(name)) && !isOfRecord(name);
}

function pathOf(name: string): string {
  return name.replace(/^[^/?#]*/, '');
}

function words(...lists: string[]): RegExp {
  return new RegExp(`(^|[^a-z])(${lists.join('|')})(e?s)?([^a-z]|$)`, 'i');
}
