import { say as draws } from '../draws/words.ts';
import { nameOf } from './name.ts';
import type { Reading } from './page.tsx';
import { say } from './words.ts';

/** Of what, by what method and by what chance it was drawn, and what was put out. */
export function Drawing({ report }: Reading) {
  const { draw, subjects, out } = report;
  const names = new Map([...subjects, ...out].map((one) => [one.id, nameOf(one)]));
  const called = (id: string) => names.get(id) ?? say.unnamed;
  const filters = Object.entries(draw.filter).map(
    ([name, values]) => `${name}: ${values.join(', ')}`,
  );
  const facts = [
    [say.drawn.population, say.counted(draw.population.size, draw.unit)],
    [say.drawn.filter, filters.length === 0 ? say.everything : filters.join('; ')],
    [say.drawn.method, methodOf(draw)],
    [say.drawn.sample, draws.drawn(draw.sample.length, draw.population.size, draw.unit)],
    [say.drawn.seed, say.seed],
  ] as const;
  return (
    <section aria-labelledby="c-report-drawing">
      <h2 id="c-report-drawing">{say.drawing}</h2>
      <dl class="c-report-rows">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
        <div>
          <dt>{say.drawn.replaced}</dt>
          <dd>
            {draw.replacements.length === 0 && say.nobodyReplaced}
            {draw.replacements.map((one) => (
              <p key={one.out} dir="auto">
                {say.replacedBy(called(one.out), one.in && called(one.in), one.reason)}
              </p>
            ))}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function methodOf({ method, strata }: Reading['report']['draw']): string {
  switch (method.kind) {
    case 'simple':
      return say.methods.simple(method.size);
    case 'stratified':
      return say.methods.stratified(method.size, say.groups[strata]);
    case 'discovery':
      return say.methods.discovery(method.size, method.among, method.confidence);
  }
}
