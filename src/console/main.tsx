// The managers' console: the register of what customers expect. Served by our server at `/`; imports
// domain, ledger, audit, ui and types of the server. Everything outside comes in here.
import { render } from 'preact';
import '../ui/theme.css';
import './console.css';
import { en } from '../ui/index.ts';
import { keepPaper } from '../ui/paper.ts';
import { App } from './app.tsx';
import { createClient } from './client.ts';
import type { Ask } from './pokes.ts';
import { returnHref } from './route.ts';

const back = returnHref(location.search);
if (back) history.replaceState(null, '', back);

keepPaper(window, en.lang, () => new Date());

const ask: Ask = (path, init) => fetch(path, init);
const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app');
render(<App client={createClient(ask)} ask={ask} place={window} />, root);
