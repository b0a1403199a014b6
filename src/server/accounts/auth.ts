// Accounts are better-auth's: e-mail and password, organizations, bearer, device authorization.
// Nothing else is switched on, and people join by a link only.
import { betterAuth } from 'better-auth';
import { bearer, deviceAuthorization, organization } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { adminAc, defaultStatements, memberAc } from 'better-auth/plugins/organization/access';
import type { Db } from '../database.ts';
import { freshId } from '../ids.ts';

export const CLIENT_ID = 'unsaid-extension';
/** Set by us on each request to better-auth; whatever a client sends under it is replaced. */
export const CLIENT_ADDRESS = 'x-unsaid-client-address';
export const CODE_LIFETIME = '15m';
export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;

export type AuthOptions = { db: Db; secret: string; url: string; origins: string[] };

export type Auth = ReturnType<typeof createAuth>;

export function createAuth({ db, secret, url, origins }: AuthOptions) {
  const ac = createAccessControl(defaultStatements);
  return betterAuth({
    appName: 'Unsaid',
    baseURL: url,
    basePath: '/auth',
    secret,
    trustedOrigins: origins,
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    session: { expiresIn: 60 * 60 * 24 * 14, updateAge: 60 * 60 * 24 },
    advanced: {
      cookiePrefix: 'unsaid',
      useSecureCookies: url.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      database: { generateId: freshId },
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 100,
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    plugins: [
      organization({
        ac,
        allowUserToCreateOrganization: false,
        roles: { admin: adminAc, manager: memberAc, annotator: memberAc, auditor: memberAc },
        creatorRole: 'admin',
      }),
      bearer(),
      deviceAuthorization({
        expiresIn: CODE_LIFETIME,
        interval: '5s',
        verificationUri: `${url}/connect`,
        validateClient: (client) => client === CLIENT_ID,
      }),
    ],
  });
}
