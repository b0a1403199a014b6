// A server in a process of its own, with the built console: started with fork(), speaks with its
// parent only.
import { startServer } from '../src/server/main.ts';

export type Ready = { url: string };

const [databaseUrl, dataDir, consoleDir] = process.argv.slice(2);
const running = await startServer({
  ...{ port: 0, databaseUrl, dataDir, consoleDir, logLevel: 'warn' },
  // One person asks here as often as a company does.
  ...{ requestsPerMinute: 1_000_000, guessesPerMinute: 10_000 },
});
process.on('message', async () => {
  await running.close();
  process.disconnect();
});
// A parent that was killed leaves no server behind.
process.on('disconnect', () => process.exit(0));
process.send?.({ url: running.url } satisfies Ready);
