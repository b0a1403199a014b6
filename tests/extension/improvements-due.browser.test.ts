// Improvements wait for their owner in the inbox: to be made, and later to be looked at whether they
// helped; what is said to them is said in the console.
import { beforeEach, expect, test } from 'vitest';
import { openDesk, SIDEBAR } from './desk.ts';
import { connection, freshProfile, id } from './world.ts';

beforeEach(async () => {
  await freshProfile();
});

const ME = connection.member.id;
const dayIn = (days: number) => {
  const date = new Date(Date.now() + days * 86_400_000);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

test('one is to be made, then looked at, and then waits no more', async () => {
  const desk = await openDesk();
  const customer = await desk.write('customer', { name: 'Halden Foods' });
  const said = { customer, owner: ME, text: 'Nobody rang', action: 'A rota' };
  const record = await desk.write('improvement', { ...said, due: dayIn(-2) });
  await desk.write('improvement', { ...said, owner: id(), due: dayIn(-2) });
  const dues = async () => (await desk.sidebar.inbox({}, SIDEBAR)).dues;
  const url = `${connection.server}/#/improvements/${record}`;
  expect(await dues()).toMatchObject([
    { what: 'improvement', text: 'A rota', customer: 'Halden Foods', days: -2, card: null, url },
  ]);
  expect(await desk.sidebar.inboxCount({}, SIDEBAR)).toEqual({ count: 1 });
  await desk.write('improvement', { state: 'done', checkOn: dayIn(3) }, record);
  expect(await dues()).toMatchObject([{ what: 'check', days: 3, url }]);
  expect(await desk.sidebar.inboxCount({}, SIDEBAR)).toEqual({ count: 0 });
  const checkedAt = new Date().toISOString();
  await desk.write('improvement', { checkedAt, effective: true }, record);
  expect(await dues()).toEqual([]);
});
