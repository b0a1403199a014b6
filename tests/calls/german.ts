// German stands in for every language longer than English, some words without a place to break.
import type { say } from '../../src/extension/calls/words.ts';

export const german: Partial<typeof say> = {
  all: 'Sämtliche Gespräche',
  waiting: (count) => `Unbearbeitete Kennzeichen · ${count}`,
  importNav: 'Datenübernahme',
  search: 'Ein Gespräch suchen',
  hangUp: 'Gespräch beenden',
  remove: 'Gespräch samt Kennzeichen zurücknehmen',
  facts: 'Gesprächsangaben',
  participants: 'Gesprächsteilnehmerinnen und -teilnehmer, je Zeile eine',
  seemed: 'Zufriedenheitseindruck auf der Kundenseite',
  wentWell: 'Unsere Einschätzung des Gesprächsverlaufs',
  time: 'Zeitpunkt innerhalb des Gesprächs',
  length: 'Gedrückt gehalten während',
  toNow: 'Auf den jetzigen Zeitpunkt setzen',
  takeBack: 'Kennzeichen zurücknehmen',
  shift: 'Sämtliche Kennzeichen verschieben',
  shiftBy: 'Verschiebung um',
  apply: 'Sämtliche Kennzeichen verschieben',
  copy: 'Zusammenfassung in die Zwischenablage kopieren',
  webvtt: 'Als WebVTT-Datei speichern',
  json: 'Als JSON-Datei speichern',
  csv: 'Als CSV-Datei speichern',
};
