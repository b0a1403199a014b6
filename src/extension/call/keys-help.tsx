import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { KeyCap } from '../../ui/keys.tsx';
import { Segment } from '../../ui/segment.tsx';
import type { Bar } from './bar.ts';
import type { BarClient } from './client.ts';
import { say } from './words.ts';

interface Props {
  readonly bar: Bar;
  readonly client: BarClient;
  readonly onClose: () => void;
}

/** What is no key by itself. */
const PRESSED: { readonly [what: string]: (() => string) | undefined } = {
  hold: () => say.keyHold,
  chord: () => say.keyChord,
};

/** Which key does what, and the switch for all of them. */
export function KeysHelp({ bar, client, onClose }: Props) {
  const { view } = bar.state;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  if (view === null) return null;
  const keys = view.settings.keys;
  const acts = bar.keys();
  return (
    <section class="b-keys" aria-labelledby="b-keys">
      <h2 id="b-keys" ref={heading} tabIndex={-1}>
        {say.keys}
      </h2>
      <p class="u-hint">{say.keysWhy}</p>
      <Segment
        label={say.keysOn}
        options={[
          { value: 'on', label: say.on },
          { value: 'off', label: say.off },
        ]}
        value={keys ? 'on' : 'off'}
        onChange={(value) => {
          const patch = { keys: value === 'on' };
          void client.call('callSettings', { patch }).then(() => bar.load());
        }}
      />
      <p class="u-hint">{say.keysOff}</p>
      <dl>
        {bar
          .pressable()
          .filter(({ shortcut }) => shortcut !== '')
          .map((tag) => (
            <div key={tag.id}>
              <dt>
                <KeyCap keys={tag.shortcut.toUpperCase()} />
              </dt>
              <dd dir="auto">{say.tagName(tag)}</dd>
            </div>
          ))}
        {Object.entries(say.keyOf).map(([what, does]) => {
          const key = (acts as { readonly [what: string]: string })[what] ?? what;
          return key === '' ? null : (
            <div key={what}>
              <dt>
                {PRESSED[what]?.() ?? <KeyCap keys={what in acts ? key.toUpperCase() : key} />}
              </dt>
              <dd>{does}</dd>
            </div>
          );
        })}
      </dl>
      <p class="u-hint">{say.otherKeys}</p>
      <div class="u-actions">
        <Button onClick={() => void client.call('openOptions', { hash: '#calls' })}>
          {say.settings}
        </Button>
        <Button look="quiet" keys="Escape" onClick={onClose}>
          {say.closeKeys}
        </Button>
      </div>
    </section>
  );
}
