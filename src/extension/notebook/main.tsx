// The notebook, a tab of its own: everything on this device in one list, many records changed at
// once, files out and in. Talks to the background only and stores nothing. May import domain, ui,
// export and messages.
import { render } from 'preact';
import { App } from './app.tsx';
import { liveClient } from './live-client.ts';

const root = document.getElementById('app');
if (root) render(<App client={liveClient} place={window} />, root);
