import { useEffect, useState } from 'preact/hooks';
import type { Row } from '../api.ts';
import type { Client } from '../client.ts';
import { atOf, type StoryUnit, storyHref } from './href.ts';
import { say } from './link-words.ts';

/** Who is signed in does not change while a page is open; asked once. */
const roles = new WeakMap<Client, Promise<string>>();

function roleOf(client: Client): Promise<string> {
  const known = roles.get(client);
  if (known) return known;
  const asked = client.me().then((answer) => {
    if (answer.ok) return answer.value.member.role;
    roles.delete(client);
    return '';
  });
  roles.set(client, asked);
  return asked;
}

interface StoryLinksProps {
  readonly client: Client;
  readonly row: Pick<Row, 'kind' | 'id' | 'customer' | 'project'>;
}

/** From a record to where it stands in the stories of its project and its customer. */
export function StoryLinks({ client, row }: StoryLinksProps) {
  const [role, setRole] = useState('');
  useEffect(() => {
    let current = true;
    void roleOf(client).then((found) => {
      if (current) setRole(found);
    });
    return () => {
      current = false;
    };
  }, [client]);
  if (!['manager', 'admin', 'auditor'].includes(role)) return null;
  const { kind, id, customer, project } = row;
  const at = kind === 'customer' || kind === 'project' ? null : atOf({ kind, id });
  const ways: { unit: StoryUnit; id: string; name: string }[] = [
    ...(project ? [{ unit: 'project' as const, ...project }] : []),
    ...(customer ? [{ unit: 'customer' as const, ...customer }] : []),
  ];
  if (kind === 'customer' || kind === 'project') ways.unshift({ unit: kind, id, name: '' });
  if (ways.length === 0) return null;
  return (
    <p class="c-story-links">
      {ways.map(({ unit, id: subject, name }) => (
        <a key={`${unit}/${subject}`} href={storyHref(unit, subject, at)} dir="auto">
          {say.storyOf(name)}
        </a>
      ))}
    </p>
  );
}
