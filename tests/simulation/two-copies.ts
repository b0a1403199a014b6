// Two copies of a profile in which something waited (SPEC 4.4): a computer restored from an image
// beside the old one. A third, from before, has used the numbers; so each of the two goes on as a
// device of its own, and both seal the very same changes.
import assert from 'node:assert/strict';
import { conflictsOf, fieldsOf } from '../../src/domain/index.ts';
import { syncResponse } from '../../src/ledger/index.ts';
import type { Backend } from './backend.ts';
import type { Chance } from './chance.ts';
import { SimulatedDevice } from './device.ts';
import { gapsIn } from './schedule.ts';

/** Changes that a device pushes in one request. */
const AT_ONCE = 200;

/** What the person has done on the second copy when it meets the server, and where that one stood. */
export const MEETINGS = [
  'one copy after the other, nothing else waits',
  'more was written on the second copy, on top of what waited',
  'both have their new names before either gets through',
] as const;
/** The same, and the changes that waited fill a request: nothing comes after them in it. */
export const FULL_REQUEST = 'the same, and as much waits as goes out in one request';
export type Meeting = (typeof MEETINGS)[number] | typeof FULL_REQUEST;

export async function twoCopies(meeting: Meeting, backend: Backend, chance: Chance) {
  const [member] = backend.members;
  if (member === undefined) throw new Error('a member');
  await backend.heal();
  /** Whose line is cut once they have a new name, and not before. */
  let cutAfterRenewal = false;
  let isCut = false;
  let endsSaid = 0;
  const line = (async (url: string, init?: RequestInit) => {
    if (isCut) throw new TypeError('Failed to fetch');
    const answer = await backend.fetch(url, init);
    if (await saysOnlyElsewhere(answer)) endsSaid += 1;
    isCut = cutAfterRenewal && new URL(url).pathname === '/v1/device/renew';
    return answer;
  }) as typeof fetch;
  const one = new SimulatedDevice({
    ...{ name: 'the profile', member, chance, fetch: line, now: () => backend.now() },
  });
  await one.connect(await backend.approved(member, one));
  /** Real servers have other people's notes too. */
  const notes = new Set<string>();
  const note = async (device: SimulatedDevice, text: string, record = device.newId()) => {
    const id = device.newId();
    notes.add(record);
    await device.write([{ id, kind: 'note', record, body: { text } }]);
    return { id, record };
  };
  const noteAll = async (device: SimulatedDevice, texts: string[]) => {
    const writes = texts.map((text) => {
      return { id: device.newId(), kind: 'note', record: device.newId(), body: { text } };
    });
    for (const { record } of writes) notes.add(record);
    if (writes.length > 0) await device.write(writes);
    return writes;
  };
  const even = async (device: SimulatedDevice) => {
    backend.pass(1_000);
    assert.equal(await device.sync(), 'even', device.name);
  };

  await note(one, 'before all');
  await even(one);
  const earlier = await one.clone('a copy from before');
  const plan = await note(one, 'a plan, first wording');
  const reworded = await note(one, 'a plan, reworded', plan.record);
  const other = await note(one, 'something else');
  const waited = [plan.id, reworded.id, other.id];
  const isMuch = meeting === FULL_REQUEST;
  const more = isMuch ? Array.from({ length: AT_ONCE - waited.length }, (_, at) => `${at}`) : [];
  waited.push(...(await noteAll(one, more)).map(({ id }) => id));
  const sealed = await timesOf(one, waited);
  const copy = await one.clone('the copy');
  await note(earlier, 'what took the numbers');
  await even(earlier);

  if (isMuch || meeting === 'both have their new names before either gets through') {
    cutAfterRenewal = true;
    assert.equal(await one.sync(), 'failed');
    assert.ok(isCut, 'it had another name by then');
    cutAfterRenewal = isCut = false;
    assert.deepEqual(await timesOf(one, waited), sealed, 'sealed anew with the times they had');
    await even(copy);
    const before = endsSaid;
    await even(one);
    // What would come after it, the new name's own record, goes out in a request of its own.
    if (isMuch) assert.ok(endsSaid > before, 'nothing but its end was told of its chain');
  } else {
    await even(one);
    if (meeting === 'one copy after the other, nothing else waits') await even(copy);
  }
  // What hangs on what waited: another wording of one's own words, and a note that comes after it.
  await note(copy, 'a plan, as it stays', plan.record);
  await note(copy, 'written on the copy');
  await even(copy);
  await note(one, 'written on the other');
  await even(one);
  for (const device of [earlier, copy, one]) await even(device);

  const log = await backend.log();
  const { rows } = log.log;
  const ours = rows.filter(({ leaf }) => leaf.author === member.id);
  const stored = ours.map(({ leaf }) => leaf.id);
  for (const id of waited) {
    assert.equal(stored.filter((each) => each === id).length, 1, 'what waited is stored once');
  }
  const inLog = ours.flatMap(({ leaf }) => (waited.includes(leaf.id) ? [leaf.at] : []));
  assert.deepEqual(inLog.toSorted(), Object.values(sealed).toSorted());
  assert.deepEqual(gapsIn(log), [], 'each change follows one that the log has');
  assert.deepEqual(
    ours.filter(({ problem }) => problem !== null),
    [],
  );
  const texts = [
    ...['a plan, as it stays', 'before all', 'something else', 'what took the numbers'],
    ...['written on the copy', 'written on the other', ...more],
  ].toSorted();
  for (const device of [earlier, copy, one]) {
    const { name } = device;
    assert.deepEqual(await textsOn(device, notes), texts, `${name}: nothing lost, nothing twice`);
    assert.deepEqual(
      [...device.saved].filter((id) => !stored.includes(id)),
      [],
      `saved on ${name}, and not in the log`,
    );
    const counts = await device.look(async (db) => ({
      waiting: await db.count('outbox'),
      attention: await db.count('attention'),
    }));
    assert.deepEqual(counts, { waiting: 0, attention: 0 }, name);
    assert.equal(await device.finding(), null, `${name} believes the log`);
  }
}

/** Whether all that it pushed is in the log already, some of it under another device's name. */
async function saysOnlyElsewhere(answer: Response): Promise<boolean> {
  const told = await answer
    .clone()
    .json()
    .catch(() => null);
  const parsed = syncResponse.safeParse(told);
  if (!parsed.success) return false;
  const { results } = parsed.data;
  const isThere = results.every(({ result }) => result === 'duplicate');
  return isThere && results.some(({ elsewhere }) => elsewhere);
}

/** When these were sealed, by the clock that is told to everybody. */
async function timesOf(device: SimulatedDevice, ids: string[]): Promise<{ [id: string]: string }> {
  const { changes } = await device.holds();
  return Object.fromEntries(
    changes.flatMap(({ id, envelope }) =>
      ids.includes(id) && envelope !== null ? [[id, envelope.at]] : [],
    ),
  );
}

/** Of these notes, as a sidebar shows them. */
async function textsOn(device: SimulatedDevice, notes: Set<string>): Promise<string[]> {
  const { records } = await device.holds();
  return records
    .filter(({ kind, id }) => kind === 'note' && notes.has(id))
    .map(({ state }) => {
      assert.equal(conflictsOf(state).size, 0, 'it is not said that two wrote it at the same time');
      return fieldsOf<'note'>(state).text ?? '';
    })
    .toSorted();
}
