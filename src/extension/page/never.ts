import { neverLogged, parseNeverLog } from '../../domain/never-log.ts';
import type { MessageReading } from '../../sites/index.ts';

/** Whether a message must not be read. Asked before anything else is done with it. */
export type NeverLog = (message: MessageReading, subject: string) => boolean;

export function neverLogOf(lines: readonly string[]): NeverLog {
  if (lines.length === 0) return () => false;
  const { rules } = parseNeverLog(lines);
  return ({ from, to, cc, subject }, conversation) => {
    const people = [...(from ? [from] : []), ...to, ...cc].map(({ address }) => address);
    return neverLogged(rules, { people, subject: subject || conversation });
  };
}
