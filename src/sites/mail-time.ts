/** A date of RFC 5322, 3.3 ("Thu, 03 Sep 2026 05:35:00 +0100") in ISO 8601, in UTC; else null. */
export function mailTime(text: string): string | null {
  const bare = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/^(\w{3}, ?)?\d{1,2} \w{3} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT|UT|Z)$/i.test(bare)) {
    return null;
  }
  const time = Date.parse(bare);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
