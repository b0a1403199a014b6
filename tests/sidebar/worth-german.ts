// German stands in for every language longer than English, some words without a place to break.
import type { worthSay } from '../../src/extension/sidebar/worth/words.ts';
import type { worthWords } from '../../src/ui/worth/words.ts';

export const germanWorth: Partial<typeof worthSay> = {
  worth: 'Wirtschaftlichkeitsbetrachtung',
  decision: 'Grundsatzentscheidung',
  notDecided: 'Noch keine Entscheidung getroffen',
  why: 'Entscheidungsbegründung',
  reviewOn: 'Wiedervorlage der Entscheidung am',
  reviewDue: 'Der Wiedervorlagetermin dieser Entscheidung ist gekommen.',
  decidedBy: 'Entscheidung getroffen von',
  outcome: 'Erwartungserfüllungsergebnis',
  outcomes: { missed: 'Unerfüllt geblieben', met: 'Vollständig erfüllt', exceeded: 'Übertroffen' },
  outcomeText: 'Erkennbar geworden an folgender Rückmeldung',
  cost: 'Kosten der Nichterfüllung',
  currency: 'Währungscode',
  currencyUnknown: 'Keine Währung hat diese Buchstaben. Schreiben Sie drei, etwa EUR.',
  dimension: 'Dienstleistungsqualitätsdimension',
  gap: 'Entstehungsort der Nichterfüllung',
  number: 'Dafür gibt es eine messbare Zahl',
  unit: 'Maßeinheit',
  kano: 'Kano-Befragung in beide Richtungen',
  functional: 'Was empfinden sie, wenn es so ist, wie sie es erwarten?',
  dysfunctional: 'Was empfinden sie, wenn es nicht so ist, wie sie es erwarten?',
  respondent: 'Befragte Ansprechpartnerin oder befragter Ansprechpartner',
  record: 'Antworten aufbewahren',
  takeBack: 'Antworten zurücknehmen',
  asked: 'Wonach wir gefragt haben',
  late: 'Was erst spät herausgekommen ist',
  differently: 'Was Sie beim nächsten Mal anders machen würden',
  fromFile: (count) => `${count} Einträge aus den Aufzeichnungen übernehmen`,
  make: 'Zur gemeinsamen Frage machen',
  makeQuestion: 'Eine Zeile zur Frage des gesamten Arbeitsbereichs machen',
  keepQuestion: 'Als gemeinsame Frage aufbewahren',
};

export const germanWords: Partial<typeof worthWords> = {
  rating: {
    value: 'Wertschätzung durch die Kundschaft',
    effort: 'Umsetzungsaufwand für uns',
    likelihood: 'Erwartungswahrscheinlichkeit',
  },
  value: { high: 'Großer Kundennutzen', middle: 'Mittlerer Kundennutzen', low: 'Kleiner Nutzen' },
  effort: { low: 'geringer Aufwand', middle: 'mittlerer Aufwand', high: 'erheblicher Aufwand' },
  decision: { exceed: 'Übertreffen', meet: 'Erfüllen', decline: 'Ablehnen' },
  adequate: 'Gerade noch annehmbares Leistungsniveau',
  desired: 'Gewünschtes Leistungsniveau',
  perceived: 'Wahrgenommenes Leistungsniveau',
  kano: {
    'must-be': 'Selbstverständlichkeit',
    'one-dimensional': 'Leistungsmerkmal',
    attractive: 'Begeisterungsmerkmal',
    indifferent: 'Unerheblichkeit',
    reverse: 'Rückweisungsmerkmal',
    questionable: 'Fragwürdige Antwortkombination',
  },
};
