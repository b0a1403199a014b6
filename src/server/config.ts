import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

export const config = z.object({
  /** 0: any free port */
  port: z.int().check(z.gte(0), z.lte(65_535)),
  host: text,
  /** Secrets, and PostgreSQL's files unless databaseUrl is given. */
  dataDir: text,
  databaseUrl: z.optional(text),
  /** Where files of exports lie; by default exports in dataDir. Servers of one database share it. */
  exportsDir: z.optional(text),
  /** The same database past a pooler that shares connections: to hear other servers. */
  listenUrl: z.optional(text),
  /** The built console. */
  consoleDir: text,
  /** Public address when it is not http://127.0.0.1:port, e.g. behind a proxy with TLS. */
  url: z.optional(z.string().check(z.regex(/^https?:\/\/[^/?#]+$/))),
  trustProxy: z.boolean(),
  /** Of one member, from all devices and tabs together. */
  requestsPerMinute: z.int().check(z.gte(1)),
  /** Tries at passwords, links and codes, from one address. */
  guessesPerMinute: z.int().check(z.gte(1)),
  /** Signs cookies; without it one is made and kept in dataDir. */
  secret: z.optional(z.string().check(z.minLength(32))),
  /** The key the server signs with, "PRIVATE+KEY+…"; without it one is made and kept in dataDir. */
  logKey: z.optional(text),
  /** File with site knowledge; by default sites.json in dataDir, when there is one. */
  sites: z.optional(text),
  /** smtp://user:password@host:587 or smtps://…: reminders go out by mail. */
  smtpUrl: z.optional(z.string().check(z.regex(/^smtps?:\/\/[^\s/]+\/?(?:\?\S*)?$/))),
  /** Whom those mails are from: "Unsaid <unsaid@company.example>". */
  mailFrom: z.optional(
    z.string().check(z.regex(/^(?:[^<>\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u)),
  ),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
});
export type Config = z.infer<typeof config>;

export const DEFAULTS = {
  port: 8787,
  host: '127.0.0.1',
  dataDir: './data',
  consoleDir: 'dist/console',
  trustProxy: false,
  requestsPerMinute: 1_200,
  guessesPerMinute: 60,
  logLevel: 'info',
} as const satisfies Partial<Config>;

const ENVIRONMENT: { [variable: string]: keyof Config } = {
  PORT: 'port',
  HOST: 'host',
  UNSAID_DATA: 'dataDir',
  DATABASE_URL: 'databaseUrl',
  UNSAID_LISTEN_URL: 'listenUrl',
  UNSAID_CONSOLE: 'consoleDir',
  UNSAID_EXPORTS: 'exportsDir',
  UNSAID_URL: 'url',
  UNSAID_TRUST_PROXY: 'trustProxy',
  UNSAID_REQUESTS_PER_MINUTE: 'requestsPerMinute',
  UNSAID_GUESSES_PER_MINUTE: 'guessesPerMinute',
  UNSAID_SECRET: 'secret',
  UNSAID_LOG_KEY: 'logKey',
  UNSAID_SITES: 'sites',
  UNSAID_SMTP_URL: 'smtpUrl',
  UNSAID_MAIL_FROM: 'mailFrom',
  UNSAID_LOG: 'logLevel',
};

export type ConfigResult = { ok: true; config: Config } | { ok: false; error: string };

/** Defaults, then the environment, then what the command line or a caller says. */
export function readConfig(
  given: { [name in keyof Config]?: unknown },
  env: { [name: string]: string | undefined },
): ConfigResult {
  const raw: { [name: string]: unknown } = { ...DEFAULTS };
  for (const [variable, name] of Object.entries(ENVIRONMENT)) {
    const value = env[variable];
    if (value !== undefined && value !== '') raw[name] = value;
  }
  for (const [name, value] of Object.entries(given)) if (value !== undefined) raw[name] = value;
  for (const name of ['port', 'requestsPerMinute', 'guessesPerMinute'] as const) {
    if (typeof raw[name] === 'string') raw[name] = Number(raw[name]);
  }
  if (typeof raw.trustProxy === 'string') raw.trustProxy = raw.trustProxy === '1';
  if (typeof raw.url === 'string') raw.url = raw.url.replace(/\/$/, '');
  const parsed = config.safeParse(raw);
  if (parsed.success) {
    const { smtpUrl, mailFrom } = parsed.data;
    return smtpUrl !== undefined && mailFrom === undefined
      ? { ok: false, error: 'mailFrom: whom mails are from is missing (UNSAID_MAIL_FROM)' }
      : { ok: true, config: parsed.data };
  }
  const issue = parsed.error.issues[0];
  return { ok: false, error: `${issue?.path.join('.') ?? 'settings'}: ${issue?.message ?? ''}` };
}
