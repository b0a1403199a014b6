// The practice inbox: an honest small mail page with made-up mails, to try Unsaid on. It is a host
// page like any other: it knows nothing of the extension, and has a strict policy as webmails have.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { MAILS } from './mails.ts';

const FILES: Record<string, string> = {
  'index.html': 'text/html; charset=utf-8',
  'practice.css': 'text/css; charset=utf-8',
  'practice.js': 'text/javascript; charset=utf-8',
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "connect-src 'self'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Routes below /practice. */
export function practiceRoutes(): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', POLICY);
    c.header('Cache-Control', 'no-cache');
  });
  app.get('/mails.json', (c) => c.json(MAILS));
  // Matches the empty name too: an optional one would match /practice, never /practice/.
  app.get('/:file{.*}', async (c) => {
    const file = c.req.param('file') || 'index.html';
    const type = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
    if (type === undefined) return c.notFound();
    return c.body(await readFile(join(import.meta.dirname, file), 'utf8'), 200, {
      'Content-Type': type,
    });
  });
  return app;
}
