import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { Client, Failure } from '../client.ts';
import type { ImprovementShown, Person } from '../improvements/answer.ts';
import { improvementCalls } from '../improvements/calls.ts';
import { type Line, linesOf } from './lines.ts';
import { type Op, Outbox, roomOf } from './outbox.ts';

const AGAIN_MS = 5_000;

export interface SessionLines {
  readonly lines: readonly Line[];
  readonly members: readonly Person[];
  /** The first answer is there, or none could be had. */
  readonly isRead: boolean;
  readonly failure: Failure | null;
  /** Not on the server yet, of this session and of earlier ones. */
  readonly unsent: number;
  /** The last try to send found no server. */
  readonly isOffline: boolean;
  readonly put: (op: Op) => void;
  readonly forget: (id: string) => void;
  readonly again: (id: string) => void;
}

interface Wanted {
  readonly client: Client;
  readonly place: Window;
  readonly now: () => Date;
  readonly member: string;
  readonly session: string;
  /** ISO date where the person is. */
  readonly today: string;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

/** What was written down in this sitting, by whomever; what is said goes out at once, or later. */
export function useLines(wanted: Wanted): SessionLines {
  const { client, place, now, member, session, today, pokes, onSignedOut } = wanted;
  const calls = useMemo(() => improvementCalls(client, today), [client, today]);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const out = useMemo(
    () =>
      new Outbox(
        roomOf(place),
        member,
        () => now().getTime(),
        () => redraw(undefined),
      ),
    [place, member, now],
  );
  const [known, setKnown] = useState<ReadonlyMap<string, ImprovementShown>>(new Map());
  const [members, setMembers] = useState<readonly Person[]>([]);
  const [isRead, setRead] = useState(false);
  const [isOffline, setOffline] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  // An answer that was asked for before something was sent does not know of it.
  const turn = useRef(0);

  const read = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    void calls.list({ state: 'all', session, today }).then((answer) => {
      if (mine !== turn.current) return;
      setRead(true);
      if (!answer.ok) {
        if (answer.failure.is === 'signed-out') onSignedOut();
        // What cannot be read now is said where it is not sent either.
        setFailure(answer.failure.is === 'offline' ? null : answer.failure);
        return;
      }
      setFailure(null);
      setMembers(answer.value.members);
      setKnown((before) => {
        // What was taken back here can be put back while the page is open.
        const gone = [...before].filter(([, one]) => one.deleted);
        const there = answer.value.improvements.map((one) => [one.id, one] as const);
        return new Map([...gone, ...there]);
      });
    });
  }, [calls, session, today, onSignedOut]);
  useEffect(read, [read, pokes]);

  const flush = useCallback(async () => {
    const result = await out.flush(calls, (improvement) => {
      turn.current += 1;
      setKnown((before) => new Map([...before, [improvement.id, improvement]]));
    });
    setOffline(result === 'offline');
    if (result === 'signed-out') onSignedOut();
  }, [out, calls, onSignedOut]);
  useEffect(() => {
    void flush();
    const online = () => void flush();
    place.addEventListener('online', online);
    return () => place.removeEventListener('online', online);
  }, [flush, place, pokes]);
  const all = out.all();
  const unsent = all.filter(({ refused }) => refused === null).length;
  useEffect(() => {
    if (!isOffline || unsent === 0) return;
    const timer = setInterval(() => void flush(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [isOffline, unsent, flush]);

  return {
    ...{ lines: linesOf(known, all, session), members, isRead, failure, unsent, isOffline },
    put(op) {
      out.put(op);
      void flush();
    },
    forget: (id) => out.forget(id),
    again(id) {
      out.again(id);
      void flush();
    },
  };
}
