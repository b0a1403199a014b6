import {
  betterWorse,
  KANO_CATEGORIES,
  type KanoReply,
  kanoCounts,
  kanoMost,
} from '../../domain/index.ts';
import { worthWords as say } from './words.ts';

/** What the answers to Kano's two questions add up to. `replies`: those that count. */
export function KanoCounts({ replies }: { readonly replies: readonly KanoReply[] }) {
  const counts = kanoCounts(replies);
  const most = kanoMost(counts);
  const measured = betterWorse(counts);
  const [first] = most;
  if (first === undefined) return null;
  return (
    <figure class="worth-kano">
      <p>
        <strong>
          {say.most(
            most.map((category) => say.kano[category]),
            counts[first],
            replies.length,
          )}
        </strong>
      </p>
      {most.length === 1 && <p class="u-hint">{say.kanoMeans[first]}</p>}
      <table>
        <caption class="u-label">{say.kanoTable}</caption>
        <thead>
          <tr>
            <th scope="col">{say.category}</th>
            <th scope="col">{say.count}</th>
          </tr>
        </thead>
        <tbody>
          {KANO_CATEGORIES.map((category) => (
            <tr key={category} data-most={most.includes(category) || undefined}>
              <th scope="row">{say.kano[category]}</th>
              <td>{counts[category]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption>
        {measured === null ? (
          say.noCoefficients
        ) : (
          <>
            {say.coefficients(measured.better, measured.worse, measured.n)}{' '}
            <span class="u-hint">{say.coefficientsMean}</span>
          </>
        )}
      </figcaption>
    </figure>
  );
}
