import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Choice, Field, Segment } from '../../ui/index.ts';
import type { DrawAnswer, DrawPreview, Facets, Me } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useSentAs } from '../sent-as.ts';
import { Reviewers } from './reviewers.tsx';
import { Blind, optionsOf, UnitFields } from './unit-fields.tsx';
import { announcementOf, type DrawForm, EMPTY_FORM, mostOf, sizeOf, wishOf } from './wish.ts';
import { say } from './words.ts';

const now = () => new Date();

/** Typing waits a moment before it is counted anew. */
const WAIT_MS = 300;

export interface PlanProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly onDrawn: (draw: DrawAnswer) => void;
  readonly onCancel: () => void;
  readonly onSignedOut: () => void;
}

/** Plans a draw: what fits is counted as one chooses, and how many to look at follows. */
export function Plan({ client, me, place: browser, onDrawn, onCancel, onSignedOut }: PlanProps) {
  const [form, setForm] = useState<DrawForm>(EMPTY_FORM);
  const [preview, setPreview] = useState<DrawPreview | null>(null);
  const [facets, setFacets] = useState<Facets | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const sent = useSentAs(browser, `draw/${me.member.id}`, now);
  const place = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    place.current?.querySelector('input')?.focus();
    void client.facets().then((answer) => answer.ok && setFacets(answer.value));
  }, [client]);
  const wish = wishOf(form);
  const asked = JSON.stringify(wish);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void client.previewDraw(JSON.parse(asked)).then((answer) => {
        if (!current) return;
        if (answer.ok) setPreview(answer.value);
        else if (answer.failure.is === 'signed-out') onSignedOut();
        setFailure(answer.ok ? null : answer.failure);
      });
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, asked, onSignedOut]);

  const set = (patch: Partial<DrawForm>) => setForm({ ...form, ...patch });
  const size = preview && sizeOf(form, preview);
  const noName = form.name.trim() === '';
  const tooFew = form.calibration && form.reviewers.length < 2;
  const planned = preview && sizeOf({ ...form, size: '' }, preview);

  // Asked for before it was counted: then it is drawn once it is.
  const wanted = useRef(false);
  useEffect(() => {
    if (preview === null || !wanted.current) return;
    wanted.current = false;
    void submit();
  }, [preview]);

  async function submit() {
    setTried(true);
    if (preview === null) wanted.current = true;
    if (preview === null || size === null || noName || tooFew || busy) return;
    setBusy(true);
    const said = announcementOf(form, preview, size);
    const answer = await client.announceDraw({ id: sent.idOf(said), ...said });
    setBusy(false);
    if (answer.ok) {
      sent.taken();
      onDrawn(answer.value.draw);
    } else if (answer.failure.is === 'signed-out') onSignedOut();
    else setFailure(answer.failure);
  }

  return (
    <form
      ref={place}
      class="c-draw-plan"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="c-draw-fields">
        <Field
          label={say.name}
          hint={say.nameHint}
          value={form.name}
          maxLength={200}
          error={tried && noName ? say.noName : undefined}
          onInput={(name) => set({ name })}
        />
        <UnitFields {...{ form, facets }} onChange={set} />
      </div>
      <Segment
        label={say.method}
        options={optionsOf(say.methods)}
        value={form.method}
        onChange={(method) => set({ method, size: '' })}
      />
      <div class="c-draw-fields">
        {form.method === 'simple' ? (
          <>
            <Choice
              label={say.strata}
              options={optionsOf(say.stratas)}
              value={form.strata}
              onChange={(strata) => strata !== '' && set({ strata })}
            />
            <Field label={say.margin} value={form.margin} onInput={(margin) => set({ margin })} />
          </>
        ) : (
          <Field label={say.among} value={form.among} onInput={(among) => set({ among })} />
        )}
        <Choice
          label={say.confidence}
          options={say.confidences.map(([value, label]) => ({ value, label }))}
          value={form.confidence as '0.95'}
          onChange={(confidence) => confidence !== '' && set({ confidence })}
        />
        <Field
          label={say.size}
          {...(planned === null ? {} : { hint: say.sizeHint(planned) })}
          value={form.size}
          error={preview && size === null ? say.badSize(mostOf(preview)) : undefined}
          onInput={(text) => set({ size: text })}
        />
        <Field
          type="date"
          label={say.due}
          optional
          value={form.due}
          onInput={(due) => set({ due })}
        />
      </div>
      <Blind form={form} onChange={set} />
      <Reviewers
        {...{ client }}
        chosen={form.reviewers}
        onChange={(reviewers) => set({ reviewers })}
      />
      <label class="c-check">
        <input
          type="checkbox"
          checked={form.calibration}
          onChange={(event) => set({ calibration: event.currentTarget.checked })}
        />
        <span>{say.calibration}</span>
      </label>
      <div role="status">
        {preview === null ? (
          say.planning
        ) : (
          <p>
            {say.population(preview.size, form.unit)}{' '}
            {size !== null && size > 0 && say.planned(size, form.unit)}{' '}
            {preview.leftOut > 0 && say.leftOut(preview.leftOut)}
            {preview.nobodys > 0 && say.nobodys(preview.nobodys)}
          </p>
        )}
        {tooFew && <p class="u-error">{say.calibrationFew}</p>}
      </div>
      {preview && preview.strata.length > 0 && wish.strata !== 'none' && (
        <Groups preview={preview} facets={facets} />
      )}
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <div class="u-actions">
        <Button look="primary" submit disabled={busy}>
          {say.draw}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
        <span class="u-hint">{say.cannotUndo}</span>
      </div>
    </form>
  );
}

interface GroupsProps {
  readonly preview: DrawPreview;
  readonly facets: Facets | null;
}

function Groups({ preview, facets }: GroupsProps) {
  const nameOf = (name: string) => facets?.members.find(({ id }) => id === name)?.name ?? name;
  return (
    <table class="c-draw-table">
      <caption class="u-hidden">{say.groups}</caption>
      <thead>
        <tr>
          <th scope="col">{say.group}</th>
          <th scope="col">{say.count}</th>
        </tr>
      </thead>
      <tbody>
        {preview.strata.map(({ name, count }) => (
          <tr key={name}>
            <th scope="row" dir="auto">
              {nameOf(name)}
            </th>
            <td>{count.toLocaleString('en-GB')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
