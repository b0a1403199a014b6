import { KanoSection } from './kano-section.tsx';
import { OutcomeSection } from './outcome-section.tsx';
import type { SectionProps } from './part.tsx';
import { WorthSection } from './worth-section.tsx';

export { KanoSection, OutcomeSection, WorthSection };

/** What an expectation is worth, how it came out, and what those asked about it say. */
export function WorthSections(props: SectionProps) {
  return (
    <>
      <WorthSection {...props} />
      <OutcomeSection {...props} />
      <KanoSection {...props} />
    </>
  );
}
