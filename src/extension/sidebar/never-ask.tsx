import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { domainOf } from '../../domain/email.ts';
import { isFreeMail } from '../../domain/free-mail.ts';
import { Button } from '../../ui/button.tsx';
import type { ContextMessage } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { plain } from './plain.ts';
import { UndoLine } from './undo-line.tsx';
import { say } from './words.ts';

interface Props extends AppProps {
  readonly messages: readonly ContextMessage[];
}

/** A quiet way to say that mails of these people are nobody's business. */
export function NeverAsk({ sidebar, messages }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const done = sidebar.state.undoable.find((each) => each.did === 'never-log');
  const addresses = people(messages);
  const undone = useRef(done);
  useLayoutEffect(() => {
    // The undo button is gone; but nothing is taken from the host's page, where the focus may be.
    const lost = document.hasFocus() && document.activeElement === document.body;
    if (undone.current && !done && lost) button.current?.focus();
    undone.current = done;
  }, [done]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  if (done) return <UndoLine sidebar={sidebar} undoable={done} />;
  if (addresses.length === 0) return null;
  const add = (line: string) => {
    setOpen(false);
    void sidebar.never.add(line);
  };
  return (
    <fieldset
      class="s-never-ask"
      aria-label={say.neverAsk}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.preventDefault();
        close();
      }}
    >
      <Button
        look="quiet"
        expanded={open}
        controls="s-never-choices"
        buttonRef={button}
        onClick={() => setOpen(!open)}
      >
        {say.neverAsk}
      </Button>
      <div id="s-never-choices" class="s-never-choices" hidden={!open}>
        <p class="u-hint">{say.neverWhy}</p>
        {lines(addresses).map((line) => (
          <Button key={line} onClick={() => add(line)}>
            {line.includes('@') ? say.neverAddress : say.neverDomain} <bdi dir="ltr">{line}</bdi>
          </Button>
        ))}
        <Button look="quiet" onClick={close}>
          {say.cancel}
        </Button>
      </div>
    </fieldset>
  );
}

/** More would be a list to read; the settings take any line. */
const MOST = 3;

/** Who wrote these mails; of mails of ours, whom they went to. */
function people(messages: readonly ContextMessage[]): string[] {
  const found = messages.flatMap(({ sentBy, from, to }) =>
    sentBy === 'us' ? to : from === null ? [] : [from],
  );
  const addresses = found.map(({ address }) => plain(address).trim().toLowerCase());
  return [...new Set(addresses.filter((address) => domainOf(address) !== ''))].slice(0, MOST);
}

/** Each address, and the domains that are somebody's own. */
function lines(addresses: readonly string[]): string[] {
  const domains = addresses.map(domainOf).filter((domain) => !isFreeMail(domain));
  return [...addresses, ...new Set(domains)];
}
