import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { KindName } from '../../ui/kind.tsx';
import { Quote } from '../../ui/quote.tsx';
import { Problem } from '../../ui/states.tsx';
import type { Draft } from '../messages/draft.ts';
import type { TabContext } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { CardForm } from './card-form.tsx';
import { useCompleter } from './completing.ts';
import { CueLine, NotOne } from './cues/cue-line.tsx';
import { savesCard } from './enter.ts';
import { Sent, sender } from './page-context.tsx';
import { plain } from './plain.ts';
import { Secrets } from './secrets.tsx';
import { Warnings } from './warnings.tsx';
import { say, sayFailure } from './words.ts';

interface Props extends AppProps {
  readonly draft: Draft;
}

/** A card that is being written: kept at each keystroke, saved with Enter. */
export function DraftCard({ sidebar, draft }: Props) {
  const main = useRef<HTMLTextAreaElement>(null);
  const save = useRef<HTMLButtonElement>(null);
  const pending = useRef(new Map<string, string>());
  const { trouble, saving } = sidebar.state;
  const mail = draft.kind === 'mail';
  useLayoutEffect(() => {
    // The words were selected in the host's page: the focus comes over from there.
    window.focus();
    // A mail is logged as it is: there, Enter is all that is needed.
    if (mail) save.current?.focus();
    else main.current?.focus();
  }, [mail]);

  const { focus } = sidebar.state;
  useLayoutEffect(() => {
    if (focus !== draft.id) return;
    main.current?.focus();
    sidebar.focused();
  }, [focus, draft.id, sidebar]);

  const completer = useCompleter(sidebar, (member) => sidebar.drafts.mention(draft.id, member));
  const finish = () => {
    for (const [label, text] of pending.current) {
      if (text !== '') return sidebar.drafts.refuse(draft.id, say.unchosen(label, text));
    }
    return void sidebar.drafts.save(draft.id);
  };
  const failed = trouble?.id === draft.id ? trouble.failure : null;
  return (
    <form
      class="s-card"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (!savesCard(event, main.current)) return;
        event.preventDefault();
        if (!event.repeat) finish();
      }}
    >
      <CardHead sidebar={sidebar} draft={draft} />
      {draft.cue && <CueLine cue={draft.cue} />}
      <CardForm
        value={draft}
        quoted={draft.quote.trim() !== ''}
        main={main}
        onChange={(patch) => sidebar.drafts.type(draft.id, patch)}
        find={(kind, words, customer) => sidebar.find(kind, words, customer)}
        creates
        onPending={(label, text) => pending.current.set(label, text)}
        completer={completer}
      >
        {mail && <MailFacts draft={draft} />}
      </CardForm>
      <section class="s-part">
        <label class="s-keep">
          <input
            type="checkbox"
            checked={draft.keepHere}
            onChange={(event) =>
              sidebar.drafts.type(draft.id, { keepHere: event.currentTarget.checked })
            }
          />
          <Icon name="device" />
          <span>
            {say.keepHere}
            <span class="u-hint"> {say.keepHereHint}</span>
          </span>
        </label>
      </section>
      <div class="s-actions">
        {failed && <Problem {...sayFailure(failed)} />}
        <Button
          look="primary"
          keys={mail ? 'Mod+Enter' : 'Enter'}
          buttonRef={save}
          onClick={finish}
        >
          {saving === draft.id ? say.saving : mail ? say.logThis : say.save}
        </Button>
        {draft.cue && <NotOne sidebar={sidebar} draft={draft} />}
        <Button look="quiet" onClick={() => void sidebar.drafts.discard(draft.id)}>
          {say.discard}
        </Button>
      </div>
    </form>
  );
}

function CardHead({ sidebar, draft }: Props) {
  const { kind, message, quote, record } = draft;
  const who = message ? sender(message) : '';
  return (
    <section class="s-part">
      <div class="s-card-head">
        <Button
          look="quiet"
          icon="back"
          label={say.back}
          onClick={() => sidebar.backToList(draft.id)}
        />
        <h2>
          {kind === 'mail' ? (
            <span class="u-kind">
              <Icon name="interaction" /> <span>{say.logThis}</span>
            </span>
          ) : (
            <KindName kind={kind} />
          )}
        </h2>
        {message && (
          <span class="s-meta">
            {say.mailOf} <Sent message={message} />
          </span>
        )}
      </div>
      {quote.trim() !== '' && (
        <Quote text={quote.trim()} {...(who ? { by: <bdi>{who}</bdi> } : {})} />
      )}
      {draft.quoted && <p class="s-meta">{say.quoted}</p>}
      {!message && record && (
        <p class="s-meta">
          {plain(record.type)} <bdi class="s-value">{plain(record.name)}</bdi>
        </p>
      )}
      <Warnings warnings={warningsOf(sidebar.state.context, message)} />
      <Secrets sidebar={sidebar} draft={draft} />
    </section>
  );
}

/** What the page's context knows of the sender of this card's mail. */
function warningsOf(context: TabContext | null, message: Draft['message']) {
  const keys = new Set(message?.keys);
  const shown = context?.messages.find((each) => each.keys.some((key) => keys.has(key)));
  return shown?.warnings ?? [];
}

/** What of the mail is logged, besides the text that one chooses. */
function MailFacts({ draft: { message } }: { readonly draft: Draft }) {
  if (!message) return null;
  const people = [...message.to, ...message.cc].map((each) => plain(each.name || each.address));
  return (
    <dl class="s-facts">
      <div>
        <dt>{say.subject}</dt>
        <dd dir="auto">{message.subject || say.noSubject}</dd>
      </div>
      <div>
        <dt>{say.sender}</dt>
        <dd dir="auto">{sender(message)}</dd>
      </div>
      {people.length > 0 && (
        <div>
          <dt>{say.recipients}</dt>
          <dd dir="auto">
            {people.slice(0, 12).join(', ')}
            {people.length > 12 ? ` +${people.length - 12}` : ''}
          </dd>
        </div>
      )}
      <div>
        <dt>{say.date}</dt>
        <dd>
          <Sent message={message} />
        </dd>
      </div>
    </dl>
  );
}
