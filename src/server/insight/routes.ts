import { Hono } from 'hono';
import type { AskerEnv } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';

export function insightRoutes(_server: ServerContext): Hono<AskerEnv> {
  return new Hono<AskerEnv>();
}
