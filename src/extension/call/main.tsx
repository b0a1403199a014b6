// The call bar, a small window of its own, and wrapping up. Talks to the background only; keeps what
// is on its way there in the storage of the extension's own page. May import domain, ui, export,
// messages and the page of calls.
import { render } from 'preact';
import '../calls/calls.css';
import { App } from './app.tsx';
import './call.css';
import { liveClient } from './live-client.ts';

const root = document.getElementById('app');
if (root) render(<App client={liveClient} place={window} root={root} />, root);
