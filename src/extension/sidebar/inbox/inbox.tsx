import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { isKeys, isTyping } from '../../../ui/keys.tsx';
import { Empty, Waiting as OneMoment, Problem } from '../../../ui/states.tsx';
import { sayDate, sayInstant } from '../../../ui/time.ts';
import { Undo } from '../../../ui/undo.tsx';
import { useWords } from '../../../ui/words.ts';
import type { DueView, InquiryView, MentionView } from '../../messages/story-calls.ts';
import type { AppProps } from '../app.tsx';
import { plain } from '../plain.ts';
import { sayFailure } from '../words.ts';
import { type Waiting, waitingOf } from './waiting.ts';
import { sayInbox as say } from './words.ts';
import './inbox.css';

interface Props extends AppProps {
  readonly waiting: Waiting;
}

/** What waits for the person: who named them, what they were asked, what is theirs to do. */
export function Inbox({ sidebar }: AppProps) {
  const waiting = waitingOf(sidebar.core);
  const place = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => waiting.subscribe(() => redraw(undefined)), [waiting]);
  const { changes, calls, focus } = sidebar.state;
  // Also when it is opened: what is due depends on the day.
  useEffect(() => void waiting.load(), [waiting, changes]);
  useLayoutEffect(() => {
    // Back from a card, or something was dealt with: whatever stands in its place now.
    const wanted = waiting.focus ?? focus;
    if (wanted === null) return;
    const id = CSS.escape(wanted);
    const found = place.current?.querySelector<HTMLElement>(
      `[data-undo="${id}"] button, [data-row="${id}"], [data-row="${id}"] textarea, [data-card="${id}"]`,
    );
    if (!found) return;
    waiting.focus = null;
    found.focus();
    sidebar.focused();
  });
  const { mentions, inquiries, dues, failure, state } = waiting;
  const tags = calls?.waiting ?? 0;
  if (state === 'loading' && failure === null) return <OneMoment>{say.loading}</OneMoment>;
  const isEmpty = mentions.length + inquiries.length + dues.length + tags === 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its rows have the focus
    <div class="s-inbox" ref={place} onKeyDown={(event) => press(sidebar, waiting, event)}>
      <h2 class="u-hidden">{say.title}</h2>
      {failure && <Problem {...sayFailure(failure)} />}
      {isEmpty && failure === null && (
        <section class="s-part">
          <Empty>{say.empty}</Empty>
        </section>
      )}
      {mentions.length > 0 && (
        <section class="s-part" aria-labelledby="s-mentions">
          <h3 id="s-mentions">{say.mentions(mentions.length)}</h3>
          <ul class="s-rows">
            {mentions.map((mention) => (
              <li key={mention.id}>
                {waiting.done.has(mention.id) ? (
                  <Done waiting={waiting} id={mention.id} text={say.isSeen} />
                ) : (
                  <Mention sidebar={sidebar} waiting={waiting} mention={mention} />
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {inquiries.length > 0 && (
        <section class="s-part" aria-labelledby="s-inquiries">
          <h3 id="s-inquiries">{say.inquiries(inquiries.length)}</h3>
          {inquiries.map((inquiry) =>
            waiting.done.has(inquiry.id) ? (
              <Done
                key={inquiry.id}
                {...{ waiting, id: inquiry.id }}
                text={inquiry.asks === 'answer' ? say.answered : say.isRead}
              />
            ) : inquiry.asks === 'answer' ? (
              <Inquiry key={inquiry.id} {...{ sidebar, waiting, inquiry }} />
            ) : (
              <ToRead key={inquiry.id} {...{ waiting, inquiry }} />
            ),
          )}
        </section>
      )}
      {dues.length > 0 && (
        <section class="s-part" aria-labelledby="s-dues">
          <h3 id="s-dues">{say.dues}</h3>
          <ul class="s-rows">
            {dues.map((due) => (
              <li key={due.key}>
                <Due sidebar={sidebar} due={due} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {tags > 0 && (
        <p class="s-notice">
          <Icon name="interaction" size={14} />
          <span class="s-grow">{say.tags(tags)}</span>
          <Button look="quiet" onClick={() => sidebar.calls.openWaiting()}>
            {say.showTags}
          </Button>
        </p>
      )}
    </div>
  );
}

/** Arrows walk over the rows; X says that a mention was seen. */
function press(sidebar: AppProps['sidebar'], waiting: Waiting, event: KeyboardEvent): void {
  if (event.defaultPrevented || isTyping(event.target)) return;
  const row = (event.target as Element).closest<HTMLElement>('[data-main]');
  if (row === null) return;
  const id = row.dataset.row;
  // While a call runs its tags have the letters.
  const isFree = sidebar.state.calls?.running === null;
  if (isFree && isKeys(event, 'X') && id !== undefined) void waiting.see(id);
  else if (isKeys(event, 'ArrowDown') || isKeys(event, 'ArrowUp')) {
    const all = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[data-main]')];
    all[all.indexOf(row) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  } else return;
  event.preventDefault();
}

function Done({
  waiting,
  id,
  text,
}: {
  readonly waiting: Waiting;
  readonly id: string;
  readonly text: string;
}) {
  const end = useRef(() => waiting.forget(id));
  return (
    <div data-undo={id}>
      <Undo text={text} onUndo={() => void waiting.undo(id)} onEnd={end.current} />
    </div>
  );
}

function Mention({ sidebar, waiting, mention }: Props & { readonly mention: MentionView }) {
  const { lang } = useWords();
  const { id, card, text, customer } = mention;
  const open = () => {
    if (card === null) return;
    void waiting.see(id);
    void sidebar.cards.open(card.kind, card.id);
  };
  return (
    <>
      <button
        type="button"
        class="s-row"
        data-main
        data-row={id}
        aria-disabled={card === null ? true : undefined}
        aria-keyshortcuts="X"
        onClick={open}
      >
        <span class="s-row-text">
          <strong class="s-inbox-who">
            <bdi>{say.named(plain(mention.by))}</bdi>
          </strong>
          <bdi class="s-cut">{text || say.noWords}</bdi>
          <span class="s-meta">
            {customer !== '' && <bdi>{say.about(plain(customer))}</bdi>}
            {customer !== '' && ' · '}
            {sayInstant(new Date(mention.at).toISOString(), lang)}
          </span>
        </span>
      </button>
      {card === null && <p class="s-meta">{say.notHere}</p>}
      <div class="s-inbox-acts">
        <Button look="quiet" keys="X" onClick={() => void waiting.see(id)}>
          {say.seen}
        </Button>
      </div>
    </>
  );
}

interface InquiryProps {
  readonly waiting: Waiting;
  readonly inquiry: InquiryView;
}

/** Where it comes from, and until when it is to be answered. */
function From({ inquiry }: Pick<InquiryProps, 'inquiry'>) {
  const { lang } = useWords();
  const { customer, project, inReview, asks, due, days } = inquiry;
  const more = [
    customer === '' ? '' : say.about(plain(customer)),
    project === '' ? '' : say.inProject(plain(project)),
    inReview && asks === 'answer' ? say.inReview : '',
    due === null || isLate(days) ? '' : say.answerBy(sayDate(due, lang)),
  ].filter(Boolean);
  return (
    <>
      {more.length > 0 && (
        <p class="s-meta">
          <bdi>{more.join(' · ')}</bdi>
        </p>
      )}
      {due !== null && isLate(days) && (
        <p class="s-meta s-late">
          <Icon name="attention" size={12} /> {say.late(sayDate(due, lang))}
        </p>
      )}
    </>
  );
}

function isLate(days: number | null): boolean {
  return days !== null && days < 0;
}

/** A way out of the sidebar, into a tab of its own. */
function InConsole({ url, name, look }: { url: string; name: string; look: 'plain' | 'quiet' }) {
  if (url === '') return null;
  return (
    <a class={`u-button u-button-${look}`} href={url} target="_blank" rel="noopener noreferrer">
      <span>{name}</span>
    </a>
  );
}

/** The request to read a review: what is said to it is said in the console. */
function ToRead({ waiting, inquiry }: InquiryProps) {
  const { id, question, url } = inquiry;
  return (
    <div class="s-inquiry" data-row={id} tabIndex={-1}>
      <p>
        <strong class="s-inbox-who">
          <bdi>{say.reviewed(plain(inquiry.by))}</bdi>
        </strong>
      </p>
      <p class="s-inquiry-words" dir="auto">
        {question}
      </p>
      <From inquiry={inquiry} />
      <p class="s-meta">{say.readHint}</p>
      <div class="s-inbox-acts s-inquiry-acts">
        <InConsole url={url} name={say.review} look="plain" />
        <Button look="quiet" onClick={() => void waiting.read(id)}>
          {say.readIt}
        </Button>
      </div>
    </div>
  );
}

function Inquiry({ sidebar, waiting, inquiry }: InquiryProps & AppProps) {
  const { id, question, moment, url } = inquiry;
  return (
    <form
      class="s-inquiry"
      data-row={id}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (!isKeys(event, 'Mod+Enter') && !isKeys(event, 'Ctrl+Enter')) return;
        event.preventDefault();
        void waiting.answer(id);
      }}
    >
      <p>
        <strong class="s-inbox-who">
          <bdi>{say.asks(plain(inquiry.by))}</bdi>
        </strong>
      </p>
      <p class="s-inquiry-words" dir="auto">
        {question}
      </p>
      <From inquiry={inquiry} />
      {moment !== null && (
        <p class="s-meta">
          {say.moment}{' '}
          {moment.card === null ? (
            <bdi class="s-inquiry-moment">{moment.words}</bdi>
          ) : (
            <button
              type="button"
              class="s-inquiry-moment"
              onClick={() => {
                const { card } = moment;
                if (card !== null) void sidebar.cards.open(card.kind, card.id);
              }}
            >
              <bdi>{moment.words}</bdi>
            </button>
          )}
        </p>
      )}
      <TextArea
        label={say.answer}
        value={waiting.textOf(id)}
        onInput={(text) => waiting.typing(id, text)}
      />
      <div class="s-inbox-acts">
        <Button keys="Mod+Enter" onClick={() => void waiting.answer(id)}>
          {say.save}
        </Button>
        <InConsole url={url} name={say.inConsole} look="quiet" />
      </div>
    </form>
  );
}

function Due({ sidebar, due }: AppProps & { readonly due: DueView }) {
  const { lang } = useWords();
  const { card, text, customer, what, days, on, url } = due;
  const isLate = days < 0;
  const said = (
    <span class="s-row-text">
      <span class="s-meta">
        {say.what[what]}
        {customer !== '' && (
          <>
            {' · '}
            <bdi>{plain(customer)}</bdi>
          </>
        )}
      </span>
      <bdi class="s-cut">{text || say.noWords}</bdi>
      <span class={isLate ? 's-meta s-late' : 's-meta'}>
        {isLate && <Icon name="attention" size={12} />} {say.due(days, sayDate(on, lang))}
      </span>
    </span>
  );
  if (url !== undefined) {
    return (
      <a class="s-row" data-main href={url} target="_blank" rel="noopener noreferrer">
        {said}
      </a>
    );
  }
  return (
    <button
      type="button"
      class="s-row"
      data-main
      data-card={card?.id}
      aria-disabled={card === null ? true : undefined}
      onClick={() => {
        if (card !== null) void sidebar.cards.open(card.kind, card.id);
      }}
    >
      {said}
    </button>
  );
}
