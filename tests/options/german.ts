// German stands in for every language longer than English; only the newer sections are translated.
import type { say } from '../../src/extension/options/words.ts';

export const german: Partial<typeof say> = {
  mend: 'Verbessern…',
  mendWrite: 'Noch einmal schreiben',
  mendAnew:
    'Der Datensatz, zu dem dies gehörte, wurde gelöscht oder befindet sich nicht auf diesem Gerät. Was Sie noch einmal schreiben, wird ein neuer.',
  putAside: 'Vorerst beiseitelegen',
  bringBack: 'Wieder hervorholen',
  copy: 'In die Zwischenablage kopieren',
  saveFile: 'Nicht Synchronisiertes als Datei speichern',
  thisDevice: 'Dieses Gerät.',
  isYours: 'Gehört dieses Gerät Ihnen?',
  vouch: 'Für dieses Gerät bürgen',
  revokeDevice: 'Schreibberechtigung entziehen…',
  revokeIt: 'Schreibberechtigung entziehen',
  keepDevice: 'Schreibberechtigung behalten',
  followWhom: 'Kundinnen und Kunden',
  followAll: 'Sämtliche Kundinnen und Kunden',
  followChosen: 'Nur ausgewählte Kundinnen und Kunden',
  unfollow: 'Nicht mehr verfolgen',
  unsigned:
    'Der Server unterschreibt seinen Verlauf zurzeit nicht, darum lässt er sich nicht prüfen. Er sagt, warum:',
  beginAnew: 'Meine Administratorin bestätigt das: mit dem neuen Verlauf weitermachen',
};
