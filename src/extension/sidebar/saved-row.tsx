import { shorten } from '../../domain/text.ts';
import { Icon } from '../../ui/icons.tsx';
import { Mark } from '../../ui/kind.tsx';
import { Ladder } from '../../ui/ladder.tsx';
import { sayDay } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { SavedCard } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { mainField, textField } from './draft-rules.ts';
import { fateOf } from './state.ts';
import { UndoLine } from './unfinished.tsx';
import { say, sayFate } from './words.ts';

interface Props extends AppProps {
  readonly card: SavedCard;
  readonly here: boolean;
}

/** A saved card in one or two lines: their words marked as in the page, ours under them. */
export function SavedRow({ sidebar, card, here }: Props) {
  const words = useWords();
  const { state } = sidebar;
  const undoable = state.undoable.find(
    (each) => each.did !== 'discarded' && each.card.id === card.id,
  );
  if (undoable?.did === 'took-back') {
    return <UndoLine sidebar={sidebar} undoable={undoable} text={say.takenBack} />;
  }
  const { look } = card;
  const quote = quoteOf(card);
  const ours = textField(card.fields, mainField(card.kind)).trim();
  const name = look === 'mail' ? say.mailLogged : words.mark[look];
  const fate = here ? sayFate(fateOf(state, card.id)) : null;
  return (
    <>
      <button
        type="button"
        class="s-row"
        data-record={card.id}
        onClick={() => void sidebar.openCard(card.kind, card.id)}
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
          </span>
        </span>
      </button>
      {fate && <p class="s-fate">{fate}</p>}
      {undoable && (
        <UndoLine
          sidebar={sidebar}
          undoable={undoable}
          text={card.keptHere ? say.keptHere : say.saved}
        />
      )}
    </>
  );
}

export function quoteOf(card: SavedCard): string {
  return card.evidence.find((each) => each.quote)?.quote?.trim() ?? '';
}

function about(card: SavedCard, lang: string): string {
  const who = card.contact?.name || card.source?.from?.name || card.source?.from?.address;
  const when = card.source?.sentAt ?? new Date(card.savedAt).toISOString();
  const place = card.keptHere ? say.keptHere : card.synced ? '' : say.notSynced;
  return [who, sayDay(when, lang), place].filter(Boolean).join(' · ');
}
