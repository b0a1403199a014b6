// The sidebar: an extension-origin iframe in the host's page, or a tab of its own (`?tab=<id>`).
// Talks to the background only and stores nothing. May import domain, ui, export and messages.
import { render } from 'preact';
import { newId } from '../../domain/id.ts';
import { App } from './app.tsx';
import { liveClient } from './live-client.ts';
import { Sidebar } from './model.ts';

const asked = new URLSearchParams(location.search).get('tab');
const tab = asked !== null && /^\d{1,10}$/.test(asked) ? Number(asked) : null;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const sidebar = new Sidebar({
  ...{ client: liveClient, tab, now: Date.now },
  steady: () => performance.now(),
  newId: () => newId({ now: Date.now, random }),
});
sidebar.start();
addEventListener('pagehide', () => sidebar.flush());

const root = document.getElementById('app');
if (root) render(<App sidebar={sidebar} />, root);
