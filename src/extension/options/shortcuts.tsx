import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { isCallCommand } from './calls.tsx';
import type { OptionsClient, Shortcut } from './client.ts';
import { Section } from './section.tsx';
import { say } from './words.ts';

export function Shortcuts({ client }: { readonly client: OptionsClient }) {
  const [shortcuts, setShortcuts] = useState<readonly Shortcut[]>([]);
  useEffect(() => {
    client.shortcuts().then(
      // Those of calls stand with the calls.
      (all) => setShortcuts(all.filter(({ name }) => !isCallCommand(name))),
      () => setShortcuts([]),
    );
  }, [client]);
  const chromium = !/\bFirefox\//.test(navigator.userAgent);
  return (
    <Section name="shortcuts">
      {shortcuts.length === 0 ? (
        <p>{say.noShortcuts}</p>
      ) : (
        <dl class="o-pairs">
          {shortcuts.map(({ name, description, keys }) => (
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
      <p class="u-quiet">{say.change}</p>
      {/* Firefox lets no page open about:addons. */}
      {chromium && (
        <div>
          <Button onClick={() => client.openTab('chrome://extensions/shortcuts')}>
            {say.openShortcuts}
          </Button>
        </div>
      )}
    </Section>
  );
}
