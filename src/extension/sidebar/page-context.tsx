import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Empty, Waiting } from '../../ui/states.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { KnownMessage } from '../messages/shapes.ts';
import type { ContextMessage, TabContext } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { say } from './words.ts';

/** The mail that "Log this mail" means: the newest shown that is not logged yet. */
export function loggable(context: TabContext | null): ContextMessage | null {
  return context?.messages.findLast((message) => !message.logged) ?? null;
}

/** What the page shows, whose it is, and what can be done with it without selecting words. */
export function PageContext({ sidebar }: AppProps) {
  const { context } = sidebar.state;
  const message = loggable(context);
  return (
    <section class="s-part" aria-label={say.page}>
      {context === null ? (
        <Waiting>{say.waiting}</Waiting>
      ) : (
        <Shown context={context} sidebar={sidebar} />
      )}
      <div class="u-actions">
        {message !== null && (
          <Button
            keys="M"
            icon="interaction"
            onClick={() => void sidebar.newDraft('mail', message)}
          >
            {say.logThis}
          </Button>
        )}
        <Button keys="N" icon="note" onClick={() => void sidebar.newDraft('note', null)}>
          {say.note}
        </Button>
      </div>
      {context?.always === 'off' && context.origin !== '' && (
        <p class="s-always">
          <span>{say.always(hostOf(context.origin))}</span>{' '}
          <Button
            look="quiet"
            onClick={() => sidebar.openOptions(`allow=${encodeURIComponent(context.origin)}`)}
          >
            {say.alwaysHere}
          </Button>
        </p>
      )}
    </section>
  );
}

function Shown({ context, sidebar }: AppProps & { readonly context: TabContext }) {
  const { messages, guess } = context;
  if (context.site === null) return <Empty keys="N">{say.noPage}</Empty>;
  if (messages.length === 0) return <Empty keys="N">{say.noMail}</Empty>;
  const [only] = messages;
  return (
    <>
      <h2 dir="auto" class="s-subject">
        {context.subject || only?.subject || say.noSubject}
      </h2>
      {only && messages.length === 1 ? (
        <p class="s-meta">
          <bdi>{sender(only)}</bdi> · <Sent message={only} />
          <Logged message={only} />
        </p>
      ) : (
        <Thread messages={messages} sidebar={sidebar} />
      )}
      {guess.customer.name !== '' && (
        <p class="s-meta">
          {say.customerIs} <bdi class="s-value">{guess.customer.name}</bdi> {guess.customer.reason}
        </p>
      )}
    </>
  );
}

const SHOWN = 4;

function Thread(props: AppProps & { readonly messages: readonly ContextMessage[] }) {
  const { messages, sidebar } = props;
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, messages.length - SHOWN);
  return (
    <>
      {hidden > 0 && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {say.earlier(hidden)}
        </Button>
      )}
      <ol class="s-thread" aria-label={say.messages(messages.length)}>
        {messages.slice(hidden).map((message, index) => (
          <li key={message.keys[0] ?? index}>
            <span class="s-meta">
              <bdi class="s-value">{sender(message)}</bdi> · <Sent message={message} />
            </span>
            {message.logged ? (
              <Logged message={message} />
            ) : (
              <Button
                look="quiet"
                label={say.logOne(sender(message))}
                onClick={() => void sidebar.newDraft('mail', message)}
              >
                {say.log}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Logged({ message }: { readonly message: ContextMessage }) {
  if (!message.logged) return null;
  return (
    <span class="s-logged">
      <Icon name="check" size={12} /> {say.logged}
      {message.probably && ` (${say.probably})`}
    </span>
  );
}

/** When it was sent: in our words where the date could be read, else as the page prints it. */
export function Sent({ message }: { readonly message: KnownMessage }) {
  const words = useWords();
  if (message.sentAt === null) return <bdi>{message.sentAtText}</bdi>;
  return <time dateTime={message.sentAt}>{sayInstant(message.sentAt, words.lang)}</time>;
}

export function sender(message: KnownMessage): string {
  return message.from?.name || message.from?.address || '';
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
