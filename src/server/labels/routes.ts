// /v1/labels: the tags of calls of a workspace, for the console.
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { MOST_TAGS, tagProblems } from '../../domain/codebook-check.ts';
import { MEANINGS, TAG_LOOKS } from '../../domain/index.ts';
import type { AskerEnv } from '../accounts/asker.ts';
import { bookRoutes } from '../book.ts';
import type { ServerContext } from '../context.ts';
import { TAG_BOOK } from './store.ts';

const wish = z.object({
  id: z.nullable(z.string().check(z.maxLength(100))),
  name: z.nullable(z.string().check(z.maxLength(1_000))),
  key: z.string().check(z.maxLength(20)),
  colour: z.enum(TAG_LOOKS),
  icon: z.enum(TAG_LOOKS),
  means: z.enum(MEANINGS),
  retired: z.boolean(),
});

export function labelRoutes(server: ServerContext): Hono<AskerEnv> {
  return bookRoutes(server, TAG_BOOK, {
    ...{ name: 'tags', wish, most: 2 * MOST_TAGS },
    isWrong: (tags) => tagProblems(tags).length > 0,
    say: {
      code: 'bad-tags',
      wrong: 'These tags cannot be used together.',
      unknown: 'One of these tags is not known here.',
      changed: 'Somebody has changed the tags in the meantime.',
    },
  });
}
