// Site knowledge as it travels: selectors and a switch for each site, never code, so that a changed
// host can be mended or switched off without a release. The server reads it from a file and signs
// it, the background proves it; a page gets only the parsed result (choose.ts). Imports nothing of
// ours, and the page's script does not import it.
import * as z from 'zod/mini';

const MOST_SITES = 50;
const MOST_SELECTORS = 40;
const LONGEST_SELECTOR = 500;

/** The first line of the signed text: the same key signs other things too (SPEC 7.5). */
const TITLE = 'unsaid site knowledge';

const version = z
  .int({ error: 'has to be a whole number, one more with each change' })
  .check(z.gte(1, { error: 'begins at 1' }));

const selector = z.string({ error: 'has to be a CSS selector in quotation marks' }).check(
  z.refine((css) => css.trim() !== '', { error: 'is empty' }),
  z.maxLength(LONGEST_SELECTOR, { error: `is longer than ${LONGEST_SELECTOR} characters` }),
  z.refine((css) => css.isWellFormed() && !/\p{Cc}/u.test(css), {
    error: 'has a line break or another control character in it',
  }),
);

const selectors = namedRecord(/^[a-z][a-zA-Z0-9]{0,39}$/, selector, MOST_SELECTORS, 'selectors');

const site = {
  /** false: the site is read as any page is, by the generic reader. */
  on: z._default(z.boolean({ error: 'has to be true or false' }), true),
  /** By the name that the site's selectors.ts gives it; others stay as they are built in. */
  selectors: z._default(selectors, {}),
};

/** As it is served. What a newer version says besides is passed over. */
export const siteKnowledge = z.object({
  version,
  sites: sitesOf(z.object(site, 'has to be an object')),
});

/** As a person writes it: a misspelt word is said. */
const written = z.strictObject(
  { version, sites: sitesOf(z.strictObject(site, { error: wordsOf })) },
  { error: wordsOf },
);

export type SiteKnowledge = z.output<typeof siteKnowledge>;

export type WrittenKnowledge = { ok: true; value: SiteKnowledge } | { ok: false; problem: string };

/** What a file says; `problem` is where it goes wrong and how, in words. */
export function readKnowledge(json: unknown): WrittenKnowledge {
  const parsed = written.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.').slice(0, 200) || 'it';
  return { ok: false, problem: `${where} ${issue?.message ?? ''}` };
}

/** The text that is signed (SPEC 7.6). */
export function knowledgeText(knowledge: SiteKnowledge): string {
  return `${TITLE}\n${JSON.stringify(knowledge)}\n`;
}

/** null when the text is something else, or more than a page should be given. */
export function parseKnowledge(text: string): SiteKnowledge | null {
  const [title, json = '', rest, ...more] = text.split('\n');
  if (title !== TITLE || rest !== '' || more.length > 0) return null;
  const parsed = siteKnowledge.safeParse(parsedJson(json));
  return parsed.success ? parsed.data : null;
}

function sitesOf<S extends z.ZodMiniType>(entry: S) {
  return namedRecord(/^[a-z][a-z0-9-]{0,39}$/, entry, MOST_SITES, 'sites');
}

function namedRecord<S extends z.ZodMiniType>(name: RegExp, value: S, most: number, what: string) {
  const error = ({ code }: { code?: string | undefined }) =>
    code === 'invalid_key' ? 'is no name here' : `has to be an object of ${what} by name`;
  const few = z.refine<Record<string, unknown>>((record) => Object.keys(record).length <= most, {
    error: `has more than ${most} ${what}`,
  });
  return z.record(z.string().check(z.regex(name)), value, { error }).check(few);
}

function wordsOf(issue: { code?: string | undefined; keys?: readonly string[] }): string {
  if (issue.code !== 'unrecognized_keys') return 'has to be an object';
  return `has “${String(issue.keys?.[0]).slice(0, 60)}” in it, which means nothing here`;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
