// A brief as headings and lines of words, for the sidebar, the page, the printer and the clipboard.
import type { Brief, BriefHunch, BriefNote, BriefPromise } from '../../domain/brief.ts';
import type { MarkKind } from '../words.ts';
import { sayBrief as say } from './words.ts';

/** A brief with the names of whom it speaks of: by member's and project's id. */
export type NamedBrief = {
  customer: { id: string; name: string };
  brief: Brief;
  names: { readonly [id: string]: string };
  today: string;
};

export type BriefQuestion = {
  text: string;
  pattern: string | null;
  /** The planned question that this is. */
  probe: string | null;
  due: string | null;
};

export type BriefLine = {
  /** "kind/id" */
  key: string;
  kind: 'expectation' | 'commitment' | 'note';
  id: string;
  look: MarkKind;
  /** Ours; '' where only theirs are known. */
  text: string;
  /** Theirs. */
  quote: string;
  /** Small print under it. */
  notes: string[];
  tone: 'bad' | 'warn' | null;
  /** What was asked and waits for an answer. */
  asked: { said: string; question: string } | null;
  question: BriefQuestion | null;
  stage: BriefHunch['stage'] | null;
  owner: string | null;
};

export type SectionName = keyof typeof say.headings;
export type BriefSection = { name: SectionName; heading: string; lines: BriefLine[] };

/** `value` may have been written by others. */
export type BriefFact = { name: string; value: string; also: string; tone: 'warn' | null };

/** Those that have lines, in the order in which they help. */
export function briefSections({ brief, names }: NamedBrief): BriefSection[] {
  const all: [SectionName, BriefLine[]][] = [
    ['hunches', brief.hunches.map((hunch) => hunchLine(hunch, names))],
    ['ours', brief.ours.map((promise) => promiseLine(promise, names))],
    ['theirs', brief.theirs.map((promise) => promiseLine(promise, names))],
    ['grievances', brief.grievances.map((note) => noteLine(note, 'grievance', names))],
    ['praises', brief.praises.map((note) => noteLine(note, 'praise', names))],
  ];
  return all
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) => ({ name, heading: say.headings[name], lines }));
}

export function briefFacts({ brief: { lastAsked, perception, own } }: NamedBrief): BriefFact[] {
  const apart =
    perception?.share == null || own?.share == null
      ? ''
      : say.apart(Math.round((own.share - perception.share) * 100));
  const scored = ({ score, scale, share, at, count }: NonNullable<Brief['own']>, from: string) =>
    [say.score(score, scale, share), from, day(at), say.lastOf(count)].filter(Boolean).join(', ');
  return [
    {
      name: say.asked,
      value: lastAsked === null ? say.never : say.askedAgo(lastAsked.days, lastAsked.at),
      also: '',
      tone: lastAsked === null ? 'warn' : null,
    },
    {
      name: say.theySay,
      value:
        perception === null
          ? say.noScore
          : scored(
              { ...perception, from: 'talk' },
              perception.form == null ? '' : say.form[perception.form],
            ),
      also: perception?.text.trim() ?? '',
      tone: null,
    },
    {
      name: say.weSay,
      value: own === null ? say.noOwn : scored(own, say.from[own.from]),
      also: apart,
      tone: null,
    },
  ];
}

export function isBare({ brief }: NamedBrief): boolean {
  const { hunches, ours, theirs, grievances, praises, lastAsked, perception, own } = brief;
  const lines = [hunches, ours, theirs, grievances, praises].some(({ length }) => length > 0);
  return !lines && lastAsked === null && perception === null && own === null;
}

type Names = NamedBrief['names'];

function hunchLine(hunch: BriefHunch, names: Names): BriefLine {
  const { asked, next, stage } = hunch;
  return {
    ...lineOf(hunch, 'expectation', names),
    stage,
    asked:
      asked === null
        ? null
        : {
            said: say.askedOn(asked.at, asked.by === null ? '' : (names[asked.by] ?? '')),
            question: asked.question,
          },
    question:
      next === null
        ? null
        : { text: next.question, pattern: next.pattern, probe: next.probe, due: next.due },
  };
}

function promiseLine(promise: BriefPromise, names: Names): BriefLine {
  const line = lineOf(promise, 'commitment', names);
  const { timing } = promise;
  const isBad = timing === 'broken' || timing === 'late';
  return {
    ...line,
    notes: [say.due(promise), ...line.notes],
    tone: isBad ? 'bad' : timing === 'today' || timing === 'soon' ? 'warn' : null,
  };
}

function noteLine(note: BriefNote, look: MarkKind, names: Names): BriefLine {
  const line = lineOf(note, look, names);
  return { ...line, notes: [say.since(note.savedAt), ...line.notes] };
}

function lineOf(
  line: BriefHunch | BriefPromise | BriefNote,
  look: MarkKind,
  names: Names,
): BriefLine {
  const { kind, id, text, quote, owner, project } = line;
  const named = project === null ? '' : (names[project] ?? '');
  return {
    ...{ key: `${kind}/${id}`, kind, id, look, quote },
    text: text === '' && quote === '' ? say.noWords : text,
    notes: [
      ...(named === '' ? [] : [named]),
      ...(owner === null ? [] : [say.owner(names[owner] ?? '')]),
    ],
    ...{ tone: null, asked: null, question: null, stage: null, owner },
  };
}

function day(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(Date.parse(at));
}
