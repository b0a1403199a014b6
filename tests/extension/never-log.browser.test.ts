import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/domain/index.ts';
import { type Desk, message, openDesk, SIDEBAR } from './desk.ts';
import { freshProfile } from './world.ts';

const { neverChanged } = await import('../../src/extension/background/page-settings.ts');

let desk: Desk;
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
});

const setMine = (...lines: string[]) => desk.sidebar.setNeverLog({ lines }, SIDEBAR);
const begin = () => desk.page.begin({}, desk.senderOf());
const REFUSED = { code: 'never-log', message: expect.stringContaining('never-log list') };

describe('the list', () => {
  test('is one’s own lines and the workspace’s, united for the pages', async () => {
    await desk.write('setting', { name: 'never-log', value: '# ours\nhr.example\n\npay.example' });
    await desk.write('setting', { name: 'never-log', value: 'pay.example\nlaw.example' });
    await desk.write('setting', { name: 'other', value: 'not.example' });
    const gone = await desk.write('setting', { name: 'never-log', value: 'gone.example' });
    await desk.write('setting', { deleted: true }, gone);
    const list = await setMine(' mine.example ', '');
    expect(list.mine).toEqual(['mine.example']);
    expect([...list.workspace].sort()).toEqual(['hr.example', 'law.example', 'pay.example']);
    expect((await begin()).never.sort()).toEqual([
      ...['hr.example', 'law.example', 'mine.example', 'pay.example'],
    ]);
  });

  test('has international domains in both forms', async () => {
    await setMine('bücher.example', 'a@xn--bcher-kva.example', 'subject: xn--bcher-kva');
    expect((await begin()).never.sort()).toEqual([
      ...['a@bücher.example', 'a@xn--bcher-kva.example', 'bücher.example'],
      ...['subject: xn--bcher-kva', 'xn--bcher-kva.example'],
    ]);
  });

  test('a line that cannot be understood keeps the list as it was, and says which', async () => {
    await setMine('mine.example');
    await expect(setMine('other.example', 'payroll')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('“payroll”'),
    });
    expect((await desk.sidebar.neverLog({}, SIDEBAR)).mine).toEqual(['mine.example']);
  });

  test('says which lines of the workspace cannot be obeyed here', async () => {
    await desk.write('setting', { name: 'never-log', value: 'from: x\nhr.example' });
    const { problems } = await desk.sidebar.neverLog({}, SIDEBAR);
    expect(problems).toEqual([{ line: 'from: x', problem: expect.stringContaining('subject') }]);
  });

  test('is known to have changed once, by whomever it was changed', async () => {
    const changed = () => neverChanged(desk.world);
    await changed();
    expect(await changed()).toBe(false);
    const line = await desk.write('setting', { name: 'never-log', value: 'hr.example' });
    expect([await changed(), await changed()]).toEqual([true, false]);
    await setMine('mine.example');
    expect([await changed(), await changed()]).toEqual([true, false]);
    await desk.write('setting', { deleted: true }, line);
    await desk.write('customer', { name: 'Halden' });
    expect([await changed(), await changed()]).toEqual([true, false]);
  });

  test('stays on this device', async () => {
    await setMine('mine.example');
    const { db } = await desk.world.current();
    expect(await db.count('outbox')).toBe(0);
    expect(await db.count('records')).toBe(0);
  });
});

describe('the second wall', () => {
  test('a page that has not heard of a line yet gives nothing away by its title and address', async () => {
    await setMine('halden.example');
    const answer = await desk.shows({
      page: 'thread',
      ...{
        title: 'Delivery – Sample Buyer',
        subject: 'Delivery',
        url: 'https://mail.example/box/7',
      },
      messages: [message(), message({ from: { name: '', address: 'a@open.example' } })],
    });
    // The page counts its messages by place.
    expect(answer).toHaveLength(2);
    expect(answer[0]?.keys).toEqual([]);
    expect(answer[1]?.keys).not.toEqual([]);
    const context = await desk.sidebar.context({ tab: 1 }, SIDEBAR);
    expect(context).toMatchObject({
      never: 1,
      title: '',
      subject: '',
      url: 'https://mail.example',
    });
    expect(context.messages.map(({ from }) => from?.address)).toEqual(['a@open.example']);
    expect(JSON.stringify(context)).not.toMatch(/halden|Sample Buyer|box\/7/);
    // It is told to begin anew, and only it.
    expect(desk.told()).toContainEqual({ tab: 1, event: 'settings', payload: {}, frame: 0 });
  });

  test('a line that comes after the reading hides what was read', async () => {
    await desk.shows({ page: 'message', messages: [message()], title: 'Delivery' });
    await setMine('buyer@halden.example');
    const context = await desk.sidebar.context({ tab: 1 }, SIDEBAR);
    expect(context).toMatchObject({ never: 1, messages: [], title: '' });
  });

  test.each([
    ['the sender', 'halden.example'],
    ['a recipient', 'you@practice.example'],
    ['the subject', 'subject: deliv*'],
  ])('a capture is refused by %s, and nothing is kept', async (_what, line) => {
    const [known] = await desk.shows({ page: 'message', messages: [message()] });
    await setMine(line);
    await expect(desk.capture(known ?? null, 'secret words')).rejects.toMatchObject(REFUSED);
    const { db } = await desk.world.current();
    expect(await db.count('drafts')).toBe(0);
  });

  test('words beside a message on the list are refused where they belong to none', async () => {
    await desk.shows({ page: 'message', never: 1 });
    await expect(desk.capture(null, 'secret words')).rejects.toMatchObject(REFUSED);
  });

  test('words of a frame without a message are refused, though another mail is open too', async () => {
    const from = { name: '', address: 'a@open.example' };
    await desk.shows({ page: 'thread', messages: [message({ from })], never: 1 });
    const inFrame = { frame: 3 };
    await expect(desk.capture(null, 'secret words', inFrame)).rejects.toMatchObject(REFUSED);
    const mark = { kind: 'note', id: newId(desk.world.source), evidence: newId(desk.world.source) };
    const asked = { ...mark, selectors: null, message: null } as never;
    await expect(desk.page.reattach(asked, desk.senderOf(inFrame))).rejects.toMatchObject(REFUSED);
    const { db } = await desk.world.current();
    expect(await db.count('drafts')).toBe(0);
  });

  test('a card begun after a line came has nothing of what was read before it', async () => {
    const record = { type: 'ticket', id: '7', name: 'Payslip', company: '', people: [] };
    const told = {
      page: 'record',
      title: 'Payslip',
      url: 'https://mail.example/7',
      record,
    } as const;
    await desk.shows({ ...told, messages: [message()] });
    await setMine('halden.example');
    const asked = { kind: 'note', tab: 1, message: null } as const;
    const { draft } = await desk.sidebar.newDraft(asked, SIDEBAR);
    expect(JSON.stringify(draft)).not.toMatch(/Payslip|example\/7/);
    const from = { name: '', address: 'a@open.example' };
    const [known = null] = await desk.shows({ messages: [message({ from })] }, { frame: 2 });
    const kept = await desk.page.capture(
      {
        ...{ kind: 'note', quote: 'words', selectors: null, message: known, quoted: false },
        ...{ site: 'sample', url: 'https://mail.example/', title: '' },
      },
      desk.senderOf({ frame: 2 }),
    );
    const { drafts } = await desk.sidebar.drafts({}, SIDEBAR);
    expect(drafts.find(({ id }) => id === kept.draft)?.record).toBeNull();
  });

  test('logging, keeping and saving are refused', async () => {
    const [known = null] = await desk.shows({ page: 'message', messages: [message()] });
    const asked = { kind: 'mail', tab: 1, message: known } as const;
    const { draft } = await desk.sidebar.newDraft(asked, SIDEBAR);
    await setMine('halden.example');
    await expect(desk.sidebar.newDraft(asked, SIDEBAR)).rejects.toMatchObject(REFUSED);
    await expect(desk.sidebar.keepDraft({ draft }, SIDEBAR)).rejects.toMatchObject(REFUSED);
    await expect(desk.sidebar.save({ draft }, SIDEBAR)).rejects.toMatchObject(REFUSED);
    const { db } = await desk.world.current();
    expect(await db.count('records')).toBe(0);
  });

  test('the marks of such a message are not given', async () => {
    const [known] = await desk.shows({
      page: 'message',
      messages: [message({ messageId: '<1@x>' })],
    });
    if (!known) throw new Error('nothing read');
    await desk.capture(known, 'words');
    const asked = { messages: [known, known] };
    const marks = async () => (await desk.page.marks(asked, desk.senderOf())).marks;
    expect((await marks()).map((one) => one.length)).toEqual([1, 1]);
    await setMine('halden.example');
    expect(await marks()).toEqual([[], []]);
  });
});
