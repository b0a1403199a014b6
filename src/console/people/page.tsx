// Who is in the workspace, inviting somebody, the browsers that are connected.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useWords, Waiting } from '../../ui/index.ts';
import type { Device, Me, Member } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { Devices } from './devices.tsx';
import { Invite } from './invite.tsx';
import { Members } from './members.tsx';
import { say } from './words.ts';

export interface PeoplePageProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly onSignedOut: () => void;
}

interface People {
  readonly members: readonly Member[];
  readonly devices: readonly Device[];
}

export function PeoplePage({ client, me, place, onSignedOut }: PeoplePageProps) {
  const { lang } = useWords();
  const [people, setPeople] = useState<People | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const admin = me.member.role === 'admin';

  const read = useCallback(async () => {
    setFailure(null);
    const [members, devices] = await Promise.all([client.members(), client.devices()]);
    const failed = [members, devices].find((one) => !one.ok)?.failure ?? null;
    if (failed?.is === 'signed-out') onSignedOut();
    else if (failed) setFailure(failed);
    else if (members.ok && devices.ok) {
      setPeople({ members: members.value.members, devices: devices.value.devices });
    }
  }, [client, onSignedOut]);
  useEffect(() => {
    void read();
  }, [read]);

  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      {failure && <FailureNote failure={failure} onAgain={() => void read()} />}
      {!people && !failure && <Waiting>{say.reading}</Waiting>}
      {people && (
        <>
          <Members
            members={people.members}
            me={me}
            client={client}
            onChanged={() => void read()}
            onSignedOut={onSignedOut}
          />
          {admin ? (
            <Invite client={client} place={place} onSignedOut={onSignedOut} />
          ) : (
            <p class="u-quiet">{say.adminOnly}</p>
          )}
          <Devices
            devices={people.devices}
            client={client}
            admin={admin}
            lang={lang}
            onChanged={() => void read()}
          />
        </>
      )}
    </div>
  );
}
