import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(() => page.viewport(1280, 900));

async function open(server: SampleServer, hash: string) {
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

const CSV = 'Company,Mail domain,City\nSample Foods,sample.example,Moss\n,nameless.example,Oslo\n';

describe('import', () => {
  test('file → preview with the row that has an error → import → result', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/import');
    await userEvent.upload(one(root, 'input[type=file]'), new File([CSV], 'customers.csv'));
    await soon(() => expect(root.textContent).toContain('2 rows, 1 with a problem'));
    expect(one(root, 'tr:has(.u-error)').textContent).toBe(
      '3nameless.exampleName: A name is missing.',
    );
    await expectAccessible(root);
    await userEvent.click(button(root, 'Import 1 row'));
    await soon(() => expect(root.textContent).toContain('2 imported. 1 was there already'));
    const sent = server.requests.find(({ line }) => line === 'POST /v1/import');
    expect(sent?.body).toEqual({
      csv: CSV,
      ...{ kind: 'customer', name: 'customers.csv' },
      mapping: { Company: 'name', 'Mail domain': 'domain', City: null },
    });
  });

  test('changing what a column means asks again, and moves the meaning', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/import');
    await userEvent.upload(one(root, 'input[type=file]'), new File([CSV], 'customers.csv'));
    await soon(() => expect(root.querySelectorAll('.c-mapping select')).toHaveLength(3));
    const city = root.querySelectorAll('.c-mapping select')[2];
    await userEvent.selectOptions(city as HTMLSelectElement, 'name');
    await soon(() => expect(root.textContent).toContain('2 rows, none with a problem'));
    expect(server.requests.at(-1)?.body).toMatchObject({
      mapping: { Company: null, 'Mail domain': 'domain', City: 'name' },
    });
  });

  test('Windows-1252 is read as what it is; a spreadsheet is refused with the way out', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/import');
    const input = () => one<HTMLInputElement>(root, 'input[type=file]');
    const bytes = Uint8Array.from('Name\nM\xfcller Sample\n', (char) => char.charCodeAt(0));
    await userEvent.upload(input(), new File([bytes], 'old.csv'));
    await soon(() => expect(root.textContent).toContain('Müller Sample'));
    await userEvent.upload(input(), new File(['PK\x03\x04\0\0\0'], 'table.csv'));
    await soon(() => expect(root.textContent).toContain('Save the table as CSV'));
    expect(root.textContent).toContain('Nothing was imported.');
  });

  test('a refusal is said in the server’s words, and the file is still chosen', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/import');
    await userEvent.upload(one(root, 'input[type=file]'), new File([CSV], 'customers.csv'));
    await soon(() => expect(root.textContent).toContain('2 rows'));
    server.instead = () =>
      Response.json({ error: 'not-allowed', message: 'Managers can do this.' }, { status: 403 });
    await userEvent.click(button(root, 'Import 1 row'));
    await soon(() => expect(root.textContent).toContain('Managers can do this.'));
    expect(root.textContent).toContain('customers.csv');
  });
});

test.each(['annotator', 'auditor'] as const)('an %s is told who can import', async (role) => {
  const server = sampleServer(0);
  server.role = role;
  const root = await open(server, '#/import');
  await soon(() => expect(root.textContent).toContain('This page is for managers and admins.'));
  expect(root.querySelector('input')).toBeNull();
});

describe('people', () => {
  test('an admin invites and gets a link to hand over', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/people');
    const email = await soon(() => one<HTMLInputElement>(root, 'input[type=email]'));
    await userEvent.type(email, 'nonsense{Enter}');
    await soon(() => expect(root.textContent).toContain('This is no mail address.'));
    await userEvent.fill(email, 'new@brightwater.example');
    await userEvent.click(one(root, 'input[value=manager]').closest('label') as HTMLLabelElement);
    await userEvent.click(button(root, 'Make an invitation link'));
    const link = await soon(() => one<HTMLInputElement>(root, '.c-link input'));
    expect(link.value).toContain('/join/');
    expect(server.requests.at(-1)?.body).toEqual({
      email: 'new@brightwater.example',
      role: 'manager',
    });
    await expectAccessible(root);
  });

  test('a browser is revoked only after a second look', async () => {
    const server = sampleServer(0);
    const root = await open(server, '#/people');
    await soon(() => button(root, 'Revoke'));
    await userEvent.click(button(root, 'Revoke'));
    expect(root.textContent).toContain('can then no longer sync');
    const calls = () => server.requests.filter(({ line }) => line.startsWith('DELETE'));
    expect(calls()).toHaveLength(0);
    await userEvent.click(button(root, 'Revoke now'));
    await soon(() => expect(calls().map(({ line }) => line)).toEqual(['DELETE /v1/devices/d1']));
  });

  test('others see members and browsers, and are told who can do more', async () => {
    const server = sampleServer(0);
    server.role = 'annotator';
    const root = await open(server, '#/people');
    await soon(() => expect(root.textContent).toContain('Only an admin can invite people'));
    expect(root.querySelector('input[type=email]')).toBeNull();
    expect(root.querySelector('.u-button-bad')).toBeNull();
  });
});
