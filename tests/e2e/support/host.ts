// A web page of a test's own, as a webmail would serve it: a mail in the practice inbox's dress.
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export type HostPage = {
  url: string;
  /** Serves this from now on; what is not given stays. */
  serve(page: { html?: string; headers?: Record<string, string> }): void;
  close(): Promise<void>;
};

/** One mail, the `n`th; `extra` is put before the end of the page. */
export function mailPage(text: string, extra = '', n = 0): string {
  return `<!doctype html><html data-unsaid-practice lang="en"><title>Sample mail</title>
<h1 data-subject>Sample: cold store</h1>
<article data-message-id="<host-${n}@halden-foods.example>">
<p data-from="Sample Person &lt;sample.person@halden-foods.example&gt;"
  data-to="Me &lt;me@brightwater.example&gt;">Sample Person</p>
<time datetime="2027-02-24T09:${10 + n}:00Z">24 Feb 2027</time>
<div data-body style="padding: 0 80px; max-width: 700px"><p>${text}</p></div>
</article>${extra}</html>`;
}

/** A mail in the dress of a webmail nobody knows: `text` is markup, one line after the other. */
export function webmailPage(mail: {
  subject: string;
  name: string;
  address: string;
  /** As the page shows it: markup. */
  date: string;
  text: string;
}): string {
  return `<!doctype html><html lang="en"><title>${mail.subject} – Sample Webmail</title>
<header><a href="/mail">Sample Webmail</a> <input type="search" aria-label="Search"></header>
<nav><ul><li><a href="/mail/inbox">Inbox</a></li><li><a href="/mail/sent">Sent</a></li></ul></nav>
<main style="max-width: 700px; padding: 0 80px">
<h1>${mail.subject}</h1>
<p><a href="mailto:${mail.address}">${mail.name}</a> to me, ${mail.date}</p>
<div>${mail.text}</div>
</main></html>`;
}

export async function startHost(
  html: string,
  headers: Record<string, string> = {},
): Promise<HostPage> {
  return startServer('http', html, headers);
}

/**
 * The same over https, with a certificate of nobody's: a browser has to be told to take it. Its key
 * lies open beside it and opens nothing.
 */
export function startTlsHost(html: string): Promise<HostPage> {
  return startServer('https', html, {});
}

async function startServer(
  protocol: 'http' | 'https',
  html: string,
  headers: Record<string, string>,
): Promise<HostPage> {
  const now = { html, headers };
  const listener: RequestListener = (request, response) => {
    const isFrame = request.url?.startsWith('/frame') === true;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...now.headers });
    response.end(isFrame ? '<!doctype html><title>Frame</title><p>An empty frame.</p>' : now.html);
  };
  const pem = (name: string) =>
    readFileSync(join(import.meta.dirname, `localhost-${name}.pem`), 'utf8');
  const server: Server =
    protocol === 'http'
      ? createServer(listener)
      : createTlsServer({ key: pem('key'), cert: pem('cert') }, listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${protocol}://127.0.0.1:${port}/`,
    serve: (page) => Object.assign(now, page),
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
