import type { MiddlewareHandler } from 'hono';

const PAGES = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CONSOLE = `${PAGES}; script-src 'self'; connect-src 'self'; font-src 'self'; manifest-src 'self'`;

const FORMS = /^\/(?:setup|join|sign-in|connect|v1|auth)(?:\/|$)/;

/** Nothing that a page of ours needs. */
const NO_FEATURES =
  'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';

/** What is answered here is about somebody: no cache keeps it. */
const PRIVATE = /^\/(?:v1|auth)\//;

/** Headers that narrow what a page of ours may do. A route may bring its own policy. */
export function securityHeaders(secure: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const headers = c.res.headers;
    const practice = c.req.path === '/practice' || c.req.path.startsWith('/practice/');
    if (!headers.has('Content-Security-Policy')) {
      const policy = FORMS.test(c.req.path) ? PAGES : CONSOLE;
      // The practice inbox stands in for somebody else's page, with a policy of its own.
      if (!practice) headers.set('Content-Security-Policy', policy);
    }
    headers.set('X-Content-Type-Options', 'nosniff');
    // Links carry secrets, so no address leaves this origin. ("no-referrer" would also take the
    // Origin header from our own forms.)
    headers.set('Referrer-Policy', 'same-origin');
    headers.set('Permissions-Policy', NO_FEATURES);
    if (!practice) {
      headers.set('Cross-Origin-Opener-Policy', 'same-origin');
      // Not for requests that CORS rules: devices may ask from any origin.
      headers.set('Cross-Origin-Resource-Policy', 'same-origin');
      headers.set('X-Frame-Options', 'DENY');
    }
    if (PRIVATE.test(c.req.path) && !headers.has('Cache-Control')) {
      headers.set('Cache-Control', 'no-store');
    }
    if (secure) headers.set('Strict-Transport-Security', 'max-age=31536000');
  };
}
