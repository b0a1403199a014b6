import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { GAPS, linesOf, missTable, withLines } from '../../../domain/index.ts';
import { Button } from '../../../ui/button.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { Waiting } from '../../../ui/states.tsx';
import { sayDay } from '../../../ui/time.ts';
import { Undo } from '../../../ui/undo.tsx';
import { useWords } from '../../../ui/words.ts';
import { worthWords } from '../../../ui/worth/words.ts';
import type { LookBackView } from '../../messages/worth-calls.ts';
import { useFocusOnShow } from '../focus.ts';
import { useGoing } from '../going.ts';
import type { Sidebar } from '../model.ts';
import { plain } from '../plain.ts';
import { say as sidebarSay } from '../words.ts';
import { moveTyped, typedIn } from './edits.ts';
import { useLeave } from './leave.ts';
import { LookBackLines } from './look-back-lines.tsx';
import { worthSay as say } from './words.ts';
import '../../../ui/worth/worth.css';
import './worth-part.css';

const FIELDS = ['asked', 'late', 'differently'] as const;
type Field = (typeof FIELDS)[number];
type Held = LookBackView['held'][number];

export interface LookBackProps {
  readonly sidebar: Sidebar;
  readonly customer: { readonly id: string; readonly name: string };
}

/** Looking back on a customer: what was asked, what came out late, what to do differently. */
export function LookBack({ sidebar, customer }: LookBackProps) {
  const title = useFocusOnShow<HTMLHeadingElement>();
  const { changes } = sidebar.state;
  const { core } = sidebar;
  const [view, setView] = useState<LookBackView | null>(null);
  useEffect(() => {
    let over = false;
    void core.call('lookBack', { customer: customer.id }).then((answer) => {
      if (over) return;
      if (answer.ok) setView(answer.value);
      else core.set({ trouble: { id: customer.id, failure: answer.error } });
    });
    return () => {
      over = true;
    };
  }, [core, customer.id, changes]);
  return (
    <div class="s-look-back">
      <section class="s-part">
        <div class="s-card-head">
          <Button
            look="quiet"
            icon="back"
            label={say.close}
            onClick={() => sidebar.backToList(customer.id)}
          />
          <h2 ref={title} tabIndex={-1} dir="auto">
            {say.lookBackOn(plain(customer.name))}
          </h2>
        </div>
        <p class="s-meta">{say.lookBackWhy}</p>
      </section>
      {view === null ? (
        <Waiting>{sidebarSay.loading}</Waiting>
      ) : (
        <Look sidebar={sidebar} customer={customer} view={view} />
      )}
    </div>
  );
}

function Look({ sidebar, customer, view }: LookBackProps & { readonly view: LookBackView }) {
  // null: a new one.
  const [chosen, setChosen] = useState<string | null>(() => ownNewest(view));
  /** One that is being written stays where it is when it is first kept. */
  const [form, setForm] = useState(0);
  const choose = (id: string | null) => {
    setChosen(id);
    setForm((count) => count + 1);
  };
  const open = view.held.find(({ id }) => id === chosen) ?? null;
  const others = view.held.filter((each) => each.id !== chosen);
  return (
    <>
      <Form key={form} {...{ sidebar, customer, view, open }} record={chosen} onMade={setChosen} />
      <Misses view={view} />
      {(others.length > 0 || chosen !== null) && (
        <section class="s-part" aria-label={say.earlierOnes}>
          {others.length > 0 && <h3>{say.earlierOnes}</h3>}
          {others.map((held) => (
            <Earlier key={held.id} held={held} onOpen={() => choose(held.id)} />
          ))}
          {chosen !== null && (
            <div class="u-actions">
              <Button onClick={() => choose(null)}>{say.anew}</Button>
            </div>
          )}
        </section>
      )}
    </>
  );
}

/** What I began today is gone on with; all else is read, until it is opened. */
function ownNewest({ held: [newest] }: LookBackView): string | null {
  if (newest?.author.me !== true) return null;
  const [then, now] = [new Date(newest.heldAt), new Date()];
  return then.toDateString() === now.toDateString() ? newest.id : null;
}

interface FormProps extends LookBackProps {
  readonly view: LookBackView;
  readonly open: Held | null;
  /** null: made with the first field that is left. */
  readonly record: string | null;
  readonly onMade: (id: string) => void;
}

/** Three texts, each kept when it is left. */
function Form({ sidebar, customer, view, open, record, onMade }: FormProps) {
  const { core } = sidebar;
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const made = useRef(record);
  const key = (id: string | null) => `look-back/${customer.id}/${id ?? 'new'}`;
  const typed = typedIn(core, key(made.current));
  /** Kept, and not told back yet. */
  const sent = useRef<{ [field in Field]?: string }>({});
  const shown = useRef(view);
  if (shown.current !== view) {
    shown.current = view;
    sent.current = {};
  }
  const running = useRef(Promise.resolve());
  const [did, setDid] = useState<{ field: Field; before: string } | null>(null);
  const saved = (field: Field) => sent.current[field] ?? open?.[field] ?? '';
  const value = (field: Field) => {
    const now = typed[field];
    return typeof now === 'string' ? now : saved(field);
  };
  const keepNow = async (field: Field, text: string, undoing: boolean) => {
    const before = saved(field);
    if (text === before) {
      delete typed[field];
      return;
    }
    const answer = await core.call('keepLookBack', {
      ...{ record: made.current, customer: customer.id },
      fields: { [field]: text === '' ? null : text },
    });
    if (!answer.ok) return core.set({ trouble: { id: customer.id, failure: answer.error } });
    sent.current[field] = text;
    if (typed[field] === text) delete typed[field];
    core.set({ said: undoing ? say.putBack : say.keptLook, trouble: null });
    setDid(undoing ? null : { field, before });
    if (made.current === null) {
      made.current = answer.value.record;
      // What is being typed in another field goes along.
      moveTyped(core, key(null), key(answer.value.record));
      onMade(answer.value.record);
    }
    draw(undefined);
  };
  // One after the other: the first one makes the record.
  const keep = (field: Field, text: string, undoing = false) => {
    running.current = running.current.then(() => keepNow(field, text, undoing));
    return running.current;
  };
  const keepAll = () => {
    for (const field of FIELDS)
      if (typeof typed[field] === 'string') void keep(field, value(field));
  };
  useGoing(keepAll);
  const leave = useLeave(keepAll);
  const end = useCallback(() => setDid(null), []);
  const filed: Record<Field, readonly string[]> = {
    asked: view.asked,
    late: view.late,
    differently: [],
  };
  return (
    <section class="s-part" aria-label={say.lookBack}>
      {FIELDS.map((field) => {
        const missing = filed[field].filter(
          (line) => withLines(value(field), [line]) !== value(field),
        );
        return (
          <div key={field} class="s-fold-in" onFocusOut={leave}>
            <TextArea
              label={say[field]}
              hint={say.lines}
              value={value(field)}
              rows={2}
              maxRows={10}
              onInput={(text) => {
                typed[field] = text;
                draw(undefined);
              }}
            />
            {missing.length > 0 && (
              <Button
                look="quiet"
                onClick={() => {
                  typed[field] = withLines(value(field), missing);
                  void keep(field, value(field));
                }}
              >
                {say.fromFile(missing.length)}
              </Button>
            )}
            {did?.field === field && (
              <Undo
                text={say.keptLook}
                onUndo={() => void keep(field, did.before, true)}
                onEnd={end}
              />
            )}
          </div>
        );
      })}
      <LookBackLines
        sidebar={sidebar}
        view={view}
        lines={linesOf(`${value('asked')}\n${value('differently')}`)}
        id={customer.id}
      />
    </section>
  );
}

function Earlier({ held, onOpen }: { readonly held: Held; readonly onOpen: () => void }) {
  const words = useWords();
  const who = held.author.me ? say.you : held.author.name;
  return (
    <div class="s-fold-in">
      <p class="s-meta">{say.heldBy(who, sayDay(held.heldAt, words.lang))}</p>
      {FIELDS.map(
        (field) =>
          held[field] !== '' && (
            <div key={field}>
              <p class="u-label">{say[field]}</p>
              <p class="s-told" dir="auto">
                {held[field]}
              </p>
            </div>
          ),
      )}
      <Button look="quiet" onClick={onOpen}>
        {say.goOn}
      </Button>
    </div>
  );
}

/** Where this customer's misses began. */
function Misses({ view: { misses } }: { readonly view: LookBackView }) {
  if (misses.length === 0) return null;
  const { counts, unsaid } = missTable(misses);
  const rows = GAPS.map((gap) => {
    const kinds = Object.entries(counts).filter(([, of]) => of[gap] > 0);
    return { gap, kinds, sum: kinds.reduce((sum, [, of]) => sum + of[gap], 0) };
  }).filter(({ sum }) => sum > 0);
  return (
    <section class="s-part">
      {rows.length > 0 && (
        <table class="worth-misses">
          <caption class="u-label">{say.misses}</caption>
          <thead>
            <tr>
              <th scope="col">{say.gap}</th>
              <th scope="col">{say.dimension}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ gap, kinds }) => (
              <tr key={gap}>
                <th scope="row">{worthWords.gap[gap]}</th>
                <td>
                  {kinds.map(([dimension, of]) => (
                    <div key={dimension}>
                      {of[gap]} {worthWords.dimension[dimension as keyof typeof counts]}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {unsaid > 0 && <p class="s-meta">{say.missesUnsaid(unsaid)}</p>}
    </section>
  );
}
