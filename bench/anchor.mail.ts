// The page that quotes are looked for in: paragraphs of random sentences from a small vocabulary,
// with spans, bold and links inside, each ending in one and the same sentence.

import { between, seeded } from './random.ts';

export const CLOSING = 'Please let us know if you have any questions.';

const WORDS =
  `we you they our your their the a this that each every any some all no customer supplier
order invoice delivery plant line shift site team engineer manager auditor office contract price
offer draft report figure drawing sample batch spare part pump valve filter panel sensor cable
certificate calibration training manual service visit call meeting agenda minute question answer
date week month quarter Monday Tuesday Friday morning evening is was will be has had can may should
must need expect assume prefer check send receive confirm agree plan start stop change replace keep
on in at by for with without before after until during within above below new old next last first
second early late complete missing open final urgent usual spare`.split(/\s+/);

/** The HTML of about `size` characters of text; the same for the same seed. */
export function mail(size: number, seed: number): string {
  const random = seeded(seed);
  const parts: string[] = [];
  for (let length = 0; length < size; ) {
    const sentences: string[] = [];
    for (let left = between(random, 3, 7); left > 0; left -= 1) {
      const text = `${words(between(random, 5, 14), random)}.`;
      const sentence = text.charAt(0).toUpperCase() + text.slice(1);
      length += sentence.length + 1;
      sentences.push(inline(sentence, random));
    }
    length += CLOSING.length;
    parts.push(`<p>${sentences.join(' ')} ${CLOSING}</p>`);
  }
  return parts.join('\n');
}

/** Random words of the vocabulary. */
export function words(count: number, random: () => number): string {
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? '';
  return Array.from({ length: count }, word).join(' ');
}

// Every second sentence has a few words in an element of their own.
function inline(sentence: string, random: () => number): string {
  const kind = random();
  if (kind > 0.5) return sentence;
  const parts = sentence.split(' ');
  const from = between(random, 1, parts.length - 3);
  const to = between(random, from + 1, Math.min(parts.length - 1, from + 4));
  const [open, close] =
    kind < 0.2
      ? ['<span style="color: #333">', '</span>']
      : kind < 0.35
        ? ['<b>', '</b>']
        : ['<a href="#part">', '</a>'];
  const inner = `${open}${parts.slice(from, to).join(' ')}${close}`;
  return [...parts.slice(0, from), inner, ...parts.slice(to)].join(' ');
}
