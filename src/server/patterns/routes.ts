// /v1/patterns: the questions that a workspace asks to bring out what is unsaid, for the console.
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { PATTERNS, type Pattern, patternBook } from '../../domain/index.ts';
import { dimension, unstatedBecause } from '../../domain/kinds.ts';
import {
  LONGEST_PATTERN,
  MOST_PATTERNS,
  type PatternWish,
  patternProblems,
} from '../../domain/pattern-check.ts';
import type { AskerEnv } from '../accounts/asker.ts';
import { type Book, bookRoutes } from '../book.ts';
import type { ServerContext } from '../context.ts';

/** Records of kind "pattern" (domain/patterns.ts). */
export const PATTERN_BOOK: Book<'pattern', Pattern, PatternWish> = {
  kind: 'pattern',
  builtIn: PATTERNS,
  of: patternBook,
  fields(wish, record, builtIn) {
    const fields = record?.fields ?? {};
    const text = wish.text.trim();
    return {
      wanted: {
        // As built in: nothing of its own to say.
        text: text === builtIn?.text ? null : text,
        reason: builtIn ? null : wish.reason,
        dimension: builtIn ? null : wish.dimension,
        retired: wish.retired,
      },
      present: {
        text: fields.text ?? null,
        reason: builtIn ? null : (fields.reason ?? null),
        dimension: builtIn ? null : (fields.dimension ?? null),
        retired: fields.retired ?? false,
      },
    };
  },
};

const wish = z.object({
  id: z.nullable(z.string().check(z.maxLength(100))),
  text: z.string().check(z.maxLength(10 * LONGEST_PATTERN)),
  reason: z.nullable(unstatedBecause),
  dimension: z.nullable(dimension),
  retired: z.boolean(),
});

export function patternRoutes(server: ServerContext): Hono<AskerEnv> {
  return bookRoutes(server, PATTERN_BOOK, {
    ...{ name: 'patterns', wish, most: 2 * MOST_PATTERNS },
    isWrong: (patterns) => patternProblems(patterns).length > 0,
    say: {
      code: 'bad-patterns',
      wrong: 'These questions cannot be used together.',
      unknown: 'One of these questions is not known here.',
      changed: 'Somebody has changed the questions in the meantime.',
    },
  });
}
