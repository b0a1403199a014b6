import { useState } from 'preact/hooks';
import type { Tag } from '../../domain/codebook.ts';
import { callSummary, callToCsv, callToJson, callToWebVtt, callWords } from '../../export/index.ts';
import { Button } from '../../ui/button.tsx';
import type { CallView, TagView } from '../messages/call-views.ts';
import type { CallsClient } from './client.ts';
import { localOf } from './facts.tsx';
import { say } from './words.ts';

export interface OutProps {
  readonly client: CallsClient;
  readonly call: CallView;
  readonly tags: readonly TagView[];
  readonly codebook: readonly Tag[];
}

/** The call as files, and as words for the clipboard. */
export function Out({ client, call, tags, codebook }: OutProps) {
  const [said, setSaid] = useState('');
  const [withPauses, setWithPauses] = useState(true);
  const whole = { call, tags, codebook };
  const save = (ending: string, type: string, text: string, also = '') => {
    const name = `${fileName(call)}.${ending}`;
    client.save(name, type, text);
    setSaid([say.savedFile(name), also].filter(Boolean).join(' '));
  };
  const copy = async () => {
    try {
      await client.copy(callSummary(whole, callWords));
      setSaid(say.copied);
    } catch {
      setSaid(say.notCopied);
    }
  };
  const webvtt = () => {
    const { text, clipped } = callToWebVtt(whole, callWords, { withPauses });
    save('vtt', 'text/vtt', text, clipped > 0 ? say.clipped(clipped) : '');
  };
  return (
    <section aria-labelledby="k-out">
      <h2 id="k-out">{say.out}</h2>
      <div class="u-actions">
        <Button icon="copy" onClick={() => void copy()}>
          {say.copy}
        </Button>
        <Button icon="export" onClick={webvtt}>
          {say.webvtt}
        </Button>
        <Button
          icon="export"
          onClick={() => save('json', 'application/json', callToJson(whole, callWords))}
        >
          {say.json}
        </Button>
        <Button icon="export" onClick={() => save('csv', 'text/csv', callToCsv(whole, callWords))}>
          {say.csv}
        </Button>
      </div>
      {call.clock.pauses.length > 0 && (
        <label class="k-check">
          <input
            type="checkbox"
            checked={withPauses}
            onChange={(event) => setWithPauses(event.currentTarget.checked)}
          />
          <span>{say.withPauses}</span>
        </label>
      )}
      <p class="u-hint">{say.outHint}</p>
      <p class="k-said" role="status">
        {said}
      </p>
    </section>
  );
}

/** "2027-02-24 Sample Foods": names of files have no signs that some system forbids. */
function fileName({ clock, customer, subject }: CallView): string {
  const about = (customer?.name || subject)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\x00-\x1f\x7f"*/:<>?\\|\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60);
  return `${localOf(clock.startedAt).slice(0, 10)} ${about}`.trim();
}
