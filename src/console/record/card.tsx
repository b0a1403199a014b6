import { useConsoleWords } from '../words.ts';
import { type Naming, sayField, sayValue } from './say-value.ts';

/** In the order of the card in the sidebar; fields that stand elsewhere in the panel are left out. */
const ORDER = [
  'class',
  'impliedBy',
  'unstatedBecause',
  'customer',
  'contact',
  'project',
  'owner',
  'due',
  'state',
  'by',
  'decision',
  'decisionReason',
  'dimension',
  'kano',
  'value',
  'effort',
  'likelihood',
  'channel',
  'direction',
  'sender',
  'recipients',
  'startedAt',
  'endedAt',
  'site',
  'visibility',
] as const;
const ELSEWHERE = new Set([
  'statement',
  'text',
  'subject',
  'evidence',
  'stage',
  'outcome',
  'label',
  'interaction',
  'identifiers',
  'url',
  'writtenAt',
  'writtenBy',
]);

interface CardProps {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly naming: Naming;
}

export function Card({ fields, naming }: CardProps) {
  const words = useConsoleWords();
  const rest = Object.keys(fields).filter(
    (name) => !ELSEWHERE.has(name) && !(ORDER as readonly string[]).includes(name),
  );
  const lines = [...ORDER, ...rest].flatMap((name) => {
    const value = sayValue(name, fields[name], naming);
    return value === null ? [] : [{ name, value }];
  });
  if (lines.length === 0) return null;
  return (
    <dl class="c-card" aria-label={words.record.card}>
      {lines.map(({ name, value }) => (
        <div key={name}>
          <dt>{sayField(name, words)}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
