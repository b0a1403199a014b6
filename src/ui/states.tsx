// What a view says when there is nothing, something is on its way, or something went wrong.
import type { ComponentChildren } from 'preact';
import { Icon } from './icons.tsx';
import { KeyCap } from './keys.tsx';

export interface EmptyProps {
  /** One sentence: what to do next. */
  readonly children: ComponentChildren;
  readonly keys?: string;
  readonly action?: ComponentChildren;
}

export function Empty({ children, keys, action }: EmptyProps) {
  return (
    <div class="u-empty">
      <p>
        {children} {keys && <KeyCap keys={keys} />}
      </p>
      {action}
    </div>
  );
}

export interface ProblemProps {
  /** What happened. */
  readonly what: string;
  /** What is safe: the person's work first. */
  readonly safe?: string;
  /** What to do now. */
  readonly todo?: string;
  readonly action?: ComponentChildren;
  /** Small print for whoever is asked for help: a code, never a stack. */
  readonly detail?: string;
}

export function Problem({ what, safe, todo, action, detail }: ProblemProps) {
  return (
    <div class="u-problem" role="alert">
      <Icon name="attention" />
      <div>
        <p class="u-problem-what">{what}</p>
        {(safe || todo) && <p>{[safe, todo].filter(Boolean).join(' ')}</p>}
        {detail && <p class="u-hint">{detail}</p>}
        {action && <div class="u-actions">{action}</div>}
      </div>
    </div>
  );
}

/** A line of text where others put a spinner. */
export function Waiting({ children }: { readonly children: ComponentChildren }) {
  return (
    <p class="u-waiting" role="status">
      {children}
    </p>
  );
}
