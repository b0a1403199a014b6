import type { ComponentChildren } from 'preact';
import { Button, Problem } from '../ui/index.ts';
import type { Failure } from './client.ts';
import { type ConsoleWords, useConsoleWords } from './words.ts';

interface Said {
  readonly what: string;
  readonly safe?: string;
  readonly todo?: string;
  readonly detail?: string;
}

export function sayFailure(failure: Failure, words: ConsoleWords): Said {
  const say = words.failure;
  switch (failure.is) {
    case 'offline':
      return { what: say.offline, safe: say.offlineSafe, todo: say.offlineTodo };
    case 'refused':
      return { what: failure.message };
    case 'strange': {
      const detail = say.strangeDetail(failure.status);
      return { what: say.strange, safe: say.offlineSafe, todo: say.strangeTodo, detail };
    }
    case 'signed-out':
      return { what: words.gate.title, safe: words.gate.text };
  }
}

export interface FailureNoteProps {
  readonly failure: Failure;
  readonly onAgain?: () => void;
  /** What is safe here; the usual words unless said. */
  readonly safe?: string;
  readonly children?: ComponentChildren;
}

export function FailureNote({ failure, onAgain, safe, children }: FailureNoteProps) {
  const words = useConsoleWords();
  const again = onAgain && <Button onClick={onAgain}>{words.failure.again}</Button>;
  return (
    <Problem
      {...sayFailure(failure, words)}
      {...(safe ? { safe } : {})}
      action={children ?? again}
    />
  );
}
