// Real programs beside the repository, that pages are read of. Made and filled when they are started
// for the first time, which takes a minute or two.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const RIG = resolve(import.meta.dirname, '../../../shared/rig');
export const STATE = process.env.RIG_STATE ?? '/var/tmp/unsaid-rig';

/** Roundcube and Request Tracker. */
export const PROGRAMS = ['mail.sh', 'rt.sh'] as const;

/** Resolves once it runs; rejects in the program's own words. */
export async function startRig(program: (typeof PROGRAMS)[number]): Promise<void> {
  // Others may be starting one just now. What runs on must not hold the lock (-o).
  const lock = join(tmpdir(), 'unsaid-rig.lock');
  const child = spawn('flock', ['-o', lock, 'bash', join(RIG, program), 'up'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((ended, failed) => {
    child.on('error', failed);
    child.on('exit', ended);
  });
  if (code !== 0) throw new Error(`${program} did not start (${code})`);
}
