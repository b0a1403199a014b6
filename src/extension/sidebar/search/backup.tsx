import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { sayDay } from '../../../ui/time.ts';
import { useWords } from '../../../ui/words.ts';
import type { AppProps } from '../app.tsx';
import { saySearch as say } from './words.ts';

/** What waits for the server for a week is in one place only, and one place gets lost. */
export function BackupNotice({ sidebar }: AppProps) {
  const { lang } = useWords();
  const since = sidebar.state.status?.unsavedSince ?? null;
  if (since === null) return null;
  return (
    <div class="s-notice">
      <Icon name="attention" size={14} />
      <p>{say.backup(sayDay(new Date(since).toISOString(), lang))}</p>
      <Button look="quiet" onClick={() => void sidebar.core.call('openNotebook', { words: '' })}>
        {say.backupKeep}
      </Button>
      <Button look="quiet" onClick={() => void sidebar.core.call('backupLater', {})}>
        {say.backupLater}
      </Button>
    </div>
  );
}
