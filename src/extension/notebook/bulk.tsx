import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import type { PickItem } from '../../ui/pick.tsx';
import { Waiting } from '../../ui/states.tsx';
import { Undo } from '../../ui/undo.tsx';
import { type Stage, useWords } from '../../ui/words.ts';
import type { Before } from '../messages/ladder-calls.ts';
import type { Failure } from '../messages/result.ts';
import type { BulkAnswer } from '../messages/search-calls.ts';
import type { NotebookClient } from './client.ts';
import type { Person } from './filters.tsx';
import { FindPick } from './find-pick.tsx';
import { Trouble } from './trouble.tsx';
import { say } from './words.ts';

export interface BulkProps {
  readonly client: NotebookClient;
  readonly chosen: ReadonlySet<string>;
  readonly cut: boolean;
  readonly people: readonly Person[];
  /** What was taken back is listed. */
  readonly deleted: boolean;
  readonly onNone: () => void;
  readonly onDone: () => void;
}

type Patch = { customer?: string | null; stage?: Stage; owner?: string | null; deleted?: boolean };
type Plan = { patch: Patch; what: string; answer: BulkAnswer };
/** As many as one call takes. */
const AT_ONCE = 500;

/** Changes what is chosen: first what that would do, then the doing, then the way back. */
export function Bulk(props: BulkProps) {
  const { client, chosen, cut, people, deleted, onNone, onDone } = props;
  const words = useWords();
  const [plan, setPlan] = useState<Plan | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [done, setDone] = useState<{ before: readonly Before[]; undone: boolean } | null>(null);

  const run = async (patch: Patch, dry: boolean): Promise<BulkAnswer> => {
    const refs = [...chosen].map((key) => {
      const [kind = '', id = ''] = key.split('/');
      return { kind, id };
    });
    const all: BulkAnswer = { before: [], same: 0, skipped: [] };
    setBusy(true);
    setFailure(null);
    for (let from = 0; from < refs.length; from += AT_ONCE) {
      const records = refs.slice(from, from + AT_ONCE);
      const reply = await client.call('bulk', { records, patch, dry });
      if (!reply.ok) {
        // What was done before it stays done, and can be undone.
        setFailure(reply.error);
        break;
      }
      const { before, same, skipped } = reply.value;
      all.before.push(...before);
      all.same += same;
      for (const { why, count } of skipped) {
        const known = all.skipped.find((one) => one.why === why);
        if (known === undefined) all.skipped.push({ why, count });
        else known.count += count;
      }
    }
    setBusy(false);
    return all;
  };
  const look = async (patch: Patch, what: string) => {
    setPlan(null);
    setDone(null);
    setPlan({ patch, what, answer: await run(patch, true) });
  };
  const change = async () => {
    if (plan === null) return;
    const { before } = await run(plan.patch, false);
    setPlan(null);
    setDone({ before, undone: false });
    onDone();
  };
  const undo = async () => {
    const before = done?.before ?? [];
    for (let from = 0; from < before.length; from += AT_ONCE) {
      const reply = await client.call('bulkBack', { before: before.slice(from, from + AT_ONCE) });
      if (!reply.ok) return setFailure(reply.error);
    }
    setDone({ before: [], undone: true });
    onDone();
  };
  const pickCustomer = (item: PickItem | null) =>
    void look({ customer: item?.id ?? null }, say.changes.customer(item?.name ?? say.wasNone));
  const will = plan?.answer.before.length ?? 0;
  return (
    <div class="n-bulk-place">
      {failure && <Trouble failure={failure} />}
      {chosen.size > 0 && (
        <section class="n-bulk" aria-label={say.bulk}>
          <p>
            <strong>{say.chosen(chosen.size)}</strong> {cut && say.most(chosen.size)}
            <Button look="quiet" onClick={onNone}>
              {say.none_chosen}
            </Button>
          </p>
          <div class="n-bulk-fields">
            {!deleted && (
              <>
                <FindPick
                  client={client}
                  label={say.setCustomer}
                  value={null}
                  onPick={pickCustomer}
                />
                <Choice
                  label={say.setStage}
                  empty=""
                  value=""
                  options={Object.entries(words.stage).map(([value, label]) => ({ value, label }))}
                  onChange={(value) =>
                    value !== '' &&
                    void look(
                      { stage: value as Stage },
                      say.changes.stage(words.stage[value as Stage]),
                    )
                  }
                />
                {people.length > 0 && (
                  <Choice
                    label={say.setOwner}
                    empty=""
                    value=""
                    options={[
                      { value: 'nobody', label: say.nobody },
                      ...people.map(({ id, name }) => ({ value: id, label: name })),
                    ]}
                    onChange={(value) => {
                      if (value === '') return;
                      const owner = value === 'nobody' ? null : value;
                      const name = people.find(({ id }) => id === owner)?.name ?? say.nobody;
                      void look({ owner }, say.changes.owner(name));
                    }}
                  />
                )}
              </>
            )}
            <Button
              look={deleted ? 'plain' : 'bad'}
              onClick={() =>
                void look({ deleted: !deleted }, deleted ? say.changes.back : say.changes.deleted)
              }
            >
              {deleted ? say.bringBack : say.remove}
            </Button>
          </div>
          {busy && plan === null && <Waiting>{say.checking}</Waiting>}
          {plan !== null && (
            <section class="n-plan" aria-label={plan.what}>
              <p role="status">
                <strong dir="auto">{plan.what}.</strong>{' '}
                {will === 0 ? say.wouldNot : say.would(will)}{' '}
                {plan.answer.same > 0 && say.same(plan.answer.same)}{' '}
                {plan.answer.skipped.map(({ why, count }) => say.skipped[why](count)).join(' ')}
              </p>
              <div class="u-actions">
                {will > 0 && (
                  <Button
                    look="primary"
                    disabled={busy}
                    why={say.checking}
                    onClick={() => void change()}
                  >
                    {say.doIt(will)}
                  </Button>
                )}
                <Button look="quiet" onClick={() => setPlan(null)}>
                  {say.cancel}
                </Button>
              </div>
            </section>
          )}
        </section>
      )}
      {done !== null && !done.undone && (
        <Undo
          text={say.done(done.before.length)}
          seconds={60}
          onUndo={() => void undo()}
          onEnd={() => setDone(null)}
        />
      )}
      {done?.undone && <p role="status">{say.undone}</p>}
    </div>
  );
}
