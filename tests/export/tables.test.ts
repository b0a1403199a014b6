import { describe, expect, test } from 'vitest';
import {
  callToCsv,
  callWords,
  fileText,
  readTagFile,
  type TagFileOptions,
  type TagFilePreview,
} from '../../src/export/index.ts';
import { options, START, sampleCall, sampleTag, UPSELL } from './samples.ts';

const words = callWords.file;

function preview(file: string, given: Partial<TagFileOptions> = {}): TagFilePreview {
  const result = readTagFile(file, options(given));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.preview;
}

/** Tags without ids, as short as can be. */
function short({ tags }: TagFilePreview) {
  return tags.map(({ tag, offset, span, text }) => [tag, offset, span, text]);
}

describe('a table of tags', () => {
  test.each([
    'time,tag,text\n1:02,Praise,so quick\n90,question,"when, exactly?"\n',
    'Start;Behaviour;Comment\r\n62;PRAISE;so quick\r\n00:01:30,000;Frage;when, exactly?\r\n',
    'offset (ms)\tlabel\tnotes\r62000\tlob\tso quick\r90000\tQuestion\twhen, exactly?',
    '\ufeffZeit;Tag;Kommentar\n62,0;Delight;so quick\n90;Frage;"when, exactly?"',
  ])('is read by its headings, whatever its delimiter, language and times', (file) => {
    const read = preview(file, { fileName: 'notes.of.monday.csv' });
    expect(short(read)).toEqual([
      ['praise', 62_000, null, 'so quick'],
      ['question', 90_000, null, 'when, exactly?'],
    ]);
    expect(read.problems).toEqual([]);
    expect(read.isStartKnown).toBe(false);
    expect(read.call).toMatchObject({
      ...{ subject: 'notes.of.monday', startedAt: START, endedAt: START + 90_000 },
      ...{ pauses: [], channel: 'call', shift: 0 },
    });
    expect(new Set([read.call.id, ...read.tags.map(({ id }) => id)]).size).toBe(3);
  });

  test('may say when a tag ends or how long it is', () => {
    expect(short(preview('start,end,tag\n1,3.5,praise\n2,2,praise\n'))).toEqual([
      ['praise', 1_000, 2_500, ''],
      ['praise', 2_000, null, ''],
    ]);
    expect(short(preview('start,duration,tag\n1.001,0:02,praise\n2,,praise\n'))).toEqual([
      ['praise', 1_001, 2_000, ''],
      ['praise', 2_000, null, ''],
    ]);
  });

  test('with moments begins with the first of them', () => {
    const read = preview(
      'time,end,tag\n2027-02-24T09:01:00Z,2027-02-24T09:01:05Z,risk\n2027-02-24T10:00:30+01:00,,praise\n',
    );
    expect(read.call).toMatchObject({ startedAt: START + 30_000, endedAt: START + 65_000 });
    expect(read.isStartKnown).toBe(true);
    expect(short(read)).toEqual([
      ['praise', 0, null, ''],
      ['risk', 30_000, 5_000, ''],
    ]);
  });

  test('tells of bad rows by their line and keeps the good ones', () => {
    const file = [
      'time,end,tag,text',
      'soon,,praise,',
      '1,,praise,"two',
      'lines"',
      ',,praise,no time',
      '',
      '2,later,praise,',
      '3,1,praise,',
      '4,,,',
      '5,,Upset,a',
      '6,,upset ,b',
      '7,,Upset,c',
      '99999999999,,praise,',
      '8,,,only text',
      '9,,praise,"never closed',
      '10,,praise,',
    ].join('\n');
    const read = preview(file);
    expect(short(read)).toEqual([
      ['praise', 1_000, null, 'two\nlines'],
      ['praise', 2_000, null, ''],
      ['praise', 3_000, null, ''],
      ['note', 5_000, null, 'Upset: a'],
      ['note', 6_000, null, 'upset: b'],
      ['note', 7_000, null, 'Upset: c'],
      ['note', 8_000, null, 'only text'],
    ]);
    expect(read.problems).toEqual([
      { row: 2, words: words.badTime('soon') },
      { row: 5, words: words.noTime },
      { row: 7, words: words.badEnd('later') },
      { row: 8, words: words.endsEarly },
      { row: 9, words: words.noTag },
      { row: 10, words: words.unknownTag('Upset') },
      { row: 13, words: words.farAway },
      { row: 15, words: words.openQuote },
    ]);
  });

  test('may name own tags and retired ones; of two with one name the one in use is meant', () => {
    const used = { ...options().codebook[0], id: 'used', name: 'Twin' };
    const codebook = [
      { ...used, id: 'retired', retired: true },
      used,
      ...options().codebook,
    ] as TagFileOptions['codebook'];
    const file = 'time,tag\n1,"up-SELL: ""now"""\n2,twin\n3,Risk\n4,promise-ours\n5,Note\n';
    expect(preview(file, { codebook }).tags.map(({ tag }) => tag)).toEqual([
      ...[UPSELL, 'used', 'risk', 'promise-ours', 'note'],
    ]);
  });

  test('has 5,000 tags at most', () => {
    const rows = Array.from({ length: 5_010 }, (_, index) => `${index},praise`);
    const read = preview(['time,tag', ...rows].join('\n'));
    expect(read.tags).toHaveLength(5_000);
    expect(read.problems).toEqual([{ row: 5_002, words: words.tooMany(5_000) }]);
  });

  test('ids in tables of others are not taken over', () => {
    const { id } = sampleTag();
    const read = preview(`time,tag,id,call\n1,praise,${id},${id}\n`);
    expect([read.call.id, read.tags[0]?.id]).not.toContain(id);
  });
});

describe('a table of events', () => {
  const TABULAR = [
    'Observation id,Observation date,Description,Observation duration,Observation type,Source,Time offset (s),Media duration (s),FPS,Subject,Behavior,Behavioral category,Modifier #1,Behavior type,Time,Media file name,Image index,Image file path,Comment',
    'talk 7,2027-02-24 10:00:00Z,,60.0,Live observation,NA,0.0,NA,NA,Customer,Grievance,,loud,START,10.250,NA,NA,NA,late again',
    'talk 7,2027-02-24 10:00:00Z,,60.0,Live observation,NA,0.0,NA,NA,No focal subject,Praise,,,POINT,12.000,NA,NA,NA,',
    'talk 7,2027-02-24 10:00:00Z,,60.0,Live observation,NA,0.0,NA,NA,Us,Grievance,,,STOP,13.000,NA,NA,NA,',
    'talk 7,2027-02-24 10:00:00Z,,60.0,Live observation,NA,0.0,NA,NA,Customer,Grievance,,loud,STOP,15.500,NA,NA,NA,calmer',
    'talk 7,2027-02-24 10:00:00Z,,60.0,Live observation,NA,0.0,NA,NA,Customer,Question,,,START,20.000,NA,NA,NA,',
    'talk 8,2027-02-25 10:00:00Z,,60.0,Live observation,NA,0.0,NA,NA,Customer,Praise,,,POINT,1.000,NA,NA,NA,',
  ];

  test.each([
    ['commas', TABULAR],
    ['tabs', TABULAR.map((line) => line.replaceAll(',', '\t'))],
  ])('pairs START with STOP, of one subject and in one way (%s)', (_, lines) => {
    const read = preview(lines.join('\n'));
    expect(short(read)).toEqual([
      ['grievance', 10_250, 5_250, 'Customer · loud · late again · calmer'],
      ['praise', 12_000, null, ''],
      ['question', 20_000, null, 'Customer'],
    ]);
    expect(read.problems).toEqual([
      { row: 4, words: words.neverStarted('Grievance') },
      { row: 6, words: words.neverStopped('Question') },
      { row: 7, words: words.otherCall('talk 8') },
    ]);
    expect(read.call).toMatchObject({ subject: 'talk 7', startedAt: START + 3_600_000 });
    expect(read.isStartKnown).toBe(true);
  });

  test('aggregated: both times in one row', () => {
    const file = [
      'Observation id,Observation date,Media file,Total length,FPS,Start time,Stop time,Duration,Subject,Behavior,Behavioral category,Modifiers,Behavior type,Start (s),Stop (s),Duration (s),Comment start,Comment stop',
      'talk,2027-02-24T09:00:00Z,a.mp4,90.0,25,2000-01-01T00:00:00,2000-01-01T00:00:00,,No focal subject,Grievance,,,STATE,10.250,15.500,5.250,late,calmer',
      'talk,2027-02-24T09:00:00Z,a.mp4,90.0,25,2000-01-01T00:00:00,2000-01-01T00:00:00,,No focal subject,Praise,,,POINT,12.000,12.000,NA,,',
    ].join('\r\n');
    expect(short(preview(file))).toEqual([
      ['grievance', 10_250, 5_250, 'late · calmer'],
      ['praise', 12_000, null, ''],
    ]);
  });

  test('older ones have facts in lines over the headings', () => {
    const file = [
      'Observation id\ttalk 3',
      '',
      'Media file(s)',
      'Observation date\t2027-02-24 09:00:00Z',
      'Description\tA talk, with commas, many, of, them',
      '',
      'Time\tMedia file path\tTotal length\tFPS\tSubject\tBehavior\tBehavioral category\tComment\tStatus',
      '1.5\ta.mp4\t90\t25\t\tPraise\t\tquick, good\tPOINT',
      '2.5\ta.mp4\t90\t25\t\tRisk\t\t\tSTART',
      '4.5\ta.mp4\t90\t25\t\tRisk\t\t\tSTOP',
    ].join('\n');
    const read = preview(file);
    expect(short(read)).toEqual([
      ['praise', 1_500, null, 'quick, good'],
      ['risk', 2_500, 2_000, ''],
    ]);
    expect(read.call).toMatchObject({ subject: 'talk 3', startedAt: START });
    expect(read.problems).toEqual([]);
  });
});

describe('the CSV of a call', () => {
  test('is one row a tag with the facts of its call, nothing in it a formula', () => {
    const tag = sampleTag({ offset: 1_500, span: 2_000, text: '=HYPERLINK("x")' });
    const call = sampleCall([tag], { subject: '-1', shift: -2_000 });
    const [headings, row, end] = callToCsv(call, callWords).split('\r\n');
    expect(headings?.split(',').slice(0, 4)).toEqual(['Time', 'End', 'Tag', 'Text']);
    expect(row).toBe(
      [
        ...["'-00:00:00.500", '00:00:01.500', 'Delight', `"'=HYPERLINK(""x"")"`],
        ...['praise', tag.id, '1500', '2000', '2027-02-24T09:00:01.500Z'],
        ...[call.call.id, "'-1", 'call', '2027-02-24T09:00:00.000Z'],
        ...['2027-02-24T09:30:00.000Z', '', "'-2000"],
      ].join(','),
    );
    expect(end).toBe('');
  });

  test('keeps a call without tags', () => {
    const call = sampleCall([]);
    const read = preview(callToCsv(call, callWords));
    expect(read).toMatchObject({ call: { id: call.call.id }, tags: [], problems: [] });
  });

  test('two calls in one file: the first is taken, the other told', () => {
    const [one, two] = [sampleCall([sampleTag()]), sampleCall([sampleTag()], { subject: 'Other' })];
    const rows = callToCsv(two, callWords).split('\r\n')[1];
    const read = preview(`${callToCsv(one, callWords)}${rows}\r\n`);
    expect(read.call.id).toBe(one.call.id);
    expect(read.tags).toHaveLength(1);
    expect(read.problems).toEqual([{ row: 3, words: words.otherCall('Other') }]);
  });
});

test('a file’s bytes are read in the encoding they are in', () => {
  const text = 'time;tag\n1;Später fragen\n';
  const latin = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const wide = Uint8Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0));
  const little = Uint8Array.from([...wide].flatMap((unit) => [unit, 0]));
  little.set([0xff, 0xfe]);
  const big = Uint8Array.from([...wide].flatMap((unit) => [0, unit]));
  big.set([0xfe, 0xff]);
  for (const bytes of [new TextEncoder().encode(`\ufeff${text}`), latin, little, big]) {
    expect(fileText(bytes)).toBe(text);
    expect(short(preview(fileText(bytes)))).toEqual([['ask-later', 1_000, null, '']]);
  }
  expect(fileText(new Uint8Array())).toBe('');
});

describe('what is no file of tags', () => {
  test.each([
    ['', words.empty],
    [' \r\n', words.empty],
    ['\ufeff', words.empty],
    ['just some words\nand more', words.noHeadings],
    ['name,address\na,b', words.noHeadings],
    ['WEBVTTX\n\n00:01.000 --> 00:02.000\nx', words.noHeadings],
    ['\0\u0001\uFFFDPK', words.noHeadings],
  ])('%j is refused in words', (file, said) => {
    expect(readTagFile(file, options())).toEqual({
      ok: false,
      problems: [{ row: null, words: said }],
    });
  });
});
