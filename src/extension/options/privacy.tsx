import { Section } from './section.tsx';
import { say } from './words.ts';

export function Privacy() {
  return (
    <Section name="privacy">
      <dl class="o-facts">
        {say.privacy.map(([title, text]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
