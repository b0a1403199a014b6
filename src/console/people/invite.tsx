import { useState } from 'preact/hooks';
import { Button, Field, Segment } from '../../ui/index.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { say } from './words.ts';

const ROLES = ['annotator', 'manager', 'admin', 'auditor'] as const;
type Role = (typeof ROLES)[number];

export interface InviteProps {
  readonly client: Client;
  readonly place: Window;
  readonly onSignedOut: () => void;
}

/** Makes a link that an admin hands over in person or by mail: the server sends none. */
export function Invite({ client, place, onSignedOut }: InviteProps) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('annotator');
  const [wrong, setWrong] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function invite() {
    const address = email.trim();
    setLink(null);
    setFailure(null);
    setCopied(false);
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) return setWrong(true);
    const answer = await client.invite(address, role);
    if (answer.ok) return setLink(answer.value.link);
    if (answer.failure.is === 'signed-out') return onSignedOut();
    return setFailure(answer.failure);
  }

  return (
    <section aria-labelledby="c-invite">
      <h2 id="c-invite">{say.invite}</h2>
      <form
        class="c-invite"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void invite();
        }}
      >
        <Field
          type="email"
          label={say.email}
          value={email}
          error={wrong ? say.inviteAddress : undefined}
          onInput={(value) => {
            setEmail(value);
            setWrong(false);
          }}
        />
        <Segment
          label={say.role}
          value={role}
          onChange={setRole}
          options={ROLES.map((value) => ({ value, label: say.roles[value] ?? value }))}
        />
        <p class="u-hint">{say.roleHints[role]}</p>
        <Button look="primary" submit>
          {say.inviteDo}
        </Button>
        <p class="u-hint">{say.inviteHint}</p>
      </form>
      {failure && <FailureNote failure={failure} />}
      {link && (
        <div class="c-link">
          <Field label={say.link} value={link} readOnly onInput={() => {}} />
          <Button
            icon="copy"
            onClick={() => {
              // Refused without the focus or over plain http: the link stands there to be selected.
              void place.navigator.clipboard?.writeText(link).then(
                () => setCopied(true),
                () => setCopied(false),
              );
            }}
          >
            {say.copy}
          </Button>
          <p role="status">{copied && say.copied}</p>
        </div>
      )}
    </section>
  );
}
