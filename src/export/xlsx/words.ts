// What a workbook says of itself, on its last sheet and where a text was cut.
export type XlsxWords = {
  about: string;
  sheet: string;
  rows: string;
  zone: string;
  times: (zone: string) => string;
  formulas: string;
  texts: string;
  yes: string;
  no: string;
  cutMark: string;
  cut: (count: string, most: string) => string;
  cutAt: (cells: string) => string;
  more: (count: string) => string;
  split: (sheets: number, most: string) => string;
  unlinked: (count: string) => string;
  tooLong: string;
};

const en: XlsxWords = {
  about: 'About',
  sheet: 'Sheet',
  rows: 'Rows',
  zone: 'Times',
  times: (zone) => `On the clock of ${zone}`,
  formulas: 'Formulas',
  texts: 'There are none: every text is a text, also one that begins like a formula.',
  yes: 'yes',
  no: 'no',
  cutMark: '… [cut]',
  cut: (count, most) =>
    `Texts longer than the ${most} characters a cell holds, and cut: ${count}. They end with “… [cut]”; the whole texts are in the exports NDJSON and JSON.`,
  cutAt: (cells) => `Cut: ${cells}`,
  more: (count) => `and ${count} more`,
  split: (sheets, most) => `On ${sheets} sheets: one holds ${most} rows and 3.5 GB at most.`,
  tooLong: 'A workbook holds less than 4 GB. Choose fewer rows, or take CSV or NDJSON.',
  unlinked: (count) =>
    `Addresses that are texts and no links: ${count}. A sheet holds 65,530 links, of 2,079 characters at most.`,
};

const de: XlsxWords = {
  about: 'Über diese Datei',
  sheet: 'Blatt',
  rows: 'Zeilen',
  zone: 'Zeiten',
  times: (zone) => `Nach der Uhr von ${zone}`,
  formulas: 'Formeln',
  texts: 'Keine: Jeder Text ist ein Text, auch wenn er wie eine Formel beginnt.',
  yes: 'ja',
  no: 'nein',
  cutMark: '… [gekürzt]',
  cut: (count, most) =>
    `Texte, die länger als die ${most} Zeichen einer Zelle sind und gekürzt wurden: ${count}. Sie enden mit „… [gekürzt]“; ganz stehen sie in den Ausgaben NDJSON und JSON.`,
  cutAt: (cells) => `Gekürzt: ${cells}`,
  more: (count) => `und ${count} weitere`,
  split: (sheets, most) =>
    `Auf ${sheets} Blättern: Eines fasst höchstens ${most} Zeilen und 3,5 GB.`,
  tooLong:
    'Eine Arbeitsmappe fasst weniger als 4 GB. Wähle weniger Zeilen, oder nimm CSV oder NDJSON.',
  unlinked: (count) =>
    `Adressen, die Texte und keine Verweise sind: ${count}. Ein Blatt fasst 65.530 Verweise von höchstens 2.079 Zeichen.`,
};

export const xlsxWords: { readonly [language in 'en' | 'de' | 'keys']: XlsxWords } = {
  ...{ en, de, keys: { ...en, yes: 'true', no: 'false' } },
};
