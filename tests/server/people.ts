import type { Running } from '../../src/server/main.ts';
import { Visitor } from './visitor.ts';

/** Invites a person, by default as annotator, and signs them in. */
export async function join(
  server: Running,
  admin: Visitor,
  name: string,
  role = 'annotator',
): Promise<Visitor> {
  const email = `${name}@unsaid.example`;
  const invited = await admin.call('POST', '/v1/invitations', { email, role });
  const { link } = invited.json as { link: string };
  const visitor = new Visitor(server.url);
  const invitation = new URL(link).searchParams.get('invitation') ?? '';
  await visitor.submit('/join', { invitation, name, email, password: 'sample words 1' });
  return visitor;
}
