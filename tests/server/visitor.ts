/** A person's browser, as far as the server can tell: keeps cookies, names its origin, follows. */
export class Visitor {
  url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.url = url;
  }

  /** What its next request carries. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(path: string): Promise<Page> {
    return this.#send(path, { method: 'GET', headers: { accept: 'text/html' } });
  }

  /** Submits a form of the page at `path`. */
  submit(path: string, fields: Record<string, string>, origin: string = this.url): Promise<Page> {
    return this.#send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** Calls the API as the console does. */
  async call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: never }> {
    const page = await this.#send(path, {
      method,
      headers: { 'content-type': 'application/json', origin: this.url },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: page.status, json: JSON.parse(page.text) as never };
  }

  async #send(
    path: string,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<Page> {
    const { cookie } = this;
    const response = await fetch(new URL(path, this.url), {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) this.#cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null) {
      const next = new URL(location, this.url);
      const page = await this.get(next.pathname + next.search);
      return { ...page, path: next.pathname + next.search };
    }
    return {
      status: response.status,
      text: await response.text(),
      path,
      headers: response.headers,
    };
  }
}

export type Page = { status: number; text: string; path: string; headers: Headers };
