// German stands in for every language longer than English, some words without a place to break.
import type { sayInbox } from '../../src/extension/sidebar/inbox/words.ts';
import type { sayStory } from '../../src/extension/sidebar/story/words.ts';

export const germanStory: Partial<typeof sayStory> = {
  title: (name) => `Kundenbeziehungsgeschichte: ${name}`,
  search: 'Wörter in dieser Kundengeschichte',
  filters: 'Filtermöglichkeiten',
  kinds: 'Ereignisarten',
  person: 'Ansprechpartnerin oder Ansprechpartner',
  everybody: 'Alle Beteiligten',
  kind: {
    mail: 'Nachricht',
    call: 'Telefongespräch',
    expectation: 'Unausgesprochene Erwartung',
    commitment: 'Zusage',
    grievance: 'Unzufriedenheitsäußerung',
    praise: 'Anerkennung',
    question: 'Rückfrage',
    decision: 'Entscheidung',
    risk: 'Risiko',
    note: 'Gesprächsnotiz',
    probe: 'Von uns nachgefragt',
    answer: 'Beantwortung',
    perception: 'Kundenwahrnehmung',
    outcome: 'Ergebnisfeststellung',
  },
  silence: (days) => `${days} Tage ohne ein Wort voneinander`,
  since: (days) => `Seit ${days} Tagen ohne ein Wort voneinander`,
  openMail: 'Ursprüngliche Seite öffnen',
  openCall: 'Gesprächsaufzeichnung öffnen',
  keptHere: 'Verbleibt ausschließlich auf diesem Gerät.',
};

export const germanInbox: Partial<typeof sayInbox> = {
  mentions: (count) => `Sie wurden ${count}-mal von Kolleginnen und Kollegen erwähnt`,
  named: (by) => `${by} hat Sie erwähnt`,
  about: (customer) => `zu ${customer}`,
  seen: 'Zur Kenntnis genommen',
  notHere:
    'Die Karte liegt auf diesem Gerät noch nicht vor. Sie kommt mit der nächsten Synchronisierung oder wurde zurückgenommen.',
  inquiries: (count) => `${count} Rückfragen an Sie`,
  asks: (by) => `${by} möchte wissen`,
  answerBy: (day) => `Beantwortung bis spätestens ${day}`,
  reviewed: (by) => `${by} hat Ihre Arbeit begutachtet`,
  inProject: (project) => `Projekt ${project}`,
  inReview: 'im Rahmen einer Begutachtung gefragt',
  late: (day) => `die Beantwortung war fällig am ${day}`,
  inConsole: 'In der Verwaltungskonsole öffnen',
  review: 'Begutachtung lesen und Stellung nehmen',
  readIt: 'Zur Kenntnis genommen',
  answer: 'Ihre Beantwortung der Rückfrage',
  save: 'Beantwortung übermitteln',
  dues: 'Von Ihnen zu erledigen',
  due: (days, day) => `seit ${-days} Tagen überfällig, ${day}`,
  tags: (count) => `${count} Gesprächskennzeichen warten auf Bearbeitung`,
  showTags: 'Kennzeichen anzeigen',
};
