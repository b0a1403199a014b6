// Reading of the server at first, at pokes and again: one at a time, and the newest question counts.
import { render } from 'preact';
import { useMemo } from 'preact/hooks';
import { expect, test } from 'vitest';
import type { Answer } from '../../src/console/client.ts';
import { useReading } from '../../src/console/use-reading.ts';
import { draw, one, soon } from '../ui/draw.ts';

interface Asked {
  readonly question: string;
  readonly answer: (answer: Answer<string>) => void;
}

interface PageProps {
  readonly question: string;
  readonly asked: Asked[];
  readonly pokes: number;
  readonly everyMs?: number;
  readonly onSignedOut?: () => void;
}

function Page({ question, asked, ...options }: PageProps) {
  const ask = useMemo(
    () => () => new Promise<Answer<string>>((answer) => asked.push({ question, answer })),
    [question, asked],
  );
  const { value, failure, again, take, tell } = useReading(ask, options);
  return (
    <p>
      <output>{value ?? 'nothing yet'}</output>
      <em>{failure?.is ?? ''}</em>
      <button type="button" onClick={again}>
        Again
      </button>
      <button type="button" onClick={() => take(said('acted'))}>
        Act
      </button>
      <button type="button" onClick={() => tell({ ok: false, failure: { is: 'offline' } })}>
        Fail
      </button>
    </p>
  );
}

const said = (value: string): Answer<string> => ({ ok: true, value });
function press(root: Element, name: string) {
  const buttons = [...root.querySelectorAll('button')];
  buttons.find(({ textContent }) => textContent === name)?.click();
}
const text = (root: Element) => one(root, 'output').textContent;

test('an answer under way counts though pokes come meanwhile, and is read once more after it', async () => {
  const asked: Asked[] = [];
  const root = draw(<Page question="a" asked={asked} pokes={0} />);
  await soon(() => expect(asked).toHaveLength(1));
  for (const pokes of [1, 2, 3]) render(<Page question="a" asked={asked} pokes={pokes} />, root);
  asked[0]?.answer(said('first'));
  await soon(() => expect(text(root)).toBe('first'));
  await soon(() => expect(asked).toHaveLength(2));
  asked[1]?.answer(said('second'));
  await soon(() => expect(text(root)).toBe('second'));
  expect(asked).toHaveLength(2);
});

test('readings for pokes keep their distance; whoever asks again does not wait', async () => {
  const asked: Asked[] = [];
  const page = (pokes: number) => (
    <Page question="a" asked={asked} pokes={pokes} everyMs={3_600_000} />
  );
  const root = draw(page(0));
  await soon(() => expect(asked).toHaveLength(1));
  asked[0]?.answer(said('first'));
  await soon(() => expect(text(root)).toBe('first'));
  render(page(1), root);
  one<HTMLButtonElement>(root, 'button').click();
  await soon(() => expect(asked).toHaveLength(2));
  asked[1]?.answer(said('second'));
  await soon(() => expect(text(root)).toBe('second'));
});

test('the answer to a question that nobody asks any more is dropped', async () => {
  const asked: Asked[] = [];
  const root = draw(<Page question="a" asked={asked} pokes={0} />);
  await soon(() => expect(asked).toHaveLength(1));
  render(<Page question="b" asked={asked} pokes={0} />, root);
  await soon(() => expect(asked.map(({ question }) => question)).toEqual(['a', 'b']));
  asked[1]?.answer(said('of b'));
  await soon(() => expect(text(root)).toBe('of b'));
  asked[0]?.answer(said('of a'));
  await new Promise((done) => setTimeout(done, 20));
  expect(text(root)).toBe('of b');
});

test('what was read stays when reading again fails, and signed out is told', async () => {
  const asked: Asked[] = [];
  let out = 0;
  const page = (pokes: number) => (
    <Page question="a" asked={asked} pokes={pokes} onSignedOut={() => out++} />
  );
  const root = draw(page(0));
  await soon(() => expect(asked).toHaveLength(1));
  asked[0]?.answer(said('first'));
  await soon(() => expect(text(root)).toBe('first'));
  render(page(1), root);
  await soon(() => expect(asked).toHaveLength(2));
  asked[1]?.answer({ ok: false, failure: { is: 'offline' } });
  await soon(() => expect(one(root, 'em').textContent).toBe('offline'));
  expect(text(root)).toBe('first');
  one<HTMLButtonElement>(root, 'button').click();
  await soon(() => expect(asked).toHaveLength(3));
  asked[2]?.answer({ ok: false, failure: { is: 'signed-out' } });
  await soon(() => expect(out).toBe(1));
});

test('an act’s answer is shown; what was asked for before it does not undo it, and is read again', async () => {
  const asked: Asked[] = [];
  const root = draw(<Page question="a" asked={asked} pokes={0} />);
  await soon(() => expect(asked).toHaveLength(1));
  asked[0]?.answer(said('first'));
  await soon(() => expect(text(root)).toBe('first'));
  render(<Page question="a" asked={asked} pokes={1} />, root);
  await soon(() => expect(asked).toHaveLength(2));
  press(root, 'Act');
  await soon(() => expect(text(root)).toBe('acted'));
  asked[1]?.answer(said('first'));
  await soon(() => expect(asked).toHaveLength(3));
  expect(text(root)).toBe('acted');
  asked[2]?.answer(said('acted, and read'));
  await soon(() => expect(text(root)).toBe('acted, and read'));
});

test('a failed act is told beside what is shown, until something goes well', async () => {
  const asked: Asked[] = [];
  const root = draw(<Page question="a" asked={asked} pokes={0} />);
  await soon(() => expect(asked).toHaveLength(1));
  asked[0]?.answer(said('first'));
  await soon(() => expect(text(root)).toBe('first'));
  press(root, 'Fail');
  await soon(() => expect(one(root, 'em').textContent).toBe('offline'));
  expect(text(root)).toBe('first');
  press(root, 'Act');
  await soon(() => expect(one(root, 'em').textContent).toBe(''));
});
