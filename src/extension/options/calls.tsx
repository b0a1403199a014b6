import { useEffect, useState } from 'preact/hooks';
import { BAR_ACTS, type BarAct, barKeys, type Tag } from '../../domain/codebook.ts';
import { Button } from '../../ui/button.tsx';
import { TagName } from '../../ui/call/tag-name.tsx';
import { Field } from '../../ui/field.tsx';
import { KeyCap } from '../../ui/keys.tsx';
import { Problem, Waiting } from '../../ui/states.tsx';
import type { CallSettings } from '../messages/call-views.ts';
import type { OptionsClient, Shortcut } from './client.ts';
import { Section } from './section.tsx';
import { say } from './words.ts';

type Patch = Partial<CallSettings>;

/** Tagging calls: the keys of the bar, the browser's commands for it, and how tags are timed. */
export function Calls({ client }: { readonly client: OptionsClient }) {
  const [settings, setSettings] = useState<CallSettings | null>(null);
  const [tags, setTags] = useState<readonly Tag[]>([]);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    void client.call('calls', {}).then((answer) => {
      if (!answer.ok) return setFailure(answer.error.message);
      setSettings(answer.value.settings);
      setTags(answer.value.codebook.filter(({ retired }) => !retired));
    });
  }, [client]);
  const save = async (patch: Patch) => {
    setSaid('');
    const answer = await client.call('callSettings', { patch });
    setFailure(answer.ok ? null : answer.error.message);
    if (!answer.ok) return;
    setSettings(answer.value.settings);
    setSaid(say.callSaved);
  };
  return (
    <Section name="calls">
      <p class="u-quiet">{say.callWhy}</p>
      {failure && <Problem what={failure} safe={say.callSafe} />}
      {settings === null && failure === null && <Waiting>{say.reading}</Waiting>}
      {settings !== null && (
        <>
          <h3>{say.callKeys}</h3>
          <label class="o-check">
            <input
              type="checkbox"
              checked={settings.keys}
              onChange={(event) => void save({ keys: event.currentTarget.checked })}
            />
            <span>{say.callKeysOn}</span>
          </label>
          {settings.keys && <Keys tags={tags} settings={settings} onSave={save} />}
          <dl class="o-pairs">
            {say.barKeys.map(([keys, does]) => (
              <div key={keys}>
                <dt>{does}</dt>
                <dd>
                  <KeyCap keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
          <h3>{say.callTimes}</h3>
          <Seconds
            label={say.callBack}
            hint={say.callBackHint}
            value={settings.back}
            least={1_000}
            most={600_000}
            onSave={(back) => void save({ back })}
          />
          <Seconds
            label={say.callLead}
            hint={say.callLeadHint}
            value={settings.lead}
            least={0}
            most={60_000}
            onSave={(lead) => void save({ lead })}
          />
          <h3>{say.callOffers}</h3>
          <label class="o-check">
            <input
              type="checkbox"
              checked={settings.propose}
              onChange={(event) => void save({ propose: event.currentTarget.checked })}
            />
            <span>{say.callPropose}</span>
          </label>
        </>
      )}
      <p role="status">{said}</p>
      <Commands client={client} />
      <div class="u-actions">
        <Button onClick={() => void client.call('callPage', { call: null })}>{say.allCalls}</Button>
      </div>
    </Section>
  );
}

interface KeysProps {
  readonly tags: readonly Tag[];
  readonly settings: CallSettings;
  readonly onSave: (patch: Patch) => Promise<void>;
}

const ACTS = Object.keys(BAR_ACTS) as BarAct[];

/** Which key is which tag, and which does what else; two with one key are said and not saved. */
function Keys({ tags, settings, onSave }: KeysProps) {
  const [typed, setTyped] = useState<{ readonly [row: string]: string }>({});
  const { remapped, acts } = settings;
  const own = barKeys(acts);
  const rows = [
    ...tags.map((tag) => ({
      ...{ row: `tag/${tag.id}`, id: tag.id, usual: tag.key, now: remapped[tag.id] ?? tag.key },
      name: say.tagName(tag),
      shown: <TagName tag={tag} name={say.tagName(tag)} />,
    })),
    ...ACTS.map((act) => ({
      ...{ row: `act/${act}`, id: act, usual: BAR_ACTS[act] as string, now: own[act] },
      name: say.act[act],
      shown: <span>{say.act[act]}</span>,
    })),
  ];
  type Shown = (typeof rows)[number];
  const keyOf = ({ row, now }: Shown) => typed[row] ?? now;
  const problemOf = (one: Shown) => {
    const key = keyOf(one);
    if (key === '') return undefined;
    const other = rows.find((each) => each.row !== one.row && keyOf(each) === key);
    return other && say.keyTaken(other.name);
  };
  /** Of the tags or the acts: what is another key than the usual one. */
  const chosen = (of: 'tag' | 'act') =>
    Object.fromEntries(
      rows
        .filter((one) => one.row.startsWith(`${of}/`) && keyOf(one) !== one.usual)
        .map((one) => [one.id, keyOf(one)]),
    );
  const leave = () => {
    const changed = Object.keys(typed);
    if (changed.length === 0 || rows.some((one) => problemOf(one))) return;
    const has = (of: string) => changed.some((row) => row.startsWith(of));
    void onSave({
      ...(has('tag/') ? { remapped: chosen('tag') } : {}),
      ...(has('act/') ? { acts: chosen('act') } : {}),
    }).then(() => setTyped({}));
  };
  const isOwn = Object.keys(remapped).length + Object.keys(acts).length > 0;
  return (
    <>
      <ul class="o-rows">
        {rows.map((one) => (
          <li key={one.row} class="o-tag-key" onFocusOut={leave}>
            {one.shown}
            <Field
              label={say.keyOf(one.name)}
              labelHidden
              value={keyOf(one).toUpperCase()}
              maxLength={2}
              error={problemOf(one)}
              // The last letter typed counts: nobody has to empty the field before.
              onInput={(text) =>
                setTyped({ ...typed, [one.row]: [...text.trim().toLowerCase()].at(-1) ?? '' })
              }
            />
          </li>
        ))}
      </ul>
      {isOwn && (
        <div class="u-actions">
          <Button onClick={() => void onSave({ remapped: {}, acts: {} })}>{say.keysAsUsual}</Button>
        </div>
      )}
    </>
  );
}

interface SecondsProps {
  readonly label: string;
  readonly hint: string;
  /** All in ms. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onSave: (ms: number) => void;
}

function Seconds({ label, hint, value, least, most, onSave }: SecondsProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const seconds = Number((typed ?? '').trim().replace(',', '.'));
  const ms = Math.round(seconds * 1_000);
  const isBad = typed !== null && (typed.trim() === '' || !(ms >= least && ms <= most));
  const leave = () => {
    if (typed === null || isBad) return;
    setTyped(null);
    if (ms !== value) onSave(ms);
  };
  return (
    <div class="o-seconds" onFocusOut={leave}>
      <Field
        label={label}
        hint={hint}
        value={typed ?? String(value / 1_000)}
        error={isBad ? say.badSeconds(least / 1_000, most / 1_000) : undefined}
        onInput={setTyped}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing) leave();
        }}
      />
    </div>
  );
}

/** The browser's own keys, which work from other windows and programs where the browser has that. */
function Commands({ client }: { readonly client: OptionsClient }) {
  const [commands, setCommands] = useState<readonly Shortcut[]>([]);
  useEffect(() => {
    const ours = (all: readonly Shortcut[]) => all.filter(({ name }) => isCallCommand(name));
    client.shortcuts().then(
      (all) => setCommands(ours(all)),
      () => setCommands([]),
    );
  }, [client]);
  const isFirefox = /\bFirefox\//.test(navigator.userAgent);
  return (
    <>
      <h3>{say.commands}</h3>
      <p class="u-quiet">{isFirefox ? say.commandsFirefox : say.commandsGlobal}</p>
      {commands.length > 0 && (
        <dl class="o-pairs">
          {commands.map(({ name, description, keys }) => (
            <div key={name}>
              <dt>{description}</dt>
              <dd>
                {keys === '' ? (
                  <span class="u-quiet">{say.notSet}</span>
                ) : (
                  <kbd class="u-key">{keys}</kbd>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {/* Firefox lets no page open about:addons. */}
      {!isFirefox && (
        <div>
          <Button onClick={() => client.openTab('chrome://extensions/shortcuts')}>
            {say.openShortcuts}
          </Button>
        </div>
      )}
    </>
  );
}

export function isCallCommand(name: string): boolean {
  return name.startsWith('call-');
}
