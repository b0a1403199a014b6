// Settings of the workspace: records of this kind with a name. Where several have one name (two
// people wrote one each) all of them count.
import { readFields, recordsOfKind, type WorkspaceDb } from '../store/index.ts';

/** The lines of all settings of this name, without empty ones, remarks and repetitions. */
export async function settingLines(db: WorkspaceDb, name: string): Promise<string[]> {
  const lines = new Set<string>();
  for (const record of (await recordsOfKind(db, 'setting')).values()) {
    const fields = readFields<'setting'>(record);
    if (fields.name !== name) continue;
    for (const line of (fields.value ?? '').split('\n')) {
      const text = line.trim();
      if (text !== '' && !text.startsWith('#')) lines.add(text);
    }
  }
  return [...lines];
}
