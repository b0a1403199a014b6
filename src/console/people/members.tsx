import { useState } from 'preact/hooks';
import { Button, Choice } from '../../ui/index.ts';
import type { Me, Member } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { say } from './words.ts';

const ROLES = ['annotator', 'manager', 'admin', 'auditor'] as const;

export interface MembersProps {
  readonly members: readonly Member[];
  readonly me: Me;
  readonly client: Client;
  readonly onChanged: () => void;
  readonly onSignedOut: () => void;
}

/** Who is in the workspace; an admin changes roles here, and who is let in. */
export function Members({ members, me, client, onChanged, onSignedOut }: MembersProps) {
  const [asking, setAsking] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isAdmin = me.member.role === 'admin';

  async function change(id: string, what: { role?: string; active?: boolean }) {
    setFailure(null);
    setAsking(null);
    const answer = await client.changeMember(id, what);
    if (!answer.ok && answer.failure.is === 'signed-out') return onSignedOut();
    if (!answer.ok) setFailure(answer.failure);
    // After a refusal too: the role shown is the one that holds.
    onChanged();
  }

  return (
    <section aria-labelledby="c-members">
      <h2 id="c-members">{say.members}</h2>
      {failure && <FailureNote failure={failure} />}
      <div class="c-scroll-x">
        <table class="c-plain">
          <thead>
            <tr>
              <th scope="col">{say.name}</th>
              <th scope="col">{say.email}</th>
              <th scope="col">{say.role}</th>
              {isAdmin && (
                <th scope="col">
                  <span class="u-hidden">{say.changes}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {members.map((member) => {
              const left = member.active === false;
              return (
                <tr key={member.id}>
                  <td dir="auto">
                    {member.name}
                    {member.id === me.member.id && <span class="u-quiet"> · {say.you}</span>}
                    {left && <span class="u-quiet"> · {say.left}</span>}
                  </td>
                  <td>{member.email}</td>
                  <td>
                    {isAdmin && !left ? (
                      <Choice
                        label={say.roleOf(member.name)}
                        labelHidden
                        value={member.role}
                        options={ROLES.map((value) => ({
                          value: value as string,
                          label: say.roles[value] ?? value,
                        }))}
                        onChange={(role) => role !== '' && void change(member.id, { role })}
                      />
                    ) : (
                      (say.roles[member.role] ?? member.role)
                    )}
                  </td>
                  {isAdmin && (
                    <td>
                      {left ? (
                        <Button
                          look="quiet"
                          label={say.activateName(member.name)}
                          onClick={() => void change(member.id, { active: true })}
                        >
                          {say.activate}
                        </Button>
                      ) : asking === member.id ? (
                        <div class="c-sure">
                          <p>{say.deactivateSure(member.name)}</p>
                          <Button
                            look="plain"
                            onClick={() => void change(member.id, { active: false })}
                          >
                            {say.deactivate}
                          </Button>
                          <Button look="quiet" onClick={() => setAsking(null)}>
                            {say.keep}
                          </Button>
                        </div>
                      ) : (
                        <Button
                          look="bad"
                          label={say.deactivateName(member.name)}
                          onClick={() => setAsking(member.id)}
                        >
                          {say.deactivate}
                        </Button>
                      )}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
