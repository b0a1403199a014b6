// A real browser's parser reads the chapters we write.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callToWebVtt, callWords, type ExportedTag } from '../../src/export/index.ts';
import { tags as anyTag, calls, START, sampleCall, sampleTag, UPSELL } from './samples.ts';

type Read = { id: string; start: number; end: number; text: string };

/** What `<track>` makes of a file; times in ms. */
async function readByTrack(file: string): Promise<Read[]> {
  const video = document.createElement('video');
  const track = document.createElement('track');
  track.kind = 'chapters';
  track.default = true;
  const url = URL.createObjectURL(new Blob([file], { type: 'text/vtt' }));
  const isLoaded = new Promise((resolve, reject) => {
    track.addEventListener('load', resolve, { once: true });
    track.addEventListener('error', () => reject(new Error('the track was refused')));
  });
  track.src = url;
  video.append(track);
  document.body.append(video);
  track.track.mode = 'hidden';
  await isLoaded;
  const found = [...(track.track.cues ?? [])].map((cue) => ({
    id: cue.id,
    start: Math.round(cue.startTime * 1_000),
    end: Math.round(cue.endTime * 1_000),
    text: (cue as VTTCue).getCueAsHTML().textContent ?? '',
  }));
  video.remove();
  URL.revokeObjectURL(url);
  return found;
}

/** A text as a cue can show it: no blank lines. */
function shown(name: string, text: string): string {
  const whole = text.trim() === '' ? name : `${name}: ${text}`;
  return whole
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .join('\n');
}

function written(tags: readonly ExportedTag[], call: Parameters<typeof sampleCall>[1] = {}) {
  return callToWebVtt(sampleCall(tags, call), callWords, { withPauses: true }).text;
}

describe('a browser’s track', () => {
  test('has each tag with its id, its times and its words', async () => {
    const first = sampleTag({ offset: 1_250, text: 'a <b>bold</b> & "quoted" --> one' });
    const second = sampleTag({
      offset: 4_000,
      tag: UPSELL,
      span: 90_000,
      text: 'two\r\n\r\nblocks',
    });
    const third = sampleTag({ offset: 4_000, tag: 'question' });
    const clock = {
      startedAt: START,
      pauses: [{ from: START + 2_000, to: START + 3_000 }],
      endedAt: START + 200_000,
    };
    expect(await readByTrack(written([third, first, second], { clock }))).toEqual([
      { id: first.id, start: 1_250, end: 5_000, text: 'Delight: a <b>bold</b> & "quoted" --> one' },
      // A browser puts the longer of two first.
      { id: second.id, start: 5_000, end: 95_000, text: 'Up-sell: "now": two\nblocks' },
      { id: third.id, start: 5_000, end: 15_000, text: 'Question' },
    ]);
  });

  test('has all 2,000 tags of a long call, whatever they say', async () => {
    const many = fc
      .sample(anyTag, { numRuns: 2_000, seed: 7 })
      .map((tag, index) => ({ ...tag, tag: 'question', deleted: false, offset: index * 5_400 }));
    const read = await readByTrack(written(many));
    expect(read).toHaveLength(2_000);
    const byId = new Map(read.map((cue) => [cue.id, cue]));
    expect(many.map(({ id }) => byId.get(id)?.text)).toEqual(
      many.map(({ text }) => shown('Question', text)),
    );
    expect(many.map(({ id }) => byId.get(id)?.start)).toEqual(many.map(({ offset }) => offset));
  });

  test('has as many cues as the call has tags, for any call', async () => {
    const samples = fc.sample(calls, { numRuns: 40, seed: 11 });
    for (const call of samples) {
      const file = callToWebVtt(call, callWords, { withPauses: true }).text;
      const standing = call.tags.filter(({ deleted }) => !deleted);
      expect((await readByTrack(file)).map(({ id }) => id).sort()).toEqual(
        standing.map(({ id }) => id).sort(),
      );
    }
  });
});
