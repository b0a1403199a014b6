// Gives what was stored before calls were looked up (call-keys.ts) its keys.
import { blockOf, entriesOf, entryOf } from './blocks.ts';
import { callKeysOf } from './call-keys.ts';
import { ofKind } from './folding.ts';
import { storedRecord } from './records.ts';
import type { Block, WorkspaceTx } from './schema.ts';

const KINDS = ['interaction', 'note', 'perception'];

/** Within the transaction that made the index. */
export async function findCalls(upgrade: WorkspaceTx<'versionchange'>): Promise<void> {
  const tx = upgrade as unknown as WorkspaceTx;
  const records = tx.objectStore('records');
  for (const kind of KINDS) {
    let at = await records.openCursor(ofKind(kind));
    for (; at !== null; at = await at.continue()) {
      if (callKeysOf(at.value.state).length > 0) await at.update(storedRecord(at.value.state));
    }
  }
  let at = await tx.objectStore('blocks').openCursor();
  for (; at !== null; at = await at.continue()) {
    const block: Block = at.value;
    if (!/"(?:callState|tag|form)"/.test(block.text)) continue;
    const entries = entriesOf(block).map(({ changes }) => entryOf(changes));
    await at.update({ ...block, ...blockOf(entries) });
  }
}
