// The sidebar: an extension-origin iframe in the host's page, or a tab of its own (`?tab=<id>`; from a
// reminder `?card=<kind>/<id>` or `?at=inbox`).
// Talks to the background only and stores nothing. May import domain, ui, export and messages.
import { render } from 'preact';
import { newId } from '../../domain/new-id.ts';
import { App } from './app.tsx';
import { liveClient } from './live-client.ts';
import { Sidebar } from './model.ts';

const asked = new URLSearchParams(location.search);
const shown = asked.get('tab') ?? '';
const tab = /^\d{1,10}$/.test(shown) ? Number(shown) : null;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const sidebar = new Sidebar({
  ...{ client: liveClient, tab, now: Date.now },
  steady: () => performance.now(),
  newId: () => newId({ now: Date.now, random }),
});
sidebar.start();
const [kind, id] = (asked.get('card') ?? '').split('/');
if (kind && id) void sidebar.cards.open(kind, id);
else if (asked.get('at') === 'inbox') sidebar.show({ at: 'inbox' });
addEventListener('pagehide', () => sidebar.flush());

const root = document.getElementById('app');
if (root) render(<App sidebar={sidebar} />, root);
