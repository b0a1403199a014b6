// One switch of the workspace: figures about one person. Kept as a list like the others, so that it
// has its history; saved at once, as there is nothing to write.
import { useState } from 'preact/hooks';
import { perPerson } from '../../domain/per-person.ts';
import { Segment } from '../../ui/index.ts';
import type { Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useConsoleWords } from '../words.ts';
import { SettingHistory } from './history.tsx';
import type { SettingListProps } from './list.tsx';

type Switch = 'on' | 'off';

export function PerPersonSetting(props: Omit<SettingListProps, 'drafts'>) {
  const { client, setting, mayChange, onTaken, onSignedOut } = props;
  const say = useConsoleWords().settings;
  const list = say.lists['per-person-figures'];
  const [failure, setFailure] = useState<Failure | null>(null);
  const [told, setTold] = useState('');
  const now: Switch = perPerson(setting.lines) ? 'on' : 'off';

  async function choose(next: Switch) {
    setFailure(null);
    setTold('');
    // Remarks stay.
    const others = setting.lines.filter((line) => line.startsWith('#'));
    const lines = next === 'off' ? ['off', ...others] : others;
    const answer = await client.saveSetting(setting.name, lines, setting.seen);
    if (answer.ok) {
      onTaken(answer.value);
      setTold(say.perPerson.saved);
    } else if (answer.failure.is === 'signed-out') onSignedOut();
    else if (answer.failure.is === 'refused' && answer.failure.status === 409) await readAgain();
    else setFailure(answer.failure);
  }

  /** Somebody was faster: what they chose is shown, and nothing of theirs is overwritten. */
  async function readAgain() {
    const answer = await client.settings();
    if (!answer.ok) return setFailure(answer.failure);
    const theirs = answer.value.settings.find(({ name }) => name === setting.name);
    if (theirs) onTaken(theirs);
    setTold(say.perPerson.changed);
  }

  return (
    <section aria-labelledby="c-setting-per-person">
      <h2 id="c-setting-per-person">{list.title}</h2>
      <p class="c-why">{list.why}</p>
      {mayChange ? (
        <Segment<Switch>
          label={list.label}
          labelHidden
          options={[
            { value: 'on', label: say.perPerson.on },
            { value: 'off', label: say.perPerson.off },
          ]}
          value={now}
          onChange={(next) => void choose(next)}
        />
      ) : (
        <p>{now === 'on' ? say.perPerson.isOn : say.perPerson.isOff}</p>
      )}
      {mayChange && (
        <p role="status" class="u-hint">
          {told}
        </p>
      )}
      {failure && <FailureNote failure={failure} />}
      <SettingHistory entries={setting.history} />
    </section>
  );
}
