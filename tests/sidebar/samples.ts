// Visibly made-up records for the sidebar's tests and pictures.
import type { Draft } from '../../src/extension/messages/draft.ts';
import type { SavedCard, Status, TabContext } from '../../src/extension/messages/views.ts';

export function sampleId(n: number): string {
  return `0195a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

export const QUOTE =
  'I assume the calibration certificates will simply be there by then, as they were with our previous supplier.';

export const CUSTOMER = sampleId(0xc1);
export const nobody = { id: null, name: '', reason: '' };

export const message = {
  ...{ key: null, shown: 'whole' as const, sentBy: null },
  subject: 'Moss: a few things before March',
  from: { name: 'Sample Person', address: 'sample.person@halden.example' },
  to: [{ name: 'Jonas Sample', address: 'jonas@brightwater.example' }],
  cc: [],
  sentAt: '2027-02-24T09:12:00Z',
  sentAtText: '24 Feb 2027, 09:12',
  messageId: '<1@halden.example>',
  url: 'https://mail.example/1',
  keys: ['mid:1@halden.example'],
};

export const halden = { id: CUSTOMER, name: 'Halden Foods', reason: 'by mail domain' };

export const context: TabContext = {
  tab: 7,
  site: 'practice',
  url: 'https://mail.example/1',
  title: 'Webmail',
  origin: 'https://mail.example',
  always: 'on',
  subject: message.subject,
  messages: [{ ...message, warnings: [], interaction: null, logged: false, probably: false }],
  page: 'message',
  record: null,
  changed: null,
  never: 0,
  guess: {
    customer: halden,
    contact: { id: sampleId(0xd1), name: 'Sample Person', reason: 'sender' },
    project: { id: sampleId(0xe1), name: 'Cold store Moss, phase 2', reason: 'only open project' },
  },
};

export const status: Status = {
  connection: {
    server: 'http://127.0.0.1:8787',
    workspace: { id: sampleId(1), name: 'Brightwater Sample' },
    member: { id: sampleId(2), name: 'Jonas Sample', role: 'annotator' },
  },
  unsynced: 0,
  attention: 0,
  keptHere: 0,
  syncing: false,
  offlineSince: null,
  problem: null,
  signedOut: false,
};

export function sampleDraft(patch: Partial<Draft> = {}): Draft {
  return {
    id: sampleId(0x100),
    kind: 'expectation',
    tab: 7,
    fields: { class: 'unstated', stage: 'hunch' },
    customer: halden,
    contact: context.guess.contact,
    project: context.guess.project,
    quote: QUOTE,
    selectors: null,
    message,
    site: 'practice',
    url: 'https://mail.example/1',
    title: 'Webmail',
    keepHere: false,
    startedAt: 1_000,
    changedAt: 1_000,
    ...patch,
  };
}

export function sampleCard(n: number, patch: Partial<SavedCard> = {}): SavedCard {
  const id = sampleId(0x1000 + n);
  return {
    kind: 'expectation',
    id,
    look: 'expectation',
    fields: {
      statement: `Certificates are in their hands before audit ${n}.`,
      class: 'unstated',
      stage: (['hunch', 'asked', 'confirmed', 'refuted'] as const)[n % 4] ?? 'hunch',
    },
    customer: { id: CUSTOMER, name: 'Halden Foods' },
    contact: { id: sampleId(0xd1), name: 'Sample Person' },
    project: null,
    evidence: [
      {
        key: sampleId(0x2000 + n),
        quote: QUOTE,
        url: 'https://mail.example/1',
        selectors: [
          { type: 'TextQuoteSelector', exact: QUOTE, prefix: '', suffix: '' },
          { type: 'TextPositionSelector', start: 0, end: QUOTE.length },
        ],
      },
    ],
    source: {
      subject: message.subject,
      from: message.from,
      sentAt: message.sentAt,
      url: 'https://mail.example/1',
    },
    author: { id: sampleId(2), name: 'Jonas Sample', me: true },
    savedAt: Date.UTC(2027, 1, 24, 10, 0) - n * 86_400_000,
    synced: true,
    keptHere: false,
    ...patch,
  };
}

/** A card whose words two people wrote without seeing each other, and its customer, too. */
export function writtenTwice(n: number): SavedCard {
  const card = sampleCard(n);
  const colleague = { name: 'Tom Sample', me: false };
  const at = card.savedAt + 3_600_000;
  const [mine, theirs] = [sampleId(0x3000), sampleId(0x3001)];
  const words = 'They count on the certificates being in their hands a week before the audit.';
  return {
    ...card,
    seen: { statement: [mine, theirs], customer: [sampleId(0x3002), sampleId(0x3003)] },
    versions: {
      statement: [
        {
          ...{ change: mine, value: card.fields.statement ?? '', said: '' },
          ...{ author: { name: 'Jonas Sample', me: true }, at },
        },
        { change: theirs, value: words, said: words, author: colleague, at: at - 60_000 },
      ],
      customer: [
        {
          ...{ change: sampleId(0x3002), value: CUSTOMER, said: 'Halden Foods' },
          ...{ author: colleague, at },
        },
        {
          ...{ change: sampleId(0x3003), value: null, said: '' },
          ...{ author: { name: 'Jonas Sample', me: true }, at },
        },
      ],
    },
  };
}

/** A card of each look, as a customer's story has them. */
export function mixedCard(n: number): SavedCard {
  const looks = ['expectation', 'grievance', 'commitment', 'praise', 'question', 'mail'] as const;
  const look = looks[n % looks.length] ?? 'expectation';
  if (look === 'expectation') return sampleCard(n);
  if (look === 'mail') {
    return sampleCard(n, { kind: 'interaction', look, fields: {}, evidence: [] });
  }
  const kind = look === 'commitment' ? 'commitment' : 'note';
  return sampleCard(n, { kind, look, fields: { text: `Sample words of ours about it, ${n}.` } });
}
