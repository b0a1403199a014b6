import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import {
  PROFILE_VERSION,
  type ProfileSchema,
  upgradeWorkspace,
  WORKSPACE_VERSION,
  type WorkspaceDb,
  type WorkspaceSchema,
} from './schema.ts';

/** A database of an earlier version elsewhere must not block an update: it closes itself. */
const hooks = {
  blocking(_current: number, _blocked: number | null, event: IDBVersionChangeEvent) {
    (event.target as IDBDatabase).close();
  },
};

export function openWorkspace(name: string): Promise<WorkspaceDb> {
  return openDB<WorkspaceSchema>(name, WORKSPACE_VERSION, {
    upgrade: (db, from, _to, tx) => upgradeWorkspace(db, from, tx),
    ...hooks,
  });
}

export function openProfile(name = 'unsaid-profile'): Promise<IDBPDatabase<ProfileSchema>> {
  return openDB<ProfileSchema>(name, PROFILE_VERSION, {
    upgrade: (db) => {
      db.createObjectStore('settings');
    },
    ...hooks,
  });
}

export const LOCAL_DB = 'unsaid-local';

/** One database per server, workspace and member: what one member sees is not another's. */
export function workspaceDbName(server: string, workspace: string, member: string): string {
  return `unsaid|${server}|${workspace}|${member}`;
}

/** Names of all databases of one workspace in this profile: one for each member who used it. */
export async function workspaceDbNames(server: string, workspace: string): Promise<string[]> {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  return names.filter((name) => name.startsWith(workspaceDbName(server, workspace, '')));
}

export { deleteDB };
