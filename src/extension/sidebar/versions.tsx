import { shorten } from '../../domain/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords, type Words } from '../../ui/words.ts';
import type { SavedCard, Version } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { partOf } from './card-form.tsx';
import type { CardPart } from './state.ts';
import { say } from './words.ts';

interface Props extends AppProps {
  readonly card: SavedCard;
  readonly part: CardPart;
}

/** What two people wrote at the same time: whose each value is, and one click to take the other. */
export function Versions({ sidebar, card, part }: Props) {
  const words = useWords();
  const fields = Object.entries(card.versions ?? {}).filter(([field]) => partOf(field) === part);
  return (
    <>
      {fields.map(([field, [shown, ...others]]) => (
        <div key={field} class="s-place s-versions">
          <p>
            <Icon name="twice" size={14} /> {say.writtenTwice(nameOf(field, card))}
          </p>
          {shown && (
            <p class="s-meta">
              {say.shownNow} <Whose version={shown} />
            </p>
          )}
          {others.map((version) => (
            <div key={version.change} class="s-version">
              <p dir="auto">{sayValue(field, version, words)}</p>
              <p class="s-meta">
                <Whose version={version} />
              </p>
              <Button
                label={say.ofMark(say.take, shorten(sayValue(field, version, words), 80))}
                onClick={() => void sidebar.cards.take(card, field, part, version)}
              >
                {say.take}
              </Button>
            </div>
          ))}
          {shown && (
            <Button look="quiet" onClick={() => void sidebar.cards.take(card, field, part, shown)}>
              {say.keepShown}
            </Button>
          )}
        </div>
      ))}
    </>
  );
}

function Whose({ version }: { readonly version: Version }) {
  const words = useWords();
  const at = new Date(version.at).toISOString();
  return (
    <>
      <bdi>{version.author.me ? say.me : version.author.name}</bdi> ·{' '}
      <time dateTime={at}>{sayInstant(at, words.lang)}</time>
    </>
  );
}

function nameOf(field: string, card: SavedCard): string {
  if (field === 'statement') return say.statement;
  if (field === 'text') return card.look === 'expectation' ? say.statement : say.text[card.look];
  return Object.hasOwn(say.field, field) ? say.field[field as keyof typeof say.field] : field;
}

function sayValue(field: string, { said }: Version, words: Words): string {
  if (said === '') return say.cleared;
  const labels: { [field: string]: Readonly<Record<string, string>> } = {
    class: words.class,
    stage: words.stage,
    outcome: words.outcome,
    impliedBy: words.impliedBy,
    unstatedBecause: words.unstatedBecause,
    decision: { exceed: say.exceed, meet: say.meet, decline: say.decline },
    by: { us: say.byUs, them: say.byThem },
  };
  return labels[field]?.[said] ?? said;
}
