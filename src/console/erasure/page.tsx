// Erasing what is about a person: find them, look at what goes, say why, confirm; then who has done it.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Waiting } from '../../ui/index.ts';
import type { Erasures, Person, Proposal } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useConsoleWords } from '../words.ts';
import { Chosen } from './chosen.tsx';
import { Find } from './find.tsx';
import { SoFar } from './so-far.tsx';

export interface ErasurePageProps {
  readonly client: Client;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

export function ErasurePage({ client, pokes, onSignedOut }: ErasurePageProps) {
  const say = useConsoleWords().erasure;
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p>{say.intro}</p>
      <Erasing {...{ client, pokes, onSignedOut }} />
    </div>
  );
}

function Erasing({ client, pokes, onSignedOut }: ErasurePageProps) {
  const say = useConsoleWords().erasure;
  const [so, setSo] = useState<Erasures | null>(null);
  const [proposal, setProposal] = useState<Proposal | 'reading' | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const status = useRef<HTMLParagraphElement>(null);

  const fail = useCallback(
    (why: Failure) => (why.is === 'signed-out' ? onSignedOut() : setFailure(why)),
    [onSignedOut],
  );
  const read = useCallback(async () => {
    const answer = await client.erasures();
    if (answer.ok) setSo(answer.value);
    else fail(answer.failure);
  }, [client, fail]);
  useEffect(() => {
    void read();
  }, [read, pokes]);

  async function choose(person: Person) {
    setFailure(null);
    setDone(null);
    setProposal('reading');
    const answer = await client.proposeErasure(person);
    setProposal(answer.ok ? answer.value : null);
    if (!answer.ok) fail(answer.failure);
  }

  function onErased(count: number) {
    setProposal(null);
    setDone(count);
    void read();
    // The form that had the focus is gone.
    queueMicrotask(() => status.current?.focus());
  }

  return (
    <>
      <Find client={client} onChosen={(person) => void choose(person)} onSignedOut={onSignedOut} />
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <p ref={status} class={done === null ? 'u-hidden' : 'c-result'} role="status" tabIndex={-1}>
        {done !== null && say.done(done)}
      </p>
      {proposal === 'reading' && <Waiting>{say.proposing}</Waiting>}
      {proposal !== null && proposal !== 'reading' && (
        <Chosen
          key={`${proposal.person.kind} ${proposal.person.id}`}
          client={client}
          proposal={proposal}
          browsers={so?.devices.length ?? 0}
          onErased={onErased}
          onCancel={() => setProposal(null)}
          onSignedOut={onSignedOut}
        />
      )}
      {so && <SoFar {...so} />}
    </>
  );
}
