import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Problem } from '../../ui/states.tsx';
import { Undo } from '../../ui/undo.tsx';
import type { CueSettings } from '../messages/cue-calls.ts';
import type { Result } from '../messages/result.ts';
import type { OptionsClient } from './client.ts';
import { sayCues as say } from './cue-words.ts';
import { Section } from './section.tsx';

interface Props {
  readonly client: OptionsClient;
}

/** Whether cues are shown, what their rules were taught, and in which languages they were measured. */
export function Cues({ client }: Props) {
  const [settings, setSettings] = useState<CueSettings | null>(null);
  const [failed, setFailed] = useState('');
  const [said, setSaid] = useState('');
  const [forgot, setForgot] = useState(false);
  const endUndo = useCallback(() => setForgot(false), []);
  const take = (answer: Result<CueSettings>): boolean => {
    setFailed(answer.ok ? '' : answer.error.message);
    if (answer.ok) setSettings(answer.value);
    return answer.ok;
  };
  useEffect(() => void client.call('cueSettings', {}).then(take), [client]);

  const turn = async (on: boolean) => {
    if (take(await client.call('setCues', { on }))) setSaid(on ? say.on : say.off);
  };
  const forget = async (rule: string | null) => {
    if (take(await client.call('cueForget', { rule }))) setForgot(true);
  };
  const remember = async () => {
    if (take(await client.call('cueRemember', {}))) setForgot(false);
  };
  return (
    <Section name="cues">
      <p class="u-quiet">{say.why}</p>
      <label class="o-check">
        <input
          type="checkbox"
          checked={settings?.on ?? false}
          disabled={settings === null}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
        <span>{say.show}</span>
      </label>
      {settings !== null && <Learnt settings={settings} forget={(rule) => void forget(rule)} />}
      {forgot && <Undo text={say.forgotten} onUndo={() => void remember()} onEnd={endUndo} />}
      {settings !== null && <Languages of={settings.languages} />}
      {failed !== '' && <Problem what={failed} />}
      <p class="u-hidden" role="status">
        {said}
      </p>
    </Section>
  );
}

interface LearntProps {
  readonly settings: CueSettings;
  readonly forget: (rule: string | null) => void;
}

function Learnt({ settings: { rules, none }, forget }: LearntProps) {
  return (
    <>
      <p class="u-quiet">{say.learns}</p>
      {rules.length === 0 && none === 0 && <p class="u-quiet">{say.nothing}</p>}
      {rules.length > 0 && (
        <ul class="o-rows" aria-label={say.taught}>
          {rules.map(({ rule, why, yes, no }) => (
            <li key={rule}>
              <span>
                {why || rule} <span class="u-quiet">{say.counts(yes, no)}</span>
              </span>
              <Button look="quiet" label={say.forgetRule(rule)} onClick={() => forget(rule)}>
                {say.forget}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {none > 0 && <p class="u-quiet">{say.none(none)}</p>}
      {(rules.length > 0 || none > 0) && (
        <p>
          <Button onClick={() => forget(null)}>{say.forgetAll}</Button>
        </p>
      )}
    </>
  );
}

function Languages({ of }: { readonly of: CueSettings['languages'] }) {
  const names = new Intl.DisplayNames('en-GB', { type: 'language' });
  return (
    <ul class="u-quiet" aria-label={say.languages}>
      {of.map(({ code, measured }) => {
        const name = names.of(code) ?? code;
        return <li key={code}>{measured ? say.measured(name) : say.unmeasured(name)}</li>;
      })}
    </ul>
  );
}
