import type { ComponentChildren, RefObject } from 'preact';
import { Choice as Select } from '../../ui/choice.tsx';
import { type Completer, CompletionContext } from '../../ui/completion.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { keyLabel } from '../../ui/keys.tsx';
import { Ladder } from '../../ui/ladder.tsx';
import { Segment } from '../../ui/segment.tsx';
import { type ImpliedBy, type UnstatedBecause, useWords } from '../../ui/words.ts';
import type { Choice, Draft } from '../messages/draft.ts';
import { mainField, textField } from './draft-rules.ts';
import type { Finder } from './pick-row.tsx';
import { PickRow } from './pick-row.tsx';
import type { CardPart } from './state.ts';
import { say } from './words.ts';
import { Worth } from './worth/draft-worth.tsx';
import { OUTCOME_FIELDS, WORTH_FIELDS } from './worth/fields.ts';

/** What a card holds while it is written or changed. */
export type CardValue = Pick<Draft, 'kind' | 'fields' | 'customer' | 'contact' | 'project'>;
export type CardPatch = Partial<Omit<CardValue, 'kind'>>;

export interface CardFormProps {
  readonly value: CardValue;
  readonly quoted: boolean;
  readonly main: RefObject<HTMLTextAreaElement | null>;
  /** `typing`: one of many keystrokes, not a choice that is made. */
  readonly onChange: (patch: CardPatch, typing: boolean) => void;
  readonly find: Finder;
  /** New customers, contacts and projects can be made here. */
  readonly creates: boolean;
  /** A name that is typed but not chosen, by label; '' when there is none. */
  readonly onPending: (label: string, text: string) => void;
  /** What stands at the end of a part of the form: undoing the change that was made there. */
  readonly after?: (part: CardPart) => ComponentChildren;
  readonly children?: ComponentChildren;
  /** Completes names in its text fields. */
  readonly completer?: Completer;
}

/** The part of the form that a field of the record stands in. */
export function partOf(field: string): CardPart {
  if (field === 'stage') return 'stage';
  if (WORTH_FIELDS.includes(field)) return 'worth';
  if (OUTCOME_FIELDS.includes(field)) return 'outcome';
  const words = ['statement', 'text', 'class', 'impliedBy', 'unstatedBecause', 'by'];
  return words.includes(field) ? 'words' : 'rows';
}

/** The fields of one kind of card, in the order one fills them in. */
export function CardForm(props: CardFormProps) {
  const { value, onChange } = props;
  const { kind, fields } = value;
  const name = mainField(kind);
  const set = (patch: Draft['fields'], typing = false) => {
    const next = { ...fields, ...patch };
    for (const key of Object.keys(patch)) if (patch[key] === null) delete next[key];
    onChange({ fields: next }, typing);
  };
  const mail = kind === 'mail';
  return (
    <CompletionContext.Provider value={props.completer ?? null}>
      <section class="s-part">
        {props.children}
        <TextArea
          areaRef={props.main}
          label={kind === 'expectation' ? say.statement : say.text[kind]}
          hint={hint(kind, props.quoted)}
          value={textField(fields, name)}
          rows={mail ? 4 : 2}
          maxRows={mail ? 16 : 12}
          onInput={(text) => set({ [name]: text === '' ? null : text }, true)}
        />
        {kind === 'expectation' && <HowSaid fields={fields} set={set} />}
        {kind === 'commitment' && (
          <Segment
            label={say.by}
            options={[
              { value: 'us', label: say.byUs },
              { value: 'them', label: say.byThem },
            ]}
            value={fields.by === 'us' || fields.by === 'them' ? fields.by : null}
            onChange={(by) => set({ by })}
          />
        )}
        {props.after?.('words')}
      </section>
      {/* A saved one has its ladder at the top, with what is on file for each step. */}
      {kind === 'expectation' && props.creates && (
        <section class="s-part s-ladder">
          <Ladder stage={stageOf(fields.stage)} onStage={(stage) => set({ stage })} />
        </section>
      )}
      <section class="s-part s-pairs">
        <Rows {...props} />
        {(kind === 'expectation' || kind === 'commitment') && (
          <Field
            label={say.due}
            type="date"
            value={textField(fields, 'due')}
            onInput={(due) => set({ due: due === '' ? null : due }, true)}
          />
        )}
        {kind === 'expectation' && props.creates && <Worth fields={fields} set={set} />}
        {props.after?.('rows')}
      </section>
    </CompletionContext.Provider>
  );
}

function hint(kind: Draft['kind'], quoted: boolean): string {
  if (kind === 'mail') return `${say.mailHint} ${say.ctrlEnterSaves(keyLabel('Mod+Enter'))}`;
  return quoted ? say.statementHint : say.enterSaves;
}

function Rows({ value, onChange, find, creates, onPending }: CardFormProps) {
  const { customer, contact, project } = value;
  // What was guessed along with the old customer does not belong to the new one.
  const ofCustomer = (next: Choice): CardPatch => ({
    customer: next,
    ...(project.reason === '' ? {} : { project: { id: null, name: '', reason: '' } }),
  });
  const shared = { find, creates, onPending };
  return (
    <>
      <PickRow
        {...shared}
        kind="customer"
        label={say.customer}
        value={customer}
        within={null}
        onPick={(next) => onChange(ofCustomer(next), false)}
      />
      <PickRow
        {...shared}
        kind="contact"
        label={say.contact}
        value={contact}
        within={customer.id}
        onPick={(next) => onChange({ contact: next }, false)}
      />
      <PickRow
        {...shared}
        kind="project"
        label={say.project}
        value={project}
        within={customer.id}
        onPick={(next) => onChange({ project: next }, false)}
      />
    </>
  );
}

export interface FieldsProps {
  readonly fields: Draft['fields'];
  readonly set: (patch: Draft['fields'], typing?: boolean) => void;
}

function HowSaid({ fields, set }: FieldsProps) {
  const words = useWords();
  const now = fields.class;
  const options = (['stated', 'implied', 'unstated'] as const).map((value) => ({
    value,
    label: words.class[value],
  }));
  return (
    <div class="s-how">
      <Segment
        label={say.class}
        labelHidden
        options={options}
        value={options.find((option) => option.value === now)?.value ?? null}
        onChange={(value) => set({ class: value, impliedBy: null, unstatedBecause: null })}
      />
      {now === 'implied' && (
        <div class="s-because">
          <span aria-hidden="true">{words.impliedLead} </span>
          <Select
            label={say.impliedBy}
            labelHidden
            look="value"
            empty={say.notYet}
            options={entries(words.impliedBy)}
            value={textField(fields, 'impliedBy') as ImpliedBy | ''}
            onChange={(value) => set({ impliedBy: value || null })}
          />
        </div>
      )}
      {now === 'unstated' && (
        <div class="s-because">
          <span aria-hidden="true">{words.unstatedLead} </span>
          <Select
            label={say.unstatedBecause}
            labelHidden
            look="value"
            empty={say.notChosen}
            options={entries(words.unstatedBecause)}
            value={textField(fields, 'unstatedBecause') as UnstatedBecause | ''}
            onChange={(value) => set({ unstatedBecause: value || null })}
          />
        </div>
      )}
    </div>
  );
}

function entries<V extends string>(labels: Readonly<Record<V, string>>) {
  return (Object.keys(labels) as V[]).map((value) => ({ value, label: labels[value] }));
}

function stageOf(stage: unknown): 'hunch' | 'asked' | 'confirmed' | 'refuted' {
  return stage === 'asked' || stage === 'confirmed' || stage === 'refuted' ? stage : 'hunch';
}
