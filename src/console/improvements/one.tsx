import type { ComponentChildren } from 'preact';
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { type Act, mayAct } from '../../domain/improvements.ts';
import {
  Button,
  ButtonLink,
  Quote,
  sayDate,
  sayInstant,
  useWords,
  Waiting,
} from '../../ui/index.ts';
import type { Answer } from '../client.ts';
import { todayOf } from '../day.ts';
import { FailureNote } from '../failure.tsx';
import { useKept } from '../kept.ts';
import type { PageProps } from '../page.ts';
import { useReading } from '../use-reading.ts';
import { ActForm, CheckForm, DoneForm, DropForm } from './acts.tsx';
import type { ImprovementShown, OneImprovement } from './answer.ts';
import { type ImprovementCalls, improvementCalls } from './calls.ts';
import { Changes } from './changes.tsx';
import { draftOf, type ImprovementDraft, patchOf, readChange, rebased } from './draft.ts';
import { Fields, ImprovementForm, problemsOf } from './form.tsx';
import { Row } from './list.tsx';
import { Standing, sayOwner } from './standing.tsx';
import { say } from './words.ts';

/** One improvement: what it is about, what is done about it, and what happened with it. */
export function OneImprovementPage(props: PageProps & { readonly id: string }) {
  const { client, id, pokes, now, onSignedOut } = props;
  const today = todayOf(now());
  const calls = useMemo(() => improvementCalls(client, today), [client, today]);
  const ask = useCallback(() => calls.one(id), [calls, id]);
  const { value: found, failure, again, take } = useReading(ask, { pokes, onSignedOut });
  return (
    <>
      {!found && <h1>{say.title}</h1>}
      {found && <Shown {...props} {...{ found, calls, today, take }} />}
      {failure && (
        <FailureNote failure={failure} {...(found ? { safe: say.safe } : { onAgain: again })} />
      )}
      {!found && !failure && <Waiting>{say.reading}</Waiting>}
      <div class="u-actions">
        <ButtonLink look="quiet" icon="back" href="#/improvements">
          {say.back}
        </ButtonLink>
      </div>
    </>
  );
}

interface ShownProps extends PageProps {
  readonly found: OneImprovement;
  readonly calls: ImprovementCalls;
  readonly today: string;
  /** Whether it went well. */
  readonly take: (answer: Answer<OneImprovement>) => boolean;
}

type Open = Extract<Act, 'change' | 'done' | 'check' | 'drop' | 'follow'> | null;

function Shown(props: ShownProps) {
  const { me, place, found, calls, today, take, client, now, onSignedOut } = props;
  const { improvement } = found;
  const { id, state, deleted } = improvement;
  const [open, setOpen] = useState<Open>(null);
  const [said, setSaid] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const mine = me.member.id;
  const isTheirs = improvement.owner === mine || improvement.author === mine;
  const may = (act: Act) =>
    !deleted && mayAct(state, act) && (isTheirs || me.member.role !== 'annotator');
  const keptAs = (act: string) => `improvement/${mine}/${id}/${act}`;
  const close = () => setOpen(null);

  async function act(
    words: string,
    call: () => Promise<Answer<OneImprovement>>,
    taken?: () => void,
  ) {
    const answer = await call();
    if (answer.ok) taken?.();
    if (!take(answer)) return;
    setSaid(words);
    // One that did not help asks at once what to try next.
    const failed = answer.ok && answer.value.improvement.late === 'next';
    setOpen(failed ? 'follow' : null);
    if (!failed) heading.current?.focus();
  }

  return (
    <article class="c-improve-one">
      <h1 ref={heading} tabIndex={-1} dir="auto">
        {improvement.text}
      </h1>
      {deleted ? <p>{say.taken}</p> : <Standing improvement={improvement} today={today} />}
      <Facts {...{ improvement }} me={mine} />
      {open === null && (
        <Acts
          {...{ state, may }}
          onOpen={setOpen}
          onReopen={() => void act(say.reopened, () => calls.reopen(id))}
        />
      )}
      {open === 'change' && (
        <Change {...props} keptAs={keptAs('change')} onClose={close} onSaid={setSaid} />
      )}
      {open === 'done' && (
        <DoneForm
          {...{ place, today }}
          keptAs={keptAs('done')}
          onCancel={close}
          onDone={(wish, taken) => void act(say.done.saved, () => calls.done(id, wish), taken)}
        />
      )}
      {open === 'check' && (
        <CheckForm
          place={place}
          keptAs={keptAs('check')}
          onCancel={close}
          onCheck={(wish, taken) =>
            void act(
              wish.effective ? say.helped.savedYes : say.helped.savedNo,
              () => calls.check(id, wish),
              taken,
            )
          }
        />
      )}
      {open === 'drop' && (
        <DropForm
          place={place}
          keptAs={keptAs('drop')}
          onCancel={close}
          onDrop={(reason, taken) =>
            void act(say.dropping.saved, () => calls.drop(id, reason), taken)
          }
        />
      )}
      {open === 'follow' && (
        <ImprovementForm
          {...{ client, me, place, now, onSignedOut }}
          from={{ follows: id }}
          start={{ text: improvement.text, cause: improvement.cause, owner: improvement.owner }}
          onCancel={close}
          onSaved={(saved) => {
            place.location.hash = `#/improvements/${encodeURIComponent(saved.improvement.id)}`;
          }}
        />
      )}
      <About {...props} />
      <Changes history={found.history} names={namesIn(found)} />
      <p class="u-hidden" role="status">
        {said}
      </p>
    </article>
  );
}

interface ActsProps {
  readonly state: ImprovementShown['state'];
  readonly may: (act: Act) => boolean;
  readonly onOpen: (open: Open) => void;
  readonly onReopen: () => void;
}

function Acts({ state, may, onOpen, onReopen }: ActsProps) {
  const reopen = state === 'dropped' ? say.reopenDropped : say.reopenDone;
  return (
    <div class="u-actions">
      {may('done') && (
        <Button look="primary" icon="check" onClick={() => onOpen('done')}>
          {say.done.act}
        </Button>
      )}
      {may('check') && (
        <Button look="primary" onClick={() => onOpen('check')}>
          {say.helped.act}
        </Button>
      )}
      {may('follow') && (
        <Button look="primary" onClick={() => onOpen('follow')}>
          {say.follow}
        </Button>
      )}
      {may('change') && <Button onClick={() => onOpen('change')}>{say.change}</Button>}
      {may('recheck') && <Button onClick={() => onOpen('check')}>{say.recheck}</Button>}
      {may('reopen') && (
        <Button look="quiet" onClick={onReopen}>
          {reopen}
        </Button>
      )}
      {may('drop') && (
        <Button look="quiet" onClick={() => onOpen('drop')}>
          {say.drop}
        </Button>
      )}
    </div>
  );
}

interface FactsProps {
  readonly improvement: ImprovementShown;
  readonly me: string;
}

/** What is said of it; what nobody has said is left out. */
function Facts({ improvement, me }: FactsProps) {
  const { lang } = useWords();
  const { cause, action, due, checkOn, doneAt, doneText, checkedAt, effectText } = improvement;
  const by = (name: string, at: string | null) =>
    at === null ? name : say.by(name, sayInstant(at, lang));
  return (
    <>
      <dl class="c-improve-says-all">
        <Fact name={say.facts.cause}>{cause}</Fact>
        <Fact name={say.facts.action}>{action}</Fact>
        <Fact name={say.facts.done} more={doneAt && sayInstant(doneAt, lang)}>
          {doneText}
        </Fact>
        <Fact name={say.facts.effect} more={by(improvement.checkedByName, checkedAt)}>
          {effectText}
        </Fact>
        <Fact name={say.facts.reason}>{improvement.reason}</Fact>
      </dl>
      <dl class="c-improve-facts">
        <Fact name={say.facts.owner}>{sayOwner(improvement, me)}</Fact>
        <Fact name={say.facts.due}>{due && sayDate(due, lang)}</Fact>
        <Fact name={say.facts.checkOn}>{checkOn && sayDate(checkOn, lang)}</Fact>
        <Fact name={say.facts.project}>{improvement.projectName}</Fact>
        <Fact name={say.facts.customer}>{improvement.customerName}</Fact>
        <Fact name={say.facts.written}>
          {by(improvement.authorName, new Date(improvement.written).toISOString())}
        </Fact>
      </dl>
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly more?: string | null;
  readonly children: string | null;
}

function Fact({ name, more, children }: FactProps) {
  if (!children) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">
        {children}
        {more && <span class="u-quiet c-improve-more">{more}</span>}
      </dd>
    </div>
  );
}

/** Their words, the moment, the finding, and what was tried before and after. */
function About({ found, me, today }: ShownProps) {
  const { lang } = useWords();
  const { improvement, finding, moment, follows, next } = found;
  const { quotes, subject, at, session, project, customer } = improvement;
  const readsStory = me.member.role !== 'annotator';
  const story =
    project !== null ? `project/${project}` : customer !== null ? `customer/${customer}` : null;
  const place = subject && new URLSearchParams({ at: `${subject.kind}/${subject.id}` });
  const quoted = moment?.quote ?? null;
  // A quote of the moment's that was pinned with it stands there once.
  const words = [...new Set([...quotes.map(({ quote }) => quote), ...(quoted ? [quoted] : [])])];
  return (
    <>
      {words.length > 0 && (
        <Section name={say.theirs}>
          {words.map((quote) => (
            <Quote key={quote} text={quote} />
          ))}
        </Section>
      )}
      {subject !== null && (
        <Section name={say.moment}>
          {moment === null && <p class="u-quiet">{say.momentGone}</p>}
          {moment?.text && <p dir="auto">{moment.text}</p>}
          {at !== null && <p class="u-quiet">{say.whenWas(sayInstant(at, lang))}</p>}
          {moment !== null && (
            <p>
              {readsStory && story !== null ? (
                <a href={`#/story/${story}?${place}`}>{say.toStory}</a>
              ) : (
                <a href={`#/record/${encodeURIComponent(moment.kind)}/${moment.id}`}>
                  {say.toRecord}
                </a>
              )}
            </p>
          )}
        </Section>
      )}
      {(finding !== null || (readsStory && session !== null && story !== null)) && (
        <Section name={say.from}>
          {finding !== null && (
            <>
              <p class="u-quiet">{say.fromFinding[finding.type ?? ''] ?? say.fromOtherFinding}</p>
              <p dir="auto">{finding.text}</p>
              {finding.review !== null && (
                <p>
                  <a href={`#/reviews/${encodeURIComponent(finding.review)}`}>{say.toReview}</a>
                </p>
              )}
            </>
          )}
          {readsStory && session !== null && story !== null && (
            <p>
              <a href={`#/session/${story}?session=${encodeURIComponent(session)}`}>
                {say.toSession}
              </a>
            </p>
          )}
        </Section>
      )}
      {follows !== null && (
        <Section name={say.before}>
          <Rows all={[follows]} {...{ today }} me={me.member.id} />
        </Section>
      )}
      {next.length > 0 && (
        <Section name={say.next}>
          <Rows all={next} {...{ today }} me={me.member.id} />
        </Section>
      )}
    </>
  );
}

function Rows(props: {
  readonly all: readonly ImprovementShown[];
  readonly me: string;
  readonly today: string;
}) {
  return (
    <ul class="c-improve-list">
      {props.all.map((improvement) => (
        <li key={improvement.id}>
          <Row {...{ improvement }} me={props.me} today={props.today} />
        </li>
      ))}
    </ul>
  );
}

function Section(props: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <section aria-label={props.name}>
      <h2>{props.name}</h2>
      {props.children}
    </section>
  );
}

interface ChangeProps extends ShownProps {
  readonly keptAs: string;
  readonly onClose: () => void;
  readonly onSaid: (words: string) => void;
}

/** The same fields again. Somebody who was faster is shown above, and saving again is over theirs. */
function Change({ client, place, found, calls, take, keptAs, onClose, onSaid }: ChangeProps) {
  const { improvement } = found;
  const [first] = useState(() => draftOf(improvement));
  const [kept, keep] = useKept(place, keptAs);
  const { draft, base } = readChange(kept) ?? { draft: first, base: first };
  const [tried, setTried] = useState(false);
  const [merged, setMerged] = useState(false);
  const wrong = problemsOf(draft, false);
  const write = (next: ImprovementDraft, over: ImprovementDraft) =>
    keep(JSON.stringify({ draft: next, base: over }));

  async function save() {
    setTried(true);
    if (wrong.text || wrong.due) return;
    const { id } = improvement;
    const answer = await calls.change(id, patchOf(draft, base), base.seen);
    if (!answer.ok && answer.failure.is === 'refused' && answer.failure.status === 409) {
      const theirs = await calls.one(id);
      if (take(theirs) && theirs.ok) {
        const over = draftOf(theirs.value.improvement);
        write(rebased(draft, base, over), over);
        setMerged(true);
      }
      return;
    }
    if (answer.ok) keep('');
    if (!take(answer)) return;
    onSaid(say.form.saved);
    onClose();
  }

  return (
    <ActForm
      name={say.change}
      save={say.form.changes}
      onSave={() => void save()}
      onCancel={() => {
        keep('');
        onClose();
      }}
    >
      {merged && <p role="alert">{say.form.merged}</p>}
      <Fields
        {...{ client, draft }}
        isDone={improvement.state === 'done'}
        wrong={tried ? wrong : {}}
        onChange={(patch) => write({ ...draft, ...patch }, base)}
      />
    </ActForm>
  );
}

function namesIn({ improvement, follows, next, history }: OneImprovement): Map<string, string> {
  const names = new Map(history.map(({ author }) => [author.id, author.name]));
  for (const one of [improvement, ...(follows ? [follows] : []), ...next]) {
    if (one.owner) names.set(one.owner, one.ownerName);
    if (one.checkedBy) names.set(one.checkedBy, one.checkedByName);
    if (one.project && one.projectName) names.set(one.project, one.projectName);
    if (one.customer && one.customerName) names.set(one.customer, one.customerName);
    names.set(one.id, one.text);
  }
  return names;
}
