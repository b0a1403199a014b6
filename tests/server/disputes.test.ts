// What the owner says to a review of their project, and what the reviewer says to that: nothing that
// was said goes away.
import { expect, test } from 'vitest';
import { EMPTY_CONTENT, NOT_SCORED } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import type { SaidToReview } from '../../src/server/reviews/disputes.ts';
import type { FinishedReview } from '../../src/server/reviews/finished.ts';
import type { Standing } from '../../src/server/reviews/listed.ts';
import type { Sheet } from '../../src/server/reviews/sheet.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

const certificates = {
  ...{ name: 'Certificates', text: 'There before the audit.', judgement: 'yes-no', unit: '' },
  ...{ better: 'more', anchors: [], ourTarget: 1, customerTarget: 1, weight: 1, critical: false },
  ...{ mayNotApply: true, causes: [], clause: '' },
};
const hours = {
  ...{ ...certificates, name: 'Hours', judgement: 'number', unit: 'hours', better: 'less' },
  ...{ ourTarget: 4, customerTarget: 8 },
};

/** Mira's finished review of Tom's project: no certificates, and six hours to the first answer. */
async function reviewed() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const otto = await join(server, admin, 'otto', 'manager');
  const audrey = await join(server, admin, 'audrey', 'auditor');
  const [tom, zoe] = [await join(server, admin, 'tom'), await join(server, admin, 'zoe')];
  const device = new Device(server.url, await connect(server, tom));
  const project = freshId();
  await device.push(
    device.change('project', { name: 'Hall 3', state: 'open', owner: device.who.member }, project),
  );
  await mira.call('POST', '/v1/standards', { standards: [certificates, hours] });
  const drawn = await mira.call('POST', '/v1/draws', {
    ...{ name: 'Spring', unit: 'project', filter: {}, strata: 'none', blind: false, due: null },
    method: { kind: 'simple', size: 1 },
  });
  const { draw } = drawn.json as { draw: { id: string } };
  const begun = await mira.call('POST', '/v1/reviews/start', { audit: draw.id, subject: project });
  const sheet = begun.json as Sheet;
  const [first, second] = sheet.standards.map(({ id }) => id) as [string, string];
  const content = {
    ...EMPTY_CONTENT,
    scores: {
      [first]: { ...NOT_SCORED, ours: 0, theirs: 0 },
      [second]: { ...NOT_SCORED, ours: 6, theirs: 6 },
    },
  };
  const review = sheet.draft.id;
  await mira.call('PUT', `/v1/reviews/drafts/${review}`, { content, seen: 0 });
  const done = await mira.call('POST', `/v1/reviews/drafts/${review}/finish`, { seen: 1 });
  if (done.status >= 300) throw new Error(JSON.stringify(done.json));
  const at = (act: string) => `/v1/reviews/${review}${act}`;
  const ask = async (who: Visitor, method: string, path: string, body?: unknown) => {
    const { status, json } = await who.call(method, path, body);
    return { status, ...(json as SaidToReview & { error?: string; message?: string }) };
  };
  const read = async (who: Visitor) =>
    (await who.call('GET', at(''))).json as unknown as FinishedReview;
  const people = { server, admin, mira, otto, audrey, tom, zoe, device };
  return { ...people, project, review, first, second, at, ask, read };
}

const idOf = async (who: Visitor) =>
  ((await who.call('GET', '/v1/me')).json as { member: { id: string } }).member.id;

test('the owner accepts, disagrees and says so again; the reviewer’s answer and everything before stays', async () => {
  const { mira, tom, device, first, second, at, ask } = await reviewed();
  const before = await ask(tom, 'GET', at('/disputes'));
  expect(before).toMatchObject({ status: 200, disputes: [], speaks: true, answers: false });
  expect(before.requests).toMatchObject([{ asks: 'acknowledge', state: 'open', toName: 'tom' }]);

  const say = (standard: string | null, stance: string, reason = '') =>
    ask(tom, 'POST', at('/disputes'), { standard, stance, reason });
  expect(await say(first, 'reject')).toMatchObject({ status: 400, error: 'no-reason' });
  const rejected = await say(first, 'reject', ' They were in the mail of 4 May. ');
  expect(rejected.disputes).toMatchObject([
    {
      ...{ standard: first, stance: 'reject', reason: 'They were in the mail of 4 May.' },
      ...{ by: device.who.member, byName: 'tom', answered: null },
    },
  ]);
  // Whoever says something has read it.
  expect(rejected.requests).toMatchObject([{ state: 'answered', answeredBy: device.who.member }]);
  await say(second, 'accept');
  // The same words twice are said once.
  expect((await say(second, 'accept')).disputes).toHaveLength(2);

  const [dispute] = rejected.disputes;
  const answerAt = `/v1/reviews/disputes/${dispute?.id}/answer`;
  const stands = { result: 'stands', text: 'They came after the audit.' };
  expect(await ask(tom, 'POST', answerAt, stands)).toMatchObject({ status: 403 });
  const answered = await ask(mira, 'POST', answerAt, stands);
  expect(answered.disputes.find(({ id }) => id === dispute?.id)).toMatchObject({
    stance: 'reject',
    answered: { result: 'stands', text: 'They came after the audit.' },
    answeredByName: 'mira',
  });
  expect(await ask(mira, 'POST', answerAt, stands)).toMatchObject({ status: 409 });
  const again = await say(first, 'partly', 'One of the three was there.');
  const said = again.disputes.filter(({ standard }) => standard === first);
  expect(said.map(({ stance, answered: one }) => [stance, one?.result ?? null])).toEqual([
    ['reject', 'stands'],
    ['partly', null],
  ]);
});

test('a score that is changed is changed in the review, with its reason, in one go', async () => {
  const { mira, tom, review, second, at, ask, read } = await reviewed();
  const before = (await read(mira)).review;
  expect(before.scores[second]).toMatchObject({ ours: 6 });
  const disputed = await ask(tom, 'POST', at('/disputes'), {
    ...{ standard: second, stance: 'partly', reason: 'It was three hours: the mail of 2 May.' },
  });
  const answerAt = `/v1/reviews/disputes/${disputed.disputes[0]?.id}/answer`;
  const changed = { result: 'changed', text: 'You are right: three hours.' };
  const unscored = { ...changed, score: { ...NOT_SCORED, ours: null, theirs: 3 } };
  expect(await ask(mira, 'POST', answerAt, unscored)).toMatchObject({ status: 400 });
  expect((await read(mira)).review).toEqual(before);
  const score = { ...NOT_SCORED, ours: 3, theirs: 3 };
  const answered = await ask(mira, 'POST', answerAt, { ...changed, score });
  expect(answered.disputes[0]?.answered).toMatchObject({ result: 'changed' });
  const after = (await read(tom)).review;
  expect(after.id).toBe(review);
  expect(after.scores[second]).toMatchObject({ ours: 3, theirs: 3 });
  expect(after.ours).toBe(50);
  expect(before.ours).toBeLessThan(50);
  expect(after.reason).toBe('You are right: three hours.');
});

test('somebody else sees none of it, and a manager who has not reviewed it answers nothing', async () => {
  const { admin, mira, otto, audrey, tom, zoe, first, at, ask } = await reviewed();
  expect(await ask(zoe, 'GET', at('/disputes'))).toMatchObject({ status: 404 });
  expect(await ask(zoe, 'POST', at('/acknowledge'))).toMatchObject({ status: 404 });
  const wish = { standard: first, stance: 'reject', reason: 'No.' };
  expect(await ask(zoe, 'POST', at('/disputes'), wish)).toMatchObject({ status: 404 });
  for (const other of [mira, otto, audrey, admin]) {
    expect(await ask(other, 'POST', at('/disputes'), wish)).toMatchObject({ status: 403 });
    expect(await ask(other, 'POST', at('/acknowledge'))).toMatchObject({ status: 403 });
  }
  const { disputes } = await ask(tom, 'POST', at('/disputes'), wish);
  const answerAt = `/v1/reviews/disputes/${disputes[0]?.id}/answer`;
  const stands = { result: 'stands', text: 'Yes.' };
  expect(await ask(zoe, 'POST', answerAt, stands)).toMatchObject({ status: 404 });
  expect(await ask(otto, 'POST', answerAt, stands)).toMatchObject({ status: 403 });
  expect(await ask(audrey, 'POST', answerAt, stands)).toMatchObject({ status: 403 });
  // The reviewer leaves: another manager answers.
  await admin.call('PUT', `/v1/members/${await idOf(mira)}`, { active: false });
  expect(await ask(otto, 'POST', answerAt, stands)).toMatchObject({ status: 200 });
});

test('read without a word; a project that changed hands is read by who has it now, too', async () => {
  const { mira, tom, zoe, device, project, at, ask } = await reviewed();
  const standing = async (who: Visitor) =>
    ((await who.call('GET', '/v1/reviews/standing')).json as { standing: Standing[] }).standing;
  expect(await standing(mira)).toMatchObject([{ read: 'waits', disputed: 0, waiting: 0 }]);
  expect(await standing(zoe)).toEqual([]);
  const read = await ask(tom, 'POST', at('/acknowledge'));
  expect(read.requests).toMatchObject([{ state: 'answered', answeredBy: device.who.member }]);
  expect((await ask(tom, 'POST', at('/acknowledge'))).requests).toEqual(read.requests);
  const zoes = await idOf(zoe);
  await device.push(device.change('project', { owner: zoes }, project));
  expect(await ask(zoe, 'GET', at('/disputes'))).toMatchObject({ status: 200, speaks: true });
  const both = await ask(zoe, 'POST', at('/acknowledge'));
  expect(both.requests).toMatchObject([{ to: device.who.member }, { to: zoes, state: 'answered' }]);
  await ask(zoe, 'POST', at('/disputes'), {
    standard: null,
    stance: 'partly',
    reason: 'Not mine.',
  });
  expect(await standing(tom)).toMatchObject([{ read: 'read', disputed: 1, waiting: 1 }]);
});

test('nothing is said to a review that was withdrawn, nor to a standard it did not score', async () => {
  const { mira, tom, first, at, ask } = await reviewed();
  const wish = { stance: 'reject', reason: 'No.' };
  const strange = await ask(tom, 'POST', at('/disputes'), { ...wish, standard: freshId() });
  expect(strange).toMatchObject({ status: 404 });
  await mira.call('POST', at('/withdraw'), { reason: 'The wrong project.' });
  const late = await ask(tom, 'POST', at('/disputes'), { ...wish, standard: first });
  expect(late).toMatchObject({ status: 409, error: 'withdrawn' });
});
