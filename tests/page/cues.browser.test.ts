// Cues in the page: fainter than any mark, without icons, gone to by keyboard after the last mark.
import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Mark, ReadMessage } from '../../src/extension/messages/shapes.ts';
import { addMail, allOurs, markOn, ours, press, start } from './sample.ts';

function cueOn(exact: string, changes: Partial<Mark> = {}): Mark {
  const made = markOn(exact, { look: 'cue', summary: 'It is taken for granted.' });
  return { ...made, evidence: made.id, ...changes };
}

const ranges = () => [...CSS.highlights.values()].flatMap((highlight) => [...highlight]);
const drawn = () => ranges().map(String).sort();
const focused = () => allOurs('.column button').find((one) => one.matches(':focus'));
const sight = () => focused()?.getAttribute('aria-label');
const down = () => userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
const up = () => userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');

/** The decoration that a highlight gives to the words it lies on. */
function lookOf(words: string): CSSStyleDeclaration {
  for (const [name, highlight] of CSS.highlights) {
    for (const range of highlight) {
      const at = range.startContainer.parentElement;
      if (String(range) === words && at) return getComputedStyle(at, `::highlight(${name})`);
    }
  }
  throw new Error(`nothing is drawn on “${words}”`);
}

describe('cues', () => {
  test('are drawn as a thin dotted line, without a fill and without an icon', async () => {
    addMail(1, 'Of course the certificates are there. You said two minutes.');
    const { sent } = start({ marks: [cueOn('Of course the certificates')] });
    await expect.poll(drawn).toEqual(['Of course the certificates']);
    const look = lookOf('Of course the certificates');
    expect(look.textDecorationLine).toBe('underline');
    expect(look.textDecorationStyle).toBe('dotted');
    expect(look.textDecorationThickness).toBe('1px');
    expect(look.backgroundColor).toBe('rgba(0, 0, 0, 0)');
    expect(allOurs('.column button')).toEqual([]);
    // Nobody's record: how it was found is told to nobody.
    await new Promise((done) => setTimeout(done, 50));
    expect(sent('fates')).toEqual([]);
  });

  test('lie under marks: a click on words of both opens the card', async () => {
    const [words] = addMail(1, 'Of course the certificates are there.');
    const mark = markOn('Of course the certificates');
    const { sent } = start({ marks: [cueOn('Of course'), mark] });
    await expect.poll(drawn).toHaveLength(2);
    const priorities = [...CSS.highlights.values()].map(({ priority }) => priority);
    expect(Math.min(...priorities)).toBeLessThan(0);
    await userEvent.click(words as HTMLElement, { position: { x: 12, y: 9 } });
    await expect.poll(() => sent('show')).toEqual([{ kind: 'expectation', id: mark.id }]);
    expect(sent('cue')).toEqual([]);
  });

  test('open a card when their words are clicked; what the page fakes opens none', async () => {
    const [words] = addMail(1, 'Of course the certificates are there.');
    const cue = cueOn('Of course the certificates');
    const { sent } = start({ marks: [cue] });
    await expect.poll(drawn).toHaveLength(1);
    words?.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: 70, clientY: 30 }));
    expect(sent('cue')).toEqual([]);
    await userEvent.click(words as HTMLElement, { position: { x: 12, y: 9 } });
    await expect.poll(() => sent('cue')).toEqual([{ id: cue.id }]);
  });

  test('are reached by Alt and an arrow after the last mark, say why, and Enter opens a card', async () => {
    addMail(1, 'Of course the certificates are there. You said two minutes. As always, I guess.');
    const cue = cueOn('As always');
    const { sent } = start({
      marks: [cueOn('Of course'), cue, markOn('You said two minutes', { summary: 'Two' })],
    });
    await expect.poll(drawn).toHaveLength(3);
    await down();
    expect(sight()).toBe('Expectation: Two');
    await down();
    expect(sight()).toBe('Something unsaid here? It is taken for granted.');
    const [first] = ranges().filter((range) => String(range) === 'Of course');
    const box = (first as Range).getBoundingClientRect();
    const frame = focused()?.getBoundingClientRect();
    // Round the words, not beside them.
    expect(Math.abs((frame?.left ?? 0) - box.left)).toBeLessThan(2);
    expect(Math.abs((frame?.width ?? 0) - box.width)).toBeLessThan(2);
    expect(ours('[role=tooltip]')?.textContent).toContain('It is taken for granted.');
    await down();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => sent('cue')).toEqual([{ id: cue.id }]);
    await up();
    await up();
    expect(sight()).toBe('Expectation: Two');
    // What had the focus is gone: nothing of ours stands over the words.
    expect(allOurs('.stop')).toEqual([]);
  });

  test('without any mark are walked from what is in the window', async () => {
    addMail(1, 'Of course the certificates are there. As always, I guess.');
    start({ marks: [cueOn('Of course'), cueOn('As always')] });
    await expect.poll(drawn).toHaveLength(2);
    await down();
    expect(sight()).toContain('Something unsaid here?');
    await down();
    await down();
    expect(sight()).toContain('Something unsaid here?');
  });

  test('of promises are said to be that', async () => {
    addMail(1, 'I will send the drawings.');
    start({ marks: [cueOn('I will send', { kind: 'commitment', summary: 'They say so.' })] });
    await expect.poll(drawn).toHaveLength(1);
    await down();
    expect(sight()).toBe('A promise? They say so.');
  });

  test('are no stops of Tab', async () => {
    addMail(1, 'Of course the certificates are there.');
    start({ marks: [cueOn('Of course')] });
    await expect.poll(drawn).toHaveLength(1);
    await down();
    expect(focused()?.tabIndex).toBe(-1);
  });

  test('of words that have changed are not drawn on others', async () => {
    addMail(1, 'Somebody on your side surely knew our hygiene rules, they are on the wall.');
    start({
      marks: [
        cueOn('Somebody on your side surely knows our hygiene rules'),
        cueOn('they are on the wall'),
      ],
    });
    await expect.poll(drawn).toEqual(['they are on the wall']);
  });

  test('are shown and focused when the sidebar asks for one', async () => {
    addMail(1, 'Of course the certificates are there.');
    const cue = cueOn('Of course');
    const { events } = start({ marks: [cue] });
    await expect.poll(drawn).toHaveLength(1);
    events.reveal({ id: cue.id });
    await expect.poll(() => allOurs('.flash').length).toBe(1);
    await press(focused());
  });

  test('keep the focus when the marks are asked for again, and go when they are none', async () => {
    addMail(1, 'Of course the certificates are there. As always, I guess.');
    const cues = [cueOn('Of course'), cueOn('As always')];
    const { answers, events } = start({ marks: cues });
    await expect.poll(drawn).toHaveLength(2);
    await down();
    events.redraw({});
    await new Promise((done) => setTimeout(done, 100));
    expect(sight()).toContain('Something unsaid here?');
    answers.marks = () => ({ marks: [cues.slice(1)] });
    events.redraw({});
    await expect.poll(drawn).toEqual(['As always']);
    expect(allOurs('.stop')).toEqual([]);
  });
});

test('the words of a mail are told with the parts that quote earlier ones', async () => {
  const [, quoted] = addMail(1, 'Thank you. As always.', 'Of course they are there.');
  const quotation = document.createElement('blockquote');
  quotation.setAttribute('type', 'cite');
  quoted?.replaceWith(quotation);
  quotation.append('Of course they are there.');
  const { sent, events } = start();
  const told = () => sent('reading').map(({ messages }) => (messages as ReadMessage[])[0]);
  await expect.poll(told).toHaveLength(1);
  expect(told()[0]).toMatchObject({ text: null });
  expect(told()[0]?.quoted).toBeUndefined();
  events.announce({ wholly: true });
  await expect.poll(() => told().at(-1)?.text).toContain('As always.');
  const { text, quoted: spans } = told().at(-1) as ReadMessage;
  const said = spans?.map(([begin, end]) => text?.slice(begin, end).trim());
  expect(said).toEqual(['Of course they are there.']);
});
