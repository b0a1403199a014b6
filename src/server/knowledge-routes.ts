// What a device needs of the server itself: its key, and site knowledge signed with it.
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { signNote } from '../ledger/index.ts';
import { knowledgeText } from '../sites/knowledge.ts';
import { type AskerEnv, devicesOnly } from './accounts/asker.ts';
import type { ServerContext } from './context.ts';

export function knowledgeRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const device = devicesOnly(server);

  app.get('/key', device, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ key: server.logKey.vkey });
  });

  /** A signed note; 204 while there is no site knowledge. */
  app.get('/sites', device, async (c) => {
    c.header('Cache-Control', 'private, no-cache');
    const knowledge = await server.sites.current();
    if (knowledge === null) return c.body(null, 204);
    // Ed25519 signs the same text the same way, so the note's hash names its version.
    const note = await signNote(knowledgeText(knowledge), server.logKey);
    const tag = `"${createHash('sha256').update(note).digest('base64url')}"`;
    c.header('ETag', tag);
    if (has(c.req.header('if-none-match'), tag)) return c.body(null, 304);
    return c.body(note, 200, { 'Content-Type': 'text/plain; charset=utf-8' });
  });

  return app;
}

/** Weakly compared (RFC 9110, 13.1.2). */
function has(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}
