import '../../src/extension/notebook/notebook.css';
import { App } from '../../src/extension/notebook/app.tsx';
import { draw, soon } from '../ui/draw.ts';
import type { FakeNotebook } from './fake-notebook.ts';

/** The notebook over this background. */
export async function open(background: FakeNotebook) {
  location.hash = '';
  const root = draw(<App client={background.client} place={window} />);
  await soon(() => {
    if (root.querySelector('.u-waiting') || !root.querySelector('.n-count'))
      throw new Error('waits');
  });
  return root;
}
