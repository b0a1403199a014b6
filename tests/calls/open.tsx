import '../../src/extension/calls/calls.css';
import { App } from '../../src/extension/calls/app.tsx';
import { placeAt } from '../console/place.ts';
import { draw, soon } from '../ui/draw.ts';
import type { FakeCalls } from './fake-calls.ts';

/** The page of calls over this background, at this address. */
export async function open(background: FakeCalls, hash = '#/') {
  const { place, go } = placeAt(hash);
  const root = draw(<App client={background.client} place={place} />);
  await soon(() => {
    if (root.querySelector('.u-waiting') || !root.querySelector('h1')) throw new Error('waits');
  });
  return { root, go };
}
