// The people of a sample workspace, made as people are made: by the forms of the server's pages.
import type { Running } from '../../src/server/main.ts';

export const PASSWORD = 'sample password 1';
const WORKSPACE = 'Sample Workspace';

/** Signed in: what is sent goes with the cookies that came. */
export class Person {
  readonly email: string;
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string, email: string) {
    this.#url = url;
    this.email = email;
  }

  open(path: string): Promise<Response> {
    return this.#send(path, null, 'text/plain');
  }

  submit(path: string, fields: Record<string, string>): Promise<Response> {
    const body = new URLSearchParams(fields).toString();
    return this.#send(path, body, 'application/x-www-form-urlencoded');
  }

  call(path: string, body: unknown): Promise<Response> {
    return this.#send(path, JSON.stringify(body), 'application/json');
  }

  async #send(path: string, body: string | null, type: string): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.#url), {
      ...{ method: body === null ? 'GET' : 'POST', redirect: 'manual', body },
      headers: { 'content-type': type, origin: this.#url, ...(cookie ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) this.#cookies.set(name, value);
    }
    if (response.status >= 400) {
      throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
    }
    return response;
  }
}

/** The first is the admin; then a manager; the others are annotators. */
export async function people(server: Running, count: number): Promise<Person[]> {
  const { setupLink, url } = server;
  if (setupLink === null) throw new Error('This workspace has its admin already.');
  const person = (number: number) => new Person(url, `member-${number + 1}@unsaid.example`);
  const admin = person(0);
  const token = new URL(setupLink).searchParams.get('token') ?? '';
  const of = (name: string, { email }: Person) => ({ name, email, password: PASSWORD });
  await admin.submit('/setup', { token, workspace: WORKSPACE, ...of('Sample Admin', admin) });
  const all = [admin];
  for (let number = 1; number < count; number += 1) {
    const joining = person(number);
    const role = number === 1 ? 'manager' : 'annotator';
    const answer = await admin.call('/v1/invitations', { email: joining.email, role });
    const { link } = (await answer.json()) as { link: string };
    const invitation = new URL(link).searchParams.get('invitation') ?? '';
    const name = number === 1 ? 'Sample Manager' : `Sample Member ${number}`;
    await joining.submit('/join', { invitation, ...of(name, joining) });
    all.push(joining);
  }
  return all;
}
