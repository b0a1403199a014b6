// What is wrong with a file of records, in words, one object per language.
export interface FileWords {
  readonly notOurs: string;
  readonly newer: string;
  readonly cut: string;
  readonly missing: (said: number, found: number) => string;
  readonly afterEnd: string;
  readonly tooLong: string;
  readonly notJson: string;
  readonly tooDeep: string;
  readonly noRecord: (where: string) => string;
  readonly noAnnotation: string;
  readonly nothingSaid: string;
}

export const fileWords: FileWords = {
  notOurs:
    'This is no file of records: neither Unsaid’s, nor W3C Web Annotations, nor an export of Hypothesis.',
  newer: 'A newer version of Unsaid has written this file. Update, then import it.',
  cut: 'The file ends too early: a part of it is missing. Get it again.',
  missing: (said, found) =>
    `The file says that it has ${said} records, and has ${found}. A part of it is missing.`,
  afterEnd: 'This stands after the end of the file.',
  tooLong: 'This is too long for a record.',
  notJson: 'This is no JSON.',
  tooDeep: 'It is nested too deeply.',
  noRecord: (where) => `It is no record: “${where}” is missing or not as it should be.`,
  noAnnotation: 'It is no annotation.',
  nothingSaid: 'It says nothing: it has neither a text nor a place.',
};

export const fileWordsGerman: FileWords = {
  notOurs:
    'Das ist keine Datei mit Einträgen: weder von Unsaid noch W3C Web Annotations noch ein Export von Hypothesis.',
  newer:
    'Eine neuere Version von Unsaid hat diese Datei geschrieben. Aktualisiere zuerst, dann importiere sie.',
  cut: 'Die Datei endet zu früh: ein Teil fehlt. Hole sie noch einmal.',
  missing: (said, found) =>
    `Die Datei sagt, dass sie ${said} Einträge hat, und hat ${found}. Ein Teil fehlt.`,
  afterEnd: 'Das steht hinter dem Ende der Datei.',
  tooLong: 'Das ist zu lang für einen Eintrag.',
  notJson: 'Das ist kein JSON.',
  tooDeep: 'Es ist zu tief verschachtelt.',
  noRecord: (where) => `Das ist kein Eintrag: „${where}“ fehlt oder ist nicht, wie es sein soll.`,
  noAnnotation: 'Das ist keine Annotation.',
  nothingSaid: 'Es sagt nichts: es hat weder einen Text noch einen Ort.',
};
