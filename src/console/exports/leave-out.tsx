// Of an evidence bundle: about whom, and which contents stay out of it.
import { useEffect, useState } from 'preact/hooks';
import { Button, Field, Pick, type PickItem, TextArea } from '../../ui/index.ts';
import type { Client } from '../client.ts';
import { recordIn } from '../log/prove.ts';
import type { ExportWish } from './wish.ts';
import { say as words } from './words.ts';

const say = words.leaveOut;
const FIELDS = Object.keys(say.field);
const FIELD = /^([a-z]+\.)?[A-Za-z]+$/;

export interface LeaveOutProps {
  readonly client: Client;
  readonly wish: ExportWish;
  /** `wrong`: something that was typed means nothing. */
  readonly onChange: (change: Partial<ExportWish>, wrong: boolean) => void;
}

export function LeaveOut({ client, wish, onChange }: LeaveOutProps) {
  const [customers, setCustomers] = useState<readonly PickItem[]>([]);
  const [others, setOthers] = useState(() =>
    (wish.hide ?? []).filter((field) => !FIELDS.includes(field)).join(', '),
  );
  const [records, setRecords] = useState(() => (wish.without ?? []).join('\n'));
  useEffect(() => {
    void client.facets().then((answer) => answer.ok && setCustomers(answer.value.customers));
  }, [client]);

  const hidden = (wish.hide ?? []).filter((field) => FIELDS.includes(field));
  const wrongField = wrongFieldIn(others);
  const wrongLine = wrongLineIn(records);
  const itemOf = (id: string): PickItem =>
    customers.find((one) => one.id === id) ?? { id, name: '…' };
  const only = wish.filter.customer ?? '';
  const without = wish.withoutCustomers ?? [];
  const isWrong = wrongField !== null || wrongLine !== null;

  function hide(fixed: readonly string[], typed: string) {
    onChange(
      { hide: [...fixed, ...fieldsIn(typed)] },
      wrongFieldIn(typed) !== null || wrongLine !== null,
    );
  }

  return (
    <section class="c-export-leave">
      <h3>{say.title}</h3>
      <p class="c-why">{say.why}</p>
      <Pick
        label={say.only}
        items={customers}
        placeholder={say.everybody}
        value={only === '' ? null : itemOf(only)}
        onPick={(item) => onChange({ filter: item ? { customer: item.id } : {} }, isWrong)}
      />
      <fieldset class="c-export-fields">
        <legend class="u-label">{say.fields}</legend>
        {FIELDS.map((field) => (
          <label key={field} class="c-export-check">
            <input
              type="checkbox"
              checked={hidden.includes(field)}
              onChange={(event) => {
                const rest = hidden.filter((one) => one !== field);
                hide(event.currentTarget.checked ? [...rest, field] : rest, others);
              }}
            />
            <span>{say.field[field]}</span>
          </label>
        ))}
      </fieldset>
      <Field
        label={say.others}
        optional
        hint={say.othersHint}
        value={others}
        error={wrongField === null ? undefined : say.othersWrong(wrongField)}
        onInput={(typed) => {
          setOthers(typed);
          hide(hidden, typed);
        }}
      />
      <div class="c-export-customers">
        <p class="u-label">{say.customers}</p>
        {without.length > 0 && (
          <ul>
            {without.map((id) => (
              <li key={id}>
                <span dir="auto">{itemOf(id).name}</span>
                <Button
                  look="quiet"
                  icon="close"
                  label={say.remove(itemOf(id).name)}
                  onClick={() =>
                    onChange({ withoutCustomers: without.filter((one) => one !== id) }, isWrong)
                  }
                />
              </li>
            ))}
          </ul>
        )}
        <Pick
          key={without.length}
          label={say.add}
          items={customers.filter(({ id }) => !without.includes(id))}
          value={null}
          onPick={(item) => item && onChange({ withoutCustomers: [...without, item.id] }, isWrong)}
        />
      </div>
      <TextArea
        label={say.records}
        optional
        hint={say.recordsHint}
        value={records}
        error={wrongLine === null ? undefined : say.recordsWrong(wrongLine)}
        onInput={(typed) => {
          setRecords(typed);
          onChange(
            { without: recordsIn(typed) },
            wrongField !== null || wrongLineIn(typed) !== null,
          );
        }}
      />
    </section>
  );
}

function partsOf(text: string, by: RegExp): string[] {
  return text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const fieldsIn = (text: string) => partsOf(text, /[\s,;]+/);
const linesIn = (text: string) => partsOf(text, /\n/);

function wrongFieldIn(text: string): string | null {
  return fieldsIn(text).find((field) => !FIELD.test(field)) ?? null;
}

function wrongLineIn(text: string): string | null {
  return linesIn(text).find((line) => recordIn(line) === null) ?? null;
}

function recordsIn(text: string): string[] {
  return linesIn(text).flatMap((line) => {
    const record = recordIn(line);
    return record === null ? [] : [`${record.kind}/${record.id}`];
  });
}
