// German stands in for every language longer than English, some words without a place to break.
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
