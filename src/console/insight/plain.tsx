import type { ComponentChildren } from 'preact';

export interface PlainProps {
  readonly heads: readonly string[];
  /** The first cell names its row. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ComponentChildren[] }[];
  /** Columns with numbers in them, by place. */
  readonly numbers?: readonly number[];
}

/** A table as wide as the page lets it be; narrower, it scrolls in itself. */
export function Plain({ heads, rows, numbers = [] }: PlainProps) {
  const look = (at: number) => (numbers.includes(at) ? 'c-insight-number' : undefined);
  return (
    // biome-ignore lint/a11y: a long or wide table scrolls, with the keyboard too
    <div class="c-scroll-x c-insight-table" tabIndex={0} role="group" aria-label={heads.join(', ')}>
      <table class="c-plain">
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" class={look(at)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, at) =>
                at === 0 ? (
                  <th key={heads[at]} scope="row" dir="auto">
                    {cell}
                  </th>
                ) : (
                  <td key={heads[at]} data-label={heads[at]} class={look(at)} dir="auto">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where a table of the page is had as a file, with the same filters. */
export function csvHref(table: string, asked: string): string {
  const query = new URLSearchParams(asked);
  query.set('table', table);
  return `/v1/insight/table.csv?${query}`;
}
