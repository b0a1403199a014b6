// A visibly made-up story as the background answers it, page by page.
import type { StoryEntry, StoryKind, StoryPage } from '../../src/extension/messages/story-calls.ts';
import { CUSTOMER, QUOTE, sampleId } from './samples.ts';

const KINDS: readonly StoryKind[] = [
  ...(['mail', 'expectation', 'note', 'probe', 'answer', 'commitment', 'grievance'] as const),
  ...(['call', 'perception', 'outcome', 'praise'] as const),
];
const NEWEST = Date.UTC(2027, 1, 24, 10, 0);
const HOUR_MS = 3_600_000;

export function sampleEntry(n: number, patch: Partial<StoryEntry> = {}): StoryEntry {
  const kind = KINDS[n % KINDS.length] ?? 'note';
  const id = sampleId(0x7000 + n);
  const entry: StoryEntry = {
    ...{ at: NEWEST - n * 5 * HOUR_MS, key: `${id}/${kind}`, kind, keptHere: false, url: '' },
    ...{ card: { kind: 'note', id }, call: null, title: '', theirs: '', ours: '', from: null },
    by: { name: 'Jonas Sample', me: n % 2 === 0 },
  };
  // As long as people write: rows are not equally high.
  const words = 'Sample words of ours about it. '.repeat(1 + (n % 5));
  const of: Partial<Record<StoryKind, Partial<StoryEntry>>> = {
    mail: {
      ...{ title: `Moss: a few things, ${n}`, channel: 'email', direction: 'inbound' },
      ...{ from: { name: 'Sample Person', address: 'sample.person@halden.example' } },
      ...{ url: `https://mail.example/${n}`, card: { kind: 'interaction', id } },
    },
    call: { title: `Weekly ${n}`, channel: 'call', call: id, card: { kind: 'interaction', id } },
    expectation: {
      ...{ theirs: QUOTE, ours: words, stage: 'asked', outcome: 'open' },
      card: { kind: 'expectation', id },
    },
    probe: { ours: 'When do you need the certificates?' },
    answer: { title: 'When do you need them?', theirs: 'A week before.', says: 'confirmed' },
    perception: {
      ...{ form: 'survey', score: { value: 4, min: 1, max: 5 }, theirs: 'All right so far.' },
      card: null,
    },
    outcome: { title: 'Certificates are there.', outcome: 'exceeded', ours: 'A week early.' },
  };
  return { ...entry, ours: words, ...of[kind], ...patch };
}

export function sampleEntries(count: number): StoryEntry[] {
  return Array.from({ length: count }, (_, n) => sampleEntry(n));
}

type Asked = {
  before: StoryPage['next'];
  kinds: StoryKind[];
  person: string | null;
  words: string;
};

/** Answers a page of these entries. */
export function storyPage(
  entries: readonly StoryEntry[],
  { before, kinds, person, words }: Asked,
  facets: Partial<NonNullable<StoryPage['facets']>> = {},
): StoryPage {
  const fits = entries.filter(
    (one) =>
      (kinds.length === 0 || kinds.includes(one.kind)) &&
      (person !== 'member/me' || one.by.me) &&
      `${one.title} ${one.theirs} ${one.ours}`.toLowerCase().includes(words.toLowerCase()),
  );
  const from = before === null ? 0 : fits.findIndex(({ key }) => key === before.key) + 1;
  const page = fits.slice(from, from + 100);
  const last = page.at(-1);
  const counts = new Map<StoryKind, number>();
  for (const { kind } of entries) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return {
    customer: { id: CUSTOMER, name: 'Halden Foods' },
    ...{ entries: page, total: fits.length },
    next: last && from + 100 < fits.length ? { at: last.at, key: last.key } : null,
    facets:
      before === null
        ? {
            kinds: [...counts].map(([kind, count]) => ({ kind, count })),
            people: [
              { key: 'contact/one', name: 'Sample Person', side: 'theirs', count: 3 },
              { key: 'member/me', name: 'Jonas Sample', side: 'ours', count: 2 },
            ],
            since: null,
            ...facets,
          }
        : null,
  };
}
