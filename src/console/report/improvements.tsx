import { sayDate, sayDay, useWords } from '../../ui/index.ts';
import type { ImprovementTold } from './answer.ts';
import type { Reading } from './page.tsx';
import { say } from './words.ts';

/** What was begun from these reviews, how far it is, and whether it helped. */
export function Improvements({ report }: Reading) {
  const { improvements } = report;
  const open = improvements.filter(({ state }) => state === 'open').length;
  const late = improvements.filter((one) => one.late !== null).length;
  const { improvementColumns: columns } = say;
  return (
    <section aria-labelledby="c-report-improvements">
      <h2 id="c-report-improvements">{say.improvements}</h2>
      <p>
        {improvements.length === 0
          ? say.noImprovements
          : say.improvementsSays(improvements.length, open, late)}
      </p>
      {improvements.length > 0 && (
        <table class="c-plain c-report-table">
          <thead>
            <tr>
              <th scope="col" class="c-report-wide">
                {columns.what}
              </th>
              <th scope="col">{columns.action}</th>
              <th scope="col" class="c-report-name">
                {columns.owner}
              </th>
              <th scope="col">{columns.state}</th>
            </tr>
          </thead>
          <tbody>
            {improvements.map((one) => (
              <tr key={one.id}>
                <th scope="row" class="c-report-wide" dir="auto">
                  {one.text}
                  {one.cause !== '' && (
                    <span class="u-quiet">
                      {' · '}
                      {say.cause} <bdi>{one.cause}</bdi>
                    </span>
                  )}
                </th>
                <td data-label={columns.action} dir="auto">
                  {one.action || '–'}
                </td>
                <td data-label={columns.owner} dir="auto">
                  {one.ownerName || say.noOwner}
                </td>
                <td data-label={columns.state}>
                  <State improvement={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function State({ improvement }: { readonly improvement: ImprovementTold }) {
  const { lang } = useWords();
  const { state, late, due, checkedAt, effectText, reason, doneAt, doneText } = improvement;
  const day = state === 'open' ? null : (checkedAt ?? doneAt);
  const words = state === 'dropped' ? reason : effectText || doneText;
  return (
    <>
      <p>
        {[
          say.states[state],
          ...(day !== null && state !== 'dropped' ? [sayDay(day, lang)] : []),
          ...(state === 'open' && due !== null ? [say.dueOn(sayDate(due, lang))] : []),
          ...(late === null ? [] : [say.late[late]]),
        ].join(' · ')}
      </p>
      {words !== '' && (
        <p class="u-quiet" dir="auto">
          {words}
        </p>
      )}
    </>
  );
}
