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
import { LEE, type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 1200);
});

async function open(server: SampleServer, hash = '#/erasure') {
  const { place } = placeAt(hash);
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelector('.c-page')).toBeTruthy());
  return root;
}

function button(root: Element, text: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find((it) => it.textContent?.includes(text));
  if (!found) throw new Error(`no button “${text}”`);
  return found;
}

function labelled<E extends HTMLElement>(root: Element, label: string): E {
  const found = [...root.querySelectorAll('label')].find((it) => it.textContent === label);
  const control = document.getElementById(found?.htmlFor ?? '');
  if (!control) throw new Error(`nothing is labelled “${label}”`);
  return control as E;
}

const sent = (server: SampleServer, line: string) =>
  server.requests.filter((request) => request.line === line).map(({ body }) => body);

async function findLee(root: Element) {
  await userEvent.fill(one<HTMLInputElement>(root, 'input[type=search]'), 'lee');
  await userEvent.keyboard('{Enter}');
  await userEvent.click(await soon(() => button(root, LEE.name)));
  await soon(() => one(root, '.c-targets'));
}

describe('erasure', () => {
  test('find, look, say why, confirm in a word; then which browsers have done it', async () => {
    const server = sampleServer(0);
    const root = await open(server);
    await soon(() => expect(root.textContent).toContain('Nothing has been erased yet.'));
    await expectAccessible(root);
    await findLee(root);
    expect(root.textContent).toContain('Linked to them 3 / 3');
    expect(root.textContent).toContain('Named in the text 0 / 2');
    expect(root.textContent).toContain(
      '1 contact, 1 conversation and 1 expectation will be erased here and on 2 connected browsers.',
    );
    await expectAccessible(root);

    const erase = () => button(root, 'Erase ');
    const ticks = root.querySelectorAll<HTMLInputElement>('.c-targets li:not(:first-child) input');
    await userEvent.click(ticks[2] as HTMLInputElement);
    await userEvent.click(ticks[3] as HTMLInputElement);
    expect(erase().getAttribute('aria-disabled')).toBe('true');
    expect(root.textContent).toContain('Say why first.');
    await userEvent.fill(one<HTMLTextAreaElement>(root, 'textarea'), 'Ticket 4711');
    expect(root.textContent).toContain('Type “erase” first.');
    await userEvent.click(one<HTMLInputElement>(root, '.c-erase-form input'));
    await userEvent.keyboard('{Enter}');
    expect(sent(server, 'POST /v1/erasures')).toEqual([]);

    const confirm = [...root.querySelectorAll<HTMLInputElement>('.c-erase-form input')].at(-1);
    await userEvent.fill(confirm as HTMLInputElement, 'Erase');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(root.textContent).toContain('3 records are erased on the server.'));
    expect(sent(server, 'POST /v1/erasures')).toEqual([
      {
        targets: [
          { kind: 'contact', id: LEE.id },
          { kind: 'interaction', id: 'm1' },
          { kind: 'note', id: 'n1' },
        ],
        reason: 'Ticket 4711',
      },
    ]);
    expect(document.activeElement?.textContent).toContain('3 records are erased');
    await soon(() => expect(root.textContent).toContain('1 of 2 browsers have erased it.'));
    expect(one(root, '.c-erasures details').textContent).toContain('Sample desk, Firefox');
    expect(one(root, '.c-erasures details').textContent).not.toContain('Sample laptop');
    await expectAccessible(root);
  });

  test('nobody found, too few letters and a refusal are said, and nothing typed is lost', async () => {
    const server = sampleServer(0);
    const root = await open(server);
    const search = await soon(() => one<HTMLInputElement>(root, 'input[type=search]'));
    await userEvent.fill(search, 'x');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(root.textContent).toContain('Type two letters at least.'));
    await userEvent.fill(search, 'nobody');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(root.textContent).toContain('Nobody is known by this.'));
    await findLee(root);
    await userEvent.fill(one<HTMLTextAreaElement>(root, 'textarea'), 'Ticket 4711');
    const confirm = [...root.querySelectorAll<HTMLInputElement>('.c-erase-form input')].at(-1);
    await userEvent.fill(confirm as HTMLInputElement, 'erase');
    server.instead = (path) => (path === '/v1/erasures' ? 'offline' : null);
    await userEvent.click(button(root, 'Erase 3 records'));
    await soon(() => expect(root.textContent).toContain('The server cannot be reached.'));
    expect(root.textContent).toContain('Nothing was erased.');
    expect(one<HTMLTextAreaElement>(root, 'textarea').value).toBe('Ticket 4711');
  });

  test('others have no such page in their menu, and are told who has', async () => {
    const server = sampleServer(0);
    server.role = 'manager';
    const root = await open(server);
    expect(root.textContent).toContain('This page is for admins.');
    expect(root.querySelector('nav')?.textContent).not.toContain('Erasure');
    expect(root.querySelector('input')).toBeNull();
    expect(sent(server, 'GET /v1/erasures')).toEqual([]);
  });

  test('narrow, in words a third longer, nothing is cut', async () => {
    await page.viewport(375, 900);
    const { place } = placeAt('#/erasure');
    const server = sampleServer(0);
    const root = draw(
      <WordsContext.Provider value={german.shared}>
        <ConsoleWordsContext.Provider value={german.console}>
          <Signed client={createClient(server.ask)} ask={server.ask} place={place} />
        </ConsoleWordsContext.Provider>
      </WordsContext.Provider>,
    );
    await soon(() => one(root, 'input[type=search]'));
    await userEvent.fill(one<HTMLInputElement>(root, 'input[type=search]'), 'lee');
    await userEvent.keyboard('{Enter}');
    await userEvent.click(await soon(() => button(root, LEE.name)));
    await soon(() => one(root, '.c-targets'));
    expect(one(root, '.c-page').scrollWidth).toBeLessThanOrEqual(375);
    await expectAccessible(root);
  });
});

describe('retention', () => {
  const days = labelled<HTMLInputElement>;

  test('days by kind and a hold are saved, and can be taken back', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/retention');
    const notes = await soon(() => {
      const field = days(root, 'Days that notes are kept');
      expect(field?.value).toBe('730');
      return field;
    });
    expect(notes.closest('tr')?.textContent).toContain('12');
    await expectAccessible(root);
    await userEvent.fill(notes, '0');
    await userEvent.click(button(root, 'Save'));
    await soon(() => expect(root.textContent).toContain('Whole days, from 1 to 36,500.'));
    expect(sent(server, 'PUT /v1/retention')).toEqual([]);
    await userEvent.fill(notes, '365');
    await userEvent.selectOptions(one<HTMLSelectElement>(root, 'select'), 'Acme Sample');
    await soon(() => expect(root.textContent).toContain('Release'));
    await userEvent.click(button(root, 'Save'));
    await soon(() => expect(root.textContent).toContain('Saved. The next run is within a day.'));
    const [body] = sent(server, 'PUT /v1/retention') as { holds: string[] }[];
    expect(body).toMatchObject({ days: { note: 365 }, seen: 's1' });
    expect(body?.holds).toHaveLength(1);
    await userEvent.click(one<HTMLButtonElement>(root, '.u-undo button'));
    await soon(() => expect(days(root, 'Days that notes are kept').value).toBe('730'));
    expect(sent(server, 'PUT /v1/retention').at(-1)).toMatchObject({ holds: [], seen: 's1+' });
    await expectAccessible(root);
  });

  test('who was slower sees what the other saved', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/retention');
    const notes = await soon(() => days(root, 'Days that notes are kept'));
    server.retention = { ...server.retention, days: { note: 90 }, seen: 's2' };
    await userEvent.fill(notes, '365');
    await userEvent.click(button(root, 'Save'));
    await soon(() => expect(root.textContent).toContain('Somebody has changed this'));
    expect(days(root, 'Days that notes are kept').value).toBe('90');
  });

  test('a hold and days that nobody else touched stay with who was slower', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/retention');
    await soon(() => days(root, 'Days that notes are kept'));
    await userEvent.selectOptions(one<HTMLSelectElement>(root, 'select'), 'Acme Sample');
    await userEvent.fill(days(root, 'Days that expectations are kept'), '400');
    server.retention = { ...server.retention, days: { note: 90 }, holds: ['other'], seen: 's2' };
    await userEvent.click(button(root, 'Save'));
    await soon(() => expect(root.textContent).toContain('Somebody has changed this'));
    expect(days(root, 'Days that notes are kept').value).toBe('90');
    expect(days(root, 'Days that expectations are kept').value).toBe('400');
    expect(one(root, '.c-holds').textContent).toContain('Acme Sample');
    await userEvent.click(button(root, 'Save'));
    await soon(() => expect(root.textContent).toContain('Saved. The next run is within a day.'));
    expect(server.retention.days).toEqual({ note: 90, expectation: 400 });
    expect(server.retention.holds).toHaveLength(2);
  });
});

describe('members', () => {
  const roleOf = (root: Element, name: string) =>
    labelled<HTMLSelectElement>(root, `Role of ${name}`);

  test('a role is changed where it stands; who left can be let in again', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/people');
    const tom = await soon(() => roleOf(root, 'Sample Tom'));
    await userEvent.selectOptions(tom, 'Auditor');
    await soon(() => expect(server.tom.role).toBe('auditor'));
    await userEvent.click(one(root, 'button[aria-label="Let in no more: Sample Tom"]'));
    expect(root.textContent).toContain('can then no longer sign in or sync');
    expect(server.tom.active).toBe(true);
    await userEvent.click(one(root, '.c-sure .u-button-plain'));
    const again = await soon(() => one(root, 'button[aria-label="Let in again: Sample Tom"]'));
    expect(server.tom.active).toBe(false);
    await expectAccessible(root);
    await userEvent.click(again);
    await soon(() => expect(server.tom.active).toBe(true));
  });

  test('a refusal is said and the role that holds is shown', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/people');
    const mira = await soon(() => roleOf(root, 'Sample Mira'));
    server.instead = (path) =>
      path.startsWith('/v1/members/')
        ? Response.json(
            { error: 'last-admin', message: 'This is the last admin.' },
            { status: 409 },
          )
        : null;
    await userEvent.selectOptions(mira, 'Annotator');
    await soon(() => expect(root.textContent).toContain('This is the last admin.'));
    await soon(() => expect(roleOf(root, 'Sample Mira').value).toBe('admin'));
  });

  test('what browsers found is shown to admins, with the browser’s name and the entry', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/log');
    await soon(() => expect(root.textContent).toContain('An entry of the history was changed.'));
    expect(root.textContent).toContain('at no. 41');
    expect(root.textContent).toContain('Sample laptop, Chromium');
    const people = await open(server, '#/people');
    await soon(() => expect(people.textContent).toContain('nobody has vouched for it'));
  });
});
