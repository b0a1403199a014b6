import type { ComponentChildren } from 'preact';
import type { Section as Name } from './hash.ts';
import { say } from './words.ts';

interface Props {
  readonly name: Name;
  readonly children: ComponentChildren;
}

export function Section({ name, children }: Props) {
  return (
    <section id={name} class="o-section" aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`} tabIndex={-1}>
        {say.sections[name]}
      </h2>
      <div class="o-body">{children}</div>
    </section>
  );
}
