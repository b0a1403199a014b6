import { useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import type { CueOrigin, Draft } from '../../messages/draft.ts';
import type { AppProps } from '../app.tsx';
import { plain } from '../plain.ts';
import './cues.css';
import { languageName, sayCues } from './words.ts';

interface Props {
  readonly cue: NonNullable<Draft['cue']>;
}

/** What noticed these words and why, and a way to ask about them. */
export function CueLine({ cue }: Props) {
  const [copied, setCopied] = useState('');
  const question = plain(cue.question);
  const copy = () =>
    navigator.clipboard.writeText(question).then(
      () => setCopied(sayCues.copied),
      () => setCopied(sayCues.notCopied),
    );
  return (
    <section class="s-part s-cue">
      <p title={sayCues.rule(cue.rule)}>
        <span class="s-meta">{sayCues.noticed}</span> {plain(cue.why)}
      </p>
      <Unmeasured of={cue} />
      {question !== '' && (
        <div class="s-cue-ask">
          <p>
            <span class="s-meta">{sayCues.ask}</span> <span dir="auto">{question}</span>
          </p>
          <Button look="quiet" icon="copy" label={sayCues.copy} onClick={() => void copy()} />
        </div>
      )}
      <p class="s-meta" role="status">
        {copied}
      </p>
    </section>
  );
}

/** Said where nobody has counted how often the rules are right. */
export function Unmeasured({ of }: { readonly of: CueOrigin }) {
  if (of.measured) return null;
  return <p class="u-hint">{sayCues.unmeasured(languageName(of.language))}</p>;
}

interface NotOneProps extends AppProps {
  readonly draft: Draft;
}

/** Throws the card away, takes the mark off and teaches the rule. */
export function NotOne({ sidebar, draft }: NotOneProps) {
  const { cue } = draft;
  if (cue === undefined) return null;
  return <Button onClick={() => void sidebar.cues.notOne(cue, draft)}>{sayCues.not}</Button>;
}
