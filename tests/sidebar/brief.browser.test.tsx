// Before you talk, in the sidebar: one screen, by keyboard, and what each act comes to.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { sayHere } from '../../src/extension/sidebar/brief/words.ts';
import { sayBrief } from '../../src/ui/brief/words.ts';
import { callsView, sampleCall, settings } from '../calls/samples.ts';
import { expectAccessible } from '../ui/draw.ts';
import { briefView, fullRecords, made, manyHunches, TOM } from './brief-samples.ts';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { context, nobody, sampleCard, sampleId } from './samples.ts';

let background: FakeBackground;
let copied: string[];
const english = { ...sayHere };
const englishBrief = structuredClone({ ...sayBrief.headings });

beforeEach(async () => {
  background = new FakeBackground();
  background.briefing = briefView(fullRecords());
  copied = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
    copied.push(text);
  });
  await page.viewport(360, 900);
});
afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(sayHere, english);
  Object.assign(sayBrief.headings, englishBrief);
});

const key = (keys: string) => userEvent.keyboard(keys);
const active = () => document.activeElement?.closest('[data-line]')?.getAttribute('data-line');
const hunch = (n: number) => `expectation/${sampleId(0x7000 + n)}`;
const promise = (n: number) => `commitment/${sampleId(0x7000 + n)}`;

async function brief(width = 360) {
  const opened = await open(background, width);
  opened.sidebar.show({ at: 'brief' });
  await expect
    .poll(() => opened.place.querySelector('.b-brief, .u-empty, .u-problem'))
    .not.toBeNull();
  await settled();
  return opened;
}

describe('the line over the list', () => {
  test('says how much is open and due, and leads to the brief', async () => {
    const { place } = await open(background);
    const line = page.getByRole('button', { name: /Before you talk/ });
    await expect.element(line).toBeVisible();
    expect(line.element().textContent).toBe('Before you talk: 3 open, 4 due');
    await userEvent.click(line);
    await expect
      .poll(() => place.querySelector('#b-title')?.textContent)
      .toBe('Before you talk to Halden Foods');
  });

  test('is not there where nothing is open, and nothing is known', async () => {
    background.briefing = briefView([]);
    const { place } = await open(background);
    expect(place.querySelector('.s-before')).toBeNull();
    background.context = { ...context, guess: { ...context.guess, customer: nobody } };
    const other = await open(background);
    expect(background.calls('brief')).toHaveLength(1);
    expect(other.place.querySelector('.s-before')).toBeNull();
  });
});

describe('what stands there', () => {
  test('each part with its lines, the next question, and how they see it beside us', async () => {
    const { place } = await brief();
    const headings = [...place.querySelectorAll('h2')].map((each) => each.textContent);
    expect(headings).toEqual([
      'Before you talk to Halden Foods',
      ...['Still unsaid 3', 'We promised 3', 'They promised 1'],
      ...['Grievances nobody answered 1', 'What they praised 1'],
    ]);
    const text = place.textContent ?? '';
    expect(text).toContain('14 days ago, on 10 Feb 2027');
    expect(text).toContain('9 on 0–10 (90 %), survey, 20 Jan 2027, the only one');
    expect(text).toContain('They see it 40 points better than we do.');
    expect(text).toContain(
      'Asked on 10 Feb 2027 by Tom Sample, no answer yet: When did you last hear',
    );
    expect(text).toContain('Ask: Who starts the machine at night? (planned for 26 Feb 2027)');
    expect(text).toContain('due 20 Feb 2027, 4 days late');
    expect(text).toContain('broken, was due 15 Jan 2027');
    expect(text).toContain('Cold store Moss, phase 2');
  });

  test('nobody ever asked: that is said', async () => {
    background.briefing = briefView(manyHunches(1));
    const { place } = await brief();
    expect(place.textContent).toContain('Nobody has ever asked them anything.');
  });

  test('of a thousand, five are drawn at first', async () => {
    background.briefing = briefView(manyHunches(1_000));
    const { place } = await brief();
    expect(place.textContent).toContain('Still unsaid 1,000');
    expect(place.querySelectorAll('[data-line]')).toHaveLength(5);
    await userEvent.click(page.getByRole('button', { name: 'Show 995 more' }));
    expect(place.querySelectorAll('[data-line]')).toHaveLength(50);
  });

  test('what others wrote is text, and turns nothing round', async () => {
    const hostile = '<img src=x onerror=alert(1)>\u202egnihton\u202c';
    background.briefing = {
      ...briefView([made('expectation', 1, { statement: hostile })]),
      customer: { id: sampleId(0xc1), name: `\u202e${hostile}` },
    };
    const { place } = await brief();
    expect(place.querySelector('img')).toBeNull();
    expect(place.textContent).toContain('<img src=x');
    expect(place.textContent).not.toContain('\u202e');
  });
});

describe('empty', () => {
  test('without a customer it says what to open', async () => {
    background.context = { ...context, guess: { ...context.guess, customer: nobody } };
    const { place } = await brief();
    expect(place.textContent).toContain('Open a mail, a record or a meeting of a customer.');
  });

  test('of a customer without records it says what to do, and does it', async () => {
    background.briefing = briefView([]);
    const { place, sidebar } = await brief();
    expect(place.textContent).toContain('Nothing is on file about Halden Foods yet.');
    await userEvent.click(page.getByRole('button', { name: 'Write a hunch' }));
    await settled();
    expect(background.calls('newDraft')).toMatchObject([{ kind: 'expectation' }]);
    expect(sidebar.state.view.at).toBe('draft');
  });

  test('of a customer who is new, the first hunch belongs to their mail, and makes them known', async () => {
    const isNew = { ...context.guess.customer, id: null, name: 'Sample Bakery' };
    background.context = { ...context, guess: { ...context.guess, customer: isNew } };
    const { place } = await brief();
    expect(place.textContent).toContain('This customer is new here.');
    await userEvent.click(page.getByRole('button', { name: 'Write a hunch' }));
    await settled();
    const [made] = background.calls('newDraft');
    expect(made?.message).toMatchObject({ key: context.messages.at(-1)?.key });
  });

  test('what went wrong is said with what is safe', async () => {
    background.failures.set('brief', { code: 'storage', message: 'The disk is gone.' });
    const { place } = await brief();
    expect(place.textContent).toContain('Your notes are safe on this device.');
  });
});

describe('by keyboard', () => {
  test('J, K and the arrows walk the lines; Enter opens a card, and back is back here', async () => {
    const { sidebar, place } = await brief();
    await key('j');
    expect(active()).toBe(hunch(3)); // the question that was planned comes first
    await key('jj');
    expect(active()).toBe(hunch(2));
    await key('{ArrowDown}');
    expect(active()).toBe(promise(9));
    await key('k{ArrowUp}');
    expect(active()).toBe(hunch(1));
    background.cards = [sampleCard(1, { id: sampleId(0x7001) })];
    await key('{Enter}');
    await settled();
    expect(sidebar.state.view).toMatchObject({ at: 'card', card: { id: sampleId(0x7001) } });
    await key('{Escape}');
    await expect.poll(() => place.querySelector('#b-title')).not.toBeNull();
  });

  test('C copies the question, or of a promise its words; it is said', async () => {
    const { sidebar } = await brief();
    await key('c');
    await settled();
    expect(copied).toEqual(['Who starts the machine at night?']);
    expect(sidebar.state.said).toBe('Copied.');
    await key('jjjjj');
    await key('c');
    await settled();
    expect(copied.at(-1)).toBe('Send the floor plan');
  });

  test('R puts it into the reply; where nobody writes, it is copied and that is said', async () => {
    const { place } = await brief();
    background.writing = true;
    await key('r');
    await settled();
    expect(background.calls('putIntoReply')).toEqual([
      { tab: null, text: 'Who starts the machine at night?' },
    ]);
    expect(place.textContent).toContain('It stands in your reply.');
    background.writing = false;
    await key('r');
    await settled();
    expect(copied).toEqual(['Who starts the machine at night?']);
    expect(place.textContent).toContain('so it was copied instead');
  });

  test('A notes the question as asked, and it can be taken back', async () => {
    const before = [{ kind: 'probe', id: sampleId(0x7005), patch: { askedAt: null } }];
    background.answers.ask = () => ({ card: sampleCard(1), probe: null, before });
    const { place } = await brief();
    await key('a');
    await settled();
    const [asked] = background.calls('ask');
    expect(asked).toMatchObject({
      ...{ expectation: sampleId(0x7003), record: sampleId(0x7005) },
      ...{ question: 'Who starts the machine at night?', pattern: null },
    });
    expect(Number(asked?.at)).toBeGreaterThan(0);
    expect(place.textContent).toContain('Noted as asked.');
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await settled();
    expect(background.calls('ladderBack')).toEqual([{ before }]);
    expect(place.textContent).toContain('As it was before.');
  });

  test('what is asked while one talks to them belongs to the call; to somebody else it does not', async () => {
    background.answers.ask = () => ({ card: sampleCard(1), probe: null, before: [] });
    const mine = sampleCall(0, { state: 'running', customer: null });
    background.calling = callsView({ running: mine, settings: { ...settings, keys: false } });
    const { sidebar } = await brief();
    await key('a');
    await settled();
    const other = { id: sampleId(0xcc), name: 'Sample Bakery' };
    background.calling = callsView({
      running: { ...mine, customer: other },
      settings: { ...settings, keys: false },
    });
    await sidebar.calls.load();
    await key('a');
    await settled();
    expect(background.calls('ask').map((asked) => asked.interaction)).toEqual([mine.id, undefined]);
  });

  test('H goes to what is here, and C at once after it is no copy of the brief’s', async () => {
    const { sidebar } = await brief();
    // Both before anything is drawn.
    for (const letter of ['h', 'c']) {
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: letter, bubbles: true, cancelable: true }),
      );
    }
    await settled();
    expect(sidebar.state.view.at).toBe('list');
    expect(copied).toEqual([]);
    expect(background.calls('callStart')).toHaveLength(1);
  });

  test('a question made of a pattern is a new one, and says of which', async () => {
    background.answers.ask = () => ({ card: sampleCard(1), probe: null, before: [] });
    await brief();
    await key('jja');
    await settled();
    const [asked] = background.calls('ask');
    expect(asked?.pattern).toEqual(expect.stringContaining('/'));
    expect(asked?.record).not.toBe(sampleId(0x7005));
    expect(asked?.question).toContain('certificates');
  });

  test('while a call runs its tags have their keys; with Shift they are the brief’s', async () => {
    const running = sampleCall(0, { state: 'running' });
    const [tag] = callsView().codebook;
    const remapped = { [tag?.id ?? '']: 'c' };
    background.calling = callsView({ running, settings: { ...settings, remapped } });
    await brief();
    await key('c');
    await settled();
    expect(background.calls('callTag')).toMatchObject([{ tag: tag?.id }]);
    expect(copied).toEqual([]);
    const shown = page.getByRole('button', { name: 'Copy' }).first().element();
    expect(shown.getAttribute('aria-keyshortcuts')).toBe('Shift+C');
    await key('{Shift>}C{/Shift}');
    await settled();
    expect(copied).toEqual(['Who starts the machine at night?']);
    expect(background.calls('callTag')).toHaveLength(1);
    // Other letters are no tags, and the brief's as ever.
    await key('r');
    await settled();
    expect(background.calls('putIntoReply')).toHaveLength(1);
  });

  test('letters typed into a field are letters', async () => {
    await brief();
    await userEvent.click(page.getByRole('button', { name: /What to do with “The invoice/ }));
    await userEvent.click(page.getByRole('button', { name: 'Answer it' }));
    await userEvent.fill(page.getByLabelText('What was done or said about it'), 'crack');
    await key('acr');
    expect(copied).toEqual([]);
    expect(background.calls('ask')).toEqual([]);
    await key('{Escape}');
    expect(document.querySelector('.b-answer')).toBeNull();
  });
});

describe('acts', () => {
  test('a grievance is answered at its line, and that is taken back', async () => {
    const { place } = await brief();
    await userEvent.click(page.getByRole('button', { name: /What to do with “The invoice/ }));
    await userEvent.click(page.getByRole('button', { name: 'Answer it' }));
    await userEvent.type(page.getByLabelText('What was done or said about it'), 'Sent one back.');
    await key('{Enter}');
    await settled();
    const id = sampleId(0x700a);
    expect(background.calls('answerGrievance')).toEqual([{ id, answer: 'Sent one back.' }]);
    expect(place.textContent).toContain('Noted as answered.');
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await settled();
    expect(background.calls('answerGrievance').at(-1)).toEqual({ id, answer: null });
  });

  test('an answer half written is there again after another line was looked at', async () => {
    await brief();
    await userEvent.click(page.getByRole('button', { name: /What to do with “The invoice/ }));
    await userEvent.click(page.getByRole('button', { name: 'Answer it' }));
    await userEvent.type(page.getByLabelText('What was done or said about it'), 'Sent one');
    await userEvent.click(page.getByRole('button', { name: /What to do with “Send the floor/ }));
    await userEvent.click(page.getByRole('button', { name: /What to do with “The invoice/ }));
    await userEvent.click(page.getByRole('button', { name: 'Answer it' }));
    await expect
      .element(page.getByLabelText('What was done or said about it'))
      .toHaveValue('Sent one');
  });

  test('an answer is stored once, however often Enter is pressed', async () => {
    await brief();
    let go = () => {};
    background.held.set('answerGrievance', new Promise<void>((done) => (go = done)));
    await userEvent.click(page.getByRole('button', { name: /What to do with “The invoice/ }));
    await userEvent.click(page.getByRole('button', { name: 'Answer it' }));
    await userEvent.type(page.getByLabelText('What was done or said about it'), 'Sent one back.');
    await key('{Enter}{Enter}');
    go();
    await settled();
    expect(background.calls('answerGrievance')).toHaveLength(1);
  });

  test('a promise is handed over to a colleague, and back', async () => {
    const { place } = await brief();
    await userEvent.click(page.getByRole('button', { name: /What to do with “Send the floor/ }));
    await userEvent.selectOptions(page.getByLabelText('Hand over to'), 'Tom Sample');
    await settled();
    const given = { kind: 'commitment', id: sampleId(0x7006) };
    expect(background.calls('handOver')).toEqual([{ ...given, to: TOM }]);
    expect(place.textContent).toContain('Handed over to Tom Sample.');
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await settled();
    expect(background.calls('handOver').at(-1)).toEqual({ ...given, to: null });
  });

  test('what was refused is said at its line', async () => {
    background.failures.set('handOver', { code: 'bad-input', message: 'Share it first.' });
    const { place } = await brief();
    await userEvent.click(page.getByRole('button', { name: /What to do with “Send the floor/ }));
    await userEvent.selectOptions(page.getByLabelText('Hand over to'), 'Tom Sample');
    await settled();
    expect(place.textContent).toContain('Share it first.');
  });

  test('what changed elsewhere is shown; the page of its own is one click away', async () => {
    const { place } = await brief();
    background.briefing = briefView(manyHunches(2));
    await background.changed();
    await expect.poll(() => place.textContent).toContain('Sample expectation 1');
    await userEvent.click(page.getByRole('button', { name: 'Print or copy it all' }));
    expect(background.calls('openBrief')).toEqual([{ customer: sampleId(0xc1) }]);
  });
});

const german: Partial<typeof sayHere> = {
  copy: 'In die Zwischenablage kopieren',
  reply: 'In die Antwort übernehmen',
  asked: 'Als gestellt vermerken',
  answer: 'Beschwerde beantworten',
  handOver: 'Zuständigkeit übertragen an',
  nobody: 'niemand Bestimmtes',
  page: 'Gesprächsvorbereitung ausdrucken oder kopieren',
  before: 'Vor dem Gespräch:',
  keys: 'J und K führen von Eintrag zu Eintrag, die Eingabetaste öffnet ihn.',
};
const germanHeadings: typeof sayBrief.headings = {
  hunches: 'Bislang unausgesprochene Erwartungen',
  ours: 'Unsere Lieferzusagenverpflichtungen',
  theirs: 'Zusagen der Gegenseite',
  grievances: 'Unbeantwortete Kundenbeschwerden',
  praises: 'Anerkennungen und Lobesbekundungen',
};

/** What stands out of the sidebar, or is hidden by what it stands in. */
function cut(place: HTMLElement): string[] {
  const edge = place.getBoundingClientRect().right + 1;
  return [...place.querySelectorAll<HTMLElement>('*')]
    .filter((each) => !each.matches('.u-hidden, .u-hidden *, .s-cut, input'))
    .filter(
      (each) =>
        each.getBoundingClientRect().right > edge ||
        (getComputedStyle(each).overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1),
    )
    .map((each) => each.outerHTML.slice(0, 200));
}

function small(place: HTMLElement): string[] {
  return [...place.querySelectorAll('button, select')]
    .filter((each) => each.checkVisibility())
    .map((each) => ({ html: each.outerHTML, box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.height < 24 || box.width < 24)
    .map(({ html }) => html);
}

describe.each([
  ['full', () => briefView(fullRecords())],
  ['empty', () => briefView([])],
  [
    'long words and others’ letters',
    () =>
      briefView([
        made('expectation', 1, {
          statement: `Rechtsschutzversicherungsgesellschaftenverzeichnis${'abcdefgh'.repeat(20)}`,
          evidence: {
            [sampleId(1)]: { quote: 'نتوقع أن تصل الشهادات قبل التدقيق كما هو معتاد دائما' },
          },
        }),
        made('commitment', 2, { text: 'x'.repeat(200), due: '2027-02-24' }),
      ]),
  ],
] as const)('%s', (_name, of) => {
  test.each([
    [360, 'light', false],
    [360, 'dark', false],
    [280, 'light', true],
  ] as const)('%i px, %s, long words: %s', async (width, scheme, long) => {
    if (long) {
      Object.assign(sayHere, german);
      Object.assign(sayBrief.headings, germanHeadings);
    }
    document.documentElement.style.colorScheme = scheme;
    await page.viewport(width, 900);
    background.briefing = of();
    const { place } = await brief(width);
    expect(cut(place)).toEqual([]);
    expect(small(place)).toEqual([]);
    await expectAccessible(place);
  });
});
