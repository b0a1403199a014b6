// The call bar, a small window of its own. Talks to the background only and stores nothing. May
// import domain, ui, export and messages.
import { render } from 'preact';

const root = document.getElementById('app');
if (root) render(<main />, root);
