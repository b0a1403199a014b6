// The background as the sidebar sees it, in memory: keeps drafts, saves cards, fails when told to.

import type { BlindSpot } from '../../src/domain/blind-spots.ts';
import type {
  SidebarAnswers,
  SidebarCall,
  SidebarEvent,
} from '../../src/extension/messages/calls.ts';
import type { CueView } from '../../src/extension/messages/cue-calls.ts';
import type { Draft } from '../../src/extension/messages/draft.ts';
import type { Failure } from '../../src/extension/messages/result.ts';
import type { SavedCard, Status, TabContext } from '../../src/extension/messages/views.ts';
import type { Client } from '../../src/extension/sidebar/client.ts';
import { callsView, sampleCall, sampleTag } from '../calls/samples.ts';
import { briefView, MEMBERS } from './brief-samples.ts';
import { FakeLadder } from './fake-ladder.ts';
import { FakeWorth } from './fake-worth.ts';
import { context, nobody, sampleCard, sampleDraft, sampleId, status } from './samples.ts';

type Handlers = { [C in SidebarCall]?: (payload: never) => SidebarAnswers[C] };

export class FakeBackground {
  readonly made: { call: SidebarCall; payload: unknown }[] = [];
  readonly drafts = new Map<string, Draft>();
  status: Status = status;
  context: TabContext = context;
  cards: SavedCard[] = [];
  story: SavedCard[] = [];
  never: string[] = [];
  cues: CueView[] = [];
  cuesOn = true;
  question = '';
  /** Before you talk; nothing is on file unless a test says so. */
  briefing = briefView([]);
  /** Somebody is writing in the page. */
  writing = false;
  calling = callsView();
  readonly worth = new FakeWorth();
  readonly ladder = new FakeLadder({
    find: (id) => this.#card(id),
    change: (id, patch) => this.#change(id, patch),
  });
  /** The clocks, where a test sets them: ms since 1970, and ms that nobody sets. */
  time: number | null = null;
  steady: number | null = null;
  /** Of the customer that the page is about; undefined while all are followed. */
  followed: boolean | undefined;
  /** Of that customer. */
  blindSpot: BlindSpot | null = null;
  hits = [
    { id: sampleId(0xc1), name: 'Halden Foods', detail: 'halden.example' },
    { id: sampleId(0xc2), name: 'Sample Logistics', detail: 'logistics.example' },
  ];
  /** What a test answers itself. */
  readonly answers: Handlers = {};
  readonly failures = new Map<SidebarCall, Failure>();
  /** Calls wait here until they are let go. */
  readonly held = new Map<SidebarCall, Promise<void>>();
  readonly #gone = new Map<string, SavedCard>();
  readonly #notCues: CueView[] = [];
  #hear: (event: SidebarEvent) => void = () => {};
  #missed: () => void = () => {};

  readonly client: Client = {
    call: (async (call: SidebarCall, payload: unknown) => {
      this.made.push({ call, payload: structuredClone(payload) });
      await this.held.get(call);
      const failure = this.failures.get(call);
      if (failure) return { ok: false, error: failure };
      const handlers: Handlers = { ...this.#handlers, ...this.answers };
      const handler = handlers[call] as ((payload: unknown) => unknown) | undefined;
      return { ok: true, value: handler ? handler(payload) : null };
    }) as Client['call'],
    events: (hear, missed) => {
      this.#hear = hear;
      this.#missed = missed;
      return () => {};
    },
  };

  tell(event: SidebarEvent): void {
    this.#hear(event);
  }

  /** What the background tells after every write. */
  async changed(): Promise<void> {
    this.#hear({ event: 'changed' });
    await new Promise((done) => setTimeout(done, 20));
  }

  /** The worker died and was started again. */
  restart(): void {
    this.#missed();
  }

  calls<C extends SidebarCall>(call: C): Record<string, unknown>[] {
    return this.made
      .filter((each) => each.call === call)
      .map((each) => each.payload as Record<string, unknown>);
  }

  #card(id: string): SavedCard {
    const all = [...this.cards, ...this.story];
    return all.find((card) => card.id === id) ?? sampleCard(0, { id });
  }

  #change(id: string, patch: object): void {
    const change = (card: SavedCard) =>
      card.id === id ? settled({ ...card, fields: { ...card.fields, ...patch } }, patch) : card;
    this.cards = this.cards.map(change);
    this.story = this.story.map(change);
  }

  readonly #handlers: Handlers = {
    ...this.worth.handlers,
    ...this.ladder.handlers,
    status: () => this.status,
    context: () => this.context,
    drafts: () => ({ drafts: [...this.drafts.values()] }),
    newDraft: ({ kind, message }: { kind: Draft['kind']; message: Draft['message'] }) => {
      const id = sampleId(0x500 + this.drafts.size);
      const guess = message ? {} : { customer: nobody, contact: nobody, project: nobody };
      const draft = sampleDraft({ id, kind, message, quote: '', fields: {}, ...guess });
      this.drafts.set(id, draft);
      return { draft };
    },
    keepDraft: ({ draft }: { draft: Draft }) => {
      this.drafts.set(draft.id, draft);
      return null;
    },
    discardDraft: ({ id }: { id: string }) => {
      this.drafts.delete(id);
      return null;
    },
    save: ({ draft }: { draft: Draft }) => {
      this.drafts.delete(draft.id);
      const card = cardOf(draft);
      this.cards = [card, ...this.cards];
      return { card, status: { ...this.status, unsynced: this.status.unsynced + 1 } };
    },
    card: ({ id }: { id: string }) => this.#card(id),
    cards: () => ({ cards: this.cards }),
    story: ({ customer, most = 100 }: { customer: string; most?: number }) => ({
      customer: {
        ...{ id: customer, name: 'Halden Foods', identifiers: ['domain:halden.example'] },
        ...(this.followed === undefined ? {} : { followed: this.followed }),
      },
      cards: this.story.slice(0, most),
      total: this.story.length,
    }),
    find: () => ({ hits: this.hits }),
    edit: ({ id, patch }: { id: string; patch: SavedCard['fields'] }) => {
      this.#change(id, patch);
      return null;
    },
    share: ({ id }: { id: string }) => {
      const shared = (card: SavedCard) => (card.id === id ? { ...card, keptHere: false } : card);
      this.cards = this.cards.map(shared);
      return this.cards.find((card) => card.id === id) ?? sampleCard(0, { id });
    },
    remove: ({ id, on }: { id: string; on: boolean }) => {
      const found = [...this.cards, ...this.story].find((card) => card.id === id);
      if (on && found) this.#gone.set(id, found);
      const others = (list: SavedCard[]) => list.filter((card) => card.id !== id);
      const back = on ? undefined : this.#gone.get(id);
      this.cards = back ? [back, ...others(this.cards)] : others(this.cards);
      this.story = others(this.story);
      return null;
    },
    follow: ({ on }: { on: boolean }) => {
      this.followed = on;
      return { mode: 'chosen', customers: [], untold: true };
    },
    inboxCount: () => ({ count: 0 }),
    inbox: () => ({ mentions: [], inquiries: [], dues: [] }),
    complete: () => ({ names: [] }),
    blindSpot: () => ({ spot: this.blindSpot }),
    notThisOne: () => null,
    keepWords: () => null,
    neverLog: () => ({ mine: this.never, workspace: ['hr.brightwater.example'] }),
    setNeverLog: ({ lines }: { lines: string[] }) => {
      this.never = lines;
      return { mine: lines, workspace: ['hr.brightwater.example'] };
    },
    brief: () => this.briefing,
    colleagues: () => ({ members: MEMBERS }),
    handOver: () => ({ before: null }),
    answerGrievance: () => null,
    putIntoReply: () => ({ put: this.writing }),
    openBrief: () => null,
    syncNow: () => this.status,
    calls: () => this.calling,
    cues: () => (this.cuesOn ? { on: true, cues: this.cues } : { on: false, cues: [] }),
    cueDraft: ({ cue: id }: { cue: string }) => {
      const cue = this.cues.find((one) => one.id === id);
      const draft = sampleDraft({
        ...{ id: sampleId(0x700), kind: cue?.becomes ?? 'expectation', quote: cue?.words ?? '' },
        ...(cue ? { cue: { ...cue.origin, question: this.question } } : {}),
      });
      this.drafts.set(draft.id, draft);
      return { draft };
    },
    cueNot: ({ cue, on }: { cue: CueView['origin']; on: boolean }) => {
      const is = ({ origin }: CueView) => origin.print === cue.print;
      if (on) this.#notCues.push(...this.cues.filter(is));
      const back = on ? [] : this.#notCues.filter(is);
      this.cues = [...back, ...this.cues.filter((one) => !is(one))];
      return null;
    },
    setCues: ({ on }: { on: boolean }) => {
      this.cuesOn = on;
      return { on, rules: [], none: 0, languages: [] };
    },
    callStart: ({ id, at, channel }: { id: string; at: number; channel: 'call' | 'meeting' }) => {
      const clock = { startedAt: at, pauses: [], endedAt: null };
      const running = sampleCall(0, { id, channel, clock, state: 'running' });
      this.calling = { ...this.calling, running, proposal: null };
      return this.calling;
    },
    callTag: ({
      id,
      tag,
      at,
      before,
    }: {
      id: string;
      tag: string;
      at: number;
      before?: number;
    }) => {
      const call = this.calling.running ?? sampleCall(0);
      const offset = at - (before ?? 0) - call.clock.startedAt;
      const made = sampleTag(call, 0, { id, tag, offset, text: '' });
      this.calling = { ...this.calling, latest: [made, ...this.calling.latest] };
      return made;
    },
    callTagEdit: ({ id }: { id: string }) => {
      const made = this.calling.latest.find((tag) => tag.id === id) ?? sampleTag(sampleCall(0), 0);
      const latest = this.calling.latest.filter((tag) => tag.id !== id);
      this.calling = { ...this.calling, latest };
      return made;
    },
    callPause: ({ on, at }: { on: boolean; at: number }) => {
      const { running } = this.calling;
      if (running === null) return this.calling;
      const pauses = on
        ? [...running.clock.pauses, { from: at, to: null }]
        : running.clock.pauses.map((pause) => ({ ...pause, to: pause.to ?? at }));
      this.calling = {
        ...this.calling,
        running: { ...running, clock: { ...running.clock, pauses } },
      };
      return this.calling;
    },
    callEnd: ({ call }: { call: string }) => {
      const waiting = this.calling.latest.length;
      this.calling = { ...this.calling, running: null, latest: [], wrapUp: call, waiting };
      return this.calling;
    },
    callProposalAway: () => {
      this.calling = { ...this.calling, proposal: null };
      return this.calling;
    },
    callClockSet: ({ by }: { by: number }) => {
      const running = this.calling.running ?? sampleCall(0);
      this.calling = { ...this.calling, running: { ...running, correction: -by } };
      return running;
    },
  };
}

/** Who wrote a field has seen what stood beside it. */
function settled(card: SavedCard, patch: object): SavedCard {
  const left = Object.entries(card.versions ?? {}).filter(([field]) => !(field in patch));
  const { versions: _, ...rest } = card;
  return left.length === 0 ? rest : { ...rest, versions: Object.fromEntries(left) };
}

function cardOf(draft: Draft): SavedCard {
  const { kind } = draft;
  const named = ({ id, name }: Draft['customer']) =>
    name === '' ? null : { id: id ?? sampleId(0x900), name };
  return {
    ...sampleCard(0),
    id: draft.id,
    kind:
      kind === 'mail'
        ? 'interaction'
        : kind === 'expectation' || kind === 'commitment'
          ? kind
          : 'note',
    look: kind,
    fields: draft.fields as SavedCard['fields'],
    customer: named(draft.customer),
    contact: named(draft.contact),
    project: named(draft.project),
    evidence: draft.quote === '' ? [] : [{ key: sampleId(0x901), quote: draft.quote }],
    synced: false,
    keptHere: draft.keepHere,
  };
}
