import { describe, expect, test } from 'vitest';
import {
  callToWebVtt,
  callWords,
  type ExportedTag,
  readTagFile,
  type TagFilePreview,
} from '../../src/export/index.ts';
import { options, START, sampleCall, sampleTag, UPSELL } from './samples.ts';

const MINUTE = 60_000;

type Call = Parameters<typeof sampleCall>[1];

function written(tags: ExportedTag[], call: Call = {}, withPauses = true) {
  return callToWebVtt(sampleCall(tags, call), callWords, { withPauses });
}

/** Times and payloads, without ids and the comment. */
function cues(file: { text: string }): string[] {
  return file.text
    .split('\n\n')
    .slice(2)
    .map((block) => block.trim().split('\n').slice(1).join(' | '));
}

function preview(file: string, given = {}): TagFilePreview {
  const result = readTagFile(file, options({ fileName: 'talk.vtt', ...given }));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.preview;
}

describe('a call as WebVTT', () => {
  test('is a header, a comment for people and programs, and a cue for each tag that stands', () => {
    const tag = sampleTag({ offset: 61_500, text: 'so quick', span: 2_000 });
    const gone = sampleTag({ offset: 1_000, deleted: true });
    const [header, note, cue, ...rest] = written([tag, gone]).text.split('\n\n');
    expect(header).toBe('WEBVTT');
    expect(note?.split('\n').slice(0, 2)).toEqual(['NOTE', callWords.webVtt.about]);
    expect(cue).toBe(`${tag.id}\n00:01:01.500 --> 00:01:03.500\nDelight: so quick\n`);
    expect(rest).toEqual([]);
  });

  test('shows a moment until the next one, for ten seconds at most; spans may overlap', () => {
    const at = (offset: number, span: number | null = null) =>
      sampleTag({ offset, span, tag: 'question' });
    expect(cues(written([at(0), at(0), at(4_000), at(5_000, 60_000), at(30_000)]))).toEqual([
      '00:00:00.000 --> 00:00:04.000 | Question',
      '00:00:00.000 --> 00:00:04.000 | Question',
      '00:00:04.000 --> 00:00:05.000 | Question',
      '00:00:05.000 --> 00:01:05.000 | Question',
      '00:00:30.000 --> 00:00:40.000 | Question',
    ]);
  });

  test('counts pauses where the recorder went on, and leaves them out where it did not', () => {
    const clock = {
      startedAt: START,
      pauses: [{ from: START + 10 * MINUTE, to: START + 15 * MINUTE }],
      endedAt: START + 60 * MINUTE,
    };
    const tags = [
      sampleTag({ offset: 20 * MINUTE }),
      sampleTag({ offset: 9 * MINUTE, span: 120_000 }),
    ];
    expect(cues(written(tags, { clock }, true))).toEqual([
      '00:09:00.000 --> 00:16:00.000 | Delight',
      '00:25:00.000 --> 00:25:10.000 | Delight',
    ]);
    expect(cues(written(tags, { clock }, false))).toEqual([
      '00:09:00.000 --> 00:11:00.000 | Delight',
      '00:20:00.000 --> 00:20:10.000 | Delight',
    ]);
  });

  test('adds the shift; what lies before the recording is at its beginning, and that is said', () => {
    const tags = [1_000, 2_000, 9_000].map((offset) => sampleTag({ offset }));
    const file = written(tags, { shift: -5_000 });
    expect(cues(file)).toEqual([
      '00:00:00.000 --> 00:00:00.001 | Delight',
      '00:00:00.000 --> 00:00:04.000 | Delight',
      '00:00:04.000 --> 00:00:14.000 | Delight',
    ]);
    expect(file.clipped).toBe(2);
    expect(file.text).toContain(`\n${callWords.webVtt.clipped(2)}\n`);
    expect(written(tags).text).not.toContain(callWords.webVtt.clipped(1));
    expect(cues(written([sampleTag({ offset: 0 })], { shift: 100 * 60 * MINUTE }))[0]).toMatch(
      /^100:00:00.000 -->/,
    );
  });

  test('no text ends a cue, begins another one or is markup', () => {
    const text = 'a <b>&amp;</b>\r\n\r\n00:00:01.000 --> 00:00:02.000\rNOTE x';
    const subject = '-->\n\nWEBVTT';
    const file = written(
      [sampleTag({ text }), sampleTag({ tag: UPSELL, offset: 1, text: ' \n ' })],
      {
        subject,
      },
    );
    const [header, comment] = file.text.split('\n\n');
    expect([header, comment?.includes('-->')]).toEqual(['WEBVTT', false]);
    expect(cues(file)).toEqual([
      [
        '00:00:00.000 --> 00:00:00.001',
        'Delight: a &lt;b&gt;&amp;amp;&lt;/b&gt;',
        '00:00:01.000 --&gt; 00:00:02.000',
        'NOTE x',
      ].join(' | '),
      '00:00:00.001 --> 00:00:10.001 | Up-sell: "now"',
    ]);
  });
});

describe('a file of ours that was changed', () => {
  const tag = sampleTag({ offset: 61_500.25, text: 'so quick' });
  const held = sampleTag({ offset: 100_000, span: 5_000, tag: 'question', text: 'when?' });
  const call = sampleCall([tag, held], {
    shift: 1_000,
    clock: {
      startedAt: START,
      pauses: [{ from: START + 90_000, to: START + 100_000 }],
      endedAt: START + 200_000,
    },
  });
  const file = callToWebVtt(call, callWords, { withPauses: true }).text;

  test('counts as it stands; what was not touched stays exact', () => {
    // The pause of ten seconds and the shift of one are in the cues' times.
    expect(file).toContain('00:01:51.000 --> 00:01:56.000');
    const moved = preview(
      file.replace('00:01:51.000 --> 00:01:56.000', '00:01:50.000 --> 00:01:57.000'),
    );
    expect(moved.tags).toMatchObject([
      { id: tag.id, offset: 61_500.25 },
      { id: held.id, offset: 99_000, span: 7_000, text: 'when?', tag: 'question' },
    ]);
    expect(moved.problems).toEqual([{ row: null, words: callWords.file.changed(1) }]);
  });

  test('may have other words and another tag', () => {
    const words = preview(file.replace('\nQuestion: when?', '\nQuestion: when &amp; how?'));
    expect(words.tags[1]).toMatchObject({ id: held.id, tag: 'question', text: 'when & how?' });
    const other = preview(file.replace('\nQuestion: when?', '\nrisiko: late'));
    expect(other.tags[1]).toMatchObject({ id: held.id, tag: 'risk', text: 'late', span: 5_000 });
    const plain = preview(file.replace('\nQuestion: when?', '\nThey asked: when?'));
    expect(plain.tags[1]).toMatchObject({ tag: 'note', text: 'They asked: when?' });
  });

  test('may have tags more and less', () => {
    const block = new RegExp(`${held.id}\n.*\n.*\n`);
    const less = preview(file.replace(block, ''));
    expect(less.tags.map(({ id }) => id)).toEqual([tag.id]);
    expect(less.problems).toEqual([{ row: null, words: callWords.file.gone(1) }]);
    const more = preview(`${file}\n${block.exec(file)?.[0]}`);
    expect(more.tags).toHaveLength(3);
    expect(new Set(more.tags.map(({ id }) => id)).size).toBe(3);
    expect(more.call.id).toBe(call.call.id);
  });

  test('without its comment, or with a broken one, it is as anybody’s', () => {
    const bare = preview(file.replace(/NOTE\n(.+\n)+/, ''));
    expect(bare.isStartKnown).toBe(false);
    expect(bare.call).toMatchObject({ subject: 'talk', startedAt: START, shift: 0, pauses: [] });
    expect(bare.call.id).not.toBe(call.call.id);
    expect(bare.tags).toMatchObject([
      { tag: 'praise', offset: 62_500, text: 'so quick' },
      { tag: 'question', offset: 111_000, span: 5_000, text: 'when?' },
    ]);
    expect(bare.tags.map(({ id }) => id)).not.toContain(tag.id);
    for (const broken of ['"version":1', '"id":"', '{"withPauses"']) {
      const result = preview(file.replace(broken, '"x'));
      expect(result.problems[0]).toEqual({ row: null, words: callWords.file.noCall });
      expect(result.tags).toHaveLength(2);
    }
  });
});

describe('WebVTT of others', () => {
  test('each cue is a tag, by the name its text begins with; markup is no text', () => {
    const file = [
      'WEBVTT - A talk',
      'Kind: chapters',
      '',
      'STYLE',
      '::cue { color: red }',
      '',
      'NOTE a comment',
      'of two lines',
      '',
      'intro',
      '01:02.500 --> 01:05.000 align:start position:10%',
      'PRAISE: so <i>quick</i> &amp; good',
      '',
      '00:01:10.000 --> 00:01:10.000',
      '<v.loud Mira Example>When &#x2014; <00:01:11.000>really?',
      'tomorrow?</v>',
      '',
      '00:61:00.000 --> 00:62:00.000',
      'never',
      '',
      '00:02:00.000 --> 00:02:01.000',
      '',
    ].join('\r\n');
    const { call, tags, problems, isStartKnown } = preview(file);
    expect(tags.map(({ id: _, ...tag }) => tag)).toEqual([
      { tag: 'praise', offset: 62_500, span: 2_500, text: 'so quick & good', pressedAt: null },
      {
        ...{ tag: 'note', offset: 70_000, span: null, pressedAt: null },
        text: 'Mira Example: When — really?\ntomorrow?',
      },
    ]);
    expect(problems).toEqual([
      { row: 18, words: callWords.file.badCue },
      { row: 21, words: callWords.file.noTag },
    ]);
    expect(call).toMatchObject({ subject: 'talk', channel: 'call', endedAt: START + 70_000 });
    expect(isStartKnown).toBe(false);
  });

  test('SubRip is read along', () => {
    const { tags } = preview(
      '1\n00:00:01,000 --> 00:00:02,500\nLob: schnell\n\n2\n00:00:03,000 --> 00:00:04,000\nHello\n',
    );
    expect(tags).toMatchObject([
      { tag: 'praise', offset: 1_000, span: 1_500, text: 'schnell' },
      { tag: 'note', offset: 3_000, text: 'Hello' },
    ]);
  });
});
