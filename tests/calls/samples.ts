// Visibly made-up calls and tags for tests and pictures.
import { BUILT_IN_TAGS } from '../../src/domain/codebook.ts';
import type {
  CallSettings,
  CallsView,
  CallView,
  TagView,
} from '../../src/extension/messages/call-views.ts';
import { sampleId } from '../sidebar/samples.ts';

export const BEGAN = Date.UTC(2027, 1, 24, 9, 12, 0);
const ME = { id: sampleId(2), name: 'Jonas Sample', me: true };

export const settings: CallSettings = {
  ...{ lead: 0, back: 10_000, keys: true, remapped: {}, acts: {}, propose: true },
};

export function sampleCall(n: number, patch: Partial<CallView> = {}): CallView {
  const startedAt = BEGAN - n * 86_400_000;
  return {
    id: sampleId(0xca00 + n),
    state: 'ended',
    clock: { startedAt, pauses: [], endedAt: startedAt + 31 * 60_000 },
    ...{ correction: 0, clockSet: [], shift: 0 },
    channel: n % 3 === 0 ? 'meeting' : 'call',
    subject: `Moss: what comes after phase ${n + 1}`,
    customer: { id: sampleId(0xc1), name: 'Halden Foods' },
    project: null,
    participants: [{ name: 'Sample Person', address: 'sample.person@halden.example' }],
    ...{ wentWell: null, seemed: null, tags: 0, unhandled: 0 },
    ...{ author: ME, synced: true, url: '' },
    ...patch,
  };
}

const WORDS = [
  'they take the certificates for granted',
  'third call about the same alarm',
  '',
  'wants one person to call by name',
  'nobody told them until Monday',
];

/** The n-th tag of a call, five seconds after the one before. */
export function sampleTag(call: CallView, n: number, patch: Partial<TagView> = {}): TagView {
  const tag = BUILT_IN_TAGS[n % BUILT_IN_TAGS.length]?.id ?? 'note';
  return {
    id: sampleId(0x70000 + n),
    call: call.id,
    tag,
    offset: 5_000 * (n + 1),
    span: n % 7 === 3 ? 8_000 : null,
    text: WORDS[n % WORDS.length] ?? '',
    pressedAt: call.clock.startedAt + 5_000 * (n + 1),
    ...{ handled: false, became: null, deleted: false, author: ME },
    ...patch,
  };
}

export function callsView(patch: Partial<CallsView> = {}): CallsView {
  return {
    ...{ running: null, parked: [], latest: [], waiting: 0, wrapUp: null },
    ...{ codebook: [...BUILT_IN_TAGS], settings, proposal: null },
    ...patch,
  };
}
