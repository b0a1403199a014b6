import { shorten } from '../../domain/text.ts';
import { Icon } from '../../ui/icons.tsx';
import { Mark } from '../../ui/kind.tsx';
import { Ladder } from '../../ui/ladder.tsx';
import { sayDay } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { SavedCard } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { mainField, quoteOf, textField } from './draft-rules.ts';
import { MarkPlace } from './mark-place.tsx';
import { plain } from './plain.ts';
import { messageOf, type State, subjectOf } from './state.ts';
import { UndoLine } from './undo-line.tsx';
import { say } from './words.ts';

interface Props extends AppProps {
  readonly card: SavedCard;
  readonly here: boolean;
}

/** A saved card in one or two lines: their words marked as in the page, ours under them. */
export function SavedRow({ sidebar, card, here }: Props) {
  const words = useWords();
  const { state } = sidebar;
  const undoable = state.undoable.find((each) => subjectOf(each) === card.id);
  if (undoable?.did === 'took-back') return <UndoLine sidebar={sidebar} undoable={undoable} />;
  const { look } = card;
  const quote = quoteOf(card);
  const ours = textField(card.fields, mainField(card.kind)).trim();
  const name = look === 'mail' ? (card.call ? say.callTagged : say.mailLogged) : words.mark[look];
  return (
    <>
      <button
        type="button"
        class="s-row"
        data-record={card.id}
        onClick={() => void sidebar.cards.open(card.kind, card.id)}
      >
        <span class="u-kind" data-kind={look}>
          <Icon name={look === 'mail' ? 'interaction' : look} label={name} />
        </span>
        <span class="s-row-text">
          {look === 'mail' ? (
            <bdi class="s-cut">{card.source?.subject || say.noSubject}</bdi>
          ) : (
            quote !== '' && (
              <bdi class="s-cut s-theirs">
                <Mark kind={look}>{shorten(quote, 160)}</Mark>
              </bdi>
            )
          )}
          {ours !== '' && ours !== quote && <bdi class="s-cut">{shorten(ours, 200)}</bdi>}
          <span class="s-meta s-row-foot">
            {card.kind === 'expectation' && (
              <Ladder
                size="small"
                stage={card.fields.stage ?? 'hunch'}
                outcome={card.fields.outcome ?? null}
              />
            )}
            <span>{about(card, words.lang)}</span>
            {card.keptHere && (
              <span class="s-kept">
                <Icon name="device" size={12} /> {say.keptHere}
              </span>
            )}
            {card.versions && (
              <span class="s-twice">
                <Icon name="twice" size={12} /> {say.twice}
              </span>
            )}
            {found(state, card, here)}
          </span>
        </span>
      </button>
      {here && <MarkPlace sidebar={sidebar} card={card} />}
      {undoable && <UndoLine sidebar={sidebar} undoable={undoable} />}
    </>
  );
}

function about(card: SavedCard, lang: string): string {
  const who = plain(
    card.contact?.name || card.source?.from?.name || card.source?.from?.address || '',
  );
  const when = card.source?.sentAt ?? new Date(card.savedAt).toISOString();
  const place = card.keptHere || card.synced ? '' : say.notSynced;
  return [who, sayDay(when, lang), place].filter(Boolean).join(' · ');
}

/** How sure it is that the words of this card stand in what the page shows. */
function found(state: State, card: SavedCard, here: boolean) {
  if (here && messageOf(state, card)?.probably) return <span>{say.probably}</span>;
  if (!here && state.quotedHere.has(card.id)) return <span>{say.quotedHere}</span>;
  return null;
}
