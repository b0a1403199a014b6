// The page of calls, a tab of its own: all calls, one with its tags, what waits, files in and out.
// Talks to the background only and stores nothing. May import domain, ui, export and messages.
import { render } from 'preact';
import { App } from './app.tsx';
import { liveClient } from './live-client.ts';

const root = document.getElementById('app');
if (root) render(<App client={liveClient} place={window} />, root);
