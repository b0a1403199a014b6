import { elapsedAt } from '../../domain/call.ts';
import { Button } from '../../ui/button.tsx';
import type { CallView } from '../messages/call-views.ts';
import type { Bar } from './bar.ts';
import { say, sayTime } from './words.ts';

interface Props {
  readonly bar: Bar;
  readonly parked: readonly CallView[];
}

/** Calls that were put aside, each with what its clock shows. */
export function ParkedCalls({ bar, parked }: Props) {
  if (parked.length === 0) return null;
  return (
    <section class="b-parked" aria-label={say.parkedCalls}>
      <h2 class="u-label">{say.parkedCalls}</h2>
      <ul>
        {parked.map((call) => {
          const name = callName(call);
          const stands = call.clock.pauses.at(-1)?.from ?? call.clock.startedAt;
          return (
            <li key={call.id}>
              <bdi class="b-name">{name}</bdi>
              <span class="b-time">{sayTime(elapsedAt(call.clock, stands))}</span>
              <Button
                look="quiet"
                label={say.of(say.goOn, name)}
                onClick={() => void bar.resume(call.id)}
              >
                {say.goOn}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function callName({ customer, subject }: CallView): string {
  return customer?.name || subject || say.noName;
}
