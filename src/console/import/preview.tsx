import { Choice, Icon } from '../../ui/index.ts';
import type { ImportKind, ImportPreview, Mapping } from '../api.ts';
import { IMPORT_FIELDS } from './fields.ts';
import { say as files } from './page-words.ts';
import { say } from './words.ts';

/** Rows shown: the first ones and every one with a problem, up to this many. */
const SHOWN = 200;

export interface MappingTableProps {
  readonly kind: ImportKind;
  readonly preview: ImportPreview;
  readonly onMapping: (mapping: Mapping) => void;
}

/** Column by column: what it means. A meaning that is chosen twice moves to the newer column. */
export function MappingTable({ kind, preview, onMapping }: MappingTableProps) {
  const options = IMPORT_FIELDS[kind].map((field) => ({
    value: field as string,
    label: nameOf(field),
  }));
  return (
    <section class="c-mapping" aria-labelledby="c-mapping">
      <h2 id="c-mapping">{files.mapping}</h2>
      <p class="u-hint">{files.mappingHint}</p>
      <div class="c-mapping-row">
        {preview.columns.map((column) => (
          <Choice
            key={column}
            label={column}
            empty={files.leaveOut}
            value={preview.mapping[column] ?? ''}
            options={options}
            onChange={(field) => {
              const next: Record<string, string | null> = { ...preview.mapping };
              for (const other of preview.columns) {
                if (field !== '' && next[other] === field) next[other] = null;
              }
              next[column] = field === '' ? null : field;
              onMapping(next);
            }}
          />
        ))}
      </div>
    </section>
  );
}

interface PreviewTableProps {
  readonly kind: ImportKind;
  readonly preview: ImportPreview;
}

export function PreviewTable({ kind, preview }: PreviewTableProps) {
  const fields = IMPORT_FIELDS[kind].filter((field) =>
    preview.columns.some((column) => preview.mapping[column] === field),
  );
  const { rows, counts } = preview;
  const wrong = rows.filter((row) => row.errors.length > 0);
  const right = rows.filter((row) => row.errors.length === 0);
  const shown = [...wrong, ...right].slice(0, SHOWN).sort((a, b) => a.line - b.line);
  return (
    <div class="c-preview">
      <h2 id="c-preview">{files.preview}</h2>
      <p role="status">
        {files.counts(counts.rows, counts.errors)}
        {counts.skip ? ` ${files.skipped(counts.skip)}` : ''}
      </p>
      {/* biome-ignore lint/a11y: a wide table scrolls sideways, with the keyboard too */}
      <div class="c-scroll-x" tabIndex={0} role="region" aria-labelledby="c-preview">
        <table class="c-plain">
          <thead>
            <tr>
              <th scope="col" class="c-number">
                {files.line}
              </th>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {nameOf(field)}
                </th>
              ))}
              {wrong.length > 0 && <th scope="col">{files.problems}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.line}>
                <td class="c-number">{row.line}</td>
                {fields.map((field) => (
                  <td key={field} dir="auto">
                    {row.values[field]}
                  </td>
                ))}
                {wrong.length > 0 && (
                  <td>
                    {row.errors.map((error) => (
                      <p key={error.message} class="u-error">
                        <Icon name="attention" size={14} />
                        <span>
                          {error.field && `${nameOf(error.field)}: `}
                          {error.message}
                        </span>
                      </p>
                    ))}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function nameOf(field: string): string {
  return files.fields[field] ?? say.fields[field] ?? field;
}
