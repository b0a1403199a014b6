// German stands in for every language longer than English, some words without a place to break.
// Only what the newer states of the sidebar say is translated.
import type { say } from '../../src/extension/sidebar/words.ts';

export const german: Partial<typeof say> = {
  neverAsk: 'Nie protokollieren…',
  neverWhy:
    'Aus deren Nachrichten wird von da an nichts mehr gelesen oder gespeichert. Gespeichertes bleibt erhalten.',
  neverAddress: 'Ausschließlich diese Absenderadresse',
  neverDomain: 'Sämtliche Mitarbeitenden bei',
  neverList: 'Protokollierungsausschlussliste anzeigen',
  right: 'Richtig',
  chooseOther: 'Eine andere Textstelle auswählen',
  choose: 'Textstelle auswählen',
  lost: (count) => `${count} Markierungen dieser Nachricht haben ihre Textstelle verloren`,
  pickNow:
    'Wählen Sie jetzt die Wörter auf der Seite aus und drücken Sie „Markierung hier setzen“ daneben.',
  cancel: 'Auswahlvorgang abbrechen',
  blackOut: 'Kreditkartennummer unkenntlich machen',
  more: 'Was ist zu tun?',
  strangers: (count) =>
    `${count} Geräte, für die keines Ihrer Geräte bürgt, schreiben unter Ihrem Namen.`,
  notFollowed: 'Sie erhalten zu dieser Kundin oder diesem Kunden nur Ihre eigenen Einträge.',
  follow: 'Ab jetzt verfolgen',
  twice: 'gleichzeitig geschrieben',
  writtenTwice: (field) => `${field}: von zwei Personen gleichzeitig geschrieben`,
  shownNow: 'Angezeigt wird derzeit:',
  take: 'Diese Fassung übernehmen',
  keepShown: 'Bei der angezeigten Fassung bleiben',
  keepHere: 'Auf diesem Gerät behalten',
  keepHereHint:
    'Nur Sie können es lesen, nur in diesem Browser. Es wird nie an einen Server übertragen.',
  logThis: 'Nachricht protokollieren',
  log: 'Protokollieren',
  logOne: (from) => `Protokollieren: die Nachricht von ${from}`,
  note: 'Gesprächsnotiz ohne Seite',
  collapsed: 'zum Lesen bitte aufklappen',
  quoted: 'Aus einer früheren Nachricht zitiert',
  save: 'Speichern',
  discard: 'Verwerfen',
  remove: 'Karte zurücknehmen',
  reveal: 'Auf der Seite anzeigen',
  openPage: 'Seite öffnen',
};
