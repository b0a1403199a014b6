// Puts the routes together. Called by main.ts; tests call it too, without a socket.
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { authRoutes } from './auth-routes.ts';
import { blindSpotRoutes } from './blind-spots/routes.ts';
import { limitBodies } from './body-limits.ts';
import { calibrationRoutes } from './calibration/routes.ts';
import type { ServerContext } from './context.ts';
import { deviceRoutes } from './device-routes.ts';
import { drawRoutes } from './draws/routes.ts';
import { erasureRoutes } from './erasure/routes.ts';
import { exportChoiceRoutes } from './exports/choice-routes.ts';
import { exportJobRoutes } from './exports/job-routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { exportScheduleRoutes } from './exports/schedule-routes.ts';
import { followingRoutes } from './following/routes.ts';
import { securityHeaders } from './headers.ts';
import { importRoutes } from './import/routes.ts';
import { improvementRoutes } from './improvements/routes.ts';
import { inquiryRoutes } from './inquiries/routes.ts';
import { insightRoutes } from './insight/routes.ts';
import { knowledgeRoutes } from './knowledge-routes.ts';
import { labelRoutes } from './labels/routes.ts';
import { requestLog } from './log.ts';
import { memberRoutes } from './members/routes.ts';
import { pageRoutes } from './pages/index.ts';
import { patternRoutes } from './patterns/routes.ts';
import { programmeRoutes } from './programmes/routes.ts';
import { refuse } from './refusal.ts';
import { peopleRoutes } from './register/people-routes.ts';
import { registerRoutes } from './register/routes.ts';
import { reminderRoutes } from './reminders/routes.ts';
import { reportRoutes } from './report/routes.ts';
import { retentionRoutes } from './retention/routes.ts';
import { reviewRoutes } from './reviews/routes.ts';
import { settingRoutes } from './settings/routes.ts';
import { standardRoutes } from './standards/routes.ts';
import { consoleFiles } from './static.ts';
import { storyRoutes } from './story/routes.ts';
import { syncRoutes } from './sync/routes.ts';

export type AppParts = { practice: Hono; consoleDir: string };

export function createApp(server: ServerContext, parts: AppParts): Hono {
  const app = new Hono();
  app.use(requestLog(server.log));
  app.use(securityHeaders(server.url.startsWith('https:')));
  app.use(limitBodies());

  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const ready = await server.ready();
    return c.json({ ok: ready }, ready ? 200 : 503);
  });

  // Devices send a token, never a cookie, so any origin may ask: an extension's is random in Firefox.
  app.use(
    '/v1/*',
    cors({
      origin: '*',
      allowHeaders: [
        ...['Authorization', 'Content-Type', 'Content-Encoding', 'If-None-Match'],
        ...['Range', 'If-Range', 'If-Match'],
      ],
      allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposeHeaders: [
        ...['Retry-After', 'ETag', 'Accept-Ranges'],
        ...['Content-Range', 'Content-Disposition'],
      ],
      maxAge: 86_400,
    }),
  );
  app.route('/v1/device', deviceRoutes(server));
  app.route('/v1', syncRoutes(server));
  app.route('/v1', followingRoutes(server));
  app.route('/v1', knowledgeRoutes(server));
  app.route('/v1', peopleRoutes(server));
  app.route('/v1', memberRoutes(server));
  app.route('/v1', registerRoutes(server));
  app.route('/v1/blind-spots', blindSpotRoutes(server));
  app.route('/v1/erasures', erasureRoutes(server));
  app.route('/v1/retention', retentionRoutes(server));
  app.route('/v1/import', importRoutes(server));
  app.route('/v1/settings', settingRoutes(server));
  app.route('/v1/labels', labelRoutes(server));
  app.route('/v1/patterns', patternRoutes(server));
  app.route('/v1/standards', standardRoutes(server));
  app.route('/v1/draws', drawRoutes(server));
  app.route('/v1/story', storyRoutes(server));
  app.route('/v1/reviews', reviewRoutes(server));
  app.route('/v1/inquiries', inquiryRoutes(server));
  app.route('/v1/improvements', improvementRoutes(server));
  app.route('/v1/programmes', programmeRoutes(server));
  app.route('/v1/calibration', calibrationRoutes(server));
  app.route('/v1/insight', insightRoutes(server));
  app.route('/v1/exports', exportRoutes(server));
  app.route('/v1/export-jobs', exportJobRoutes(server));
  app.route('/v1/export-schedules', exportScheduleRoutes(server));
  app.route('/v1/export-choices', exportChoiceRoutes(server));
  app.route('/v1/reminders', reminderRoutes(server));
  app.route('/v1/reports', reportRoutes(server));
  app.route('/auth', authRoutes(server));
  app.route('/', pageRoutes(server));
  app.get('/practice', (c) => c.redirect('/practice/', 308));
  app.route('/practice', parts.practice);
  for (const path of ['/v1/*', '/auth/*', '/practice/*', '/pages/*'] as const) {
    app.all(path, (c) => refuse(c, 404, 'not-found', 'There is nothing at this address.'));
  }
  app.route('/', consoleFiles(parts.consoleDir));

  app.notFound((c) => refuse(c, 404, 'not-found', 'There is nothing at this address.'));
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500) {
      return refuse(c, error.status as 400, 'not-accepted', 'This request is not well-formed.');
    }
    if (isUnstorable(error)) {
      const words = 'This request holds characters that cannot be stored.';
      return refuse(c, 400, 'not-accepted', words);
    }
    server.log.error({ error }, 'request failed');
    return refuse(c, 500, 'server-error', 'Something broke on the server. Try again later.');
  });
  return app;
}

/** PostgreSQL takes no NUL in text and no half characters in JSON (SQLSTATE 22021, 22P05). */
function isUnstorable(error: Error): boolean {
  return 'code' in error && (error.code === '22021' || error.code === '22P05');
}
