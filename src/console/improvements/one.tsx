import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { type Act, mayAct } from '../../domain/improvements.ts';
import { Button, ButtonLink, Waiting } from '../../ui/index.ts';
import type { Answer } from '../client.ts';
import { todayOf } from '../day.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { useReading } from '../use-reading.ts';
import { About } from './about.tsx';
import { CheckForm, DoneForm, DropForm } from './acts.tsx';
import type { ImprovementShown, OneImprovement } from './answer.ts';
import { type ImprovementCalls, improvementCalls } from './calls.ts';
import { Change } from './change-form.tsx';
import { Changes } from './changes.tsx';
import { Facts } from './facts.tsx';
import { ImprovementForm } from './form.tsx';
import { Standing } from './standing.tsx';
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

export interface ShownProps extends PageProps {
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
