import { useState } from 'preact/hooks';
import { tagName, tagOf } from '../../domain/codebook.ts';
import { callWords } from '../../export/call-words.ts';
import { readTagFile, type TagFilePreview, type TagFileProblem } from '../../export/index.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { TagName } from '../../ui/call/tag-name.tsx';
import { Problem, Waiting } from '../../ui/states.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { CallsView } from '../messages/call-views.ts';
import { localOf } from './facts.tsx';
import type { PageProps } from './list.tsx';
import { callHref } from './route.ts';
import { sayExactly } from './time-text.ts';
import { useActs } from './undo.tsx';
import { say } from './words.ts';

const LARGEST = 20 * 1024 * 1024;
const SHOWN = 50;

type Read =
  | { is: 'nothing' }
  | { is: 'reading' }
  | { is: 'failed'; words: string }
  | { is: 'bad'; file: string; problems: TagFileProblem[] }
  | { is: 'preview'; file: string; preview: TagFilePreview }
  | { is: 'imported'; call: string; tags: number };

/** A file of tags: chosen or dropped, looked at, then stored, and that can be undone. */
export function ImportPage({
  client,
  names,
  view,
}: PageProps & { readonly view: CallsView | null }) {
  const [read, setRead] = useState<Read>({ is: 'nothing' });
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const acts = useActs(say.notesSafe);
  if (view === null) return <Waiting>{say.reading}</Waiting>;
  const { codebook } = view;

  async function take(file: File | undefined) {
    if (file === undefined) return;
    acts.clear();
    if (file.size > LARGEST) return setRead({ is: 'failed', words: say.tooLarge });
    setRead({ is: 'reading' });
    const text = await file.text().catch(() => null);
    if (text === null) return setRead({ is: 'failed', words: say.unreadable });
    const result = readTagFile(text, {
      ...{ fileName: file.name, codebook, names: [names], words: callWords },
      newId: () => client.newId(),
      // Only where the file does not tell; the day the file was written is nearer than today.
      startedAt: file.lastModified || client.now(),
    });
    setRead(
      result.ok
        ? { is: 'preview', file: file.name, preview: result.preview }
        : { is: 'bad', file: file.name, problems: result.problems },
    );
  }
  async function store({ call, tags }: TagFilePreview) {
    setBusy(true);
    // What is here already is no part of what is undone.
    const before = await client.call('call', { id: call.id });
    const known = new Set(before.ok ? before.value.tags.map(({ id }) => id) : []);
    const fresh = tags.filter(({ id }) => !known.has(id));
    let imported = 0;
    const write = async () => {
      let answer = await client.call('callImport', { call, tags });
      if (!answer.ok && answer.error.code === 'not-found') {
        // It was taken back.
        const back = await client.call('callRemove', { call: call.id, on: false });
        if (back.ok) answer = await client.call('callImport', { call, tags });
      }
      if (answer.ok) imported = answer.value.tags;
      return answer.ok ? null : answer.error;
    };
    const undo = async () => {
      if (!before.ok) {
        const answer = await client.call('callRemove', { call: call.id, on: true });
        if (answer.ok) setRead({ is: 'nothing' });
        return answer.ok ? null : answer.error;
      }
      for (const { id } of fresh) {
        const answer = await client.call('callTagEdit', { id, patch: { deleted: true } });
        if (!answer.ok) return answer.error;
      }
      return null;
    };
    const isNew = !before.ok || fresh.length > 0;
    const done = await acts.run(write, () => say.imported(imported), isNew ? undo : null);
    setBusy(false);
    if (done) setRead({ is: 'imported', call: call.id, tags: imported });
  }
  return (
    <>
      <h1>{say.importTitle}</h1>
      <p class="u-quiet">{say.importWhy}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same */}
      <div
        class="k-drop"
        data-over={over ? true : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files[0]);
        }}
      >
        <label class="u-button u-button-plain k-file">
          <input
            class="u-hidden"
            type="file"
            accept=".json,.vtt,.csv,.tsv,.txt,application/json,text/vtt,text/csv"
            onChange={(event) => {
              const input = event.currentTarget;
              void take(input.files?.[0]);
              // The same file can be chosen again after it was mended.
              input.value = '';
            }}
          />
          <span>{read.is === 'nothing' ? say.choose : say.other}</span>
        </label>
        <span class="u-quiet">{say.drop}</span>
      </div>
      {read.is === 'reading' && <Waiting>{say.reading}</Waiting>}
      {read.is === 'failed' && <Problem what={read.words} />}
      {read.is === 'bad' && (
        <>
          <Problem what={read.problems[0]?.words ?? say.unreadable} />
          {read.problems.length > 1 && <Problems problems={read.problems} />}
        </>
      )}
      {read.is === 'preview' && (
        <Preview
          {...{ codebook, names, busy }}
          file={read.file}
          preview={read.preview}
          onChange={(preview) => setRead({ ...read, preview })}
          onImport={() => void store(read.preview)}
        />
      )}
      {acts.line}
      {read.is === 'imported' && (
        <div class="u-actions">
          <ButtonLink look="primary" href={callHref(read.call)}>
            {say.openIt}
          </ButtonLink>
        </div>
      )}
    </>
  );
}

interface PreviewProps {
  readonly file: string;
  readonly preview: TagFilePreview;
  readonly codebook: CallsView['codebook'];
  readonly names: PageProps['names'];
  readonly busy: boolean;
  readonly onChange: (preview: TagFilePreview) => void;
  readonly onImport: () => void;
}

function Preview({ file, preview, codebook, names, busy, onChange, onImport }: PreviewProps) {
  const { lang } = useWords();
  const { call, tags, problems, isStartKnown } = preview;
  const shown = tags.slice(0, SHOWN);
  return (
    <section aria-labelledby="k-preview">
      <h2 id="k-preview">{say.preview(file)}</h2>
      <p class="k-meta">
        <bdi>{call.subject || say.noSubject}</bdi> · {say.channels[call.channel]}
        {isStartKnown && ` · ${sayInstant(new Date(call.startedAt).toISOString(), lang)}`} ·{' '}
        {say.tags(tags.length)}
      </p>
      {!isStartKnown && (
        <label class="k-narrow k-start">
          <span class="u-label">{say.noStart}</span>
          <input
            class="u-input"
            type="datetime-local"
            step="1"
            value={localOf(call.startedAt)}
            onChange={(event) => {
              const startedAt = new Date(event.currentTarget.value).getTime();
              if (!Number.isNaN(startedAt)) onChange({ ...preview, call: { ...call, startedAt } });
            }}
          />
        </label>
      )}
      {problems.length > 0 && <Problems problems={problems} />}
      <div class="u-actions">
        <Button
          look="primary"
          disabled={tags.length === 0 || busy}
          why={busy ? say.importing : say.nothingToImport}
          onClick={onImport}
        >
          {busy ? say.importing : say.doImport(tags.length)}
        </Button>
      </div>
      {shown.length > 0 && (
        <>
          <p class="u-hint">{say.firstTags(shown.length, tags.length)}</p>
          <ol class="k-preview">
            {shown.map((tag) => {
              const known = tagOf(codebook, tag.tag);
              return (
                <li key={tag.id}>
                  <span class="k-tag-time">{sayExactly(tag.offset + call.shift)}</span>
                  <TagName tag={known} name={tagName(known, names)} />
                  <span class="k-tag-text" dir="auto">
                    {tag.text}
                  </span>
                </li>
              );
            })}
          </ol>
        </>
      )}
    </section>
  );
}

function Problems({ problems }: { readonly problems: readonly TagFileProblem[] }) {
  return (
    <details class="k-problems" open={problems.length <= 20}>
      <summary>{say.problems(problems.length)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say.row}</th>
            <th scope="col">{say.problem}</th>
          </tr>
        </thead>
        <tbody>
          {problems.slice(0, 500).map(({ row, words }, at) => (
            <tr key={`${at} ${row}`}>
              <td>{row ?? say.wholeFile}</td>
              <td dir="auto">{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
