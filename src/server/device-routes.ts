// /v1/device: connecting a browser (RFC 8628) and disconnecting it.
import { type Context, Hono } from 'hono';
import type * as z from 'zod/mini';
import { renewRequest } from '../ledger/index.ts';
import { type AskerEnv, devicesOnly } from './accounts/asker.ts';
import { codeRequest, redeem, requestCode, tokenRequest } from './accounts/device-grant.ts';
import { isInUse, issueDeviceToken, revokeDevice } from './accounts/devices.ts';
import type { ServerContext } from './context.ts';
import { inWorkspace } from './database.ts';
import { clientAddress, createLimiter } from './rate-limit.ts';

const MINUTE_MS = 60_000;

export function deviceRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const codes = createLimiter(20, MINUTE_MS, Date.now);
  const polls = createLimiter(120, MINUTE_MS, Date.now);

  app.use('*', async (c, next) => {
    const limiter = c.req.path.endsWith('/code') ? codes : polls;
    const allowed = limiter.take(clientAddress(server, c));
    if (allowed.ok) return next();
    c.header('Retry-After', String(allowed.retryAfterSeconds));
    return oauthError(c, 429, 'slow_down', 'Too many requests. Wait a minute.');
  });

  app.post('/code', async (c) => {
    const request = await read(c, codeRequest);
    if (!request) return oauthError(c, 400, 'invalid_request', 'The request is not well-formed.');
    c.header('Cache-Control', 'no-store');
    const code = await requestCode(server.auth, request.device);
    // Under the name the device used (localhost, 127.0.0.1): it refuses to be sent elsewhere.
    const asked = new URL(c.req.url).origin;
    const page = `${server.origins.includes(asked) ? asked : server.url}/connect`;
    return c.json({
      device_code: code.device_code,
      user_code: code.user_code,
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${encodeURIComponent(code.user_code)}`,
      expires_in: code.expires_in,
      interval: code.interval,
    });
  });

  app.post('/token', async (c) => {
    const request = await read(c, tokenRequest);
    if (!request) return oauthError(c, 400, 'invalid_request', 'The request is not well-formed.');
    c.header('Cache-Control', 'no-store');
    const grant = await redeem(server.auth, server.db, request);
    if (!grant.ok) return oauthError(c, 400, grant.error, grant.words);
    const { membership, device, token } = grant.granted;
    server.log.info({ device: device.id }, 'device connected');
    return c.json({
      access_token: token,
      token_type: 'Bearer',
      workspace: { id: membership.workspace.id, name: membership.workspace.name },
      member: membership.member,
      device: { id: device.id },
      server: {
        epoch: membership.workspace.epoch,
        name: membership.workspace.name,
        key: server.logKey.vkey,
      },
    });
  });

  // A copy of a profile goes on as a device of its own, of the same member.
  app.post('/renew', devicesOnly(server), async (c) => {
    const request = await read(c, renewRequest);
    if (!request) return oauthError(c, 400, 'invalid_request', 'The request is not well-formed.');
    c.header('Cache-Control', 'no-store');
    const { workspace, device } = c.var.asker;
    const token = await inWorkspace(server.db, workspace.id, async (tx) =>
      (await isInUse(tx, c.var.asker, request.device.id))
        ? null
        : issueDeviceToken(tx, c.var.asker, request.device),
    );
    if (token === null) {
      return oauthError(c, 400, 'invalid_request', 'There is a device of this name already.');
    }
    server.log.warn({ device, as: request.device.id }, 'device goes on as another one');
    return c.json({ access_token: token, device: { id: request.device.id } });
  });

  app.post('/revoke', devicesOnly(server), async (c) => {
    const { workspace, device } = c.var.asker;
    if (device !== null) {
      await inWorkspace(server.db, workspace.id, (tx) =>
        revokeDevice(tx, workspace.id, device, null),
      );
    }
    return c.json({ revoked: true });
  });

  return app;
}

function oauthError(c: Context, status: 400 | 429, error: string, words: string): Response {
  return c.json({ error, error_description: words, message: words }, status);
}

async function read<S extends z.ZodMiniType>(c: Context, schema: S): Promise<z.output<S> | null> {
  const parsed = schema.safeParse(await c.req.json().catch(() => null));
  return parsed.success ? parsed.data : null;
}
