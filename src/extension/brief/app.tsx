import { useEffect, useState } from 'preact/hooks';
import { plain } from '../../domain/plain.ts';
import { briefHtml, briefMarkdown, briefText } from '../../ui/brief/out.ts';
import {
  type BriefLine,
  briefFacts,
  briefSections,
  isBare,
  type NamedBrief,
} from '../../ui/brief/sections.ts';
import { sayBrief } from '../../ui/brief/words.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, Logo } from '../../ui/icons.tsx';
import { Said } from '../../ui/quote.tsx';
import { Empty, Problem, Waiting } from '../../ui/states.tsx';
import { useWords } from '../../ui/words.ts';
import type { BriefView } from '../messages/brief-calls.ts';
import type { Failure } from '../messages/result.ts';
import type { BriefClient } from './client.ts';
import { say } from './words.ts';

export interface AppProps {
  readonly client: BriefClient;
  /** As the address names it: it may be anything. */
  readonly customer: string | null;
}

export function App({ client, customer }: AppProps) {
  const [view, setView] = useState<BriefView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (customer === null) return;
    let turn = 0;
    const ask = async () => {
      turn += 1;
      const mine = turn;
      const answer = await client.call('brief', { customer });
      if (mine !== turn) return;
      setFailure(answer.ok ? null : answer.error);
      if (answer.ok) setView(answer.value);
    };
    void ask();
    return client.changes(() => void ask());
  }, [client, customer]);
  const name = view === null ? '' : plain(view.customer.name);
  useEffect(() => {
    if (name !== '') document.title = sayBrief.of(name);
  }, [name]);
  const copy = async (both: { text: string; html?: string }) => {
    try {
      await client.copy(both);
      setSaid(say.copied);
    } catch {
      setSaid(say.notCopied);
    }
  };
  return (
    <div class="f-page">
      <header class="f-head">
        <Logo height={14} />
        <h1 dir="auto">{view === null ? sayBrief.title : sayBrief.of(name)}</h1>
        {view !== null && <p class="f-day">{sayBrief.on(view.today)}</p>}
      </header>
      {view !== null && (
        <div class="f-tools">
          <Button icon="file" onClick={client.print}>
            {say.print}
          </Button>
          <Button icon="copy" onClick={() => void copy({ text: briefText(view) })}>
            {say.text}
          </Button>
          <Button icon="copy" onClick={() => void copy({ text: briefMarkdown(view) })}>
            {say.markdown}
          </Button>
          <Button
            icon="copy"
            onClick={() => void copy({ text: briefText(view), html: briefHtml(view) })}
          >
            {say.html}
          </Button>
          <p role="status">{said}</p>
        </div>
      )}
      <main>
        {customer === null && <Empty>{say.noCustomer}</Empty>}
        {failure !== null && <Problem what={failure.message} safe={say.safe} />}
        {customer !== null && view === null && failure === null && <Waiting>{say.loading}</Waiting>}
        {view !== null && <Content view={view} />}
      </main>
    </div>
  );
}

function Content({ view }: { readonly view: NamedBrief }) {
  if (isBare(view)) return <Empty>{sayBrief.nothing}</Empty>;
  return (
    <>
      <dl class="f-facts">
        {briefFacts(view).map(({ name, value, also, tone }) => (
          <div key={name} data-tone={tone ?? undefined}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
              {also !== '' && <bdi class="f-also">{plain(also)}</bdi>}
            </dd>
          </div>
        ))}
      </dl>
      {briefSections(view).map(({ name, heading, lines }) => (
        <section key={name} aria-labelledby={`f-${name}`}>
          <h2 id={`f-${name}`}>
            {heading} <span class="f-count">{lines.length.toLocaleString('en-GB')}</span>
          </h2>
          <ul>
            {lines.map((line) => (
              <Line key={line.key} line={line} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Line({ line }: { readonly line: BriefLine }) {
  const words = useWords();
  const { look, text, quote, notes, tone, asked, question } = line;
  return (
    <li>
      <span class="u-kind" data-kind={look}>
        <Icon name={look} label={words.mark[look]} />
      </span>
      <div>
        {text !== '' && <p dir="auto">{plain(text)}</p>}
        {quote !== '' && (
          <p>
            <Said>{plain(quote)}</Said>
          </p>
        )}
        {notes.length > 0 && (
          <p class="f-notes">
            {notes.map((note, at) => (
              <bdi key={note} data-tone={at === 0 ? (tone ?? undefined) : undefined}>
                {plain(note)}
              </bdi>
            ))}
          </p>
        )}
        {asked !== null && (
          <p class="f-asked">
            {asked.said} <bdi>{plain(asked.question)}</bdi>
          </p>
        )}
        {question !== null && (
          <p class="f-question">
            <span>{sayBrief.ask}</span> <bdi>{plain(question.text)}</bdi>
            {question.due !== null && <span> ({sayBrief.planned(question.due)})</span>}
          </p>
        )}
      </div>
    </li>
  );
}
