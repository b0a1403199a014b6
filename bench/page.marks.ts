// Puts a thousand marks on the mail page by the extension's own calls, as the sidebar would.

import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import type { Selectors } from '../src/anchor/index.ts';
import { newId } from '../src/domain/index.ts';
import type {
  KnownMessage,
  Result,
  SidebarAnswers,
  SidebarCall,
  TabContext,
} from '../src/extension/messages/index.ts';
import type { Quotes } from './page.quotes.ts';

declare const chrome: {
  tabs: { query(what: object): Promise<{ id?: number; url?: string }[]> };
  runtime: { sendMessage(message: unknown): Promise<unknown> };
};

const root = resolve(import.meta.dirname, '..');

/** Words of one record in the same mail: people come back to what they noted. */
const EVIDENCE_EACH = 50;
const KINDS = ['expectation', 'note', 'commitment', 'grievance', 'question', 'risk'] as const;

export type Marking = {
  context: BrowserContext;
  /** Our extension's origin. */
  extension: string;
  /** The mail as our extension sees it, and the same without any extension. */
  url: string;
  bareUrl: string;
  /** The element of the mail's words. */
  css: string;
  count: number;
  seed: number;
};

/** Afterwards every opening of the page draws the marks. */
export async function addMarks(marking: Marking): Promise<void> {
  const quotes = await quotesOf(marking);
  const own = await marking.context.newPage();
  await own.goto(`${marking.extension}/src/extension/options/index.html`);
  const message = await messageOf(own, marking);
  // On a second host it is known again as the same mail, and has them already.
  if ((await marksOf(own, message)) > 0) {
    await own.close();
    return;
  }
  const source = {
    now: () => Date.now(),
    random: (n: number) => crypto.getRandomValues(new Uint8Array(n)),
  };
  for (let at = 0; at < quotes.length; at += EVIDENCE_EACH) {
    const kind = KINDS[(at / EVIDENCE_EACH) % KINDS.length] ?? 'note';
    const [first, ...rest] = quotes.slice(at, at + EVIDENCE_EACH);
    if (first === undefined) break;
    const { draft } = await call(own, 'newDraft', { kind, tab: null, message });
    const text = kind === 'expectation' ? { statement: `Sample ${at}` } : { text: `Sample ${at}` };
    const fields = { ...draft.fields, ...text };
    const filled = { ...draft, fields, quote: first[0].exact, selectors: first };
    const { card } = await call(own, 'save', { draft: filled });
    const interaction = card.evidence[0]?.interaction;
    const more = rest.map((selectors) => [
      newId(source),
      { ...(interaction ? { interaction } : {}), quote: selectors[0].exact, selectors },
    ]);
    const patch = { evidence: Object.fromEntries(more) };
    if (more.length > 0) await call(own, 'edit', { kind: card.kind, id: card.id, patch });
  }
  const marks = await marksOf(own, message);
  if (marks !== quotes.length) throw new Error(`${marks} marks in place of ${quotes.length}`);
  await own.close();
}

async function marksOf(own: Page, message: KnownMessage): Promise<number> {
  const { cards } = await call(own, 'cards', { messages: [message] });
  return cards.reduce((sum, { evidence }) => sum + evidence.length, 0);
}

async function quotesOf({ context, bareUrl, css, count, seed }: Marking): Promise<Selectors[]> {
  const page = await context.newPage();
  await page.goto(bareUrl);
  await page.evaluate(await bundle());
  const quotes = await page.evaluate(
    ([where, many, from]) => {
      const own = globalThis as unknown as { quotes: Quotes };
      return own.quotes(where, many, from);
    },
    [css, count, seed] as const,
  );
  await page.close();
  return quotes;
}

// The mail by the keys that the background gave it. The tab is closed again: it would draw anew
// for each mark.
async function messageOf(own: Page, { context, url }: Marking): Promise<KnownMessage> {
  const page = await context.newPage();
  await page.goto(url);
  const tab = await own.evaluate(async (address) => {
    const tabs = await chrome.tabs.query({});
    return tabs.find((one) => one.url === address)?.id ?? null;
  }, url);
  let told: TabContext | null = null;
  for (let tries = 0; tries < 50; tries += 1) {
    told = await call(own, 'context', { tab });
    if (told.messages.length > 0) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  await page.close();
  const message = told?.messages[0];
  if (message === undefined) throw new Error('our extension does not see the mail');
  const { interaction: _i, logged: _l, probably: _p, warnings: _w, ...known } = message;
  return known;
}

async function call<C extends SidebarCall>(
  page: Page,
  name: C,
  payload: object,
): Promise<SidebarAnswers[C]> {
  const result = (await page.evaluate((message) => chrome.runtime.sendMessage(message), {
    ...{ unsaid: 1, to: 'sidebar-call' },
    ...{ call: name, payload },
  })) as Result<SidebarAnswers[C]>;
  if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
  return result.value;
}

async function bundle(): Promise<string> {
  const result = await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: {
      write: false,
      rolldownOptions: {
        input: join(root, 'bench/page.quotes.ts'),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  if (!('output' in result)) throw new TypeError('one build gives one output');
  return result.output[0].code;
}
