// What is due goes to whoever asked for it, once a day. Every server process looks; one of them sends.
import { membershipById } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { workspacesOf } from '../erasure/list.ts';
import { letterOf } from './letter.ts';
import { localTime, MAIL_HOUR } from './local-time.ts';
import type { Mail, Mailer } from './mailer.ts';
import {
  choosers,
  customerNames,
  dueFor,
  keyOf,
  lastMail,
  mailSent,
  type ReminderChoice,
  takeMail,
} from './store.ts';

const EVERY_MS = 15 * 60_000;
/** After a start: not while everything else is starting too. */
const FIRST_MS = 90_000;

export type Reminding = Pick<ServerContext, 'db' | 'log' | 'url'>;

/** Returns how to stop it; what is being sent then is waited for. */
export function startReminders(server: Reminding, mailer: Mailer): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let timer = setTimeout(due, FIRST_MS);
  timer.unref();

  function due() {
    timer = setTimeout(due, EVERY_MS);
    timer.unref();
    running = remindAll(server, mailer, Date.now()).catch((error: unknown) => {
      server.log.error({ error }, 'reminders failed; they are tried again in a while');
    });
  }
  return async () => {
    clearTimeout(timer);
    await running;
    mailer.close();
  };
}

/** How many mails went out; `now` in ms since 1970. */
export async function remindAll(server: Reminding, mailer: Mailer, now: number): Promise<number> {
  let sent = 0;
  for (const workspace of await workspacesOf(server.db)) {
    const wanting = await inWorkspace(server.db, workspace, (tx) => choosers(tx, workspace));
    for (const choice of wanting) {
      const local = localTime(now, choice.zone);
      if (local.hour < MAIL_HOUR) continue;
      const which = { workspace, member: choice.member, day: local.day };
      const mail = await inWorkspace(server.db, workspace, (tx) =>
        mailFor(tx, server, which, choice, now),
      );
      if (mail === null) continue;
      try {
        await mailer.send(mail);
      } catch (error) {
        // The row stays untaken after a while: the next look tries again.
        server.log.warn({ error: { code: codeOf(error) } }, 'a reminder could not be sent');
        continue;
      }
      await inWorkspace(server.db, workspace, (tx) => mailSent(tx, which, now));
      sent += 1;
    }
  }
  if (sent > 0) server.log.info({ sent }, 'reminders');
  return sent;
}

type Which = { workspace: string; member: string; day: string };

/** The mail that this process is to send now; null where there is nothing new, or another sends it. */
async function mailFor(
  tx: Parameters<Parameters<typeof inWorkspace>[2]>[0],
  server: Reminding,
  { workspace, member, day }: Which,
  { words }: ReminderChoice,
  now: number,
): Promise<Mail | null> {
  const membership = await membershipById(tx, workspace, member);
  if (membership === null) return null;
  const last = await lastMail(tx, workspace, member, day);
  if (last.isToday) return null;
  const items = await dueFor(tx, workspace, membership.member, day);
  const fresh = new Set(items.filter((item) => last.named[keyOf(item)] !== item.on));
  if (fresh.size === 0) return null;
  const named = Object.fromEntries(items.map((item) => [keyOf(item), item.on]));
  if (!(await takeMail(tx, { workspace, member, day, named }, now))) return null;
  const customers = [...new Set(items.flatMap(({ customer }) => customer ?? []))];
  const names = words ? await customerNames(tx, workspace, customers) : null;
  return {
    to: membership.member.email,
    id: `reminder.${workspace}.${member}.${day}@${new URL(server.url).hostname}`,
    ...letterOf({ items, fresh, day, names, url: server.url }),
  };
}

/** What mail servers answer can quote addresses. */
function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
}
