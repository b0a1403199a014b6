// Gives what was stored before it was looked up by what waits (wait-keys.ts) its keys.
import { blockOf, entriesOf, entryOf, keyOf } from './blocks.ts';
import { ofKind } from './folding.ts';
import { storedRecord } from './records.ts';
import type { Block, WorkspaceTx } from './schema.ts';
import { WAIT_KINDS, waitKeysOf } from './wait-keys.ts';

/** Within the transaction that made the index. */
export async function findWaits(upgrade: WorkspaceTx<'versionchange'>): Promise<void> {
  const tx = upgrade as unknown as WorkspaceTx;
  for (const store of ['records', 'kept'] as const) {
    for (const kind of WAIT_KINDS) {
      let at = await tx.objectStore(store).openCursor(ofKind(kind));
      for (; at !== null; at = await at.continue()) {
        if (waitKeysOf(at.value.state).length > 0) await at.update(storedRecord(at.value.state));
      }
    }
  }
  const kinds = WAIT_KINDS.map((kind) => keyOf.kind(kind));
  let at = await tx.objectStore('blocks').openCursor();
  for (; at !== null; at = await at.continue()) {
    const block: Block = at.value;
    if (!kinds.some((key) => block.keys.includes(key))) continue;
    const entries = entriesOf(block).map(({ changes }) => entryOf(changes));
    await at.update({ ...block, ...blockOf(entries) });
  }
}
