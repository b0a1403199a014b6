// A record of each kind with each of its fields, made from their schemas, with texts that break what
// is not careful.
import * as z from 'zod/mini';
import type { Body, Json, Kind } from '../../src/domain/index.ts';
import { KINDS } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';

export const NASTY: readonly string[] = [
  '=1+1',
  '+49 30 1234',
  '-2+3',
  '@SUM(A1)',
  '\t=cmd()',
  'a "quoted", semi;colon',
  'first\r\nsecond\nthird\rfourth',
  'نفترض أن الشهادات ستكون جاهزة \u200F(RTL)',
  'line\u2028separator\u2029paragraph',
  '007',
  '12345678901234567890',
  '2027-03-04',
  '  spaces around  ',
  '<script>alert(1)</script> & </script>',
  '\uFEFFmark, \u0001 control, \u007F delete',
  '👩‍👩‍👧 \u{1F600}',
  '__proto__',
  '\\u0000 \\n not an escape',
  '}\n{"end":true,"records":0}',
];

/** More than a cell of a workbook holds. */
export const LONG = `${'Äöü 12, "x"; '.repeat(2_600)}the end`;

type Schema = {
  type?: string | string[];
  const?: Json;
  enum?: Json[];
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  items?: Schema;
  prefixItems?: Schema[];
  properties?: { [name: string]: Schema };
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
};

/** All fields of one kind; `turn` makes the next one say something else. */
export function bodyOfKind(kind: Kind, turn: number): Body {
  const body: Body = {};
  for (const [at, [field, schema]] of Object.entries(KINDS[kind]).entries()) {
    if (field === 'deleted') continue;
    body[field] = sampleOf(z.toJSONSchema(schema as z.ZodMiniType) as Schema, turn + at);
  }
  return body;
}

function sampleOf(schema: Schema, turn: number): Json {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(schema.enum, turn);
  if (schema.anyOf) {
    return sampleOf(
      pick(
        schema.anyOf.filter(({ type }) => type !== 'null'),
        turn,
      ),
      turn,
    );
  }
  // Where null is one of several types, it comes last.
  switch ([schema.type].flat()[0]) {
    case 'boolean':
      return true;
    case 'integer':
      return Math.min(schema.maximum ?? 1_000, Math.max(schema.minimum ?? 0, 1 + (turn % 4)));
    case 'number':
      return Math.abs(turn % 7) + 0.125;
    case 'string':
      return textOf(schema, turn);
    case 'array': {
      const items = schema.prefixItems ?? [schema.items ?? {}];
      return items.map((one, at) => sampleOf(one, turn + at));
    }
    default:
      return objectOf(schema, turn);
  }
}

function textOf({ format, pattern, maxLength = 0 }: Schema, turn: number): string {
  if (pattern?.includes('[1-8][0-9a-f]{3}')) return freshId();
  if (format === 'date-time') return `2026-0${1 + (turn % 9)}-04T09:30:00.125Z`;
  if (format === 'date') return `2026-0${1 + (turn % 9)}-04`;
  if (maxLength >= 200_000 && turn % 5 === 0) return LONG;
  return pick(NASTY, turn);
}

function objectOf({ properties, propertyNames, additionalProperties }: Schema, turn: number): Json {
  if (properties) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, one], at) => [name, sampleOf(one, turn + at)]),
    );
  }
  const inner = typeof additionalProperties === 'object' ? additionalProperties : {};
  const keys = [0, 1].map((more) => sampleOf(propertyNames ?? { type: 'string' }, turn + more));
  return Object.fromEntries(keys.map((key, at) => [String(key), sampleOf(inner, turn + at)]));
}

function pick<T>(list: readonly T[], turn: number): T {
  return list[turn % list.length] as T;
}
