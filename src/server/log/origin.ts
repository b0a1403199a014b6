// Which log a checkpoint is of: "<key name>/<workspace>", and "<key name>/<workspace>/<n>" since history
// was restored on purpose for the n-1st time (SPEC 9).
import type { LogKey } from '../log-key.ts';

/** The origin of the workspace's log, as its row has it. */
export function originOf(
  key: Pick<LogKey, 'name'>,
  workspace: string,
  row: { origin: string | null },
): string {
  return row.origin ?? `${key.name}/${workspace}`;
}

/** How often the workspace's log was begun: 1 for the first; null when it is no log of this workspace. */
export function beginnings(origin: string, workspace: string): number | null {
  const at = origin.lastIndexOf(`/${workspace}`);
  const after = origin.slice(at + 1 + workspace.length);
  if (at < 0) return null;
  if (after === '') return 1;
  return /^\/[1-9]\d{0,8}$/.test(after) ? Number(after.slice(1)) : null;
}

export function nextOrigin(key: Pick<LogKey, 'name'>, workspace: string, origin: string): string {
  return `${key.name}/${workspace}/${(beginnings(origin, workspace) ?? 1) + 1}`;
}
