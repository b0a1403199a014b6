import { perPerson } from '../../domain/per-person.ts';
import type { Tx } from '../database.ts';
import { readSetting } from './store.ts';

/** Whether figures about one person may be kept and shown in this workspace. */
export async function readPerPerson(tx: Tx, workspace: string): Promise<boolean> {
  const { lines } = await readSetting(tx, workspace, 'per-person-figures');
  return perPerson(lines);
}
