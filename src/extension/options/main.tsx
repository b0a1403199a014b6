// The options page, a tab of its own: connecting, sites, shortcuts, privacy, local data. Acts that a
// host page must not be able to cover are done here. May import domain, ui, export and messages.
import { render } from 'preact';
import { App } from './app.tsx';
import { readHash } from './hash.ts';
import { liveClient } from './live-client.ts';

const asked = readHash(location.hash);
// A code in the address would stay in the history.
if (asked.ask === 'resume') history.replaceState(null, '', '#connect');
// Asked for something else while already open: begin anew.
addEventListener('hashchange', () => location.reload());

const root = document.getElementById('app');
if (root) render(<App client={liveClient} asked={asked} now={Date.now} />, root);
