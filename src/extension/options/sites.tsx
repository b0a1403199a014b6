import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/states.tsx';
import type { SiteState } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { Section } from './section.tsx';
import { say } from './words.ts';

/** Where Unsaid may open by itself; granted and taken back by the browser, on a click here. */
export function Sites({ client, asked }: Pick<AppProps, 'client' | 'asked'>) {
  const [sites, setSites] = useState<readonly SiteState[]>([]);
  const [wanted, setWanted] = useState(asked.ask === 'allow' ? asked.origin : null);
  const [said, setSaid] = useState('');
  /** Taken back just now: a slip is put right where it happened. */
  const [gone, setGone] = useState<string | null>(null);
  const load = useCallback(async () => {
    const answer = await client.call('sites', {});
    if (answer.ok) setSites(answer.value.sites.filter((site) => site.on));
    else setSaid(answer.error.message);
  }, [client]);
  useEffect(() => void load(), [load]);

  const changed = async (origin: string, on: boolean, words: string) => {
    const answer = await client.call('siteChanged', { origin, on });
    setSaid(answer.ok ? words : answer.error.message);
    await load();
  };
  // Called straight from the click: the browser refuses to ask otherwise.
  const allow = (origin: string) => {
    client.allow(origin).then(
      (granted) => {
        if (!granted) return setSaid(say.notAllowed(origin));
        setWanted(null);
        setGone(null);
        return changed(origin, true, say.allowed(origin));
      },
      () => setSaid(say.notAllowed(origin)),
    );
  };
  const revoke = (origin: string) => {
    client.revoke(origin).then(
      (done) => {
        if (!done) return setSaid(say.notRevoked(origin));
        setGone(origin);
        return changed(origin, false, say.revoked(origin));
      },
      () => setSaid(say.notRevoked(origin)),
    );
  };
  return (
    <Section name="sites">
      <p class="u-quiet">{say.sitesWhy}</p>
      {wanted !== null && (
        <div class="o-ask">
          <p>
            <strong>{say.allowAsk(wanted)}</strong>
          </p>
          <p class="u-quiet">{say.allowWhy}</p>
          <p class="u-quiet">{say.allowNext}</p>
          <div>
            <Button look="primary" onClick={() => allow(wanted)}>
              {say.allow}
            </Button>
          </div>
        </div>
      )}
      <p role="status">{said}</p>
      {gone !== null && (
        <div>
          <Button onClick={() => allow(gone)}>{say.allowAgain}</Button>
        </div>
      )}
      {sites.length === 0 ? (
        wanted === null && <Empty>{say.noSites}</Empty>
      ) : (
        <ul class="o-rows">
          {sites.map(({ origin }) => (
            <li key={origin}>
              <span>{origin}</span>
              <Button look="quiet" label={say.revokeOf(origin)} onClick={() => revoke(origin)}>
                {say.revoke}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
