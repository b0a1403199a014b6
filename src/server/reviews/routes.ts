// /v1/reviews: writing reviews, and the finished ones.
import { Hono } from 'hono';
import type { AskerEnv } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { disputeRoutes } from './disputes.ts';
import { draftRoutes } from './draft-routes.ts';
import { finishedRoutes } from './finished-routes.ts';

export function reviewRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const { directories } = server;
  // First: one of its addresses could be taken for a review's.
  app.route('/', disputeRoutes(server));
  app.route('/', draftRoutes(server, directories));
  app.route('/', finishedRoutes(server, directories));
  return app;
}
