import { useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/index.ts';
import { say } from './page-words.ts';

export interface ChooseProps {
  readonly onFile: (file: File) => void;
}

/** Choose or drop a file. */
export function ChooseFile({ onFile }: ChooseProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  function take(files: FileList | null | undefined) {
    const file = files?.[0];
    if (file) onFile(file);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same
    <div
      class="c-drop"
      data-over={over ? true : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.ndjson,.json,.jsonld,text/csv,text/plain,application/json"
        class="u-hidden"
        tabIndex={-1}
        aria-label={say.choose}
        onChange={(event) => {
          take(event.currentTarget.files);
          // The same file again, corrected meanwhile, must be a change too.
          event.currentTarget.value = '';
        }}
      />
      <Button icon="file" onClick={() => input.current?.click()}>
        {say.choose}
      </Button>
      <span class="u-quiet">{say.drop}</span>
    </div>
  );
}
