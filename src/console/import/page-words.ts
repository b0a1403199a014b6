// What the import page says of CSV files, and of every file before it is known what it is.
export const say = {
  title: 'Import',
  intro:
    'A CSV file, for instance saved from a spreadsheet, a CRM or a survey tool; records that Unsaid exported; annotations of Hypothesis. You see what is in it before anything is written.',
  kind: 'What the rows of a CSV file are',
  customer: 'Customers',
  project: 'Projects',
  choose: 'Choose a file',
  drop: 'or drop it here',
  chosen: (name: string, size: string) => `${name} · ${size}`,
  other: 'Choose another file',
  tooLarge: (limit: string) => `This file is larger than ${limit}.`,
  notText: 'This file is no text. Save the table as CSV (UTF-8), then choose it again.',
  safe: 'Nothing was imported.',
  split: 'Split it and import the parts one after the other.',
  mapping: 'What the columns mean',
  mappingHint: 'A column that is left out stays in your file only.',
  leaveOut: 'Leave out',
  preview: 'Preview',
  line: 'Line',
  problems: 'Problems',
  skipped: (count: number) =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? 'is' : 'are'} there already and will stay as ${count === 1 ? 'it is' : 'they are'}.`,
  counts: (rows: number, errors: number) =>
    errors === 0
      ? `${rows.toLocaleString('en-GB')} ${rows === 1 ? 'row' : 'rows'}, none with a problem`
      : `${rows.toLocaleString('en-GB')} ${rows === 1 ? 'row' : 'rows'}, ${errors} with a problem. Those are left out; the rest can be imported.`,
  run: (count: number) => `Import ${count.toLocaleString('en-GB')} ${count === 1 ? 'row' : 'rows'}`,
  reading: 'Reading the file…',
  running: 'Importing…',
  result: (created: number, skipped: number) =>
    skipped === 0
      ? `${created.toLocaleString('en-GB')} imported.`
      : `${created.toLocaleString('en-GB')} imported. ${skipped.toLocaleString('en-GB')} ${skipped === 1 ? 'was there already and is' : 'were there already and are'} unchanged.`,
  failed: (count: number) => `${count} ${count === 1 ? 'row was' : 'rows were'} left out:`,
  again: 'Import another file',
  nothingToDo:
    'No row can be imported as it is. Change what the columns mean, or correct the file.',
  fields: {
    name: 'Name',
    domain: 'Mail domain',
    crmId: 'CRM id',
    remark: 'Remark',
    customer: 'Customer',
    state: 'State',
    owner: 'Owner',
  } as Readonly<Record<string, string>>,
};
