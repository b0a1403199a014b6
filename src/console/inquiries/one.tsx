import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { LONGEST_INQUIRY } from '../../domain/inquiries.ts';
import {
  Button,
  ButtonLink,
  Quote,
  sayDate,
  sayInstant,
  TextArea,
  useWords,
  Waiting,
} from '../../ui/index.ts';
import type { Answer } from '../client.ts';
import { todayOf } from '../day.ts';
import { FailureNote } from '../failure.tsx';
import { useKept } from '../kept.ts';
import type { PageProps } from '../page.ts';
import { sentBy } from '../sent-by.ts';
import { useReading } from '../use-reading.ts';
import type { OneInquiry } from './answer.ts';
import { inquiryCalls } from './calls.ts';
import { nameOf, Standing } from './list.tsx';
import { say } from './words.ts';

/** One question: what it is about, its answer, and for who is asked the place to answer it. */
export function Inquiry(props: PageProps & { readonly id: string }) {
  const { client, id, pokes, onSignedOut } = props;
  const calls = useMemo(() => inquiryCalls(client), [client]);
  const ask = useCallback(() => calls.one(id), [calls, id]);
  const { value: found, failure, again, take } = useReading(ask, { pokes, onSignedOut });
  const shown = found?.inquiry.id === id ? found : null;
  return (
    <>
      {!shown && <h1>{say.title}</h1>}
      {shown && <Shown {...props} {...shown} calls={calls} take={take} />}
      {failure && (
        <FailureNote failure={failure} {...(shown ? { safe: say.safe } : { onAgain: again })} />
      )}
      {!shown && !failure && <Waiting>{say.reading}</Waiting>}
      <div class="u-actions">
        <ButtonLink look="quiet" icon="back" href="#/inquiries">
          {say.back}
        </ButtonLink>
      </div>
    </>
  );
}

interface ShownProps extends PageProps, OneInquiry {
  readonly calls: ReturnType<typeof inquiryCalls>;
  /** Whether it went well. */
  readonly take: (answer: Answer<OneInquiry>) => boolean;
}

function Shown({ me, place, now, inquiry, moment, mayOpenReview, calls, take }: ShownProps) {
  const { lang } = useWords();
  const { id, asks, question, state, to, by, due, project, customer, review } = inquiry;
  const mine = to === me.member.id;
  const mayWithdraw =
    state === 'open' && (by === me.member.id || ['manager', 'admin'].includes(me.member.role));
  const readsStory = me.member.role !== 'annotator';
  const [said, setSaid] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const story =
    project !== null ? `project/${project}` : customer !== null ? `customer/${customer}` : null;
  const at = moment && new URLSearchParams({ at: `${moment.kind}/${moment.id}` });

  /** `taken`: once it is safe on the server, before it is shown. */
  async function act(words: string, call: () => Promise<Answer<OneInquiry>>, taken?: () => void) {
    const answer = await call();
    if (answer.ok) taken?.();
    if (!take(answer)) return;
    setSaid(words);
    // The button that was pressed is gone.
    heading.current?.focus();
  }

  return (
    <article class="c-asked-one">
      <h1 ref={heading} tabIndex={-1} dir="auto">
        {question || say.noWords}
      </h1>
      <Standing inquiry={inquiry} today={todayOf(now())} />
      <dl class="c-asked-facts">
        <Fact name={say.facts.asked}>
          <bdi>
            {say.between(nameOf(inquiry, 'by', me.member.id), nameOf(inquiry, 'to', me.member.id))}
          </bdi>
          {`, ${sayInstant(inquiry.at, lang)}`}
        </Fact>
        {inquiry.projectName !== null && (
          <Fact name={say.facts.project}>
            <bdi>{inquiry.projectName}</bdi>
          </Fact>
        )}
        {inquiry.customerName !== null && (
          <Fact name={say.facts.customer}>
            <bdi>{inquiry.customerName}</bdi>
          </Fact>
        )}
        {due !== null && <Fact name={say.facts.due}>{sayDate(due, lang)}</Fact>}
      </dl>
      {inquiry.subject !== null && (
        <section aria-labelledby="c-asked-moment">
          <h2 id="c-asked-moment">{say.moment}</h2>
          {moment === null ? (
            <p class="u-quiet">{say.momentGone}</p>
          ) : (
            <>
              {moment.quote && <Quote text={moment.quote} />}
              {moment.text && <p dir="auto">{moment.text}</p>}
              <p class="u-quiet">{sayInstant(moment.at, lang)}</p>
              <p>
                {readsStory && story !== null ? (
                  <a href={`#/story/${story}?${at}`}>{say.toStory}</a>
                ) : (
                  <a href={`#/record/${encodeURIComponent(moment.kind)}/${moment.id}`}>
                    {say.toRecord}
                  </a>
                )}
              </p>
            </>
          )}
        </section>
      )}
      {mayOpenReview && review !== null && (
        <div class="u-actions">
          <ButtonLink
            look={asks === 'acknowledge' && mine && state === 'open' ? 'primary' : 'plain'}
            href={`#/reviews/${encodeURIComponent(review)}`}
          >
            {say.toReview}
          </ButtonLink>
        </div>
      )}
      {state === 'withdrawn' && <p>{say.isWithdrawn}</p>}
      {state === 'answered' && <Answered inquiry={inquiry} />}
      {mine && state !== 'withdrawn' && asks === 'answer' && (
        <Answering
          key={`${id}/${inquiry.answer}`}
          {...{ place, inquiry }}
          whose={me.member.id}
          onAnswer={(text, taken) => void act(say.answered, () => calls.answer(id, text), taken)}
        />
      )}
      {mine && state === 'open' && asks === 'acknowledge' && (
        <>
          <p class="u-hint">{say.readWhy}</p>
          <div class="u-actions">
            <Button onClick={() => void act(say.wasRead, () => calls.answer(id, ''))}>
              {say.readIt}
            </Button>
          </div>
        </>
      )}
      {state === 'open' && inquiry.toLeft && <p>{say.left(nameOf(inquiry, 'to', me.member.id))}</p>}
      {mayWithdraw && <Withdraw onDo={() => void act(say.withdrawn, () => calls.withdraw(id))} />}
      <p class="u-hidden" role="status">
        {said}
      </p>
    </article>
  );
}

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Answered({ inquiry }: Pick<OneInquiry, 'inquiry'>) {
  const { lang } = useWords();
  const { answer, answeredAt, answeredByName } = inquiry;
  return (
    <section aria-labelledby="c-asked-answer">
      <h2 id="c-asked-answer">{say.theAnswer}</h2>
      <p class="c-asked-words" dir="auto">
        {answer || say.wasRead}
      </p>
      <p class="u-quiet">
        <bdi>{say.answeredBy(answeredByName, answeredAt ? sayInstant(answeredAt, lang) : '')}</bdi>
      </p>
    </section>
  );
}

interface AnsweringProps extends Pick<ShownProps, 'place' | 'inquiry'> {
  readonly whose: string;
  readonly onAnswer: (text: string, taken: () => void) => void;
}

/** The place to answer; folded away where there is an answer that may be mended. */
function Answering({ place, inquiry, whose, onAnswer }: AnsweringProps) {
  const { id, answer } = inquiry;
  const [text, write] = useKept(place, `answer/${whose}/${id}`, answer);
  const isAnswered = inquiry.state === 'answered';
  const [open, setOpen] = useState(!isAnswered || text !== answer);
  const [tried, setTried] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  if (!open) {
    return (
      <div class="u-actions">
        <Button
          onClick={() => {
            setOpen(true);
            requestAnimationFrame(() => area.current?.focus());
          }}
        >
          {say.mend}
        </Button>
      </div>
    );
  }
  const send = () => {
    setTried(true);
    if (text.trim() !== '') onAnswer(text, () => write(answer));
  };
  return (
    <form class="c-ask" aria-label={say.answer} {...sentBy(send)}>
      <TextArea
        label={say.answer}
        hint={say.answerHint}
        rows={4}
        value={text}
        maxLength={LONGEST_INQUIRY.answer}
        error={tried && text.trim() === '' ? say.noAnswer : undefined}
        areaRef={area}
        onInput={write}
      />
      <div class="u-actions">
        <Button look="primary" submit keys="Mod+Enter">
          {isAnswered ? say.mended : say.send}
        </Button>
        {isAnswered && (
          <Button
            look="quiet"
            onClick={() => {
              write(answer);
              setOpen(false);
            }}
          >
            {say.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}

function Withdraw({ onDo }: { readonly onDo: () => void }) {
  const [sure, setSure] = useState(false);
  if (!sure) {
    return (
      <div class="u-actions">
        <Button look="quiet" onClick={() => setSure(true)}>
          {say.withdraw}
        </Button>
      </div>
    );
  }
  return (
    <div class="c-sure">
      <p role="status">{say.withdrawSure}</p>
      <Button look="bad" onClick={onDo}>
        {say.withdrawDo}
      </Button>
      <Button look="quiet" onClick={() => setSure(false)}>
        {say.cancel}
      </Button>
    </div>
  );
}
