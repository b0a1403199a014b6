// Times in the reader's time zone and the page's language: "24 Feb 2027, 09:12".

const formats = new Map<string, Intl.DateTimeFormat>();

// Making a formatter costs some 50 µs, a table of 1,000 rows would notice.
function format(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(lang, options);
  formats.set(key, made);
  return made;
}

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

function said(iso: string, lang: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(iso);
  // What cannot be read as a time is shown as it stands: a strange date beats a missing row.
  return Number.isNaN(date.getTime()) ? iso : format(lang, options).format(date);
}

/** "24 Feb 2027" from an ISO instant. */
export function sayDay(iso: string, lang: string): string {
  return said(iso, lang, DAY);
}

/** "24 Feb 2027, 09:12" from an ISO instant. */
export function sayInstant(iso: string, lang: string): string {
  return said(iso, lang, { ...DAY, ...TIME });
}

/** "09:12" from an ISO instant. */
export function sayTime(iso: string, lang: string): string {
  return said(iso, lang, TIME);
}

/** "12 March 2027" style day from an ISO date (YYYY-MM-DD), which has no time zone. */
export function sayDate(day: string, lang: string): string {
  return said(`${day}T00:00:00Z`, lang, { ...DAY, timeZone: 'UTC' });
}
