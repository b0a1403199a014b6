// Puts words where the person was writing in the page, whichever of its frames that is in.
import { browser } from '../../browser.ts';
import { tellPage } from '../../messages/index.ts';
import { readTab } from '../contexts.ts';

/** A frame that came after the sidebar was opened brings its script first: waits before it is asked. */
const WAITS_MS = [250, 500];

export async function putIntoReply(tab: number, text: string): Promise<boolean> {
  let frame = await whereWritten(tab);
  if (frame === null) await tellPage(tab, 'announce', { wholly: true });
  for (const wait of WAITS_MS) {
    if (frame !== null) break;
    await new Promise((done) => setTimeout(done, wait));
    frame = await whereWritten(tab);
  }
  return frame !== null && (await ask(tab, frame, 'insert', { text })) === true;
}

/** The frame in which the person wrote last. */
async function whereWritten(tab: number): Promise<number | null> {
  const frames = [...new Set([0, ...Object.keys(await readTab(tab)).map(Number)])];
  const told = await Promise.all(
    frames.map(async (frame) => ({ frame, at: await ask(tab, frame, 'writing', {}) })),
  );
  const writing = told.flatMap(({ frame, at }) => (typeof at === 'number' ? [{ frame, at }] : []));
  return writing.sort((a, b) => b.at - a.at)[0]?.frame ?? null;
}

/** A frame without that part of our script, or one that is gone, answers nothing. */
async function ask(tab: number, frame: number, call: string, payload: object): Promise<unknown> {
  try {
    return await browser.tabs.sendMessage(
      tab,
      { unsaid: 1, to: 'page-event', call, payload },
      { frameId: frame },
    );
  } catch {
    return undefined;
  }
}
