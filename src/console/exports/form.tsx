// What is chosen of an export: the same for one that is made now and for one that comes again.
import { useId, useMemo, useState } from 'preact/hooks';
import { Choice, Icon } from '../../ui/index.ts';
import { later } from '../../ui/later.tsx';
import type { Client } from '../client.ts';
import { Choices } from './choices.tsx';
import { Columns } from './columns.tsx';
import { chosenBut, chosenIn, columnsOf, severalOf, tablesOf } from './columns-of.ts';
import { type Chosen, type ExportWish, formatsOf, isTable, ownZone, zones } from './wish.ts';
import { say } from './words.ts';

const LeaveOut = later(() => import('./leave-out.tsx').then((file) => file.LeaveOut));

export interface WishFormProps {
  readonly client: Client;
  readonly member: string;
  readonly mayShare: boolean;
  readonly wish: ExportWish;
  /** `wrong`: as it stands it cannot be asked for. */
  readonly onChange: (wish: ExportWish, wrong: boolean) => void;
  readonly onSignedOut: () => void;
}

export function WishForm(props: WishFormProps) {
  const { wish, onChange } = props;
  const { what, format } = wish;
  const [drawn, setDrawn] = useState(0);
  const all = columnsOf(wish);
  const tables = tablesOf(wish);
  const several = severalOf(wish);
  const usual = all.filter(({ extra }) => !extra).length;
  const set = (change: Partial<ExportWish>, wrong = false) => {
    const next = { ...wish, ...change };
    onChange(next, wrong || isEmpty(next));
  };
  const take = (chosen: Partial<Chosen>) => {
    const { columns: _columns, ...rest } = wish;
    const next = { ...rest, ...chosen };
    onChange(next, isEmpty(next));
    setDrawn(drawn + 1);
  };
  const parts = (
    <>
      <Formats wish={wish} onChange={(next) => set({ format: next })} />
      {what === 'evidence' && <LeaveOut client={props.client} wish={wish} onChange={set} />}
      {tables.length > 0 && (
        <Choice
          label={say.columns.table}
          value={wish.filter.table ?? tables[0]?.key ?? ''}
          options={tables.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(table) => {
            const { columns: _columns, ...rest } = wish;
            onChange({ ...rest, filter: { ...wish.filter, table } }, false);
            setDrawn(drawn + 1);
          }}
        />
      )}
      {all.length > 0 && (
        <details class="c-export-part">
          <summary>
            {say.columns.title(wish.columns?.length ?? usual, wish.columns === undefined)}
          </summary>
          <Columns
            key={drawn}
            all={all}
            chosen={wish.columns}
            onChange={(columns) => {
              const { columns: _columns, ...rest } = wish;
              const next = { ...rest, ...(columns ? { columns } : {}) };
              onChange(next, isEmpty(next));
            }}
          />
        </details>
      )}
      {several.length > 0 && (
        <details class="c-export-part">
          <summary>{say.columns.several(several.length, wish.columns === undefined)}</summary>
          <p class="u-hint">{say.columns.severalHint}</p>
          {several.map((table) => {
            const chosen = chosenIn(wish, table);
            const usualHere = table.columns.filter(({ extra }) => !extra).length;
            return (
              <details key={table.key} class="c-export-part">
                <summary>
                  {say.columns.titleOf(
                    table.name,
                    chosen?.length ?? usualHere,
                    chosen === undefined,
                  )}
                </summary>
                <Columns
                  key={drawn}
                  all={table.columns}
                  chosen={chosen}
                  mayBeNone
                  onChange={(own) => {
                    const { columns: _columns, ...rest } = wish;
                    const columns = chosenBut(wish, table, own);
                    const next = { ...rest, ...(columns ? { columns } : {}) };
                    onChange(next, isEmpty(next));
                  }}
                />
              </details>
            );
          })}
          {wish.columns?.length === 0 && <p class="u-error">{say.columns.none}</p>}
        </details>
      )}
      {(isTable(format) || format === 'markdown' || (what === 'workspace' && format === 'zip')) && (
        <More wish={wish} onChange={set} />
      )}
    </>
  );
  if (what === 'evidence') return parts;
  return (
    <Choices
      {...{ client: props.client, member: props.member, mayShare: props.mayShare, wish }}
      onTake={take}
      onSignedOut={props.onSignedOut}
    >
      {parts}
    </Choices>
  );
}

/** A table without a column. */
function isEmpty(wish: ExportWish): boolean {
  const isOffered = columnsOf(wish).length > 0 || severalOf(wish).length > 0;
  return wish.columns?.length === 0 && isOffered;
}

interface PartProps {
  readonly wish: ExportWish;
  readonly onChange: (change: Partial<ExportWish>) => void;
}

function Formats({
  wish,
  onChange,
}: {
  readonly wish: ExportWish;
  readonly onChange: (format: ExportWish['format']) => void;
}) {
  const name = useId();
  const { what, format } = wish;
  if (what === 'evidence') return <p class="u-hint">{say.format.evidence}</p>;
  return (
    <fieldset class="c-export-formats">
      <legend class="u-label">{say.format.legend}</legend>
      {formatsOf(wish).map((one) => (
        <label key={one}>
          <input
            type="radio"
            class="u-hidden"
            {...{ name }}
            value={one}
            checked={one === format}
            aria-labelledby={`${name}-${one}-name`}
            aria-describedby={`${name}-${one}`}
            onChange={() => onChange(one)}
          />
          <span class="c-export-tick">{one === format && <Icon name="check" size={14} />}</span>
          <span class="c-export-format" id={`${name}-${one}-name`}>
            {say.format.names[one]}
          </span>
          <span class="u-hint" id={`${name}-${one}`}>
            {say.format.why[one]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function More({ wish, onChange }: PartProps) {
  const { more } = say;
  const own = useMemo(ownZone, []);
  const allZones = useMemo(() => zones(own), [own]);
  const isCsv = wish.format === 'csv' || wish.format === 'zip';
  const check = (label: string, name: 'bom' | 'machine', hint?: string) => (
    <label class="c-export-check">
      <input
        type="checkbox"
        checked={wish[name]}
        onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
      />
      <span>
        {label}
        {hint && <span class="u-hint"> {hint}</span>}
      </span>
    </label>
  );
  return (
    <details class="c-export-part">
      <summary>{more.title}</summary>
      <div class="c-export-more">
        <Choice
          label={more.language}
          value={wish.language}
          options={Object.entries(more.languages).map(([value, label]) => ({
            value: value as ExportWish['language'],
            label,
          }))}
          onChange={(language) => language !== '' && onChange({ language })}
        />
        <Choice
          label={more.zone}
          value={wish.zone}
          options={allZones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
          onChange={(zone) => zone !== '' && onChange({ zone })}
        />
        {isCsv && (
          <>
            <Choice
              label={more.separator}
              value={wish.separator}
              options={Object.entries(more.separators).map(([value, label]) => ({
                value: value as ExportWish['separator'],
                label,
              }))}
              onChange={(separator) => separator !== '' && onChange({ separator })}
            />
            {check(more.bom, 'bom')}
            {check(more.machine, 'machine', more.machineHint)}
          </>
        )}
      </div>
    </details>
  );
}
