// What columns and tables are called, by their keys.
import { TABLES, type TableInfo } from './columns.ts';

export type HeadingLanguage = 'en' | 'de' | 'keys';

type Words = { readonly [key: string]: readonly [en: string, de: string] };

/** "table.column" where a table says it in its own way. */
const COLUMNS: Words = {
  action: ['Action', 'Maßnahme'],
  address: ['Address', 'Adresse'],
  answer: ['Answer', 'Antwort'],
  answered: ['Answered', 'Beantwortet'],
  answeredBy: ['Answered by', 'Beantwortet von'],
  asks: ['Asks for', 'Verlangt'],
  at: ['When', 'Wann'],
  auditor: ['Auditor', 'Auditor'],
  author: ['Author', 'Verfasst von'],
  authorId: ['Author id', 'Kennung der Person'],
  began: ['Began', 'Beginn'],
  blind: ['Blind', 'Blind'],
  by: ['By', 'Von uns'],
  call: ['Call id', 'Kennung des Gesprächs'],
  cause: ['Cause', 'Ursache'],
  channel: ['Channel', 'Kanal'],
  checkOn: ['Check on', 'Prüfen am'],
  checked: ['Checked', 'Geprüft'],
  class: ['Class', 'Klasse'],
  commitment: ['Commitment', 'Festlegung'],
  customer: ['Customer', 'Kunde'],
  customerId: ['Customer id', 'Kennung des Kunden'],
  decision: ['Decision', 'Entscheidung'],
  dimension: ['Dimension', 'Dimension'],
  direction: ['Direction', 'Richtung'],
  done: ['Done', 'Erledigt'],
  doneText: ['What was done', 'Was getan wurde'],
  draw: ['Draw', 'Ziehung'],
  drawn: ['Drawn', 'Gezogen'],
  due: ['Due', 'Fällig'],
  effectText: ['What it changed', 'Was es bewirkt hat'],
  effective: ['Effective', 'Wirksam'],
  effort: ['Effort', 'Aufwand'],
  ended: ['Ended', 'Ende'],
  finished: ['Finished', 'Abgeschlossen'],
  from: ['From', 'Von'],
  handled: ['Dealt with', 'Bearbeitet'],
  id: ['Id', 'Kennung'],
  interactionId: ['Interaction id', 'Kennung der Nachricht'],
  kind: ['Kind', 'Art'],
  method: ['Method', 'Verfahren'],
  minutes: ['Minutes', 'Minuten'],
  name: ['Name', 'Name'],
  nonce: ['Nonce', 'Zufallszahl'],
  offset: ['Offset (ms)', 'Abstand (ms)'],
  ours: ['Our score', 'Unsere Wertung'],
  outcome: ['Outcome', 'Ergebnis'],
  owner: ['Owner', 'Zuständig'],
  population: ['Population (SHA-256)', 'Grundgesamtheit (SHA-256)'],
  populationSize: ['Population', 'Grundgesamtheit'],
  pressed: ['Pressed', 'Gedrückt'],
  project: ['Project', 'Projekt'],
  projectId: ['Project id', 'Kennung des Projekts'],
  question: ['Question', 'Frage'],
  quote: ['Quote', 'Zitat'],
  reason: ['Reason', 'Grund'],
  record: ['Record', 'Eintrag'],
  replaced: ['Replaced', 'Ersetzt'],
  result: ['Result', 'Ausgang'],
  review: ['Review id', 'Kennung der Prüfung'],
  reviewer: ['Reviewer', 'Geprüft von'],
  says: ['Says', 'Besagt'],
  score: ['Score', 'Wert'],
  scoreOf: ['Out of', 'Von höchstens'],
  seconds: ['Seconds', 'Sekunden'],
  sent: ['Sent', 'Gesendet'],
  source: ['Source', 'Quelle'],
  span: ['Span (ms)', 'Dauer (ms)'],
  stage: ['Stage', 'Stand'],
  stance: ['Stance', 'Haltung'],
  standard: ['Standard', 'Standard'],
  started: ['Started', 'Begonnen'],
  state: ['State', 'Zustand'],
  strata: ['Strata', 'Schichten'],
  subject: ['Subject', 'Betreff'],
  tag: ['Tag', 'Markierung'],
  tags: ['Tags', 'Markierungen'],
  text: ['In our words', 'In unseren Worten'],
  theirs: ['Their score', 'Wertung des Kunden'],
  time: ['Time', 'Zeit'],
  title: ['Title', 'Titel'],
  to: ['To', 'An'],
  type: ['Type', 'Typ'],
  unit: ['Unit', 'Einheit'],
  value: ['Value', 'Wert'],
  visibility: ['Who may read it', 'Wer es lesen darf'],
  wentWell: ['Went well (1–5)', 'Lief gut (1–5)'],
  withdrawn: ['Withdrawn', 'Zurückgezogen'],
  written: ['Written', 'Notiert'],
  'calls.text': ['Summary', 'Zusammenfassung'],
  'disputes.by': ['By', 'Von'],
  'findings.text': ['Finding', 'Feststellung'],
  'improvements.text': ['What could be better', 'Was besser sein könnte'],
  'moments.from': ['Who on their side', 'Wer beim Kunden'],
  'moments.by': ['Who on our side', 'Wer von uns'],
  'moments.ours': ['In our words', 'In unseren Worten'],
  'moments.theirs': ['In their words', 'In Worten des Kunden'],
  'register.value': ['Value (1–5)', 'Nutzen (1–5)'],
  'register.effort': ['Effort (1–5)', 'Aufwand (1–5)'],
  'reviews.text': ['Text', 'Text'],
  'tags.text': ['Text', 'Text'],
};

const NAMES: Words = {
  register: ['Register', 'Register'],
  moments: ['Story', 'Geschichte'],
  calls: ['Calls', 'Gespräche'],
  tags: ['Tags', 'Markierungen'],
  reviews: ['Reviews', 'Prüfungen'],
  draws: ['Draws', 'Ziehungen'],
  findings: ['Findings', 'Feststellungen'],
  questions: ['Questions', 'Fragen'],
  disputes: ['Disputes', 'Einwände'],
  improvements: ['Improvements', 'Verbesserungen'],
};

/** Of a record's own fields the keys are the headings: other programs know them by these. */
export function heading(table: string, column: string, language: HeadingLanguage): string {
  const isKind = TABLES.workspace.some(({ key }) => key === table);
  if (language === 'keys' || isKind) return column;
  const words = COLUMNS[`${table}.${column}`] ?? COLUMNS[column];
  return words?.[language === 'de' ? 1 : 0] ?? column;
}

export function headings({ key, columns }: TableInfo, language: HeadingLanguage): string[] {
  return columns.map((column) => heading(key, column.key, language));
}

/** A sheet's name, or a file's. */
export function tableName(key: string, language: HeadingLanguage): string {
  if (language === 'keys') return key;
  return NAMES[key]?.[language === 'de' ? 1 : 0] ?? key;
}
