import type { Id } from '../../../domain/index.ts';
import { getRecord, share } from '../../store/index.ts';
import type { World } from '../world.ts';
import { probesOf } from './views.ts';

/** An expectation became the workspace's: what was asked about it goes with it. */
export async function shareProbes(world: World, kind: string, id: Id): Promise<void> {
  if (kind !== 'expectation') return;
  await world.write(async (here) => {
    for (const probe of await probesOf(here.db, id)) {
      const found = await getRecord(here.db, 'probe', probe.id);
      if (found?.keptHere) await share(here.db, world.source, here.me, 'probe', probe.id);
    }
  });
}
