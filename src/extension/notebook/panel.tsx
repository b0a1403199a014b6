import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { plain } from '../../domain/plain.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { LookIcon, lookName } from '../../ui/found.tsx';
import { Waiting } from '../../ui/states.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { SearchHit } from '../messages/search-calls.ts';
import type { SavedCard } from '../messages/views.ts';
import type { NotebookClient } from './client.ts';
import { say } from './words.ts';

interface Props {
  readonly client: NotebookClient;
  readonly hit: SearchHit;
  readonly onClose: () => void;
}

const CARDS: readonly string[] = ['expectation', 'note', 'commitment', 'interaction'];

/** All words of one record, and where they came from. */
export function Panel({ client, hit, onClose }: Props) {
  const words = useWords();
  const [card, setCard] = useState<SavedCard | null>(null);
  const [isGone, setGone] = useState(false);
  const isCard = CARDS.includes(hit.kind);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    title.current?.focus();
    if (!isCard) return;
    let current = true;
    void client.call('card', { kind: hit.kind, id: hit.id }).then((reply) => {
      if (!current) return;
      if (reply.ok) setCard(reply.value);
      else setGone(true);
    });
    return () => {
      current = false;
    };
  }, [client, hit, isCard]);
  const texts = card === null ? [] : [card.fields.statement, card.fields.text].filter(Boolean);
  const url = card?.source?.url ?? '';
  return (
    <aside class="n-panel" aria-labelledby="n-panel">
      <header>
        <LookIcon kind={hit.kind} look={hit.look} />
        <h2 id="n-panel" ref={title} tabIndex={-1}>
          {lookName(hit.kind, hit.look, words)}
        </h2>
        <Button look="quiet" icon="close" label={say.close} onClick={onClose} />
      </header>
      {isCard && card === null && !isGone && <Waiting>{say.reading}</Waiting>}
      {isGone && <p>{say.gone}</p>}
      {!isCard && <p dir="auto">{hit.text?.text ?? say.noWords}</p>}
      {texts.map((text, at) => (
        <p key={at} dir="auto" class="n-words">
          {text}
        </p>
      ))}
      {card?.evidence.map(({ key, quote }) =>
        quote ? (
          <blockquote key={key} dir="auto" aria-label={say.theirWords}>
            {quote}
          </blockquote>
        ) : null,
      )}
      <dl>
        {hit.customer && (
          <div>
            <dt>{say.columns.customer}</dt>
            <dd dir="auto">{plain(hit.customer.name)}</dd>
          </div>
        )}
        <div>
          <dt>{say.author}</dt>
          <dd dir="auto">{plain(hit.author.name)}</dd>
        </div>
        <div>
          <dt>{say.columns.at}</dt>
          <dd>
            {sayInstant(new Date(hit.at).toISOString(), words.lang)}
            {hit.keptHere && ` · ${say.keptHere}`}
          </dd>
        </div>
      </dl>
      {/^https?:\/\//.test(url) && <ButtonLink href={url}>{say.openPage}</ButtonLink>}
    </aside>
  );
}
