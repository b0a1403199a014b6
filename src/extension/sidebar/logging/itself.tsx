import { useCallback, useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Undo } from '../../../ui/undo.tsx';
import type { ContextMessage } from '../../messages/views.ts';
import type { AppProps } from '../app.tsx';
import { say } from './words.ts';
import './logging.css';

interface Props extends AppProps {
  readonly message: ContextMessage;
  readonly sender: string;
}

/** A mail that logged itself: said, taken back, or kept with its words. */
export function LoggedItself({ sidebar, message, sender }: Props) {
  const [keeping, setKeeping] = useState(false);
  const { itself } = message;
  if (itself === undefined) return null;
  const { core } = sidebar;
  const { interaction, words } = itself;
  const failed = (failure: Failure) => core.set({ trouble: { id: null, failure } });

  async function takeBack() {
    const answer = await core.call('notThisOne', { interaction, on: true });
    if (answer.ok) core.set({ takenBack: interaction, trouble: null });
    else failed(answer.error);
  }
  async function keepWords() {
    setKeeping(true);
    const answer = await core.call('keepWords', { tab: core.tab, interaction });
    setKeeping(false);
    if (answer.ok) core.set({ said: say.wordsKept, trouble: null });
    else failed(answer.error);
  }
  return (
    <span class="s-itself s-links">
      <span class="s-logged">
        <Icon name="check" size={12} /> {say.itself}
        {words && `, ${say.withWords}`}
      </span>
      <Button look="quiet" label={say.notThisOf(sender)} onClick={() => void takeBack()}>
        {say.notThis}
      </Button>
      {!words && message.shown !== 'collapsed' && (
        <Button
          look="quiet"
          {...(keeping ? { disabled: true, why: say.keeping } : { label: say.keepWordsOf(sender) })}
          onClick={() => void keepWords()}
        >
          {keeping ? say.keeping : say.keepWords}
        </Button>
      )}
    </span>
  );
}

type Failure = NonNullable<AppProps['sidebar']['state']['trouble']>['failure'];

/** For ten seconds after one was taken back. */
export function TakenBack({ sidebar }: AppProps) {
  const { core } = sidebar;
  const { takenBack } = sidebar.state;
  const end = useCallback(() => core.set({ takenBack: null }), [core]);
  if (takenBack === null) return null;
  return (
    <Undo
      key={takenBack}
      text={say.takenBack}
      onUndo={() => {
        end();
        void core.call('notThisOne', { interaction: takenBack, on: false }).then((answer) => {
          core.set(
            answer.ok ? { said: say.back } : { trouble: { id: null, failure: answer.error } },
          );
        });
      }}
      onEnd={end}
    />
  );
}
