// The record of a CRM or help desk that a page is about, and which of ours it stands for.
import type { Draft } from '../messages/index.ts';

export type SiteRecord = NonNullable<Draft['record']>;

/** The sites' words for their records. Others stand for none of ours. */
const STANDS_FOR: Readonly<Record<string, 'customer' | 'contact' | 'project'>> = {
  ...{
    company: 'customer',
    account: 'customer',
    organization: 'customer',
    organisation: 'customer',
  },
  ...{
    customer: 'customer',
    contact: 'contact',
    lead: 'contact',
    person: 'contact',
    user: 'contact',
  },
  ...{
    deal: 'project',
    opportunity: 'project',
    ticket: 'project',
    case: 'project',
    incident: 'project',
  },
};

export function standsFor({ type }: SiteRecord): 'customer' | 'contact' | 'project' | null {
  const name = type.toLowerCase();
  return Object.hasOwn(STANDS_FOR, name) ? (STANDS_FOR[name] ?? null) : null;
}

/** The identifier by which the record of ours is known again. */
export function recordIdentifier({ site, id }: SiteRecord): string {
  return `record:${site}|${id}`;
}

/** What is written there is a help desk's ticket, not a mail. */
export function isTicket(record: SiteRecord | null): boolean {
  return record !== null && /^(?:ticket|case|incident)$/i.test(record.type);
}
