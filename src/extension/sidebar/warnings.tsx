import { Icon } from '../../ui/icons.tsx';
import type { AddressWarning } from '../messages/views.ts';
import { isolated, plain, plainDomain } from './plain.ts';
import { say } from './words.ts';

/** Why the sender should be looked at twice, in words, with the address as it really is. */
export function Warnings({ warnings }: { readonly warnings: readonly AddressWarning[] }) {
  if (warnings.length === 0) return null;
  // An address that looks like another mostly does so by its letters: once is enough.
  const alike = warnings.some(({ kind }) => kind === 'look-alike');
  const told = warnings.filter(({ kind }) => !alike || kind !== 'mixed-scripts');
  return (
    <ul class="s-warnings">
      {told.map((warning) => (
        <li key={warning.kind} class="s-warning">
          <Icon name="risk" />
          <p>
            {inWords(warning)} <Address address={warning.address} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function inWords(warning: AddressWarning): string {
  switch (warning.kind) {
    case 'look-alike':
      return say.warning.lookAlike(isolated(warning.like));
    case 'mixed-scripts':
      return say.warning.mixed;
    case 'turned-round':
      return say.warning.turned;
    case 'other-address':
      return say.warning.other(isolated(warning.shown));
  }
}

function Address({ address }: { readonly address: string }) {
  const domain = plainDomain(address);
  return (
    <span>
      <bdi class="s-address" dir="ltr">
        {plain(address)}
      </bdi>
      {domain !== null && (
        <>
          {' '}
          (<bdi dir="ltr">{say.warning.plain(domain)}</bdi>)
        </>
      )}
    </span>
  );
}
