import { BANDS, type Fields, MATRIX, matrixPlace, suggest } from '../../domain/index.ts';
import { worthWords as say } from './words.ts';

/**
 * Value to them against effort for us: what each place suggests, and the one where this expectation
 * stands. A table, so that it can be read out; the place is told by a frame, a dot and a word.
 */
export function WorthMatrix({ fields }: { readonly fields: Fields<'expectation'> }) {
  const place = matrixPlace(fields);
  const suggestion = suggest(fields);
  return (
    <figure class="worth-matrix">
      <table>
        <caption class="u-label">{say.matrix}</caption>
        <thead>
          <tr>
            <td />
            {BANDS.map((effort) => (
              <th key={effort} scope="col">
                {say.effort[effort]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...BANDS].reverse().map((value) => (
            <tr key={value}>
              <th scope="row">{say.value[value]}</th>
              {BANDS.map((effort) => {
                const here = place?.value === value && place.effort === effort;
                return (
                  <td key={effort} data-here={here || undefined}>
                    {here && (
                      <span class="worth-here">
                        <span aria-hidden="true">● </span>
                        <span class="u-hidden">{say.here}: </span>
                      </span>
                    )}
                    {say.decision[MATRIX[value][effort]]}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption>
        {suggestion === null ? (
          <span class="u-hint">{say.notRated}</span>
        ) : (
          <>
            <strong>
              {say.suggested(suggestion.does === 'ask' ? say.ask : say.decision[suggestion.does])}
            </strong>{' '}
            {say.because[suggestion.because]}
          </>
        )}
      </figcaption>
    </figure>
  );
}
