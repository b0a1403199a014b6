// What decides which messages must not be read. A script of its own, put only into the pages of
// people who have such a list.
import { neverLogged, parseNeverLog } from '../../domain/never-log.ts';
import type { MessageReading } from '../../sites/index.ts';
import { shared } from './shared-names.ts';

/** Whether a message must not be read. Asked before anything else is done with it. */
export type NeverLog = (message: MessageReading, subject: string) => boolean;

export type NeverLogOf = (lines: readonly string[]) => NeverLog;

export const neverLogOf: NeverLogOf = (lines) => {
  const { rules } = parseNeverLog(lines);
  return ({ from, to, cc, subject }, conversation) => {
    const people = [...(from ? [from] : []), ...to, ...cc].map(({ address }) => address);
    return neverLogged(rules, { people, subject: subject || conversation });
  };
};

shared.never = neverLogOf;
