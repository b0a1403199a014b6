import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Empty, Waiting } from '../../ui/states.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { KnownMessage } from '../messages/shapes.ts';
import type { ContextMessage, TabContext } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { LoggedItself, TakenBack } from './logging/itself.tsx';
import { NeverAsk } from './never-ask.tsx';
import { plain } from './plain.ts';
import { Warnings } from './warnings.tsx';
import { say } from './words.ts';

/** The mail that "Log this mail" means: the newest that is open and not logged yet. */
export function loggable(context: TabContext | null): ContextMessage | null {
  return (
    context?.messages.findLast(({ logged, shown }) => !logged && shown !== 'collapsed') ?? null
  );
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
            onClick={() => void sidebar.drafts.begin('mail', message)}
          >
            {say.logThis}
          </Button>
        )}
        <Button keys="N" icon="note" onClick={() => void sidebar.drafts.begin('note', null)}>
          {say.note}
        </Button>
        {sidebar.state.calls?.running === null && sidebar.state.calls.proposal === null && (
          <Button keys="C" icon="interaction" onClick={() => void sidebar.calls.start(false)}>
            {say.call}
          </Button>
        )}
      </div>
      {context?.always === 'off' && context.origin !== '' && (
        <p class="s-always s-links">
          <span>{say.always(hostOf(context.origin))}</span>{' '}
          <Button
            look="quiet"
            onClick={() => sidebar.openOptions(`allow=${encodeURIComponent(context.origin)}`)}
          >
            {say.alwaysHere}
          </Button>
        </p>
      )}
      {context !== null && <NeverAsk sidebar={sidebar} messages={context.messages} />}
    </section>
  );
}

function Shown({ context, sidebar }: AppProps & { readonly context: TabContext }) {
  const { messages, never, record } = context;
  return (
    <>
      {messages.length > 0 && <Messages context={context} sidebar={sidebar} />}
      {record !== null && <RecordShown record={record} />}
      {never > 0 && (
        <p class="s-never s-links">
          <Icon name="offline" />
          <span>
            {say.never(never, messages.length > 0)}{' '}
            <Button look="quiet" onClick={() => sidebar.openOptions('never')}>
              {say.neverList}
            </Button>
          </span>
        </p>
      )}
      {messages.length === 0 && record === null && never === 0 && (
        <Empty keys="N">{emptyWords(context)}</Empty>
      )}
      <TakenBack sidebar={sidebar} />
      <CustomerIs guess={context.guess.customer} />
      <Followed sidebar={sidebar} />
    </>
  );
}

function emptyWords({ site, page, title }: TabContext): string {
  if (site === null) return say.noPage;
  if (page === 'meeting') return say.meeting(plain(title));
  if (page === 'list') return say.list;
  return page === 'message' || page === 'thread' ? say.noneOpen : say.noMail;
}

function Messages({ context, sidebar }: AppProps & { readonly context: TabContext }) {
  const { messages } = context;
  const [only] = messages;
  return (
    <>
      <h2 dir="auto" class="s-subject">
        {plain(context.subject || only?.subject || '') || say.noSubject}
      </h2>
      {only && messages.length === 1 ? (
        <>
          <p class="s-meta">
            <bdi>{sender(only)}</bdi> · <Sent message={only} />
            <Logged message={only} />
          </p>
          <LoggedItself sidebar={sidebar} message={only} sender={sender(only)} />
          <Warnings warnings={only.warnings} />
          <HowMuch message={only} />
        </>
      ) : (
        <Thread messages={messages} sidebar={sidebar} />
      )}
    </>
  );
}

/** The record of a CRM or help desk that the page is about. */
function RecordShown({ record }: { readonly record: NonNullable<TabContext['record']> }) {
  const people = record.people.map(({ name, address }) => plain(name || address)).filter(Boolean);
  return (
    <>
      <h2 dir="auto" class="s-subject">
        {plain(record.name) || plain(record.id)}
      </h2>
      <p class="s-meta">
        {say.recordType(plain(record.type))}
        {record.company !== '' && (
          <>
            {' · '}
            <bdi>{plain(record.company)}</bdi>
          </>
        )}
      </p>
      {people.length > 0 && (
        <p class="s-meta">
          {say.recordPeople} <bdi class="s-value">{people.slice(0, 6).join(', ')}</bdi>
          {people.length > 6 ? ` +${people.length - 6}` : ''}
        </p>
      )}
    </>
  );
}

function CustomerIs({ guess }: { readonly guess: TabContext['guess']['customer'] }) {
  if (guess.name === '') return null;
  return (
    <p class="s-meta">
      {say.customerIs} <bdi class="s-value">{plain(guess.name)}</bdi> {guess.reason}
    </p>
  );
}

/** Where not all customers are followed: whether this one is, and the other choice. */
function Followed({ sidebar }: AppProps) {
  const { id, name, followed } = sidebar.state.story?.customer ?? {};
  if (id === undefined || followed === undefined) return null;
  const does = followed ? say.unfollow : say.follow;
  return (
    <p class="s-meta s-links">
      <span>{followed ? say.followed : say.notFollowed}</span>{' '}
      <Button
        look="quiet"
        label={`${does} ${plain(name ?? '')}`}
        onClick={() => void sidebar.follow(id, !followed)}
      >
        {does}
      </Button>
    </p>
  );
}

/** A mail of which the page shows a part only. */
function HowMuch({ message }: { readonly message: ContextMessage }) {
  if (message.shown === 'whole') return null;
  return <p class="s-meta">{message.shown === 'clipped' ? say.clipped : say.collapsed}</p>;
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
            <div class="s-thread-line">
              <span class="s-meta">
                <bdi class="s-value">{sender(message)}</bdi> · <Sent message={message} />
                {message.shown === 'collapsed' && ` · ${say.collapsed}`}
              </span>
              <LogOne sidebar={sidebar} message={message} />
            </div>
            <LoggedItself sidebar={sidebar} message={message} sender={sender(message)} />
            <Warnings warnings={message.warnings} />
            {message.shown === 'clipped' && <HowMuch message={message} />}
          </li>
        ))}
      </ol>
    </>
  );
}

function LogOne({ sidebar, message }: AppProps & { readonly message: ContextMessage }) {
  if (message.logged) return <Logged message={message} />;
  if (message.shown === 'collapsed') return null;
  return (
    <Button
      look="quiet"
      label={say.logOne(sender(message))}
      onClick={() => void sidebar.drafts.begin('mail', message)}
    >
      {say.log}
    </Button>
  );
}

function Logged({ message }: { readonly message: ContextMessage }) {
  if (!message.logged || message.itself) return null;
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
  if (message.sentAt === null) return <bdi>{plain(message.sentAtText)}</bdi>;
  return <time dateTime={message.sentAt}>{sayInstant(message.sentAt, words.lang)}</time>;
}

export function sender(message: KnownMessage): string {
  return plain(message.from?.name || message.from?.address || '');
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
