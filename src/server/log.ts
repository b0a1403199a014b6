// Structured logs without personal data: route patterns instead of addresses, names and codes of
// errors instead of their texts where those can quote a row.
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import pino, { type Logger } from 'pino';

export function createLog(level: string): Logger {
  return pino({
    level,
    base: { name: 'unsaid' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: describeError },
  });
}

export function requestLog(log: Logger): MiddlewareHandler {
  return async (c, next) => {
    const from = performance.now();
    await next();
    const ms = Math.round(performance.now() - from);
    log.info({ method: c.req.method, route: patternOf(c), status: c.res.status, ms }, 'request');
  };
}

function patternOf(c: Context): string {
  return routePath(c);
}

/** What went wrong without what it went wrong with: PostgreSQL quotes values in its messages. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table, routine } = error as Error & Record<string, unknown>;
  const fromDatabase = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
  return {
    type: error.name,
    ...(fromDatabase ? { code, constraint, table, routine } : { message: error.message, code }),
    at: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .join('\n'),
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  };
}
