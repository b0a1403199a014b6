// The JSON Schema (draft 2020-12) of files of records, made of the schemas that records are checked by.
// Published as docs/schemas/records.schema.json.
import * as z from 'zod/mini';
import { id, type Json, KINDS } from '../domain/index.ts';
import { RECORDS_FORMAT, RECORDS_VERSION } from './records-file.ts';

type Schema = { [keyword: string]: Json };

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const oneOf = (value: Json): Schema => ({ const: value });
const text: Schema = { type: 'string' };

/** Of a JSON file as a whole, and of each line of an NDJSON file. */
export function recordsSchema(): Schema {
  const kinds = Object.entries(KINDS).map(
    ([kind, fields]) => [kind, fieldsSchema(fields)] as const,
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Records of Unsaid',
    description:
      'A JSON file is a "file". An NDJSON file is a "head" on its first line, a "record" on each other one, and an "end" on the last. Kinds and fields that are not named here may occur: a newer version wrote them.',
    oneOf: ['file', 'head', 'record', 'end'].map(ref),
    $defs: {
      head: { ...headSchema(), not: { required: ['records'] } },
      file: {
        ...headSchema(),
        required: [...HEAD_REQUIRED, 'records', 'end'],
        properties: {
          ...headProperties(),
          records: { type: 'array', items: ref('record') },
          end: oneOf(true),
        },
      },
      record: recordSchema(kinds.map(([kind]) => kind)),
      end: {
        type: 'object',
        required: ['end', 'records'],
        properties: { end: oneOf(true), records: { type: 'integer', minimum: 0 } },
        additionalProperties: false,
      },
      id: bare(id),
      instant: { type: 'string', format: 'date-time' },
      ...Object.fromEntries(kinds),
    },
  };
}

const HEAD_REQUIRED = ['format', 'version', 'workspace', 'exportedAt', 'what', 'filter'];

function headSchema(): Schema {
  return { type: 'object', required: HEAD_REQUIRED, properties: headProperties() };
}

function headProperties(): Schema {
  return {
    format: oneOf(RECORDS_FORMAT),
    version: oneOf(RECORDS_VERSION),
    workspace: {
      description: 'null: of one device, whatever it is connected to.',
      type: ['object', 'null'],
      required: ['id', 'name'],
      properties: { id: text, name: text },
    },
    exportedAt: ref('instant'),
    what: text,
    filter: { type: 'object', additionalProperties: text },
    members: {
      description: 'Names of authors by their ids.',
      type: 'object',
      additionalProperties: text,
    },
  };
}

function recordSchema(kinds: readonly string[]): Schema {
  return {
    type: 'object',
    required: ['kind', 'id', 'author', 'written', 'visibility', 'fields'],
    properties: {
      kind: text,
      id: ref('id'),
      author: { description: 'Id of the member who wrote it first.', ...text },
      written: ref('instant'),
      visibility: { enum: ['workspace', 'managers'] },
      keptHere: { description: 'It is kept on its author’s device alone.', ...oneOf(true) },
      fields: { type: 'object' },
    },
    allOf: kinds.map((kind) => ({
      if: { properties: { kind: oneOf(kind) }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { fields: ref(kind) } },
    })),
  };
}

function fieldsSchema(fields: { readonly [field: string]: z.ZodMiniType }): Schema {
  const properties = Object.entries(fields).map(([field, schema]) => [field, bare(schema)]);
  return { type: 'object', properties: Object.fromEntries(properties) };
}

function bare(schema: z.ZodMiniType): Schema {
  // As it is read: members that are not known are let be.
  const { $schema: _$schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest as Schema;
}
