// What holds for everybody in the workspace: its lists, and whether there are figures about one
// person.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Waiting } from '../../ui/index.ts';
import type { Me, Setting } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useConsoleWords } from '../words.ts';
import type { SettingDrafts } from './drafts.ts';
import { SettingList } from './list.tsx';
import { PerPersonSetting } from './per-person.tsx';

export interface SettingsPageProps {
  readonly client: Client;
  readonly me: Me;
  readonly drafts: SettingDrafts;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

export function SettingsPage({ client, me, drafts, pokes, onSignedOut }: SettingsPageProps) {
  const say = useConsoleWords().settings;
  const [settings, setSettings] = useState<readonly Setting[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const mayChange = ['manager', 'admin'].includes(me.member.role);

  const read = useCallback(() => {
    let current = true;
    void client.settings().then((answer) => {
      if (!current) return;
      if (answer.ok) {
        setSettings(answer.value.settings);
        setFailure(null);
      } else if (answer.failure.is === 'signed-out') onSignedOut();
      else setFailure(answer.failure);
    });
    return () => {
      current = false;
    };
  }, [client, onSignedOut]);
  useEffect(read, [read, pokes]);

  const onTaken = (taken: Setting) =>
    setSettings((now) => now?.map((one) => (one.name === taken.name ? taken : one)) ?? null);

  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      {failure && !settings && <FailureNote failure={failure} onAgain={read} />}
      {!settings && !failure && <Waiting>{say.reading}</Waiting>}
      {settings && !mayChange && <p class="u-quiet">{say.managersOnly}</p>}
      {settings?.map((setting) =>
        setting.name === 'per-person-figures' ? (
          <PerPersonSetting
            key={setting.name}
            {...{ client, setting, mayChange, onTaken, onSignedOut }}
          />
        ) : (
          <SettingList
            key={setting.name}
            {...{ client, setting, mayChange, drafts, onTaken, onSignedOut }}
          />
        ),
      )}
    </div>
  );
}
