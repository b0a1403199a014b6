import type { ComponentChildren } from 'preact';
import { Icon } from './icons.tsx';
import { type MarkKind, useWords } from './words.ts';

interface KindProps {
  readonly kind: MarkKind;
}

/** Icon and name of a kind, in its colour and our ink. */
export function KindName({ kind }: KindProps) {
  const words = useWords();
  return (
    <span class="u-kind" data-kind={kind}>
      <Icon name={kind} />
      <span>{words.mark[kind]}</span>
    </span>
  );
}

/** The icon alone, named. */
export function KindIcon({ kind }: KindProps) {
  const words = useWords();
  return (
    <span class="u-kind" data-kind={kind}>
      <Icon name={kind} label={words.mark[kind]} />
    </span>
  );
}

/** Words marked as they are in a page: each kind has a line of its own, only the expectation is filled. */
export function Mark(props: KindProps & { readonly children: ComponentChildren }) {
  return (
    <mark class="u-mark" data-kind={props.kind}>
      {props.children}
    </mark>
  );
}
