import { beforeEach, describe, expect, test } from 'vitest';
import type {
  FrameReading,
  KnownMessage,
  ReadMessage,
} from '../../src/extension/messages/index.ts';
import { type Desk, message, openDesk, SIDEBAR } from './desk.ts';
import { freshProfile } from './world.ts';

const { readFields, recordsOfKind } = await import('../../src/extension/store/index.ts');

let desk: Desk;
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
});

type RecordReading = NonNullable<FrameReading['record']>;
const record = (facts: Partial<RecordReading>): RecordReading => ({
  ...{ type: 'deal', id: 'acc|deal|7', name: 'New oven', company: '', people: [] },
  ...facts,
});
const person = (address: string, name = '') => ({ name, address });

const context = () => desk.sidebar.context({ tab: 1 }, SIDEBAR);
const guess = async () => (await context()).guess;

async function allOf(kind: 'customer' | 'contact' | 'project' | 'interaction') {
  const { db } = await desk.world.current();
  const records = await recordsOfKind(db, kind);
  return [...records.values()].map((one) => ({ id: one.id, ...readFields<'contact'>(one) }));
}

async function read(facts: Partial<ReadMessage>, page: Partial<FrameReading> = {}) {
  const [known] = await desk.shows({ page: 'message', messages: [message(facts)], ...page });
  return known as KnownMessage; // one was shown
}

describe('a page about a record', () => {
  test('is suggested by its people’s domain, its company’s name, then by what was saved', async () => {
    const byDomain = await desk.write('customer', {
      name: 'Halden Foods',
      identifiers: { 'domain:halden.example': true },
    });
    const byName = await desk.write('customer', { name: 'Arnold Mill' });
    const deal = record({ company: 'ARNOLD mill ', people: [person('a@gmail.com')] });
    await desk.shows({ page: 'record', record: deal });
    expect(await guess()).toMatchObject({
      customer: { id: byName, reason: 'by company name' },
      project: { id: null, name: 'New oven', reason: 'new, by CRM record' },
    });
    const known = record({ company: 'Arnold Mill', people: [person('b@halden.example')] });
    await desk.shows({ page: 'record', record: known });
    expect((await guess()).customer).toMatchObject({ id: byDomain, reason: 'by mail domain' });
  });

  test('teaches what was chosen: the next time it is known, with its customer', async () => {
    const deal = record({ company: 'Arnold Mill' });
    await desk.shows({ page: 'record', record: deal });
    const { card } = await desk.capture(null, 'by May at the latest');
    expect(card).toMatchObject({
      customer: { name: 'Arnold Mill' },
      project: { name: 'New oven' },
    });
    await desk.shows({ page: 'record', record: record({ name: 'New oven (won)' }) });
    expect(await guess()).toMatchObject({
      customer: { id: card.customer?.id, reason: 'by CRM record' },
      project: { id: card.project?.id, reason: 'by CRM record' },
    });
    await desk.capture(null, 'and in red');
    expect(await allOf('project')).toHaveLength(1);
    // The same number on another site is another deal.
    await desk.shows({ page: 'record', record: record({ name: 'Else' }), site: 'other' });
    expect((await guess()).project).toMatchObject({ id: null, name: 'Else' });
  });

  test.each([
    ['company', 'customer'],
    ['account', 'customer'],
    ['contact', 'contact'],
    ['lead', 'contact'],
    ['ticket', 'project'],
    ['opportunity', 'project'],
  ] as const)('a %s is a %s', async (type, kind) => {
    await desk.shows({ page: 'record', record: record({ type, name: 'Sample Name' }) });
    await desk.capture(null, 'words');
    const [made] = await allOf(kind);
    expect(made).toMatchObject({
      name: 'Sample Name',
      identifiers: { 'record:sample|acc|deal|7': true },
    });
  });

  test('a record of another type stands for nothing', async () => {
    await desk.shows({ page: 'record', record: record({ type: 'invoice' }) });
    expect(await guess()).toMatchObject({ project: { name: '' }, customer: { name: '' } });
  });

  test('two people do not become one because one wrote on the other’s page', async () => {
    const lead = record({
      type: 'lead',
      name: 'Sample Lead',
      people: [person('lead@halden.example')],
    });
    const known = await read({ from: person('other@halden.example', 'Other') }, { record: lead });
    await desk.capture(known, 'words');
    const contacts = await allOf('contact');
    expect(contacts).toMatchObject([
      { name: 'Other', identifiers: { 'address:other@halden.example': true } },
    ]);
    expect(Object.keys(contacts[0]?.identifiers ?? {})).toHaveLength(1);
  });

  test('what stands in a ticket is no mail', async () => {
    const known = await read({}, { record: record({ type: 'ticket' }) });
    await desk.capture(known, 'words');
    expect(await allOf('interaction')).toMatchObject([{ channel: 'ticket' }]);
  });

  test('a sender without an address is whoever the ticket is of', async () => {
    const ticket = record({ type: 'ticket', people: [person('buyer@halden.example', 'Buyer')] });
    const facts = { from: person('', 'Buyer'), to: [person('agent@desk.example')] };
    await read(facts, { record: ticket });
    expect(await guess()).toMatchObject({
      customer: { name: 'Halden' },
      contact: { name: 'Buyer' },
    });
    await read(facts);
    expect(await guess()).toMatchObject({ customer: { name: '' }, contact: { name: '' } });
  });

  test('a note that is begun in the sidebar is about the record', async () => {
    await desk.shows({ page: 'record', record: record({ company: 'Arnold Mill' }) });
    const { draft } = await desk.sidebar.newDraft({ kind: 'note', tab: 1, message: null }, SIDEBAR);
    expect(draft).toMatchObject({
      customer: { name: 'Arnold Mill' },
      record: { id: 'acc|deal|7', site: 'sample' },
      url: 'https://mail.example/box',
    });
  });
});

describe('who is ours', () => {
  const mine = { from: person('me@ours.example'), to: [person('buyer@halden.example', 'Buyer')] };

  test('own domains of the workspace, with their subdomains', async () => {
    await desk.write('setting', {
      name: 'own-domains',
      value: '# firms of the group\n@ours.example',
    });
    await read({ ...mine, from: person('me@mail.ours.example') });
    expect((await context()).messages[0]?.sentBy).toBe('us');
    expect(await guess()).toMatchObject({
      customer: { name: 'Halden' },
      contact: { name: 'Buyer' },
    });
  });

  test('the addresses that this tab’s page shows as one’s own, and for this tab alone', async () => {
    const known = await read(mine, { own: ['me@ours.example'] });
    expect(known.sentBy).toBe('us');
    expect((await guess()).customer.name).toBe('Halden');
    await desk.capture(known, 'words');
    expect(await allOf('interaction')).toMatchObject([{ direction: 'outbound' }]);
    expect(await allOf('customer')).toMatchObject([
      { identifiers: { 'domain:halden.example': true } },
    ]);
    const [there] = await desk.shows({ page: 'message', messages: [message(mine)] }, { tab: 2 });
    expect(there?.sentBy).toBe('them');
  });

  test('another account in the same tab is another person', async () => {
    await read(mine, { own: ['me@ours.example'] });
    const known = await read(mine, { own: ['agent@practice.example'] });
    expect(known.sentBy).toBe('them');
  });

  test('a frame knows them from the page around it', async () => {
    await desk.shows({ page: 'list', own: ['me@ours.example'] });
    const [known] = await desk.shows({ page: 'message', messages: [message(mine)] }, { frame: 2 });
    expect(known?.sentBy).toBe('us');
  });

  test('a free-mail address of one’s own leaves the others there as customers', async () => {
    await read({ from: person('somebody@gmail.com', 'Somebody') }, { own: ['me@gmail.com'] });
    expect((await guess()).customer).toMatchObject({ name: 'Somebody' });
  });

  test('what the page says of a message goes before the addresses', async () => {
    const known = await read({ ...mine, from: person('agent@desk.example'), sentBy: 'us' });
    expect((await guess()).customer.name).toBe('Halden');
    await desk.capture(known, 'words');
    expect(await allOf('interaction')).toMatchObject([{ direction: 'outbound' }]);
  });

  test('mail among ourselves is about no customer', async () => {
    await read({ from: person('a@practice.example'), to: [person('you@practice.example')] });
    expect(await guess()).toMatchObject({ customer: { name: '' }, contact: { name: '' } });
  });
});

describe('addresses to be looked at twice', () => {
  const halden = { name: 'Halden', identifiers: { 'domain:haldenfoods.example': true } };
  const warnings = async (from: ReadMessage['from']) => {
    await read({ from });
    return (await context()).messages[0]?.warnings;
  };

  test('a domain that looks like a customer’s or one’s own', async () => {
    await desk.write('customer', halden);
    expect(await warnings(person('a@ha1denfoods.example'))).toEqual([
      { kind: 'look-alike', address: 'a@ha1denfoods.example', like: 'haldenfoods.example' },
    ]);
    expect(await warnings(person('a@practlce.example'))).toMatchObject([
      { like: 'practice.example' },
    ]);
    expect(await warnings(person('a@haldenfoods.example'))).toEqual([]);
    expect(await warnings(person('a@practice.example'))).toEqual([]);
  });

  test('it does not join the customer it looks like', async () => {
    const real = await desk.write('customer', halden);
    const { card } = await desk.capture(
      await read({ from: person('a@ha1denfoods.example') }),
      'words',
    );
    expect(card.customer?.id).not.toBe(real);
    const story = await desk.sidebar.story({ customer: real }, SIDEBAR);
    expect(story.cards).toEqual([]);
  });

  test('letters turned round, and a name that shows another address', async () => {
    const from = { name: 'boss@practice.example', address: 'a@else.example', odd: true } as const;
    expect(await warnings(from)).toEqual([
      { kind: 'turned-round', address: 'a@else.example' },
      { kind: 'other-address', address: 'a@else.example', shown: 'boss@practice.example' },
    ]);
  });

  test('a customer that came a moment ago is looked at too', async () => {
    expect(await warnings(person('a@ha1denfoods.example'))).toEqual([]);
    await desk.write('customer', halden);
    expect(await warnings(person('a@ha1denfoods.example'))).toHaveLength(1);
  });
});

test('a mail whose sender made everything as long as could be is captured all the same', async () => {
  const long = 'x'.repeat(1_900);
  const facts = {
    subject: long,
    messageId: `<${long}>`,
    key: long,
    from: person(`${long}@a.example`),
  };
  const deal = record({ id: long, company: 'Arnold Mill' });
  const known = await read(facts, { record: deal });
  await desk.page.marks({ messages: [known] }, desk.senderOf());
  const { card } = await desk.capture(known, 'words');
  expect(card.customer?.name).toBe('Arnold Mill');
});

describe('frames', () => {
  test('words in a frame of their own belong to the one message beside it', async () => {
    await read({ messageId: '<1@x>' });
    await desk.shows({ page: 'other' }, { frame: 3 });
    const { card } = await desk.capture(null, 'words of the body', { frame: 3 });
    expect(card.source).toMatchObject({ subject: 'Delivery' });
    expect(card.evidence[0]).toMatchObject({ quote: 'words of the body' });
  });

  test('not with several messages, nor from the page around it', async () => {
    const two = [message({ messageId: '<1@x>' }), message({ messageId: '<2@x>' })];
    await desk.shows({ page: 'thread', messages: two });
    expect((await desk.capture(null, 'words', { frame: 3 })).card.source).toBeNull();
    await desk.shows({ page: 'message', messages: two.slice(0, 1) }, { tab: 2, frame: 3 });
    const { card } = await desk.capture(null, 'words of the list', { tab: 2, frame: 0 });
    expect(card.source).toBeNull();
  });

  test('not where the frame has a message that must not be read', async () => {
    await read({ messageId: '<1@x>' });
    await desk.shows({ page: 'message', never: 1 }, { frame: 3 });
    await expect(desk.capture(null, 'words', { frame: 3 })).rejects.toMatchObject({
      code: 'never-log',
    });
  });
});
