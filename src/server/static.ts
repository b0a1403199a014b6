// The built console: files as they are, any other page address gets its index.html.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { notice } from './pages/layout.ts';

/** Vite puts the content's hash into these names, so they never change. */
const HASHED = /[\\/]assets[\\/]/;

export function consoleFiles(dir: string): Hono {
  const root = path.resolve(dir);
  const app = new Hono();
  if (existsSync(root)) {
    app.get(
      '*',
      serveStatic({
        root,
        onFound: (file, c) => {
          const immutable = HASHED.test(file.slice(root.length));
          c.header('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
      }),
    );
  }
  const index = path.join(root, 'index.html');
  app.get('*', async (c, next) => {
    if (!c.req.header('accept')?.includes('text/html')) return next();
    if (!existsSync(index)) {
      const words = 'The console has not been built. Run “npm run build”, then reload this page.';
      return notice(c, 'No console here yet', words, 404);
    }
    c.header('Cache-Control', 'no-cache');
    const file = serveStatic({ path: index });
    return (await file(c, next)) ?? c.notFound();
  });
  return app;
}
