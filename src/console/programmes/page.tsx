// Draws that come again: what is drawn when, in whose name, what it waits for, and what it drew.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Button, ButtonLink, Empty, sayDate, useWords, Waiting } from '../../ui/index.ts';
import type { Answer, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { useSentAs } from '../sent-as.ts';
import { type ProgrammeShown, programmeCalls } from './calls.ts';
import { ProgrammeEdit } from './form.tsx';
import { useKeptForm } from './kept.ts';
import { formOf, newForm, planOf } from './plan.ts';
import { say } from './words.ts';
import '../draws/draws.css';
import '../draws/coverage.css';
import './programmes.css';

export function ProgrammesPage(props: PageProps) {
  const mayDraw = ['manager', 'admin', 'auditor'].includes(props.me.member.role);
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p class="c-why">{say.why}</p>
      {mayDraw ? <Programmes {...props} /> : <p class="u-quiet">{say.notYours}</p>}
    </div>
  );
}

function Programmes({ client, me, place, now, pokes, onSignedOut }: PageProps) {
  const calls = useMemo(() => programmeCalls(client), [client]);
  const [all, setAll] = useState<readonly ProgrammeShown[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [form, setForm] = useKeptForm(place, me.member.id);
  const [said, setSaid] = useState('');
  const sent = useSentAs(place, `programme/${me.member.id}`, now);
  const sending = useRef(false);
  const focus = useRef<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const today = now().toISOString().slice(0, 10);
  const take = useCallback(
    (answer: Answer<{ programmes: ProgrammeShown[] }>): Failure | null => {
      if (answer.ok) setAll(answer.value.programmes);
      else if (answer.failure.is === 'signed-out') onSignedOut();
      return answer.ok ? null : answer.failure;
    },
    [onSignedOut],
  );
  const read = useCallback(() => {
    void calls.all().then((answer) => setFailure(take(answer)));
  }, [calls, take]);
  useEffect(read, [read, pokes]);
  // Whoever closed the form goes on where they opened it.
  useLayoutEffect(() => {
    if (form !== null || focus.current === null) return;
    root.current?.querySelector<HTMLElement>(focus.current)?.focus();
    focus.current = null;
  });

  function close() {
    focus.current = form?.id ? `[data-programme="${form.id}"] button` : '[data-add] button';
    setFailure(null);
    setForm(null);
  }

  async function save() {
    if (form === null || sending.current) return;
    sending.current = true;
    const plan = planOf(form);
    const why = take(
      await (form.id === null
        ? calls.add(sent.idOf(plan), plan)
        : calls.save(form.id, form.seen, plan)),
    );
    sending.current = false;
    if (why === null) {
      sent.taken();
      close();
      setSaid(say.saved(plan.name));
      return;
    }
    setFailure(why);
    if (why.is !== 'refused' || why.status !== 409) return;
    // Theirs is shown above what is being written here, which is saved over it next time.
    const answer = await calls.all();
    if (take(answer) !== null || !answer.ok) return;
    const theirs = answer.value.programmes.find(({ id }) => id === form.id);
    if (theirs) setForm({ ...form, seen: theirs.seen });
    setFailure({ is: 'refused', status: 409, message: say.changed });
  }

  async function act(work: Promise<Answer<{ programmes: ProgrammeShown[] }>>, words: string) {
    const why = take(await work);
    setFailure(why);
    if (why === null) setSaid(words);
    else if (why.is === 'refused' && why.status === 409) take(await calls.all());
  }

  const edit = form && (
    <ProgrammeEdit
      {...{ client, form, today }}
      failure={failure}
      onChange={setForm}
      onSave={() => void save()}
      onCancel={close}
    />
  );
  return (
    <div class="c-draws" ref={root}>
      {form === null && (
        <div class="u-actions" data-add>
          <Button look="primary" onClick={() => setForm(newForm(today))}>
            {say.add}
          </Button>
          <ButtonLink href="#/draws" look="quiet">
            {say.toDraws}
          </ButtonLink>
        </div>
      )}
      {form?.id === null && edit}
      {failure && form === null && <FailureNote failure={failure} onAgain={read} />}
      {all === null && !failure && <Waiting>{say.reading}</Waiting>}
      {all?.length === 0 && form === null && <Empty>{say.none}</Empty>}
      {all !== null && all.length > 0 && (
        <ul class="c-programmes">
          {all.map((programme) => {
            const { id, seen, name, stopped, mayDraw } = programme;
            const button = (words: string, onClick: () => void) => (
              <Button look="quiet" label={say.of(words, name)} onClick={onClick}>
                {words}
              </Button>
            );
            return (
              <Row key={id} {...{ programme }}>
                {form?.id === id ? (
                  edit
                ) : (
                  <div class="u-actions">
                    {!mayDraw &&
                      button(say.takeOver, () => {
                        const plan = planOf(formOf(programme));
                        void act(calls.save(id, seen, plan), say.isTaken(name));
                      })}
                    {form === null && button(say.change, () => setForm(formOf(programme)))}
                    {button(stopped ? say.start : say.stop, () => {
                      const words = stopped ? say.isStarted(name) : say.isStopped(name);
                      void act(calls.stop(id, seen, !stopped), words);
                    })}
                  </div>
                )}
              </Row>
            );
          })}
        </ul>
      )}
      <p class="u-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

interface RowProps {
  readonly programme: ProgrammeShown;
  readonly children: ComponentChildren;
}

function Row({ programme, children }: RowProps) {
  const { lang } = useWords();
  const { id, name, draws, auditor, mayDraw, reviewers } = programme;
  const abandoned = draws.filter(({ state }) => state === 'abandoned').length;
  const namesOf = (some: ProgrammeShown['reviewers']) =>
    some.map((one) => one.name || say.someone).join(', ');
  const left = reviewers.filter(({ mayReview }) => !mayReview);
  return (
    <li data-programme={id}>
      <h2 dir="auto">{name}</h2>
      <p>{say.summary(programme)}</p>
      <p class={isWaiting(programme) ? 'c-programme-waits' : undefined}>
        {sayNext(programme, (day) => sayDate(day, lang))}
      </p>
      {mayDraw ? (
        <p class="u-quiet" dir="auto">
          {say.auditor(auditor.name || say.someone)}{' '}
          {reviewers.length > 0 && say.reviewers(namesOf(reviewers))}
        </p>
      ) : (
        <p class="c-programme-waits" dir="auto">
          {say.gone(auditor.name || say.someone)}
        </p>
      )}
      {left.length > 0 && (
        <p class="c-programme-waits" dir="auto">
          {say.reviewersGone(namesOf(left))}
        </p>
      )}
      {draws.length === 0 ? (
        <p class="u-quiet">{say.noDraws}</p>
      ) : (
        <details class="c-retired">
          <summary>{say.draws(draws.length, abandoned)}</summary>
          <ul class="c-draw-list">
            {draws.map((draw) => (
              <li key={draw.id}>
                <a href={`#/draws/${encodeURIComponent(draw.id)}`} dir="auto">
                  {draw.name}
                </a>
                <span class="u-quiet">{say.draw(draw.size, draw.population, draw.state)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {children}
    </li>
  );
}

function isWaiting({ stopped, fits }: ProgrammeShown): boolean {
  return !stopped && fits === 0;
}

function sayNext(programme: ProgrammeShown, sayDay: (day: string) => string): string {
  const { stopped, owed, next, fits, size, mayDraw } = programme;
  if (stopped || next === null) return say.stopped;
  if (owed !== null && fits === 0) return say.nothingFits(sayDay(owed));
  const when = owed !== null && mayDraw ? say.owed(sayDay(owed)) : say.next(sayDay(next));
  if (fits === 0) return `${say.nothingFitsYet} ${when}`;
  return fits !== null && fits < size ? `${when} ${say.fewer(fits)}` : when;
}
