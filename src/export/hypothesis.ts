// Annotations of Hypothesis, as its API's search answers ("rows") and its client exports them
// ("annotations"): each becomes a note with its evidence.
import * as z from 'zod/mini';
import { derivedId } from './derived-id.ts';
import { type ForeignPlace, noteOf, type ReadNote } from './foreign-note.ts';

const text = z.catch(z.string(), '');
const position = z.catch(z.nullable(z.number()), null);
const texts = z.catch(z.array(z.string()), []);

const selector = z.object({
  ...{ type: text, exact: text, prefix: text, suffix: text },
  ...{ start: position, end: position },
});
const annotation = z.object({
  id: z.string().check(z.minLength(1)),
  uri: z.string(),
  ...{ text, tags: texts, user: text },
  created: z.catch(z.nullable(z.string()), null),
  user_info: z.catch(z.nullable(z.object({ display_name: z.nullable(z.string()) })), null),
  target: z.catch(
    z.array(z.object({ source: text, selector: z.catch(z.array(z.unknown()), []) })),
    [],
  ),
});

/** 'none': it is no annotation of Hypothesis; 'empty': there is nothing in it. */
export function noteOfHypothesis(value: unknown): ReadNote | 'none' | 'empty' {
  const parsed = annotation.safeParse(value);
  if (!parsed.success) return 'none';
  const { id, uri, text, tags, created, user, user_info, target } = parsed.data;
  const places = target.map(({ source, selector }) => placeOf(source || uri, selector));
  return noteOf(
    {
      id: derivedId('hypothesis', id),
      ...{ texts: [text], tags, created, label: 'note' },
      places: places.length > 0 ? places : [placeOf(uri, [])],
    },
    user_info?.display_name || user.replace(/^acct:/, '') || null,
  );
}

/** The place that selectors of the W3C's model point at; also those of Web Annotations. */
export function placeOf(source: string, selectors: readonly unknown[]): ForeignPlace {
  const known = selectors.flatMap((one) => selector.safeParse(one).data ?? []);
  const quote = known.find(({ type, exact }) => type === 'TextQuoteSelector' && exact !== '');
  const at = known.find(({ type }) => type === 'TextPositionSelector');
  return {
    source,
    ...{ exact: quote?.exact ?? '', prefix: quote?.prefix ?? '', suffix: quote?.suffix ?? '' },
    ...{ start: at?.start ?? null, end: at?.end ?? null },
  };
}
