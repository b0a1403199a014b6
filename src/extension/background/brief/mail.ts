// Whether the server reminds by mail: kept there, since it has to know it while no browser runs.
import * as z from 'zod/mini';
import { ExpectedError, type MailReminders } from '../../messages/index.ts';
import { getBytes, post } from '../server-call.ts';
import type { Here } from '../world.ts';

const answer = z.object({
  available: z.boolean(),
  mail: z.boolean(),
  words: z.boolean(),
  zone: z.string(),
  address: z.string(),
});

/** null where no server can be asked now, or it is one from before it could do this. */
export async function readMailReminders(
  send: typeof fetch,
  { connection }: Here,
): Promise<MailReminders> {
  if (connection === null) return null;
  const got = await getBytes(send, `${connection.server}/v1/reminders`, connection.token);
  if (!got.ok) return null;
  try {
    const parsed = answer.safeParse(JSON.parse(new TextDecoder().decode(got.value)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export async function writeMailReminders(
  send: typeof fetch,
  { connection }: Here,
  choice: { mail: boolean; words: boolean; zone: string },
): Promise<MailReminders> {
  if (connection === null) {
    throw new ExpectedError('not-connected', 'This browser is not connected to a server.');
  }
  const url = `${connection.server}/v1/reminders`;
  const told = await post(send, url, choice, answer, connection.token, { method: 'PUT' });
  if (told.ok) return told.value;
  throw new ExpectedError(
    told.failure.kind === 'away' ? 'unreachable' : 'refused',
    told.failure.message,
  );
}
