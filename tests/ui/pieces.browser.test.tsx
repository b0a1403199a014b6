import { useState } from 'preact/hooks';
import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import {
  Button,
  Choice,
  Foot,
  Ladder,
  Quote,
  Segment,
  type Stage,
  TextArea,
  Undo,
} from '../../src/ui/index.ts';
import { draw, one, soon } from './draw.ts';

function Classes({ onChange }: { readonly onChange: (value: string) => void }) {
  const [value, setValue] = useState<'a' | 'b' | null>(null);
  return (
    <Segment
      label="Class"
      value={value}
      options={[
        { value: 'a', label: 'Stated' },
        { value: 'b', label: 'Unstated' },
      ]}
      onChange={(next) => {
        setValue(next);
        onChange(next);
      }}
    />
  );
}

test('a segment is chosen with the arrow keys and carries a tick', async () => {
  const onChange = vi.fn();
  const place = draw(<Classes onChange={onChange} />);
  expect(place.querySelector('svg')).toBeNull();
  await userEvent.tab();
  await userEvent.keyboard(' {ArrowRight}');
  expect(onChange.mock.calls.map(([value]) => value)).toEqual(['a', 'b']);
  expect(one(place, 'label:has(:checked)').textContent).toBe('Unstated');
  expect(one(place, 'label:has(:checked) svg')).toBeTruthy();
});

describe('a button', () => {
  test('prints its key and names it for screen readers', () => {
    const place = draw(<Button keys="E">Expectation</Button>);
    expect(one(place, '.u-key').textContent).toBe('E');
    expect(one(place, 'button').getAttribute('aria-keyshortcuts')).toBe('E');
  });

  test('says why it is disabled and can still be reached', async () => {
    const onClick = vi.fn();
    const place = draw(
      <Button disabled why="Only an admin can invite." onClick={onClick}>
        Invite
      </Button>,
    );
    const button = one<HTMLButtonElement>(place, 'button');
    button.focus();
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(button);
    expect(button.title).toBe('Only an admin can invite.');
    expect(onClick).not.toHaveBeenCalled();
  });
});

describe('a quote', () => {
  test('long words are folded without cutting an emoji in two, and unfold', async () => {
    const text = '🙂'.repeat(400);
    const place = draw(<Quote text={text} fold={101} />);
    const shown = one(place, 'p').textContent ?? '';
    expect(shown).toBe(`${'🙂'.repeat(50)}…`);
    await userEvent.click(one(place, 'button'));
    expect(one(place, 'p').textContent).toBe(text);
  });

  test('is text, never markup, and runs in its own direction', () => {
    const place = draw(<Quote text={'<img src=x onerror=alert(1)> שלום'} />);
    expect(place.querySelector('img')).toBeNull();
    expect(getComputedStyle(one(draw(<Quote text="שלום לכם" />), 'p')).direction).toBe('rtl');
  });
});

describe('the ladder', () => {
  test.each([
    ['hunch', null, 'Hunch'],
    ['refuted', 'open', 'Refuted'],
    ['confirmed', 'missed', 'Confirmed, settled: missed'],
  ] as const)('small: %s, %s is named “%s”', (stage, outcome, name) => {
    const place = draw(<Ladder size="small" stage={stage} outcome={outcome} />);
    const drawing = one(place, 'svg[role=img]');
    expect(drawing.getAttribute('aria-label')).toBe(name);
    expect(drawing.getBoundingClientRect()).toMatchObject({ width: 52, height: 14 });
  });

  test('large: the present station is the current step, and a click moves it', async () => {
    const onStage = vi.fn<(stage: Stage) => void>();
    const place = draw(<Ladder stage="asked" onStage={onStage} />);
    expect(one(place, '[aria-current=step]').textContent).toBe('Asked');
    const refuted = [...place.querySelectorAll('button')].find(
      (it) => it.textContent === 'refuted',
    );
    await userEvent.click(refuted as HTMLButtonElement);
    expect(onStage).toHaveBeenCalledExactlyOnceWith('refuted');
  });

  test('every state has a drawing of its own', () => {
    const states = [
      ['hunch', null],
      ['asked', null],
      ['confirmed', null],
      ['refuted', null],
      ['confirmed', 'missed'],
      ['confirmed', 'met'],
      ['confirmed', 'exceeded'],
    ] as const;
    const drawings = states.map(([stage, outcome]) => {
      const svg = one(draw(<Ladder size="small" stage={stage} outcome={outcome} />), 'svg');
      return [...svg.children].map((shape) => shape.outerHTML).join('');
    });
    expect(new Set(drawings).size).toBe(states.length);
  });
});

test.each([
  [{ is: 'synced' }, 'All saved and synced'],
  [{ is: 'waiting', count: 3 }, '3 not yet synced · saved on this device'],
  [
    { is: 'offline', since: '2027-02-24T14:10:00', count: 12 },
    'Offline since 14:10 · 12 saved on this device',
  ],
  [{ is: 'attention', count: 1 }, '1 needs your attention'],
] as const)('the foot says %j as “%s”', (state, text) => {
  expect(one(draw(<Foot state={state} />), '[role=status]').textContent).toBe(text);
});

describe('undo', () => {
  test('ends after its time', async () => {
    const onEnd = vi.fn();
    draw(<Undo text="Discarded." seconds={0.05} onUndo={() => {}} onEnd={onEnd} />);
    await soon(() => expect(onEnd).toHaveBeenCalledOnce());
  });

  test('waits while it has the focus', async () => {
    const onEnd = vi.fn();
    const onUndo = vi.fn();
    const place = draw(<Undo text="Discarded." seconds={0.1} onUndo={onUndo} onEnd={onEnd} />);
    one<HTMLButtonElement>(place, 'button').focus();
    await new Promise((done) => setTimeout(done, 250));
    expect(onEnd).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    expect(onUndo).toHaveBeenCalledOnce();
  });
});

test('a text area grows with its text, up to its limit', () => {
  const height = (value: string) =>
    one(
      draw(<TextArea label="Words" value={value} onInput={() => {}} maxRows={6} />),
      'textarea',
    ).getBoundingClientRect().height;
  const short = height('one line');
  const five = height('1\n2\n3\n4\n5');
  expect(five).toBeGreaterThan(short);
  expect(height('x\n'.repeat(200))).toBeLessThan(five * 2);
});

test('a choice shows a value that this version has no word for', () => {
  const options = [{ value: 'a', label: 'A' }];
  const place = draw(<Choice label="C" value={'later'} options={options} onChange={() => {}} />);
  expect(one<HTMLSelectElement>(place, 'select').selectedOptions[0]?.textContent).toBe('later');
});
