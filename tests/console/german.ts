// German stands in for every language longer than English: labels a third longer, some words without
// a place to break. Only what is drawn by the tests is translated.
import { type ConsoleWords, en as consoleEn } from '../../src/console/words.ts';
import { en, type Words } from '../../src/ui/words.ts';

export const shared: Words = {
  ...en,
  lang: 'de',
  mark: {
    expectation: 'Kundenerwartung',
    note: 'Gesprächsnotiz',
    commitment: 'Lieferzusage',
    grievance: 'Beschwerdegrund',
    praise: 'Anerkennung',
    question: 'Rückfrage',
    decision: 'Grundsatzentscheidung',
    risk: 'Ausfallrisiko',
  },
  interaction: 'Gesprächsverlauf',
  class: {
    stated: 'Ausgesprochen',
    implied: 'Vorausgesetzt',
    unstated: 'Unausgesprochen',
  },
  stage: {
    hunch: 'Vermutung',
    asked: 'Nachgefragt',
    confirmed: 'Bestätigt',
    refuted: 'Widerlegt',
  },
  outcome: {
    open: 'Offen',
    missed: 'Nicht erfüllt',
    met: 'Erfüllt',
    exceeded: 'Übertroffen',
  },
  ladder: {
    name: 'Erkenntnisstand',
    settled: 'Abgeschlossen',
    either: ['Bestätigt', 'oder', 'widerlegt'],
  },
};

const { register } = consoleEn;

export const console: ConsoleWords = {
  ...consoleEn,
  nav: {
    ...consoleEn.nav,
    register: 'Erwartungsverzeichnis',
    import: 'Datenübernahme',
    people: 'Mitarbeiterverwaltung',
    settings: 'Arbeitsbereichseinstellungen',
    questions: 'Fragensammlung',
    tags: 'Gesprächskennzeichen',
  },
  signOut: 'Abmelden',
  settings: {
    ...consoleEn.settings,
    title: 'Arbeitsbereichseinstellungen',
    lists: {
      'never-log': {
        ...consoleEn.settings.lists['never-log'],
        title: 'Nichterfassungsliste',
        why: 'Eine Nachricht, auf die eine Zeile zutrifft, wird in keinem Browser gelesen, gespeichert oder übertragen. Was zuvor erfasst wurde, bleibt erhalten.',
        label: 'Diese Nachrichten niemals auswerten, ein Eintrag je Zeile',
      },
      'own-domains': {
        ...consoleEn.settings.lists['own-domains'],
        title: 'Unternehmenseigene Maildomänen',
        label: 'Unternehmenseigene Domänen und Adressen, ein Eintrag je Zeile',
      },
      'blind-spots': {
        ...consoleEn.settings.lists['blind-spots'],
        title: 'Schwellenwerte für unbeachtete Kundinnen und Kunden',
        label: 'Was von den üblichen Werten abweicht, ein Eintrag je Zeile',
      },
      'per-person-figures': {
        ...consoleEn.settings.lists['per-person-figures'],
        title: 'Personenbezogene Auswertungen',
      },
    },
    save: 'Änderungen speichern',
    problems: (count: number) => `${count} Zeilen können so nicht verwendet werden.`,
    changedBy: (who: string, when: string) => `Zuletzt geändert durch ${who}, ${when}`,
  },
  tags: {
    ...consoleEn.tags,
    title: 'Gesprächskennzeichen',
    why: 'Was man drückt, während man mit Kundinnen und Kunden spricht: eine Taste, ein Kennzeichen. Die mitgelieferten lassen sich umbenennen und außer Gebrauch nehmen; eigene stehen daneben.',
    means: {
      expectation: 'Kundenerwartung',
      note: 'Gesprächsnotiz',
      grievance: 'Beschwerdegrund',
      praise: 'Anerkennung',
      'promise-ours': 'Unsere Lieferzusage',
      'promise-theirs': 'Zusage der Kundenseite',
      question: 'Rückfrage',
      decision: 'Grundsatzentscheidung',
      risk: 'Ausfallrisiko',
      'ask-later': 'Später nachfragen',
    },
    isAbout: (what: string) => `Bedeutung: ${what}`,
    name: 'Bezeichnung',
    ownName: (builtIn: string) => `Leer gelassen: „${builtIn}“, in der Sprache der Lesenden.`,
    key: 'Taste',
    keyHint: 'Ein Buchstabe oder eine Ziffer, ohne Strg oder Alt. Leer: keine Taste.',
    aboutLabel: 'Wovon es handelt',
    colour: 'Farbe wie bei',
    icon: 'Zeichen wie bei',
    up: 'Nach oben verschieben',
    down: 'Nach unten verschieben',
    change: 'Ändern',
    retire: 'Außer Gebrauch nehmen',
    add: 'Ein Kennzeichen hinzufügen',
    save: 'Änderungen speichern',
    asBefore: 'Änderungen verwerfen',
  },
  record: {
    ...consoleEn.record,
    broughtIn: (writer: string, by: string) => `${writer}, aus einer Datei eingebracht von ${by}`,
    by: (name: string) => `verfasst von ${name}`,
  },
  register: {
    ...register,
    words: 'Suchbegriffe im Wortlaut',
    customer: 'Kundenunternehmen',
    project: 'Kundenprojekt',
    class: 'Erwartungsklasse',
    stage: 'Erkenntnisstand',
    author: 'Verfasserin oder Verfasser',
    from: 'Aufgeschrieben ab',
    to: 'Aufgeschrieben bis',
    any: 'Uneingeschränkt',
    export: 'Als CSV-Datei herunterladen',
    clear: 'Filterbedingungen zurücksetzen',
    columns: {
      mark: 'Art',
      quote: 'Wortlaut der Kundin oder des Kunden',
      text: 'In unseren eigenen Worten',
      customer: 'Kundenunternehmen',
      project: 'Kundenprojekt',
      class: 'Erwartungsklasse',
      stage: 'Stand',
      author: 'Verfasserin',
      at: 'Aufzeichnungsdatum',
    },
  },
};
