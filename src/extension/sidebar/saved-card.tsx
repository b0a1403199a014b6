import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { KindName } from '../../ui/kind.tsx';
import { Quote } from '../../ui/quote.tsx';
import { Problem } from '../../ui/states.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { Draft } from '../messages/draft.ts';
import type { SavedCard } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { CardForm, type CardPatch, type CardValue } from './card-form.tsx';
import { savesCard } from './enter.ts';
import { useFocusOnShow } from './focus.ts';
import { quoteOf } from './saved-row.tsx';
import { fateOf } from './state.ts';
import { say, sayFailure, sayFate } from './words.ts';

interface Props extends AppProps {
  readonly card: SavedCard;
}

/** A saved card: each field that is left or chosen is changed at once. */
export function SavedCardView({ sidebar, card }: Props) {
  const main = useRef<HTMLTextAreaElement>(null);
  const title = useFocusOnShow<HTMLHeadingElement>();
  const [value, setValue] = useState(() => cardValue(card));
  const form = useEdits(sidebar, card, value, setValue);
  const { trouble } = sidebar.state;
  const quote = quoteOf(card);
  const fate = sayFate(fateOf(sidebar.state, card.id));
  const failed = trouble?.id === card.id ? trouble.failure : null;
  return (
    <form
      class="s-card"
      onSubmit={(event) => event.preventDefault()}
      onFocusOut={() => void form.commit()}
      onKeyDown={(event) => {
        if (!savesCard(event, main.current)) return;
        event.preventDefault();
        void form.commit().then((done) => {
          if (done) sidebar.backToList(card.id);
        });
      }}
    >
      <section class="s-part">
        <div class="s-card-head">
          <Button
            look="quiet"
            icon="back"
            label={say.back}
            onClick={() => sidebar.backToList(card.id)}
          />
          <h2 ref={title} tabIndex={-1}>
            {card.look === 'mail' ? (
              <span class="u-kind">
                <Icon name="interaction" /> <span>{say.mailLogged}</span>
              </span>
            ) : (
              <KindName kind={card.look} />
            )}
          </h2>
          <Source card={card} />
        </div>
        {quote !== '' && <Quote text={quote} by={<bdi>{sourceName(card)}</bdi>} />}
        {fate && <p class="s-fate">{fate}</p>}
        {card.kind !== 'interaction' && (
          <div class="u-actions">
            {card.evidence.some((each) => each.selectors) && (
              <Button onClick={() => void sidebar.reveal(card)}>{say.reveal}</Button>
            )}
            <PageLink url={card.source?.url ?? card.evidence[0]?.url ?? ''} />
          </div>
        )}
      </section>
      {card.kind === 'interaction' ? (
        <section class="s-part">
          <p dir="auto">{card.source?.subject}</p>
        </section>
      ) : (
        <CardForm
          value={value}
          quoted={false}
          main={main}
          onChange={form.change}
          find={(kind, words, customer) => sidebar.find(kind, words, customer)}
          creates={false}
          onPending={() => {}}
        />
      )}
      <div class="s-actions">
        {failed && <Problem {...sayFailure(failed)} />}
        <Authorship card={card} />
        <Button look="quiet" onClick={() => void sidebar.takeBack(card)}>
          {say.remove}
        </Button>
      </div>
    </form>
  );
}

/** Gathers what was typed and sends it when the field is left; choices go at once. */
function useEdits(
  sidebar: AppProps['sidebar'],
  card: SavedCard,
  value: CardValue,
  setValue: (value: CardValue) => void,
) {
  const pending = useRef<Draft['fields']>({});
  const commit = async (): Promise<boolean> => {
    const patch = pending.current;
    if (Object.keys(patch).length === 0) return true;
    pending.current = {};
    const done = await sidebar.edit(card, patch);
    // What failed is tried again with the next change, unless that says something newer.
    if (!done) pending.current = { ...patch, ...pending.current };
    return done;
  };
  const change = (patch: CardPatch, typing: boolean) => {
    setValue({ ...value, ...patch });
    Object.assign(pending.current, patchOf(value, patch));
    if (!typing) void commit();
  };
  const leaving = useRef(commit);
  leaving.current = commit;
  useEffect(() => () => void leaving.current(), []);
  return { change, commit };
}

function patchOf(value: CardValue, patch: CardPatch): Draft['fields'] {
  const fields: Draft['fields'] = {};
  if (patch.fields) {
    for (const name of new Set([...Object.keys(value.fields), ...Object.keys(patch.fields)])) {
      const next = patch.fields[name] ?? null;
      if (next !== (value.fields[name] ?? null)) fields[name] = next;
    }
  }
  for (const name of ['customer', 'contact', 'project'] as const) {
    const choice = patch[name];
    if (choice) fields[name] = choice.id;
  }
  return fields;
}

/** Only what the form shows; the rest of the record stays as it is. */
function cardValue(card: SavedCard): CardValue {
  const { fields } = card;
  const shown: Draft['fields'] = {};
  const names = [
    ...(['statement', 'text', 'class', 'impliedBy', 'unstatedBecause', 'stage', 'due'] as const),
    ...(['decision', 'decisionReason', 'by'] as const),
  ];
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined) shown[name] = value;
  }
  const chosen = (named: SavedCard['customer']) => ({
    id: named?.id ?? null,
    name: named?.name ?? '',
    reason: '',
  });
  return {
    kind: card.look,
    fields: shown,
    customer: chosen(card.customer),
    contact: chosen(card.contact),
    project: chosen(card.project),
  };
}

function Source({ card }: { readonly card: SavedCard }) {
  const words = useWords();
  const sentAt = card.source?.sentAt;
  if (!sentAt) return null;
  return (
    <span class="s-meta">
      {say.mailOf} <time dateTime={sentAt}>{sayInstant(sentAt, words.lang)}</time>
    </span>
  );
}

/** An address from a page or a colleague's device: opened only where it is the web's. */
function PageLink({ url }: { readonly url: string }) {
  if (!/^https?:\/\//i.test(url)) return null;
  return (
    <a class="u-button u-button-quiet" href={url} target="_blank" rel="noopener noreferrer">
      {say.openPage}
    </a>
  );
}

function Authorship({ card }: { readonly card: SavedCard }) {
  const words = useWords();
  const when = sayInstant(new Date(card.savedAt).toISOString(), words.lang);
  const who = card.author.me ? say.me : card.author.name;
  const place = card.keptHere ? say.keptHere : card.synced ? '' : say.notSynced;
  return (
    <p class="s-meta">
      {say.savedBy} <bdi>{who}</bdi> · {when}
      {place && ` · ${place}`}
    </p>
  );
}

function sourceName(card: SavedCard): string {
  return card.source?.from?.name || card.source?.from?.address || card.contact?.name || '';
}
