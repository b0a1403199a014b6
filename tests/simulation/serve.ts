// One server process on a database that others work on as well: started with fork(), which kills it.
import { startServer } from '../../src/server/main.ts';

const [databaseUrl, dataDir] = process.argv.slice(2);
const running = await startServer({
  port: 0,
  databaseUrl,
  dataDir,
  consoleDir: '/nonexistent',
  logLevel: 'silent',
  // A schedule is a whole company's day in a few seconds.
  requestsPerMinute: 1_000_000,
  guessesPerMinute: 1_000_000,
  // Devices connect from addresses of their own, as they say themselves.
  trustProxy: true,
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: running.url, setupLink: running.setupLink });
