// What is being written stays through a reload and another page, until it is saved or put away.
import { useState } from 'preact/hooks';
import * as z from 'zod/mini';
import type { ProgrammeForm } from './plan.ts';

const PREFIX = 'unsaid programme';

const form = z.object({
  ...{ id: z.nullable(z.string()), seen: z.string(), name: z.string() },
  unit: z.enum(['project', 'customer', 'call']),
  ...{ state: z.string(), owner: z.string(), size: z.string() },
  strata: z.enum(['none', 'satisfaction', 'owner', 'size']),
  every: z.enum(['week', 'month', 'quarter']),
  ...{ from: z.string(), dueIn: z.string(), blind: z.boolean() },
  reviewers: z.array(z.string()),
});

/** `member`: whose it is; whoever signs in next has their own. */
export function useKeptForm(place: Window, member: string) {
  const key = `${PREFIX} ${member}`;
  const [kept, setKept] = useState<ProgrammeForm | null>(() => read(place, key));
  const keep = (next: ProgrammeForm | null) => {
    setKept(next);
    try {
      if (next === null) place.sessionStorage.removeItem(key);
      else place.sessionStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Without storage it lives as long as the page does.
    }
  };
  return [kept, keep] as const;
}

function read(place: Window, key: string): ProgrammeForm | null {
  try {
    const parsed = form.safeParse(JSON.parse(place.sessionStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
