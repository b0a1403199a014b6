import { describe, expect, test } from 'vitest';
import { page as screen, userEvent } from 'vitest/browser';
import { addMail, allOurs, markOn, ours, roots, start } from './sample.ts';

/** The focused one of our own elements. */
const focused = () => roots.find((root) => root.isConnected && root.activeElement)?.activeElement;
const hosts = () => document.querySelectorAll('[data-unsaid-layer]');

describe('reading', () => {
  test('tells the messages at first, again when they change, and not in between', async () => {
    addMail(1, 'We assume the certificates are there.');
    const { sent, events } = start();
    await expect
      .poll(() => sent('reading'))
      .toMatchObject([
        {
          site: 'practice',
          page: 'message',
          top: true,
          messages: [
            {
              from: { name: 'Sample Person', address: 'sample.person@acme.example' },
              sentAt: '2027-02-24T09:11:00.000Z',
              messageId: '<1@sample.example>',
              // Nobody here has to do with the sender: the words are not read.
              text: null,
            },
          ],
        },
      ]);
    document.body.append(document.createElement('hr'));
    await new Promise((done) => setTimeout(done, 400));
    expect(sent('reading')).toHaveLength(1);
    addMail(2, 'Another mail.');
    await expect.poll(() => sent('reading')).toHaveLength(2);
    expect(sent('reading')[1]).toMatchObject({ page: 'thread' });
    events.announce({ wholly: true });
    await expect.poll(() => sent('reading')).toHaveLength(3);
    // Somebody looks at it in the sidebar: now the words of each message are told as well.
    expect(sent('reading')[2]?.messages).toMatchObject([
      { text: 'We assume the certificates are there.' },
      { text: 'Another mail.' },
    ]);
  });

  test('a frame without any message says nothing until it is asked', async () => {
    const { sent, events } = start({ top: false });
    document.documentElement.removeAttribute('data-unsaid-practice');
    expect(sent('reading').flatMap(({ messages }) => messages)).toEqual([]);
    events.announce({ wholly: false });
    await expect.poll(() => sent('reading').at(-1)).toMatchObject({ top: false });
  });
});

test('a frame in which somebody writes shows no message that came', async () => {
  addMail(1, 'We assume the certificates are there.');
  document.designMode = 'on';
  try {
    const { sent, events } = start({ top: false });
    events.announce({ wholly: true });
    await expect.poll(() => sent('reading').at(-1)).toMatchObject({ top: false });
    expect(sent('reading').flatMap(({ messages }) => messages)).toEqual([]);
  } finally {
    document.designMode = 'off';
  }
});

describe('the sidebar', () => {
  test('opens with the focus in it, and gives it back when it closes', async () => {
    await screen.viewport(1000, 700);
    addMail(1, 'We assume the certificates are there.');
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    const { events } = start();
    events.sidebar({ open: null });
    await expect.poll(() => ours('iframe')).not.toBeNull();
    const frame = ours('iframe');
    expect(frame?.title).toBe('Unsaid');
    await expect.poll(focused).toBe(frame);
    const box = frame?.getBoundingClientRect();
    expect(box?.width).toBe(359);
    expect(box?.right).toBe(document.documentElement.clientWidth);
    expect(box?.height).toBe(innerHeight);
    events.sidebar({ open: true });
    expect(allOurs('iframe')).toHaveLength(1);
    events.sidebar({ open: false });
    await expect.poll(() => ours('iframe')).toBeNull();
    expect(document.activeElement).toBe(button);
    await screen.viewport(414, 896);
  });

  test('its edge is a named separator that arrow keys move, between its limits', async () => {
    const { events } = start();
    events.sidebar({ open: true });
    await expect.poll(() => ours('iframe')).not.toBeNull();
    const edge = ours('[role=separator]') as HTMLElement;
    expect(edge.getAttribute('aria-label')).toBe('Width of Unsaid');
    await expect.poll(focused).toBe(ours('iframe'));
    edge.focus();
    const wide = ours('.side') as HTMLElement;
    await userEvent.keyboard('{End}');
    expect(wide.offsetWidth).toBe(280);
    await userEvent.keyboard('{ArrowLeft}');
    expect(wide.offsetWidth).toBe(296);
    expect(edge.getAttribute('aria-valuenow')).toBe('296');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(wide.offsetWidth).toBe(280);
  });

  test('is only in the top frame', async () => {
    const { events } = start({ top: false });
    events.sidebar({ open: true });
    await new Promise((done) => setTimeout(done, 100));
    expect(ours('iframe')).toBeNull();
  });

  test('is put back when the page removes it, and a page that insists wins', async () => {
    const { events } = start();
    events.sidebar({ open: true });
    await expect.poll(() => hosts().length).toBe(1);
    let removed = 0;
    hosts()[0]?.remove();
    await expect.poll(() => hosts().length).toBe(1);
    const fight = new MutationObserver(() => {
      for (const host of hosts()) {
        host.remove();
        removed += 1;
      }
    });
    fight.observe(document.documentElement, { childList: true });
    hosts()[0]?.remove();
    await new Promise((done) => setTimeout(done, 300));
    fight.disconnect();
    expect(removed).toBeLessThan(5);
  });

  test('cannot be hidden by the page’s styles', async () => {
    const style = document.head.appendChild(document.createElement('style'));
    style.textContent = 'div { display: none !important; width: 0 !important; }';
    const { events } = start();
    events.sidebar({ open: true });
    await expect.poll(() => ours('iframe')).not.toBeNull();
    expect(ours('iframe')?.getBoundingClientRect().width).toBeGreaterThan(200);
    style.remove();
  });
});

describe('the end of an old script', () => {
  test('takes marks, nodes and listeners with it once its extension is gone', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const old = start({ marks: [markOn('the certificates')] });
    await screen.viewport(1000, 700);
    old.events.sidebar({ open: true });
    await expect.poll(() => CSS.highlights.size).toBe(1);
    await expect.poll(() => hosts().length).toBe(2);
    old.setAlive(false);
    await userEvent.tripleClick(words as HTMLElement);
    await expect.poll(() => old.page.signal.aborted).toBe(true);
    await screen.viewport(414, 896);
    expect(hosts()).toHaveLength(0);
    expect(CSS.highlights.size).toBe(0);
    expect(old.heard()).toBe(false);
    expect(ours('[role=toolbar]')).toBeNull();
  });

  test('comes by itself when a newer script starts in the page', async () => {
    addMail(1, 'We assume the certificates are there.');
    const old = start({ marks: [markOn('the certificates')] });
    await expect.poll(() => hosts().length).toBe(1);
    old.setAlive(false);
    const young = start({ marks: [markOn('We assume')] });
    await expect.poll(() => old.page.signal.aborted).toBe(true);
    await expect.poll(() => hosts().length).toBe(1);
    await expect
      .poll(() => [...CSS.highlights.values()].flatMap((highlight) => [...highlight]).map(String))
      .toEqual(['We assume']);
    expect(young.page.signal.aborted).toBe(false);
  });
});
