import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Button, Choice, Field } from '../../ui/index.ts';
import type { Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { addSchedule, changeSchedule, type Schedule, type ScheduleWish } from './calls.ts';
import { fitted } from './columns-of.ts';
import { WishForm } from './form.tsx';
import { type ExportWhat, ownZone, usualWish, zones } from './wish.ts';
import { say as words } from './words.ts';

const say = words.schedules;
/** A story is of somebody, so it is not planned from here. */
const WHATS: readonly ExportWhat[] = ['workspace', 'register', 'calls', 'audit', 'evidence'];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const KEEPS = [1, 2, 3, 5, 7, 10, 14, 30, 60, 90];

export interface ScheduleFormProps extends PageProps {
  /** null: a new one. */
  readonly schedule: Schedule | null;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

export function ScheduleForm(props: ScheduleFormProps) {
  const { client, me, schedule, onDone, onCancel, onSignedOut } = props;
  const own = useMemo(ownZone, []);
  const [form, setForm] = useState<ScheduleWish>(() => scheduleOf(schedule, own));
  const [isWrong, setWrong] = useState(false);
  const [isTried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const allZones = useMemo(() => zones(own), [own]);
  const set = (change: Partial<ScheduleWish>) => setForm({ ...form, ...change });
  useLayoutEffect(() => name.current?.focus(), []);

  async function save() {
    setTried(true);
    if (form.name.trim() === '') return name.current?.focus();
    if (busy || isWrong) return;
    setBusy(true);
    const wish = { ...form, name: form.name.trim(), wish: fitted(form.wish) };
    const answer = await (schedule
      ? changeSchedule(client, schedule.id, wish)
      : addSchedule(client, wish));
    setBusy(false);
    if (answer.ok) onDone();
    else if (answer.failure.is === 'signed-out') onSignedOut();
    else setFailure(answer.failure);
  }

  return (
    <form
      class="c-exports-plan"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={say.name}
        hint={say.nameHint}
        value={form.name}
        maxLength={100}
        inputRef={name}
        error={isTried && form.name.trim() === '' ? say.noName : undefined}
        onInput={(called) => set({ name: called })}
      />
      <div class="c-exports-when">
        <Choice
          label={say.every}
          value={form.every}
          options={optionsOf(say.everies)}
          onChange={(every) => every !== '' && set({ every, onDay: every === 'day' ? 0 : 1 })}
        />
        {form.every === 'week' && (
          <Choice
            label={say.onWeek}
            value={String(form.onDay)}
            options={say.days.map((label, at) => ({ value: String(at + 1), label }))}
            onChange={(day) => set({ onDay: Number(day) })}
          />
        )}
        {form.every === 'month' && (
          <div>
            <Choice
              label={say.onMonth}
              value={String(form.onDay)}
              options={Array.from({ length: 31 }, (_, at) => ({
                value: String(at + 1),
                label: say.monthDay(at + 1),
              }))}
              onChange={(day) => set({ onDay: Number(day) })}
            />
            {form.onDay > 28 && <p class="u-hint">{say.monthHint}</p>}
          </div>
        )}
        <Choice
          label={say.hour}
          value={String(form.hour)}
          options={HOURS.map((hour) => ({ value: String(hour), label: say.hourOf(hour) }))}
          onChange={(hour) => set({ hour: Number(hour) })}
        />
        <Choice
          label={say.zone}
          value={form.zone}
          options={allZones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
          onChange={(zone) => zone !== '' && set({ zone })}
        />
        <Choice
          label={say.keep}
          value={String(form.keep)}
          options={[...new Set([...KEEPS, form.keep])].map((count) => ({
            value: String(count),
            label: say.keepOf(count),
          }))}
          onChange={(keep) => set({ keep: Number(keep) })}
        />
      </div>
      <Choice
        label={say.what}
        value={form.wish.what}
        options={WHATS.map((value) => ({ value, label: words.whats[value] ?? value }))}
        onChange={(what) => {
          if (what === '') return;
          set({ wish: usualWish(what, {}, form.wish.zone) });
          setWrong(false);
        }}
      />
      <WishForm
        key={form.wish.what}
        {...{ client, onSignedOut }}
        member={me.member.id}
        mayShare
        wish={form.wish}
        onChange={(wish, wrong) => {
          set({ wish });
          setWrong(wrong);
        }}
      />
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <div class="u-actions">
        <Button
          look="primary"
          submit
          disabled={isWrong}
          {...(isWrong ? { why: words.dialog.wrong } : {})}
        >
          {schedule ? say.save : say.saveNew}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}

function scheduleOf(schedule: Schedule | null, zone: string): ScheduleWish {
  if (schedule === null) {
    return {
      ...{ name: '', wish: usualWish('workspace', {}, zone) },
      ...{ every: 'week', onDay: 1, hour: 3, zone, keep: 7 },
    };
  }
  const { name, wish, every, onDay, hour, keep } = schedule;
  return { name, wish, every, onDay, hour, zone: schedule.zone, keep };
}

function optionsOf<V extends string>(labels: Readonly<Record<V, string>>) {
  return (Object.keys(labels) as V[]).map((value) => ({ value, label: labels[value] }));
}
