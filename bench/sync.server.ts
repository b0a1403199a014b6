// A server in a process of its own, for the benches of syncing: started with fork(), speaks with its
// parent only. What it takes is then its own, and its memory can be looked at.
import { startServer } from '../src/server/main.ts';

export type ToServer = 'device-code' | 'memory' | 'stop';
export type FromServer =
  | { is: 'ready'; url: string }
  | { is: 'device-code'; code: string }
  /** Resident set, in bytes, once what is no longer used was given back. */
  | { is: 'memory'; bytes: number };

const [databaseUrl, dataDir] = process.argv.slice(2);
const running = await startServer({
  port: 0,
  databaseUrl,
  dataDir,
  consoleDir: '/nonexistent',
  logLevel: 'warn',
  // The benches are a whole company behind a few members.
  requestsPerMinute: 1_000_000,
});

process.on('message', async (asked: ToServer) => {
  if (asked === 'device-code') {
    tell({ is: 'device-code', code: (await running.createDeviceCode()).deviceCode });
  } else if (asked === 'memory') {
    globalThis.gc?.();
    tell({ is: 'memory', bytes: process.memoryUsage.rss() });
  } else {
    await running.close();
    process.disconnect();
  }
});
// A parent that was killed leaves no server behind.
process.on('disconnect', () => process.exit(0));
tell({ is: 'ready', url: running.url });

function tell(message: FromServer): void {
  process.send?.(message);
}
