import { Button } from '../../ui/button.tsx';
import { Logo } from '../../ui/icons.tsx';
import type { AppProps } from './app.tsx';
import { plain } from './plain.ts';
import { say } from './words.ts';

/** Whose page this is, how much is marked in it, and the way out. */
export function Head({ sidebar }: AppProps) {
  const { context, cards, view, drafts } = sidebar.state;
  const open = view.at === 'draft' ? drafts.find((draft) => draft.id === view.id) : undefined;
  const hidden = context !== null && context.never > 0 && context.messages.length === 0;
  const name =
    open?.customer.name ||
    context?.guess.customer.name ||
    (hidden ? say.neverHead : say.noCustomer);
  const marks = cards.filter((card) => card.evidence.some((each) => each.selectors)).length;
  return (
    <header class="s-head">
      <Logo />
      <h1 dir="auto">{plain(name)}</h1>
      {marks > 0 && <span class="s-count">{say.marks(marks)}</span>}
      {sidebar.tab === null && (
        <Button look="quiet" icon="close" label={say.close} onClick={() => sidebar.close()} />
      )}
    </header>
  );
}
