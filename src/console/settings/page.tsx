// What holds for everybody in the workspace: its lists, and whether there are figures about one
// person.
import { useCallback } from 'preact/hooks';
import { Waiting } from '../../ui/index.ts';
import type { Me, Setting } from '../api.ts';
import type { Client } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useReading } from '../use-reading.ts';
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
  const mayChange = ['manager', 'admin'].includes(me.member.role);

  const ask = useCallback(() => client.settings(), [client]);
  const { value, failure, again, change } = useReading(ask, { pokes, onSignedOut });
  const settings = value?.settings;
  const onTaken = (taken: Setting) =>
    change((now) => ({
      settings: now.settings.map((one) => (one.name === taken.name ? taken : one)),
    }));

  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      {failure && !settings && <FailureNote failure={failure} onAgain={again} />}
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
