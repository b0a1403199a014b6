import { Choice, Icon } from '../../ui/index.ts';
import type { ImportKind, ImportPreview, Mapping } from '../api.ts';
import { useConsoleWords } from '../words.ts';
import { IMPORT_FIELDS } from './fields.ts';
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
  const words = useConsoleWords();
  const options = IMPORT_FIELDS[kind].map((field) => ({
    value: field as string,
    label: nameOf(words, field),
  }));
  return (
    <section class="c-mapping" aria-labelledby="c-mapping">
      <h2 id="c-mapping">{words.import.mapping}</h2>
      <p class="u-hint">{words.import.mappingHint}</p>
      <div class="c-mapping-row">
        {preview.columns.map((column) => (
          <Choice
            key={column}
            label={column}
            empty={words.import.leaveOut}
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
  const words = useConsoleWords();
  const fields = IMPORT_FIELDS[kind].filter((field) =>
    preview.columns.some((column) => preview.mapping[column] === field),
  );
  const { rows, counts } = preview;
  const wrong = rows.filter((row) => row.errors.length > 0);
  const right = rows.filter((row) => row.errors.length === 0);
  const shown = [...wrong, ...right].slice(0, SHOWN).sort((a, b) => a.line - b.line);
  return (
    <div class="c-preview">
      <h2 id="c-preview">{words.import.preview}</h2>
      <p role="status">
        {words.import.counts(counts.rows, counts.errors)}
        {counts.skip ? ` ${words.import.skipped(counts.skip)}` : ''}
      </p>
      {/* biome-ignore lint/a11y: a wide table scrolls sideways, with the keyboard too */}
      <div class="c-scroll-x" tabIndex={0} role="region" aria-labelledby="c-preview">
        <table class="c-plain">
          <thead>
            <tr>
              <th scope="col" class="c-number">
                {words.import.line}
              </th>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {nameOf(words, field)}
                </th>
              ))}
              {wrong.length > 0 && <th scope="col">{words.import.problems}</th>}
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
                          {error.field && `${nameOf(words, error.field)}: `}
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

type Words = ReturnType<typeof useConsoleWords>;

function nameOf(words: Words, field: string): string {
  return words.import.fields[field] ?? say.fields[field] ?? field;
}
