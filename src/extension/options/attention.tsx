import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Json } from '../../domain/json.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { Undo } from '../../ui/undo.tsx';
import type { Failure } from '../messages/result.ts';
import type { Status, Unread } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { Section } from './section.tsx';
import { say } from './words.ts';

interface Props {
  readonly client: OptionsClient;
  readonly status: Status | null;
  /** Counts may be others now. */
  readonly onChange: () => void;
}

/** What the server could not read: mended and written again, copied out, or put aside. */
export function Attention({ client, status, onChange }: Props) {
  const [unread, setUnread] = useState<readonly Unread[]>([]);
  const [said, setSaid] = useState('');
  const [put, setPut] = useState<string | null>(null);
  const load = useCallback(async () => {
    const answer = await client.call('attention', {});
    if (answer.ok) setUnread(answer.value.changes);
    else setSaid(answer.error.message);
  }, [client]);
  useEffect(() => void load(), [load, status?.attention]);
  const endUndo = useCallback(() => setPut(null), []);

  const done = async (words: string) => {
    setSaid(words);
    await load();
    onChange();
  };
  const putAside = async (id: string, on: boolean) => {
    const answer = await client.call('putAside', { id, on });
    if (!answer.ok) return setSaid(answer.error.message);
    setPut(on ? id : null);
    await done(on ? '' : say.backInList);
  };
  const copy = (change: Unread) => {
    client.copy(asText(change)).then(
      () => setSaid(say.copied),
      () => setSaid(say.notCopied),
    );
  };
  const shown = unread.filter(({ aside }) => !aside);
  const aside = unread.filter((each) => each.aside);
  return (
    <Section name="attention">
      {shown.length === 0 ? (
        <p class="u-quiet">{say.attentionNone}</p>
      ) : (
        <>
          <p class="u-quiet">{say.attentionWhy}</p>
          <ul class="o-rows">
            {shown.map((change) => (
              <li key={change.id} class="o-unread">
                <One
                  client={client}
                  change={change}
                  onMended={() => done(change.anew ? say.mendedAnew : say.mended)}
                  onCopy={() => copy(change)}
                  onAside={() => void putAside(change.id, true)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {put !== null && (
        <Undo text={say.putAsideDone} onUndo={() => void putAside(put, false)} onEnd={endUndo} />
      )}
      <p role="status">{said}</p>
      {aside.length > 0 && (
        <details class="o-aside">
          <summary>{say.aside(aside.length)}</summary>
          <ul class="o-rows">
            {aside.map((change) => (
              <li key={change.id}>
                <Told change={change} />
                <Button onClick={() => void putAside(change.id, false)}>{say.bringBack}</Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

interface OneProps {
  readonly client: OptionsClient;
  readonly change: Unread;
  readonly onMended: () => void;
  readonly onCopy: () => void;
  readonly onAside: () => void;
}

function One({ client, change, onMended, onCopy, onAside }: OneProps) {
  const [mending, setMending] = useState(false);
  const body = bodyOf(change);
  return (
    <>
      <Told change={change} />
      {mending && body !== null ? (
        <Mend
          client={client}
          change={change}
          body={body}
          onMended={onMended}
          onStop={() => setMending(false)}
        />
      ) : (
        <div class="u-actions">
          {body !== null && <Button onClick={() => setMending(true)}>{say.mend}</Button>}
          <Button icon="copy" onClick={onCopy}>
            {say.copy}
          </Button>
          <Button look="quiet" onClick={onAside}>
            {say.putAside}
          </Button>
        </div>
      )}
    </>
  );
}

function Told({ change }: { readonly change: Unread }) {
  return (
    <div>
      <p>
        <strong>{nameOf(say.kinds, change.kind)}</strong> {change.reason}
      </p>
      <p class="o-body-text" dir="auto">
        {asText(change).slice(0, 400)}
      </p>
    </div>
  );
}

interface MendProps {
  readonly client: OptionsClient;
  readonly change: Unread;
  readonly body: { readonly [field: string]: Json };
  readonly onMended: () => void;
  readonly onStop: () => void;
}

/** Its texts to be edited; what is no text goes along as it was, or is left out. */
function Mend({ client, change, body, onMended, onStop }: MendProps) {
  const [values, setValues] = useState(body);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<Failure | null>(null);
  const write = async () => {
    const kept = Object.entries(values).filter(([field]) => !left.has(field));
    const answer = await client.call('mend', { id: change.id, body: Object.fromEntries(kept) });
    if (answer.ok) onMended();
    else setFailure(answer.error);
  };
  const toggle = (field: string) => {
    const next = new Set(left);
    if (!next.delete(field)) next.add(field);
    setLeft(next);
  };
  return (
    <div class="o-ask">
      {change.anew && <p>{say.mendAnew}</p>}
      {Object.entries(values).map(([field, value]) =>
        typeof value === 'string' ? (
          <TextArea
            key={field}
            label={nameOf(say.fields, field)}
            value={value}
            rows={1}
            onInput={(text) => setValues({ ...values, [field]: text })}
          />
        ) : (
          <label key={field} class="o-check">
            <input type="checkbox" checked={!left.has(field)} onChange={() => toggle(field)} />
            <span>
              {nameOf(say.fields, field)}{' '}
              <span class="o-body-text">{valueText(value).slice(0, 200)}</span>
            </span>
          </label>
        ),
      )}
      {failure && <Problem what={failure.message} safe={say.mendSafe} />}
      <div class="u-actions">
        <Button look="primary" onClick={() => void write()}>
          {say.mendWrite}
        </Button>
        <Button onClick={onStop}>{say.cancel}</Button>
      </div>
    </div>
  );
}

function bodyOf({ body }: Unread): { [field: string]: Json } | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  return body as { [field: string]: Json };
}

/** A change's body as text: its fields one a line. */
function asText(change: Unread): string {
  const body = bodyOf(change);
  if (body === null) return String(change.body ?? '');
  return Object.entries(body)
    .map(([field, value]) => `${nameOf(say.fields, field)}: ${valueText(value)}`)
    .join('\n');
}

/** Of evidence the customer's words are enough; their place means nothing to a reader. */
function valueText(value: Json): string {
  if (typeof value === 'string') return value;
  const parts = typeof value === 'object' && value !== null ? Object.values(value) : [];
  const quotes = parts.flatMap((part) =>
    typeof part === 'object' && part !== null && 'quote' in part ? [String(part.quote)] : [],
  );
  return quotes.length > 0 ? quotes.map((quote) => `“${quote}”`).join(' ') : JSON.stringify(value);
}

function nameOf(names: { readonly [name: string]: string }, name: string): string {
  return Object.hasOwn(names, name) ? (names[name] ?? name) : name;
}
