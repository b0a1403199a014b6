import { describe, expect, test } from 'vitest';
import { type CueKind, findCues, languageOf, measured } from '../../src/cues/index.ts';
import { type Code, languageBy } from '../../src/cues/language.ts';
import { pattern } from '../../src/cues/pattern.ts';
import { indexOf } from '../../src/cues/rules.ts';
import { WHY } from '../../src/cues/why.ts';

const CODES: Code[] = ['en', 'de', 'fr'];

test.each([
  ['en', 'We are still waiting for the made-up invoice of the lamp.'],
  ['de', 'Wir warten noch immer auf die Rechnung für die Lampe.'],
  ['fr', 'Nous attendons toujours la facture de la lampe.'],
  [null, 'Estamos esperando todavía aquella factura inventada.'],
  [null, 'まだ請求書を待っています。'],
  [null, 'Invoice'],
  [null, ''],
])('is %s: %s', (code, text) => {
  expect(languageOf(text)).toBe(code);
});

test('only English was measured', () => {
  expect(measured).toEqual({ en: true, de: false, fr: false });
});

const OTHERS: [CueKind, string][] = [
  ['assumption', 'Ich gehe davon aus, dass die Kisten Griffe haben.'],
  ['expectation', 'Es wäre schön, wenn die Kiste auch einen Deckel hätte.'],
  ['soft-grievance', 'Wir haben die Zeichnung leider noch nicht bekommen.'],
  [
    'comparison',
    'Ein anderer Anbieter liefert das im Vergleich zu Ihnen genauso gut wie letztes Jahr.',
  ],
  ['constraint', 'Ich bin ab Montag im Urlaub und nicht erreichbar.'],
  ['uncertainty', 'Wir wissen noch nicht, welche Deckel wir brauchen.'],
  ['commitment', 'Ich werde Ihnen die Zeichnung bis Freitag schicken.'],
  ['assumption', "Je suppose que les caisses ont des poignées, comme d'habitude."],
  ['expectation', 'Il serait utile que la caisse ait aussi un couvercle.'],
  ['soft-grievance', "Nous n'avons toujours pas reçu le dessin."],
  ['comparison', "C'est plus cher que prévu par rapport à un autre fournisseur."],
  ['constraint', 'Je suis en congé et absent du bureau jusque lundi.'],
  ['uncertainty', 'Nous ne sommes pas sûrs du couvercle que nous voulons.'],
  ['commitment', "Je vous enverrai le dessin d'ici vendredi."],
];

test.each(OTHERS)('%s: %s', (kind, sentence) => {
  expect(findCues(sentence).map((cue) => cue.kind)).toContain(kind);
});

test.each([
  'Vielen Dank für Ihren Besuch, wir freuen uns auf das nächste Mal.',
  'Bitte schicken Sie mir die Zeichnung bis Freitag.',
  'Anbei erhalten Sie die Zeichnung der Kiste.',
  'Merci de votre visite, à bientôt et bonne journée à vous.',
  'Veuillez nous envoyer le dessin de la caisse.',
  'Vous trouverez ci-joint le dessin de la caisse.',
])('nothing is marked in: %s', (sentence) => {
  expect(findCues(sentence)).toEqual([]);
});

describe.each(CODES)('rules in %s', (code) => {
  const blocks = languageBy(code)
    .rules.trim()
    .split('\n\n')
    .map((block) => block.split('\n'));

  test('are well formed: an id that is there once, a weight, patterns', () => {
    expect(() => indexOf(languageBy(code))).not.toThrow();
    const ids = blocks.map(([head = '']) => head.split(' ')[0]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(blocks.every((lines) => lines.length > 1)).toBe(true);
  });

  test('have every kind', () => {
    const found = new Set(blocks.map(([head = '']) => head.split('/')[0]));
    expect([...found].sort()).toEqual(
      [...new Set(Object.keys(WHY).map((id) => id.split('/')[0])), 'sign'].sort(),
    );
  });
});

test('a pattern that is written wrongly is refused', () => {
  expect(() => pattern('@nobody', {})).toThrow(TypeError);
  expect(() => pattern('~3 word', {})).toThrow(TypeError);
  expect(() => pattern('ab*', {})).toThrow(TypeError);
});
