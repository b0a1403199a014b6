import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import type { PendingChange, Status } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { say } from './words.ts';

interface Props {
  readonly client: OptionsClient;
  readonly status: Status | null;
  readonly now: () => number;
}

/** All that the server does not have or could not read, in a file; also when signed out. */
export function SaveFile({ client, status, now }: Props) {
  const [said, setSaid] = useState('');
  const page = (from: number) => client.call('pending', { from });
  const save = async () => {
    const changes: PendingChange[] = [];
    for (let from: number | null = 0; from !== null; ) {
      const answer: Awaited<ReturnType<typeof page>> = await page(from);
      if (!answer.ok) return setSaid(answer.error.message);
      changes.push(...answer.value.changes);
      from = answer.value.next;
    }
    const at = new Date(now()).toISOString();
    const { server, workspace, member } = status?.connection ?? {};
    const file = { unsaid: 'changes not on the server', at, server, workspace, member, changes };
    client.save(`unsaid-${at.slice(0, 10)}.json`, JSON.stringify(file, null, 2));
    setSaid(say.savedFile(changes.length));
  };
  return (
    <div class="o-file">
      <Button icon="export" onClick={() => void save()}>
        {say.saveFile}
      </Button>
      <p class="u-quiet">{say.saveFileWhy}</p>
      <p role="status">{said}</p>
    </div>
  );
}
