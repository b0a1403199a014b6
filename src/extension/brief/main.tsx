// The brief of one customer, a tab of its own: to read, to print, to copy. Talks to the background only
// and stores nothing. May import domain, ui, export and messages.
import { render } from 'preact';
import { keepPaper } from '../../ui/paper.ts';
import { en } from '../../ui/words.ts';
import { App } from './app.tsx';
import { liveClient } from './live-client.ts';

const customer = new URLSearchParams(location.search).get('customer');

keepPaper(window, en.lang, () => new Date());

const root = document.getElementById('app');
if (root) render(<App client={liveClient} customer={customer} />, root);
