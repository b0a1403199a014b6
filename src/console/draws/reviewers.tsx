import { useEffect, useState } from 'preact/hooks';
import type { Member } from '../api.ts';
import type { Client } from '../client.ts';
import { say } from './words.ts';

export interface ReviewersProps {
  readonly client: Client;
  /** Ids. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Who is to review, of those who may. */
export function Reviewers({ client, chosen, onChange }: ReviewersProps) {
  const [members, setMembers] = useState<readonly Member[]>([]);
  useEffect(() => {
    void client.members().then((answer) => answer.ok && setMembers(answer.value.members));
  }, [client]);
  const may = members.filter(
    // One who left stays to be seen and taken out where they were chosen.
    ({ id, role, active }) => chosen.includes(id) || (role !== 'annotator' && active !== false),
  );
  return (
    <fieldset class="c-draw-reviewers">
      <legend class="u-label">{say.reviewers}</legend>
      <div>
        {may.map(({ id, name }) => (
          <label class="c-check" key={id}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...chosen, id]
                    : chosen.filter((other) => other !== id),
                )
              }
            />
            <span dir="auto">{name}</span>
          </label>
        ))}
      </div>
      <p class="u-hint">{say.reviewersHint}</p>
    </fieldset>
  );
}
