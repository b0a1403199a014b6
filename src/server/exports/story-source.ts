// The story of a customer, a project or a call, as the console tells it.
import { id } from '../../domain/index.ts';
import { TABLES } from '../../export/columns.ts';
import type { ExportedRecord } from '../../export/exported-record.ts';
import type { Cell } from '../../export/table.ts';
import { msOf } from '../../ledger/index.ts';
import { isBlindTo } from '../reviews/drafts.ts';
import { type Subject, subjectOf } from '../reviews/subject.ts';
import { projectsOf, storyRows } from '../story/rows.ts';
import { type Story, tell } from '../story/tell.ts';
import type { Given, Refused, Source, Told } from './source.ts';

const UNITS = ['customer', 'project', 'call'] as const;
const LOSSLESS = ['ndjson', 'json', 'jsonld'];

/** The filter names one: `customer`, `project` or `call`, with its id. */
export async function storySource(given: Given): Promise<Source | Refused> {
  const { wish, tx, asker, directory } = given;
  const unit = UNITS.find((name) => wish.filter[name]);
  const subject = id.safeParse(wish.filter[unit ?? '']);
  if (unit === undefined || !subject.success) {
    return { refused: 'not-well-formed', words: 'Of which customer, project or call?' };
  }
  const found = await subjectOf(given, unit, subject.data);
  if (found.gone !== null) {
    return { refused: 'not-found', words: `There is no such ${unit} any more.` };
  }
  const related = [...found.ids, ...projectsOf(given, found)];
  const customers = found.customer ? directory.customers.setOf(found.customer.id) : [];
  const isBlind = await isBlindTo(tx, asker, [...related, ...customers]);
  if (isBlind && LOSSLESS.includes(wish.format)) {
    const words = 'You are reviewing this blind. Export it when the review is finished.';
    return { refused: 'not-allowed', words };
  }
  return {
    tables: TABLES.story,
    count: async () => null,
    table: async (now, chosen) => momentsOf(await told(now, found), chosen.columns),
    records: (now) => recordsOf(now, found),
  };
}

function told(given: Given, subject: Subject): Promise<Story> {
  return tell(given, subject, { blind: false, whole: 'all', now: Date.now() });
}

function momentsOf({ moments }: Story, columns: Told['columns']): Told {
  const rows = moments.map((moment) => {
    const { score } = moment;
    const cells: { [key: string]: Cell | undefined } = {
      at: new Date(moment.at).toISOString(),
      kind: moment.kind,
      ...{ title: moment.title, theirs: moment.theirs, ours: moment.ours },
      ...{ from: moment.from, by: moment.by?.name, channel: moment.channel },
      ...{ direction: moment.direction, stage: moment.stage, says: moment.says },
      outcome: moment.outcome ?? moment.promise ?? moment.improved,
      ...{ score: score?.value, scoreOf: score?.max },
      ...{ standard: moment.standard, address: moment.url },
      ...{ record: moment.record.kind, id: moment.record.id },
    };
    return columns.map(({ key }) => (cells[key] === '' ? null : (cells[key] ?? null)));
  });
  return { columns, rows };
}

async function recordsOf(given: Given, subject: Subject): Promise<ExportedRecord[]> {
  const rows = await storyRows(given, subject, 'all');
  return rows.map(({ kind, id: record, author, written, fields }) => ({
    ...{ kind, id: record, author, written: new Date(msOf(written)).toISOString() },
    visibility: fields.visibility ?? 'workspace',
    fields: fields as ExportedRecord['fields'],
  }));
}
