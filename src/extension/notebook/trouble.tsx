import type { ComponentChildren } from 'preact';
import { Problem } from '../../ui/states.tsx';
import type { Failure } from '../messages/result.ts';
import { say } from './words.ts';

interface Props {
  readonly failure: Failure;
  readonly action?: ComponentChildren;
}

/** What failed: what happened, what is safe, what to do. */
export function Trouble({ failure, action }: Props) {
  const known = say.failure[failure.code];
  const what = known?.what ?? failure.message;
  return <Problem what={what} safe={say.notesSafe} todo={known?.todo ?? ''} action={action} />;
}
