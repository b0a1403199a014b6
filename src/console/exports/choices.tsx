import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Choice, Field, Undo } from '../../ui/index.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { changeChoice, endChoice, keepChoice, readChoices, type SavedChoice } from './calls.ts';
import { fitted } from './columns-of.ts';
import { type Chosen, chosenOf, type ExportWish, known } from './wish.ts';
import { say as words } from './words.ts';

const say = words.choices;

export interface ChoicesProps {
  readonly client: Client;
  /** Whoever is signed in, and whether they may share with the team. */
  readonly member: string;
  readonly mayShare: boolean;
  readonly wish: ExportWish;
  /** What is chosen: between taking a choice and saving one. */
  readonly children: ComponentChildren;
  readonly onTake: (chosen: Partial<Chosen>) => void;
  readonly onSignedOut: () => void;
}

/** Format, columns and all else under a name, for oneself or for the team. */
export function Choices(props: ChoicesProps) {
  const { client, member, mayShare, wish, children, onTake, onSignedOut } = props;
  const [all, setAll] = useState<readonly SavedChoice[]>([]);
  const [taken, setTaken] = useState('');
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [said, setSaid] = useState('');
  const [gone, setGone] = useState<SavedChoice | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // Without the list one still chooses anew, so a failed reading is not worth a message.
  const read = useCallback(async () => {
    const answer = await readChoices(client);
    if (answer.ok) setAll(answer.value.choices);
    else if (answer.failure.is === 'signed-out') onSignedOut();
  }, [client, onSignedOut]);
  useEffect(() => void read(), [read]);
  useLayoutEffect(() => {
    if (naming) input.current?.focus();
  }, [naming]);
  const endUndo = useCallback(() => setGone(null), []);

  const mine = all.filter((one) => one.wish.what === wish.what);
  const current = mine.find(({ id }) => id === taken);
  const isMine = ({ by }: SavedChoice) => by == null || by.id === member;

  const mayChange = (one: SavedChoice) => (one.shared ? mayShare : isMine(one));
  // Of what it is of right now nothing belongs to it.
  const kept: ExportWish = { ...chosenOf(fitted(wish)), what: wish.what, filter: {} };

  async function send(choice: Pick<SavedChoice, 'name' | 'shared' | 'wish'>) {
    const answer = await keepChoice(client, choice);
    if (!answer.ok) {
      if (answer.failure.is === 'signed-out') onSignedOut();
      else setFailure(answer.failure);
      return false;
    }
    setFailure(null);
    await read();
    setTaken(answer.value.id);
    return true;
  }

  async function keep() {
    const called = name.trim();
    setWrong(called === '');
    if (called === '') return;
    if (!(await send({ name: called, shared: mayShare && shared, wish: kept }))) return;
    setNaming(false);
    setName('');
    setSaid(say.kept(called));
  }

  async function change({ id, name: called }: SavedChoice) {
    const answer = await changeChoice(client, id, kept);
    if (!answer.ok) {
      if (answer.failure.is === 'signed-out') onSignedOut();
      else setFailure(answer.failure);
      return;
    }
    setFailure(null);
    await read();
    setSaid(say.kept(called));
  }

  async function forget(one: SavedChoice) {
    const answer = await endChoice(client, one.id);
    if (!answer.ok) {
      if (answer.failure.is === 'signed-out') onSignedOut();
      else setFailure(answer.failure);
      return;
    }
    setFailure(null);
    setTaken('');
    setSaid('');
    setGone(one);
    await read();
  }

  return (
    <>
      {mine.length > 0 && (
        <Choice
          label={say.label}
          empty={say.empty}
          value={taken}
          options={mine.map((one) => ({
            value: one.id,
            label: isMine(one) ? one.name : say.of(one.name, one.by?.name ?? ''),
          }))}
          onChange={(id) => {
            setTaken(id);
            setSaid('');
            const one = mine.find((each) => each.id === id);
            if (one) onTake(known(wish.what, one.wish));
          }}
        />
      )}
      {children}
      <div class="c-export-choices">
        {!naming && (
          <div class="u-actions">
            <Button look="quiet" onClick={() => setNaming(true)}>
              {say.save}
            </Button>
            {current && mayChange(current) && !isAs(current, wish) && (
              <Button look="quiet" onClick={() => void change(current)}>
                {say.change(current.name)}
              </Button>
            )}
            {current && mayChange(current) && (
              <Button look="bad" onClick={() => void forget(current)}>
                {say.forget}
              </Button>
            )}
          </div>
        )}
        {naming && (
          // No form of its own: it may stand in one.
          <fieldset class="c-export-naming">
            <legend class="u-hidden">{say.save}</legend>
            <Field
              label={say.name}
              value={name}
              maxLength={100}
              inputRef={input}
              error={wrong ? say.noName : undefined}
              onInput={setName}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                void keep();
              }}
            />
            {mayShare && (
              <label class="c-export-check">
                <input
                  type="checkbox"
                  checked={shared}
                  onChange={(event) => setShared(event.currentTarget.checked)}
                />
                <span>{say.shared}</span>
              </label>
            )}
            <div class="u-actions">
              <Button onClick={() => void keep()}>{say.keep}</Button>
              <Button look="quiet" onClick={() => setNaming(false)}>
                {say.cancel}
              </Button>
            </div>
          </fieldset>
        )}
        {failure && <FailureNote failure={failure} safe={say.safe} />}
        {gone && (
          <Undo
            text={say.forgotten}
            onUndo={() => {
              setGone(null);
              void send({ name: gone.name, shared: gone.shared, wish: gone.wish });
            }}
            onEnd={endUndo}
          />
        )}
        <p class="u-hint" role="status">
          {said}
        </p>
      </div>
    </>
  );
}

/** Whether what is chosen now is what was saved. */
function isAs({ wish: saved }: SavedChoice, wish: ExportWish): boolean {
  const now = known(wish.what, fitted(wish));
  const then = known(wish.what, saved);
  return JSON.stringify(now) === JSON.stringify(then);
}
