import { Button } from '../../ui/button.tsx';
import { Foot, type FootState } from '../../ui/foot.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import type { Status } from '../messages/views.ts';
import type { Sidebar } from './model.ts';
import { BackupNotice } from './search/backup.tsx';
import { say } from './words.ts';

interface Props {
  readonly sidebar: Sidebar;
  readonly help: boolean;
}

/** The honest line, and above it what stands in the way of syncing, each with what to do. */
export function SyncFoot({ sidebar, help }: Props) {
  const words = useWords();
  const { status } = sidebar.state;
  const connect = (
    <Button look="quiet" onClick={() => sidebar.openOptions('connect')}>
      {say.connect}
    </Button>
  );
  const keys = help && (
    <Button look="quiet" label={say.keys} keys="?" onClick={() => sidebar.show({ at: 'keys' })} />
  );
  if (status === null) return <footer class="u-foot s-foot">{keys}</footer>;
  return (
    <div class="s-foot">
      {status.signedOut && (
        <div class="s-notice">
          <Icon name="attention" size={14} />
          <p>{say.signedOut}</p>
          <Button look="quiet" onClick={() => sidebar.openOptions('connect')}>
            {say.connectAgain}
          </Button>
        </div>
      )}
      {status.problem !== null && !status.signedOut && (
        <div class="s-notice">
          <Icon name="attention" size={14} />
          <p>{say.problem(status.problem)}</p>
          <Button look="quiet" onClick={() => void sidebar.syncNow()}>
            {say.tryAgain}
          </Button>
        </div>
      )}
      {status.finding && (
        <div class="s-notice s-notice-long">
          <Icon name="attention" size={14} />
          <p>{status.finding.words}</p>
          <Button look="quiet" onClick={() => sidebar.openOptions('local')}>
            {say.more}
          </Button>
        </div>
      )}
      {(status.strangers ?? 0) > 0 && (
        <div class="s-notice">
          <Icon name="attention" size={14} />
          <p>{say.strangers(status.strangers ?? 0)}</p>
          <Button look="quiet" onClick={() => sidebar.openOptions('devices')}>
            {words.foot.show}
          </Button>
        </div>
      )}
      {status.refusedSites && (
        <div class="s-notice">
          <Icon name="attention" size={14} />
          <p>{status.refusedSites}</p>
          <Button look="quiet" onClick={() => sidebar.openOptions('connect')}>
            {say.connectAgain}
          </Button>
        </div>
      )}
      {status.attention > 0 && (
        <div class="s-notice">
          <Icon name="attention" size={14} />
          <p>{words.foot.attention(status.attention)}</p>
          <Button look="quiet" onClick={() => sidebar.openOptions('attention')}>
            {words.foot.show}
          </Button>
        </div>
      )}
      <BackupNotice sidebar={sidebar} />
      <Foot state={footState(status)}>
        {status.connection === null && !status.signedOut && connect}
        {keys}
      </Foot>
    </div>
  );
}

function footState(status: Status): FootState {
  const { unsynced: count, offlineSince } = status;
  if (status.connection === null) return { is: 'local', count };
  if (offlineSince !== null) {
    return { is: 'offline', since: new Date(offlineSince).toISOString(), count };
  }
  if (status.progress && status.progress.done < status.progress.of) {
    // What is sent goes first; the rest of an exchange is what comes back.
    return { is: count > 0 ? 'sending' : 'receiving', ...status.progress };
  }
  if (count > 0) return { is: 'waiting', count };
  return { is: status.syncing ? 'syncing' : 'synced' };
}
