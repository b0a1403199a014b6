// A customer's story page by page, mentions, and what waits for the member, on a real store.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Draft, StoryEntry, StoryKind } from '../../src/extension/messages/index.ts';
import type { SyncResponse } from '../../src/ledger/index.ts';
import { type Desk, message, openDesk, SIDEBAR } from './desk.ts';
import { connection, emptyAnswer, freshProfile, id, source } from './world.ts';

const store = await import('../../src/extension/store/index.ts');
const ledger = await import('../../src/ledger/index.ts');
const { hasher } = source;
const EPOCH = id();

let desk: Desk;
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
});

const ME = connection.member.id;
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const dayIn = (days: number) => {
  const date = new Date(Date.now() + days * DAY_MS);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** What a colleague wrote arrives by a pull. */
async function colleague(member: string, kind: string, body: object, record = id()) {
  const chain = ledger.newChain(connection.workspace.id, id(), member, ledger.ZERO_TIME);
  const draft = { id: id(), kind, record, body: body as never };
  const { envelope, salt, body: sealed } = ledger.seal(hasher, source, chain, draft).change;
  const leaf = { ...envelope, received: new Date().toISOString(), rank: envelope.at };
  const { db } = await desk.world.current();
  const { cursor } = await store.readSync(db);
  const answer: SyncResponse = {
    ...emptyAnswer(EPOCH),
    changes: [{ seq: cursor, leaf, salt, body: sealed }],
    cursor: cursor + 1,
  };
  await store.takeAnswer(db, hasher, answer, Date.now());
  return record;
}

async function page(
  customer: string,
  asked: { kinds?: StoryKind[]; person?: string; words?: string; before?: StoryEntry } = {},
) {
  const { kinds = [], person = null, words = '', before = null } = asked;
  return desk.sidebar.timeline(
    { customer, kinds, person, words, before: before && { at: before.at, key: before.key } },
    SIDEBAR,
  );
}

const kindsOf = (entries: readonly StoryEntry[]) => entries.map(({ kind }) => kind);

describe('a story', () => {
  test('has all that happened, newest first, each in its own moment', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const mail = await desk.write('interaction', {
      ...{ customer, channel: 'email', subject: 'Delivery', logged: true, startedAt: daysAgo(9) },
      ...{ sender: { name: 'Sample Buyer', address: 'buyer@halden.example' } },
      ...{ url: 'https://mail.example/1' },
    });
    const statement = 'Certificates are there before the audit.';
    const evidence = { [id()]: { quote: 'as before, I assume', interaction: mail } };
    const expectation = await desk.write('expectation', {
      ...{ customer, statement, writtenAt: daysAgo(8), evidence, stage: 'confirmed' },
      ...{ outcome: 'exceeded', outcomeAt: daysAgo(1), outcomeText: 'A week early.' },
    });
    await desk.write('probe', {
      ...{ customer, expectation, question: 'When do you need them?', askedAt: daysAgo(6) },
      ...{ answeredAt: daysAgo(5), answer: 'Before March.', says: 'confirmed' },
    });
    await desk.write('probe', { customer, expectation, question: 'Only planned.' });
    await desk.write('commitment', { customer, text: 'We send them.', writtenAt: daysAgo(4) });
    await desk.write('perception', {
      ...{ customer, form: 'survey', score: 4, scaleMin: 1, scaleMax: 5, observedAt: daysAgo(3) },
    });
    await desk.write('note', {
      ...{ customer, label: 'grievance', text: 'Late twice.', writtenAt: daysAgo(7) },
      ...{ answer: 'We called them.', answeredAt: daysAgo(2) },
    });
    await desk.write('note', { customer: id(), text: 'of somebody else' });

    const { entries, total, next, facets, customer: of } = await page(customer);
    expect(of).toEqual({ id: customer, name: 'Halden Foods' });
    expect(kindsOf(entries)).toEqual(
      (['outcome', 'answer', 'perception', 'commitment', 'answer', 'probe'] as StoryKind[]).concat([
        'grievance',
        'expectation',
        'mail',
      ]),
    );
    expect([total, next]).toEqual([9, null]);
    const [outcome, answered, seen, , answer, asked, , hunch, logged] = entries;
    const card = { kind: 'expectation', id: expectation };
    expect(outcome).toMatchObject({ title: statement, ours: 'A week early.', outcome: 'exceeded' });
    expect(answered).toMatchObject({ title: 'Late twice.', ours: 'We called them.', theirs: '' });
    expect(seen?.score).toEqual({ value: 4, min: 1, max: 5 });
    expect(seen?.card).toBeNull();
    // Their words are theirs, our question is ours; both open the card they are about.
    expect(answer).toMatchObject({ theirs: 'Before March.', says: 'confirmed', card });
    expect(asked).toMatchObject({ ours: 'When do you need them?', card });
    expect(hunch).toMatchObject({ theirs: 'as before, I assume', ours: statement, card });
    expect(hunch?.url).toBe('https://mail.example/1');
    expect(logged).toMatchObject({ title: 'Delivery', from: { name: 'Sample Buyer' } });
    expect(facets?.kinds).toContainEqual({ kind: 'answer', count: 2 });
  });

  test('questions of reviewers, what was bettered and whether it helped stand in it for good', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const question = 'Why did nobody answer for a week?';
    await colleague(id(), 'inquiry', {
      ...{ customer, to: ME, asks: 'answer', question, writtenAt: daysAgo(6) },
      ...{ answer: 'I was away.', answeredAt: daysAgo(5), answeredBy: ME },
    });
    await colleague(id(), 'improvement', {
      ...{ customer, text: 'Nobody covered.', action: 'Somebody covers.', state: 'done' },
      ...{ writtenAt: daysAgo(4), doneAt: daysAgo(3), doneText: 'Planned.' },
      ...{ checkedAt: daysAgo(1), checkedBy: ME, effective: false, effectText: 'Again a week.' },
    });
    await colleague(id(), 'inquiry', { customer, to: ME, asks: 'acknowledge', question: 'Read.' });
    const { entries } = await page(customer);
    expect(kindsOf(entries)).toEqual(['effect', 'outcome', 'improvement', 'answer', 'inquiry']);
    expect(entries[0]).toMatchObject({ effective: false, ours: 'Again a week.', by: { me: true } });
    expect(entries[1]).toMatchObject({ improved: 'done', title: 'Somebody covers.' });
    expect(entries[2]).toMatchObject({ title: 'Nobody covered.', ours: 'Somebody covers.' });
    expect(entries[3]).toMatchObject({ title: question, ours: 'I was away.', by: { me: true } });
    expect(entries[4]).toMatchObject({ ours: question, card: null });
  });

  test('a mail that two logged is there once; one that was only captured in is not; neither is an address that is no page', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const identifiers = { 'mid:1@halden.example': true };
    const mail = { customer, identifiers, logged: true, startedAt: daysAgo(2), subject: 'Once' };
    await desk.write('interaction', { ...mail, url: 'javascript:alert(1)' });
    await colleague(id(), 'interaction', mail);
    await desk.write('interaction', { customer, startedAt: daysAgo(3), subject: 'Not logged' });
    const { entries } = await page(customer);
    expect(entries.map(({ title, url }) => [title, url])).toEqual([['Once', '']]);
  });

  test('of customers that are read as one is one, and says names as they are read', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const twin = await desk.write('customer', { name: 'HALDEN', mergedInto: customer });
    await desk.write('note', { customer, text: 'of the one' });
    await desk.write('note', { customer: twin, text: 'of the other' });
    for (const one of [customer, twin]) {
      const { entries, customer: of } = await page(one);
      expect(entries.map(({ ours }) => ours).sort()).toEqual(['of the one', 'of the other']);
      expect(of.id).toBe([customer, twin].sort()[0] === customer ? customer : of.id);
    }
  });

  test('comes a page at a time, whole and in order, though something new comes between', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    await desk.world.write(({ db, me }) =>
      store.commit(
        db,
        source,
        Array.from({ length: 250 }, (_, n) => ({
          ...{ id: id(), kind: 'note', record: id(), fresh: true as const },
          // Some at the very same time.
          body: { customer, text: `note ${n}`, writtenAt: daysAgo(Math.floor(n / 5)) } as never,
        })),
        { author: me },
      ),
    );
    const first = await page(customer);
    expect([first.entries.length, first.total]).toEqual([100, 250]);
    await desk.write('note', { customer, text: 'new' });
    const told = [...first.entries];
    let { next } = first;
    while (next !== null) {
      const more = await page(customer, { before: told.at(-1) as StoryEntry });
      expect(more.facets).toBeNull();
      told.push(...more.entries);
      next = more.next;
    }
    expect(new Set(told.map(({ key }) => key)).size).toBe(250);
    expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).sort((a, b) => b - a));
    expect(told.some(({ ours }) => ours === 'new')).toBe(false);
  });

  test('can be narrowed to kinds, a person, words in any script and without accents', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const contact = await desk.write('contact', { name: 'Ólafur Sample', customer });
    const tom = id();
    await colleague(tom, 'member', { name: 'Tom Sample' }, tom);
    await desk.write('note', { customer, text: 'Lieferung nach Zürich', contact });
    await desk.write('note', { customer, text: '証明書が必要です', label: 'praise' });
    await colleague(tom, 'note', { customer, text: 'by Tom' });
    const texts = async (asked: Parameters<typeof page>[1]) =>
      (await page(customer, asked)).entries.map(({ ours }) => ours);
    expect(await texts({ words: 'zurich liefer' })).toEqual(['Lieferung nach Zürich']);
    expect(await texts({ words: 'olafur' })).toEqual(['Lieferung nach Zürich']);
    expect(await texts({ words: '証明書' })).toEqual(['証明書が必要です']);
    expect(await texts({ kinds: ['praise', 'mail'] })).toEqual(['証明書が必要です']);
    const { facets } = await page(customer);
    expect(facets?.people).toContainEqual({
      ...{ key: `member/${tom}`, name: 'Tom Sample', side: 'ours', count: 1 },
    });
    expect(await texts({ person: `member/${tom}` })).toEqual(['by Tom']);
    expect(await texts({ person: `contact/${contact}` })).toEqual(['Lieferung nach Zürich']);
    expect((await page(customer, { words: 'zurich' })).total).toBe(1);
    // What is written is in it at once.
    const note = await desk.write('note', { customer, text: 'more of Zürich' });
    expect((await page(customer, { words: 'zurich' })).total).toBe(2);
    await desk.sidebar.remove({ kind: 'note', id: note, on: true }, SIDEBAR);
    expect((await page(customer, { words: 'zurich' })).total).toBe(1);
  });

  test('silences are told where they were, whatever we noted meanwhile, and not between filtered entries', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const mail = (days: number) => ({ customer, logged: true, startedAt: daysAgo(days) });
    await desk.write('interaction', { ...mail(70), subject: 'old' });
    await desk.write('interaction', { ...mail(29), subject: 'new' });
    await desk.write('interaction', { ...mail(20), subject: 'newest' });
    await desk.write('note', { customer, text: 'ours alone', writtenAt: daysAgo(50) });
    const { entries, facets } = await page(customer);
    expect(entries.map(({ title, ours, silence }) => [title || ours, silence?.days])).toEqual([
      ['newest', undefined],
      ['new', 41],
      ['ours alone', undefined],
      ['old', undefined],
    ]);
    expect(facets?.since?.days).toBe(20);
    const { entries: mails } = await page(customer, { kinds: ['mail'] });
    expect(mails.every(({ silence }) => silence === undefined)).toBe(true);
  });

  test('a tag with words opens its call; one without stands with it', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const call = await desk.write('interaction', {
      ...{ customer, channel: 'call', callState: 'ended', logged: true, startedAt: daysAgo(1) },
    });
    const tag = { customer, interaction: call, tag: 'risk', label: 'risk' };
    await desk.write('note', { ...tag, text: 'May cancel.', pressedAt: daysAgo(0.5) });
    await desk.write('note', { ...tag, pressedAt: daysAgo(0.4) });
    const { entries } = await page(customer);
    expect(entries.map(({ kind, call }) => [kind, call])).toEqual([
      ['risk', call],
      ['call', call],
    ]);
  });
});

describe('names after @ and #', () => {
  test('colleagues by any word of their name; not oneself, not who left', async () => {
    const add = (name: string, more = {}) => desk.write('member', { name, ...more });
    await add('Tom Sample', { role: 'manager' });
    await add('Zoë Tomlin-Sample');
    await add('Gone Tom', { deactivated: true });
    await desk.write('member', { name: 'Sample Member' }, ME);
    const names = async (sign: '@' | '#', words: string) =>
      (await desk.sidebar.complete({ sign, words }, SIDEBAR)).names.map(({ name }) => name);
    expect(await names('@', 'tom')).toEqual(['Tom Sample', 'Zoë Tomlin-Sample']);
    expect(await names('@', 'sample')).toEqual(['Tom Sample', 'Zoë Tomlin-Sample']);
    expect(await names('@', 'zoe t')).toEqual(['Zoë Tomlin-Sample']);
    expect(await names('@', 'om')).toEqual([]);
    await desk.write('customer', { name: 'Tomra Sample' });
    await desk.write('project', { name: 'Cold store, Tomter' });
    expect(await names('#', 'tom')).toEqual(['Tomra Sample', 'Cold store, Tomter']);
  });

  test('a name cannot turn the words round it', async () => {
    await desk.write('member', { name: 'Tom\u202e Sample\n' });
    const { names } = await desk.sidebar.complete({ sign: '@', words: 'tom' }, SIDEBAR);
    expect(names[0]?.name).toBe('Tom Sample');
  });
});

describe('a mention', () => {
  const all = async () => {
    const { db } = await desk.world.current();
    return [...(await store.recordsOfKind(db, 'mention')).values()].map((record) =>
      store.readFields<'mention'>(record),
    );
  };
  const begun = async (patch: Partial<Draft> = {}) => {
    const { draft } = await desk.sidebar.newDraft(
      { kind: 'note', tab: null, message: null },
      SIDEBAR,
    );
    return { ...draft, ...patch };
  };
  let tom: string;
  beforeEach(async () => {
    tom = await desk.write('member', { name: 'Tom Sample' });
  });

  test('is written with the card: in one step, for whoever is still named, once', async () => {
    const zoe = await desk.write('member', { name: 'Zoë Sample' });
    const fields = { text: 'Please look, @Tom Sample: they are worried.' };
    const draft = await begun({ fields, mentions: [tom, zoe, tom] });
    const { db } = await desk.world.current();
    const before = await db.count('outbox');
    await desk.sidebar.save({ draft }, SIDEBAR);
    const subject = { kind: 'note', id: draft.id };
    expect(await all()).toEqual([{ member: tom, subject, text: fields.text }]);
    expect(await db.count('outbox')).toBe(before + 2);
    // Saved again, because its answer was lost.
    await desk.sidebar.save({ draft }, SIDEBAR);
    expect(await all()).toHaveLength(1);
  });

  test('is not made by a name that nobody chose, nor one that goes on', async () => {
    await desk.sidebar.save({ draft: await begun({ fields: { text: '@Tom Sample?' } }) }, SIDEBAR);
    const fields = { text: 'ask @Tom Samples' };
    await desk.sidebar.save({ draft: await begun({ fields, mentions: [tom] }) }, SIDEBAR);
    expect(await all()).toEqual([]);
  });

  test('of a card that is kept on this device is not made', async () => {
    const fields = { text: '@Tom Sample' };
    const draft = await begun({ fields, mentions: [tom], keepHere: true });
    await desk.sidebar.save({ draft }, SIDEBAR);
    await desk.sidebar.edit(
      { kind: 'note', id: draft.id, patch: { text: 'hey @Tom Sample' }, mentions: [tom] },
      SIDEBAR,
    );
    expect(await all()).toEqual([]);
  });

  test('of words for managers is for managers', async () => {
    const fields = { text: '@Tom Sample', visibility: 'managers' };
    await desk.sidebar.save({ draft: await begun({ fields, mentions: [tom] }) }, SIDEBAR);
    expect(await all()).toMatchObject([{ visibility: 'managers' }]);
  });

  test('of a mail that is logged points to the mail', async () => {
    const shown = { page: 'message' as const, messages: [message()] };
    const [known] = await desk.shows(shown);
    const { draft } = await desk.sidebar.newDraft(
      { kind: 'mail', tab: 1, message: known ?? null },
      SIDEBAR,
    );
    const fields = { text: 'for @Tom Sample' };
    const { card } = await desk.sidebar.save(
      { draft: { ...draft, fields, mentions: [tom] } },
      SIDEBAR,
    );
    expect(await all()).toMatchObject([{ subject: { kind: 'interaction', id: card.id } }]);
  });

  test('comes with an edit, goes with the name, comes back with it, and is never there twice', async () => {
    const note = await desk.write('note', { text: 'Worried.' });
    const edit = (text: string, mentions?: string[]) =>
      desk.sidebar.edit(
        { kind: 'note', id: note, patch: { text }, ...(mentions ? { mentions } : {}) },
        SIDEBAR,
      );
    await edit('Worried. @Tom Sample', [tom]);
    await edit('Worried, I think. @Tom Sample', [tom]);
    expect(await all()).toHaveLength(1);
    await edit('Worried.');
    expect(await all()).toEqual([]);
    // Undone.
    await edit('Worried, I think. @Tom Sample');
    expect(await all()).toMatchObject([{ member: tom, subject: { kind: 'note', id: note } }]);
    // Another's mention is not ours to take back.
    const subject = { kind: 'note', id: note };
    await colleague(id(), 'mention', { member: ME, subject, text: '@Sample Member' });
    await edit('Nothing.');
    expect(await all()).toMatchObject([{ member: ME }]);
  });
});

describe('the inbox', () => {
  test('has mentions with who, where and what, until they are seen; undone they wait again', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const tom = id();
    await colleague(tom, 'member', { name: 'Tom Sample' }, tom);
    const note = await colleague(tom, 'note', { customer, text: 'Look, @Sample Member' });
    const subject = { kind: 'note', id: note };
    const text = 'Look, @Sample Member';
    const mention = await colleague(tom, 'mention', { member: ME, subject, text });
    await colleague(tom, 'mention', { member: tom, subject, text: 'not mine' });
    const inbox = () => desk.sidebar.inbox({}, SIDEBAR);
    const count = async () => (await desk.sidebar.inboxCount({}, SIDEBAR)).count;
    expect((await inbox()).mentions).toMatchObject([
      { id: mention, by: 'Tom Sample', text, customer: 'Halden Foods', card: subject },
    ]);
    expect(await count()).toBe(1);
    await desk.sidebar.mentionSeen({ id: mention, on: true }, SIDEBAR);
    expect([(await inbox()).mentions, await count()]).toEqual([[], 0]);
    await desk.sidebar.mentionSeen({ id: mention, on: false }, SIDEBAR);
    expect(await count()).toBe(1);
    // The card was taken back: there is nothing to see.
    await colleague(tom, 'note', { deleted: true }, note);
    expect([(await inbox()).mentions, await count()]).toEqual([[], 0]);
  });

  test('one whose card is not here yet waits all the same', async () => {
    await colleague(id(), 'mention', {
      member: ME,
      subject: { kind: 'note', id: id() },
      text: 'x',
    });
    expect((await desk.sidebar.inbox({}, SIDEBAR)).mentions).toMatchObject([{ card: null }]);
  });

  test('has questions to the member; what is typed is kept, an answer is saved and taken back', async () => {
    const manager = id();
    const later = await colleague(manager, 'inquiry', { to: ME, question: 'And why?' });
    const due = dayIn(2);
    const inquiry = await colleague(manager, 'inquiry', { to: ME, question: 'Why late?', due });
    await colleague(manager, 'inquiry', { to: id(), question: 'of somebody else' });
    const asked = async () => (await desk.sidebar.inbox({}, SIDEBAR)).inquiries;
    expect((await asked()).map(({ id }) => id)).toEqual([inquiry, later]);
    await desk.sidebar.keepAnswer({ inquiry, text: 'Because' }, SIDEBAR);
    expect((await asked())[0]).toMatchObject({ draft: 'Because', due });
    // It is no unsaved card.
    expect((await desk.sidebar.drafts({}, SIDEBAR)).drafts).toEqual([]);
    await desk.sidebar.answerInquiry({ inquiry, answer: 'Because of the snow.' }, SIDEBAR);
    expect((await asked()).map(({ id }) => id)).toEqual([later]);
    const { db } = await desk.world.current();
    const saved = await store.getRecord(db, 'inquiry', inquiry);
    const fields = saved && store.readFields<'inquiry'>(saved.record);
    expect(fields).toMatchObject({ answer: 'Because of the snow.', answeredBy: ME });
    expect(Date.now() - Date.parse(fields?.answeredAt ?? '')).toBeLessThan(60_000);
    expect(await db.count('drafts')).toBe(0);
    await desk.sidebar.answerInquiry({ inquiry, answer: '' }, SIDEBAR);
    expect(await asked()).toHaveLength(2);
    const undone = await store.getRecord(db, 'inquiry', inquiry);
    expect(undone && store.readFields<'inquiry'>(undone.record)).not.toHaveProperty('answeredAt');
  });

  test('says where a question comes from and where it is in the console; taken back, it vanishes', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const project = await desk.write('project', { name: 'Hall 3', customer });
    const note = await desk.write('note', { customer, text: 'Nobody called.', label: 'grievance' });
    const manager = id();
    const subject = { kind: 'note', id: note };
    const review = id();
    const about = { to: ME, customer, project, review, due: dayIn(-2) };
    const inquiry = await colleague(manager, 'inquiry', { ...about, subject, question: 'Why?' });
    const read = await colleague(manager, 'inquiry', { ...about, asks: 'acknowledge' });
    const asked = async () => (await desk.sidebar.inbox({}, SIDEBAR)).inquiries;
    const server = connection.server;
    expect(await asked()).toMatchObject([
      {
        ...{ id: inquiry, customer: 'Halden Foods', project: 'Hall 3', inReview: true, days: -2 },
        ...{ moment: { words: 'Nobody called.', card: subject }, asks: 'answer' },
        url: `${server}/#/inquiries/${inquiry}`,
      },
      { id: read, asks: 'acknowledge', moment: null, url: `${server}/#/reviews/${review}` },
    ]);
    await colleague(manager, 'inquiry', { withdrawn: true }, inquiry);
    expect((await asked()).map((one) => one.id)).toEqual([read]);
    expect(await desk.sidebar.inboxCount({}, SIDEBAR)).toEqual({ count: 1 });
    await desk.sidebar.reviewRead({ inquiry: read, on: true }, SIDEBAR);
    expect(await asked()).toEqual([]);
    const { db } = await desk.world.current();
    const saved = await store.getRecord(db, 'inquiry', read);
    expect(saved && store.readFields<'inquiry'>(saved.record)).toMatchObject({ answeredBy: ME });
    await desk.sidebar.reviewRead({ inquiry: read, on: false }, SIDEBAR);
    expect(await desk.sidebar.inboxCount({}, SIDEBAR)).toEqual({ count: 1 });
  });

  test('has what the member is to do within a week, and counts what is due by today', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    await desk.write('commitment', { customer, text: 'overdue', due: dayIn(-3) });
    await desk.write('commitment', { customer, text: 'this week', due: dayIn(5) });
    await desk.write('commitment', { customer, text: 'far', due: dayIn(30) });
    await desk.write('commitment', { customer, text: 'kept', due: dayIn(-3), state: 'kept' });
    await desk.write('commitment', { text: 'somebody’s', due: dayIn(-3), owner: id() });
    const expectation = await desk.write('expectation', { customer, statement: 'hunch' });
    await desk.write('probe', { customer, expectation, question: 'When?', due: dayIn(0) });
    const { dues } = await desk.sidebar.inbox({}, SIDEBAR);
    expect(dues.map(({ text, days, what }) => [text, days, what])).toEqual([
      ['overdue', -3, 'ours'],
      ['When?', 0, 'question'],
      ['this week', 5, 'ours'],
    ]);
    expect(dues[1]?.card).toEqual({ kind: 'expectation', id: expectation });
    expect(await desk.sidebar.inboxCount({}, SIDEBAR)).toEqual({ count: 2 });
  });
});
