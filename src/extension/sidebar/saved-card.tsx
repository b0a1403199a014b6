import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Json } from '../../domain/json.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { KindName } from '../../ui/kind.tsx';
import { later } from '../../ui/later.tsx';
import { Quote } from '../../ui/quote.tsx';
import { Problem } from '../../ui/states.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { Draft } from '../messages/draft.ts';
import type { SavedCard } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { CardForm, type CardPatch, type CardValue, partOf } from './card-form.tsx';
import { useCompleter } from './completing.ts';
import { quoteOf } from './draft-rules.ts';
import { savesCard } from './enter.ts';
import { useFocusOnShow } from './focus.ts';
import { useGoing } from './going.ts';
import type { LadderPartProps } from './ladder/ladder.tsx';
import { MarkPlace } from './mark-place.tsx';
import { plain } from './plain.ts';
import { type CardPart, messageOf, placeOf } from './state.ts';
import { UndoLine } from './undo-line.tsx';
import { Versions } from './versions.tsx';
import { say, sayFailure } from './words.ts';
import type { SectionProps } from './worth/part.tsx';

interface Props extends AppProps {
  readonly card: SavedCard;
}

const Worth = later<SectionProps>(() =>
  import('./worth/sections.tsx').then(({ WorthSections }) => WorthSections),
);

const LadderPart = later<LadderPartProps>(() =>
  import('./ladder/ladder.tsx').then(({ LadderPart }) => LadderPart),
);

/** A saved card: each field that is left or chosen is changed at once. */
export function SavedCardView({ sidebar, card }: Props) {
  const main = useRef<HTMLTextAreaElement>(null);
  const title = useFocusOnShow<HTMLHeadingElement>();
  const [value, setValue] = useState(() => cardValue(card));
  const form = useEdits(sidebar, card, value, setValue);
  const completer = useCompleter(sidebar, (member) => sidebar.cards.mention(card.id, member));
  const { trouble, focus } = sidebar.state;
  const quote = quoteOf(card);
  useLayoutEffect(() => {
    // The button that was pressed is gone.
    if (focus !== card.id) return;
    title.current?.focus();
    sidebar.focused();
  }, [focus, card.id, sidebar, title]);
  const undo = (place: string) => {
    const undoable = sidebar.state.undoable.find((each) => placeOf(each) === place);
    return undoable && <UndoLine sidebar={sidebar} undoable={undoable} />;
  };
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
                <Icon name="interaction" />{' '}
                <span>{card.call ? say.callTagged : say.mailLogged}</span>
              </span>
            ) : (
              <KindName kind={card.look} />
            )}
          </h2>
          <Source card={card} />
        </div>
        {quote !== '' && <Quote text={quote} by={<bdi>{sourceName(card)}</bdi>} />}
        {card.evidence.some((each) => each.quoted) && <p class="s-meta">{say.quoted}</p>}
        <Facts sidebar={sidebar} card={card} />
        <MarkPlace sidebar={sidebar} card={card} />
        {undo(`place/${card.id}`)}
        {undo(`whole/${card.id}`)}
        {card.kind !== 'interaction' && (
          <div class="u-actions">
            {card.evidence.some((each) => each.selectors) && (
              <Button onClick={() => void sidebar.cards.reveal(card)}>{say.reveal}</Button>
            )}
            <PageLink url={card.source?.url ?? card.evidence[0]?.url ?? ''} />
          </div>
        )}
      </section>
      {card.kind === 'expectation' && <LadderPart sidebar={sidebar} card={card} />}
      {card.kind === 'interaction' ? (
        <section class="s-part">
          <p dir="auto">{card.source?.subject}</p>
          {card.call && (
            <Button onClick={() => sidebar.calls.openPage(card.id)}>{say.openCall}</Button>
          )}
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
          completer={completer}
          after={(part) => (
            <>
              <Versions sidebar={sidebar} card={card} part={part} />
              {undo(`${part}/${card.id}`)}
            </>
          )}
        />
      )}
      {card.kind === 'expectation' && <Worth sidebar={sidebar} card={card} />}
      <div class="s-actions">
        {failed && <Problem {...sayFailure(failed)} />}
        <Authorship card={card} />
        <Button look="quiet" onClick={() => void sidebar.cards.takeBack(card)}>
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
  /** The values of these fields before they were touched. */
  const before = useRef<Draft['fields']>({});
  /** The card as it was shown when the first of them was touched: a colleague may write meanwhile. */
  const shown = useRef(card);
  const sending = useRef(0);
  const commit = async (): Promise<boolean> => {
    const [patch, old, as] = [pending.current, before.current, shown.current];
    pending.current = {};
    before.current = {};
    for (const name of Object.keys(patch)) if (patch[name] === old[name]) delete patch[name];
    if (Object.keys(patch).length === 0) return true;
    sending.current += 1;
    let done = true;
    for (const [part, fields] of byPart(patch)) {
      const was = Object.fromEntries(Object.keys(fields).map((name) => [name, old[name] ?? null]));
      if (await sidebar.cards.edit(as, fields, part, was)) continue;
      done = false;
      // What failed is tried again with the next change, unless that says something newer.
      pending.current = { ...fields, ...pending.current };
      before.current = { ...before.current, ...was };
    }
    sending.current -= 1;
    return done;
  };
  const change = (patch: CardPatch, typing: boolean) => {
    setValue({ ...value, ...patch });
    const [next, was] = patchOf(value, patch);
    if (Object.keys(pending.current).length === 0) shown.current = card;
    Object.assign(pending.current, next);
    before.current = { ...was, ...before.current };
    if (!typing) void commit();
  };
  useGoing(() => void commit());
  useLayoutEffect(() => {
    // The card has changed elsewhere, or was put back; what is being typed here goes before.
    if (sending.current === 0 && Object.keys(pending.current).length === 0) {
      setValue(cardValue(card));
    }
  }, [card]);
  return { change, commit };
}

function byPart(patch: Draft['fields']): Map<CardPart, Draft['fields']> {
  const parts = new Map<CardPart, Draft['fields']>();
  for (const [name, value] of Object.entries(patch)) {
    const part = partOf(name);
    parts.set(part, { ...parts.get(part), [name]: value });
  }
  return parts;
}

/** The record's fields that a change in the form changes, and their values before it. */
function patchOf(value: CardValue, patch: CardPatch): [Draft['fields'], Draft['fields']] {
  const next: Draft['fields'] = {};
  const was: Draft['fields'] = {};
  const put = (name: string, now: Json, old: Json) => {
    if (now === old) return;
    next[name] = now;
    was[name] = old;
  };
  if (patch.fields) {
    for (const name of new Set([...Object.keys(value.fields), ...Object.keys(patch.fields)])) {
      put(name, patch.fields[name] ?? null, value.fields[name] ?? null);
    }
  }
  for (const name of ['customer', 'contact', 'project'] as const) {
    const choice = patch[name];
    if (choice) put(name, choice.id, value[name].id);
  }
  return [next, was];
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

/** Where it is kept, and how sure its mail is. */
function Facts({ sidebar, card }: Props) {
  const probably = messageOf(sidebar.state, card)?.probably;
  return (
    <>
      {probably && <p class="s-meta">{say.probably}</p>}
      {card.keptHere && <KeptHere sidebar={sidebar} card={card} />}
    </>
  );
}

/** Sharing is asked twice: nobody can call back what was sent. */
function KeptHere({ sidebar, card }: Props) {
  const [asking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (asking) first.current?.focus();
  }, [asking]);
  return (
    <div>
      <p class="s-kept">
        <Icon name="device" size={14} /> <span>{asking ? say.shareMeans : say.keptHereMeans}</span>
      </p>
      <div class="u-actions">
        {asking ? (
          <>
            <Button buttonRef={first} onClick={() => void sidebar.cards.share(card)}>
              {say.share}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {say.keepHereStill}
            </Button>
          </>
        ) : (
          <Button look="quiet" onClick={() => setAsking(true)}>
            {say.shareAsk}
          </Button>
        )}
      </div>
    </div>
  );
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
  const place = card.keptHere || card.synced ? '' : say.notSynced;
  return (
    <p class="s-meta">
      {say.savedBy} <bdi>{who}</bdi> · {when}
      {place && ` · ${place}`}
    </p>
  );
}

function sourceName(card: SavedCard): string {
  const { source, contact } = card;
  return plain(source?.from?.name || source?.from?.address || contact?.name || '');
}
