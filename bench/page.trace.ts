// Reads a browser's trace: what the page's main thread did, and how much of it was an extension's.
// The trace names the world of a call, but not of what runs after a promise; the samples of the
// profiler tell that too, so the greater of both counts.

import type { CDPSession } from 'playwright-core';

/** One event of the trace format; times in µs. */
export type TraceEvent = {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** The same in CPU time. */
  tdur?: number;
  id?: string;
  args: { [name: string]: unknown };
};

/** A task of the page's main thread, or what lies between two of its frames; in ms. */
export type Task = {
  start: number;
  /** CPU time: other programs of the machine are not in it. */
  took: number;
  /** What the extension's script took of it, with the layout that it forced. */
  script: number;
};

const CATEGORIES = [
  ...['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'],
  ...['disabled-by-default-v8.cpu_profiler', 'disabled-by-default-v8.cpu_profiler.hires'],
];

/** Traces the whole browser while `work` runs. */
export async function traced(cdp: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const take = ({ value }: { value: object[] }) => {
    for (const event of value) events.push(event as TraceEvent);
  };
  cdp.on('Tracing.dataCollected', take);
  await cdp.send('Tracing.start', {
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  await work();
  const complete = new Promise((done) => cdp.once('Tracing.tracingComplete', done));
  await cdp.send('Tracing.end');
  await complete;
  cdp.off('Tracing.dataCollected', take);
  return events;
}

/**
 * The tasks of the main thread of the page at `url`, in order. `origin` is the extension's
 * ("chrome-extension://…"), `world` its name, as the trace has it.
 */
export function tasksOf(events: TraceEvent[], url: string, origin: string, world: string): Task[] {
  const pid = processOf(events, url);
  const mine = events.filter((event) => event.pid === pid);
  const main = mine.find(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  )?.tid;
  const slices = mine.filter(({ tid, ph }) => tid === main && ph === 'X');
  const tasks = slices.filter(({ name }) => name === 'RunTask').sort((a, b) => a.ts - b.ts);
  const calls = outermost(slices.filter((slice) => isOf(slice, origin, world)));
  const samples = samplesOf(mine, origin);
  let nextCall = 0;
  let nextSample = 0;
  return tasks.map(({ ts, dur = 0, tdur = dur }) => {
    const end = ts + dur;
    let called = 0;
    for (; nextCall < calls.length; nextCall += 1) {
      const call = calls[nextCall];
      if (call === undefined || call.ts >= end) break;
      if (call.ts >= ts) called += call.tdur ?? call.dur ?? 0;
    }
    let all = 0;
    let ours = 0;
    for (; nextSample < samples.length; nextSample += 1) {
      const sample = samples[nextSample];
      if (sample === undefined || sample.at >= end) break;
      if (sample.at < ts) continue;
      all += 1;
      if (sample.ours) ours += 1;
    }
    const sampled = all === 0 ? 0 : (tdur * ours) / all;
    return { start: ts / 1_000, took: tdur / 1_000, script: Math.max(called, sampled) / 1_000 };
  });
}

/** Tasks put together by the frames they were done for: each frame ends where a rendering ends. */
export function framesOf(events: TraceEvent[], url: string, tasks: Task[]): Task[] {
  const pid = processOf(events, url);
  const ends = events
    .filter(({ name, ph, pid: of }) => of === pid && name === 'AnimationFrame' && ph === 'e')
    .map(({ ts }) => ts / 1_000)
    .sort((a, b) => a - b);
  const frames: Task[] = [];
  let next = 0;
  for (const end of ends) {
    const frame: Task = { start: end, took: 0, script: 0 };
    for (; next < tasks.length; next += 1) {
      const task = tasks[next];
      if (task === undefined || task.start >= end) break;
      frame.start = Math.min(frame.start, task.start);
      frame.took += task.took;
      frame.script += task.script;
    }
    frames.push(frame);
  }
  return frames;
}

/** Tasks over 50 ms that would not have been without the extension's script. */
export function longOnes(tasks: Task[]): Task[] {
  const LONG = 50;
  return tasks.filter(
    ({ took, script }) => took > LONG && (script > LONG || took - script <= LONG),
  );
}

type Frames = { data?: { frames?: { url: string; processId: number }[] } };
type Committed = { data?: { url?: string; processId?: number } };

// The last process that showed this address.
function processOf(events: TraceEvent[], url: string): number {
  let pid: number | undefined;
  for (const { name, args } of events) {
    if (name === 'TracingStartedInBrowser') {
      const frame = (args as Frames).data?.frames?.find((one) => one.url === url);
      pid = frame?.processId ?? pid;
    } else if (name === 'FrameCommittedInBrowser') {
      const { data } = args as Committed;
      if (data?.url === url) pid = data.processId ?? pid;
    }
  }
  if (pid === undefined) throw new RangeError(`the trace does not have ${url}`);
  return pid;
}

const RUNS = new Set(['EvaluateScript', 'FunctionCall', 'v8.run', 'v8.callFunction', 'v8.compile']);

function isOf(event: TraceEvent, origin: string, world: string): boolean {
  if (!RUNS.has(event.name)) return false;
  return urlOf(event).startsWith(origin) || event.args.worldName === world;
}

function urlOf({ args }: TraceEvent): string {
  const url = (args as { data?: { url?: unknown } }).data?.url ?? args.fileName;
  return typeof url === 'string' ? url : '';
}

// Calls inside calls are in them already.
function outermost(slices: TraceEvent[]): TraceEvent[] {
  const sorted = slices.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  let end = -1;
  return sorted.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}

type ProfileNode = { id: number; parent?: number; callFrame: { url?: string } };
type Chunk = {
  data?: {
    startTime?: number;
    cpuProfile?: { nodes?: ProfileNode[]; samples?: number[] };
    timeDeltas?: number[];
  };
};

// When the profiler looked, and whether a function of the extension was on the stack then.
function samplesOf(events: TraceEvent[], origin: string): { at: number; ours: boolean }[] {
  const found: { at: number; ours: boolean }[] = [];
  const profiles = new Map<string, { at: number; ours: Map<number, boolean> }>();
  const parts = events.filter(({ name }) => name === 'Profile' || name === 'ProfileChunk');
  for (const { id = '', args } of parts.sort((a, b) => a.ts - b.ts)) {
    const { data } = args as Chunk;
    const profile = profiles.get(id) ?? { at: 0, ours: new Map<number, boolean>() };
    profiles.set(id, profile);
    if (data?.startTime !== undefined) profile.at = data.startTime;
    for (const { id: node, parent, callFrame } of data?.cpuProfile?.nodes ?? []) {
      const above = parent !== undefined && profile.ours.get(parent) === true;
      profile.ours.set(node, above || callFrame.url?.startsWith(origin) === true);
    }
    data?.cpuProfile?.samples?.forEach((node, turn) => {
      profile.at += data.timeDeltas?.[turn] ?? 0;
      found.push({ at: profile.at, ours: profile.ours.get(node) === true });
    });
  }
  return found.sort((a, b) => a.at - b.at);
}
