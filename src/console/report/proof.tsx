import type { Reading } from './page.tsx';
import { say } from './words.ts';

/** What it takes to check all of it without believing this report. */
export function Proof({ report, checkpoint, place }: Reading) {
  const { draw } = report;
  const { proofFacts: names } = say;
  const here = (path: string) => new URL(path, place.document.baseURI).href;
  const id = encodeURIComponent(draw.id);
  const facts = [
    [names.population, draw.population.hash],
    [names.commitment, draw.commitment],
    [names.nonce, draw.nonce],
    [names.checkpoint, draw.checkpoint],
    [names.now, checkpoint ?? say.noCheckpoint],
  ] as const;
  const list = here(`/v1/draws/${id}/population`);
  return (
    <section aria-labelledby="c-report-proof">
      <h2 id="c-report-proof">{say.proof}</h2>
      <p>{say.proofWhy}</p>
      <p>{say.proofDraw}</p>
      <dl class="c-report-rows c-report-proof">
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        <div>
          <dt>{names.list}</dt>
          <dd>
            <a href={list} target="_blank" rel="noopener">
              {list}
            </a>
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** To be signed by hand, on one sheet. */
export function Signatures() {
  return (
    <section class="c-report-sign" aria-labelledby="c-report-sign">
      <h2 id="c-report-sign">{say.signatures}</h2>
      <div>
        {Object.entries(say.signature).map(([key, whose]) => (
          <p key={key}>
            <span />
            {say.place}
            <span />
            {whose}
          </p>
        ))}
      </div>
    </section>
  );
}
