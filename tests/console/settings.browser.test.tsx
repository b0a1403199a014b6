import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App, Signed } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { ConsoleWordsContext } from '../../src/console/words.ts';
import { WordsContext } from '../../src/ui/index.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import * as german from './german.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 1000);
});

async function open(server: SampleServer) {
  const { place, go } = placeAt('#/settings');
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelectorAll('section')).toHaveLength(3));
  return { root, go };
}

const [NEVER, OWN, PERSON] = [0, 1, 2];
const section = (root: Element, at: number) => root.querySelectorAll('section')[at] as HTMLElement;
const field = (root: Element, at: number) =>
  one<HTMLTextAreaElement>(section(root, at), 'textarea');
const submit = (root: Element, at: number) =>
  one<HTMLButtonElement>(section(root, at), 'button[type=submit]');
const sent = (server: SampleServer) =>
  server.requests.filter(({ line }) => line.startsWith('PUT')).map(({ body }) => body);

describe('a manager', () => {
  test('is told what to begin with, writes lines, saves them, and sees who did it when', async () => {
    const server = sampleServer(0);
    server.role = 'manager';
    const { root } = await open(server);
    expect(section(root, NEVER).textContent).toContain('Begin with a domain');
    expect(section(root, NEVER).textContent).toContain('Nobody has changed this list yet.');
    expect(submit(root, NEVER).getAttribute('aria-disabled')).toBe('true');
    await expectAccessible(root);

    await userEvent.fill(field(root, NEVER), ' clinic.example\n\nsubject: payslip\n');
    await userEvent.click(submit(root, NEVER));
    await soon(() => expect(section(root, NEVER).textContent).toContain('Saved.'));
    expect(sent(server)).toEqual([{ lines: ['clinic.example', 'subject: payslip'], seen: '' }]);
    expect(field(root, NEVER).value).toBe('clinic.example\nsubject: payslip');
    const history = one(section(root, NEVER), 'details');
    expect(one(history, 'summary').textContent).toMatch(/^Changed by Sample Mira, 24 Feb 2027/);
    await userEvent.click(one(history, 'summary'));
    expect(history.textContent).toContain('Addedclinic.examplesubject: payslip');
    await expectAccessible(root);
  });

  test('takes it back, and leaves the lines that a colleague has added since', async () => {
    const server = sampleServer(0);
    server.change('own-domains', ['brightwater.example']);
    const { root } = await open(server);
    await userEvent.fill(field(root, OWN), 'brightwater.example\nmine.example');
    await userEvent.click(submit(root, OWN));
    await soon(() => expect(section(root, OWN).textContent).toContain('Saved.'));
    server.change('own-domains', ['brightwater.example', 'mine.example', 'theirs.example']);
    server.poke();
    await soon(() => expect(field(root, OWN).value).toContain('theirs.example'));
    await userEvent.click(one(section(root, OWN), '.u-undo button'));
    await soon(() => expect(field(root, OWN).value).not.toContain('mine.example'));
    expect(server.settings[OWN]?.lines).toEqual(['brightwater.example', 'theirs.example']);
  });

  test('goes on writing while it is saved, and loses nothing of it', async () => {
    const server = sampleServer(0);
    const { ask } = server;
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.ask = async (path, init) => {
      const response = await ask(path, init);
      if (init?.method === 'PUT') await answered;
      return response;
    };
    const { root } = await open(server);
    await userEvent.fill(field(root, OWN), 'mine.example');
    await userEvent.click(submit(root, OWN));
    await userEvent.click(submit(root, OWN));
    await soon(() => expect(sent(server)).toHaveLength(1));
    await userEvent.fill(field(root, OWN), 'mine.example\nand.example');
    answer();
    await soon(() => expect(server.settings[OWN]?.lines).toEqual(['mine.example']));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(field(root, OWN).value).toBe('mine.example\nand.example');
    await userEvent.click(submit(root, OWN));
    await soon(() => expect(server.settings[OWN]?.lines).toEqual(['mine.example', 'and.example']));
    expect(section(root, OWN).textContent).not.toContain('Somebody changed this list');
  });

  test('takes it back in its place', async () => {
    const server = sampleServer(0);
    server.change('own-domains', ['brightwater.example']);
    const { root } = await open(server);
    await userEvent.fill(field(root, OWN), '');
    await userEvent.click(submit(root, OWN));
    const undo = await soon(() => one<HTMLButtonElement>(section(root, OWN), '.u-undo button'));
    await userEvent.click(undo);
    await soon(() => expect(field(root, OWN).value).toBe('brightwater.example'));
    expect(sent(server).at(-1)).toMatchObject({ lines: ['brightwater.example'] });
    const summary = one(section(root, OWN), 'summary');
    await userEvent.click(summary);
    expect(section(root, OWN).textContent).toContain('Taken offbrightwater.example');
  });

  test('a line that cannot be obeyed is named with its number, and nothing is sent', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    await userEvent.fill(field(root, NEVER), 'clinic.example\npayroll\n*');
    await userEvent.click(submit(root, NEVER));
    const problems = await soon(() => one(section(root, NEVER), '.c-problems'));
    expect(problems.textContent).toContain('Line 2: payroll Write a domain');
    expect(problems.textContent).toContain('Line 3: * This would be every mail.');
    expect(field(root, NEVER).getAttribute('aria-invalid')).toBe('true');
    expect(section(root, NEVER).textContent).toContain('2 lines cannot be used yet.');
    await userEvent.fill(field(root, OWN), 'gmail.com');
    await userEvent.click(submit(root, OWN));
    expect(section(root, OWN).textContent).toContain('Anybody can have an address at gmail.com.');
    expect(sent(server)).toEqual([]);
    await expectAccessible(root);
  });

  test('who was slower gets both changes to look at, and loses none', async () => {
    const server = sampleServer(0);
    server.change('never-log', ['clinic.example', 'law.example']);
    const { root } = await open(server);
    await userEvent.fill(field(root, NEVER), 'clinic.example\nmine.example');
    server.change('never-log', ['clinic.example', 'law.example', 'theirs.example']);
    server.poke();
    await userEvent.click(submit(root, NEVER));
    await soon(() => expect(section(root, NEVER).textContent).toContain('Somebody changed'));
    expect(field(root, NEVER).value).toBe('clinic.example\ntheirs.example\nmine.example');
    await userEvent.click(submit(root, NEVER));
    await soon(() => expect(section(root, NEVER).textContent).toContain('Saved.'));
    expect(server.settings[0]?.lines).toEqual(['clinic.example', 'theirs.example', 'mine.example']);
  });

  test('sees a colleague’s change at once, unless it would take away what is being written', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    await userEvent.fill(field(root, OWN), 'half-typed');
    server.change('never-log', ['clinic.example']);
    server.change('own-domains', ['brightwater.example']);
    server.poke();
    await soon(() => expect(field(root, NEVER).value).toBe('clinic.example'));
    expect(field(root, OWN).value).toBe('half-typed');
  });

  test('what is not saved is still there after a look at another page', async () => {
    const server = sampleServer(0);
    const { root, go } = await open(server);
    await userEvent.fill(field(root, NEVER), 'clinic.example');
    const leaving = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leaving()).toBe(true);
    go('#/people');
    await soon(() => expect(root.querySelector('textarea')).toBeNull());
    go('#/settings');
    await soon(() => expect(field(root, NEVER).value).toBe('clinic.example'));
    await userEvent.click(submit(root, NEVER));
    await soon(() => expect(section(root, NEVER).textContent).toContain('Saved.'));
    expect(leaving()).toBe(false);
  });

  test('a server that is away or says no: the lines stay in the field', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    await userEvent.fill(field(root, NEVER), 'clinic.example');
    server.instead = (path) => (path.startsWith('/v1/settings') ? 'offline' : null);
    await userEvent.click(submit(root, NEVER));
    await soon(() => expect(root.textContent).toContain('Your lines are still in the field.'));
    server.instead = () =>
      Response.json({ error: 'not-allowed', message: 'Managers can do this.' }, { status: 403 });
    await userEvent.click(submit(root, NEVER));
    await soon(() => expect(root.textContent).toContain('Managers can do this.'));
    expect(field(root, NEVER).value).toBe('clinic.example');
    expect(submit(root, NEVER).getAttribute('aria-disabled')).toBeNull();
  });
});

describe('figures about one person', () => {
  const picked = (root: Element) =>
    one<HTMLInputElement>(section(root, PERSON), 'input:checked').value;

  test('are switched off by keyboard, and a remark stays', async () => {
    const server = sampleServer(0);
    server.change('per-person-figures', ['# asked by the council']);
    const { root } = await open(server);
    expect(picked(root)).toBe('on');
    one<HTMLInputElement>(section(root, PERSON), 'input:checked').focus();
    await userEvent.keyboard('{ArrowRight}');
    await soon(() => expect(section(root, PERSON).textContent).toContain('It holds from now on.'));
    expect(picked(root)).toBe('off');
    expect(sent(server)).toEqual([
      expect.objectContaining({ lines: ['off', '# asked by the council'] }),
    ]);
    await expectAccessible(root);
  });

  test('an auditor reads how it is', async () => {
    const server = sampleServer(0);
    server.role = 'auditor';
    server.change('per-person-figures', ['off']);
    const { root } = await open(server);
    expect(section(root, PERSON).textContent).toContain('neither kept nor shown');
    expect(section(root, PERSON).querySelector('input')).toBeNull();
  });

  test('whoever is slower sees what the other chose', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    server.change('per-person-figures', ['off']);
    await userEvent.click(one(section(root, PERSON), 'input[value=off] + *'));
    await soon(() => expect(section(root, PERSON).textContent).toContain('in the meantime'));
    expect(picked(root)).toBe('off');
  });
});

test('an annotator reads the lists and is told who can change them', async () => {
  const server = sampleServer(0);
  server.role = 'annotator';
  server.change('never-log', ['clinic.example', '<b>bold</b>.example']);
  const { root } = await open(server);
  expect(root.textContent).toContain('Managers and admins can change these lists.');
  expect(root.querySelector('textarea, button[type=submit], b')).toBeNull();
  expect(section(root, NEVER).textContent).toContain('clinic.example');
  expect(section(root, NEVER).textContent).toContain('<b>bold</b>.example');
  expect(section(root, OWN).textContent).toContain('No domain is on the list.');
  await expectAccessible(root);
});

test.each([1280, 375])(
  'in a language a third longer, with lines that have no place to break, nothing is cut at %i px',
  async (width) => {
    await page.viewport(width, 900);
    const server = sampleServer(0);
    const long = `donaudampfschifffahrtsgesellschaft.${'unternehmenskommunikation'.repeat(4)}.example`;
    server.change('never-log', [long, 'clinic.example']);
    const { place } = placeAt('#/settings');
    const root = draw(
      <WordsContext.Provider value={german.shared}>
        <ConsoleWordsContext.Provider value={german.console}>
          <Signed client={createClient(server.ask)} ask={server.ask} place={place} />
        </ConsoleWordsContext.Provider>
      </WordsContext.Provider>,
    );
    await soon(() => expect(root.querySelectorAll('section')).toHaveLength(3));
    await userEvent.fill(field(root, OWN), 'kein-brauchbarer-eintrag\ngmail.com');
    await userEvent.click(submit(root, OWN));
    await userEvent.click(one(section(root, NEVER), 'summary'));
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    const words = root.querySelectorAll<HTMLElement>(
      'h1, h2, .u-label, .u-button, nav a, dt, dd, .c-line, .u-hint, .u-error, summary, .c-problems li',
    );
    const cut = [...words].filter(
      (it) => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1,
    );
    expect(cut.map((it) => it.textContent)).toEqual([]);
    await expectAccessible(root);
  },
);
