// The same for German. Written from knowledge of the language, not measured on labelled mail.
import type { DateWords } from './dates.ts';
import type { Language } from './rules.ts';

const dates: DateWords = {
  weekdays: 'sonntag montag dienstag mittwoch donnerstag freitag samstag',
  months: 'januar februar märz april mai juni juli august september oktober november dezember',
  today: 'heute',
  tomorrow: 'morgen',
  afterTomorrow: 'übermorgen',
  last: 'letzten letzter letzte vergangenen vorigen',
  day: 'tag tage tagen tages werktagen',
  week: 'woche wochen',
  month: 'monat monaten monats',
  quarter: 'quartal quartals',
  year: 'jahr jahres',
  next: 'nächster nächste nächsten nächstes kommender kommende kommenden',
  this: 'dieser diese diesen dieses',
  end: 'ende',
  within: 'in binnen innerhalb',
  between: 'der den dem des zum zur am von spätestens',
  numbers: 'einem zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  ordinal: '',
  by: 'bis vor spätestens',
  numeric: 'day-month',
  nextIsNextWeek: true,
};

const sets = {
  i: 'ich wir',
  my: 'mein* unser*',
  who: 'vorstand geschäftsführung geschäftsleitung rechtsabteilung buchhaltung einkauf betriebsrat prüfer anwalt anwälte bank kunde* datenschutz revision',
  good: 'schön gut besser hilfreich ideal wünschenswert sinnvoll lieber praktisch',
  tun: 'senden schicken liefern melden prüfen zusenden klären erledigen informieren anrufen nachreichen weiterleiten bestätigen bezahlen überweisen',
  tue: 'melde* schicke* sende* liefere* kümmer* kläre* übernehme* prüfe*',
};

export const german: Language = {
  code: 'de',
  frequent:
    'der die das und ist nicht wir sie ich ein eine zu mit den dem von für auf es im wie noch uns bei auch haben',
  sets,
  dates,
  writer: 'ich wir mir mich uns mein meine meinem meinen unser unsere unserem unseren unserer',
  reader: 'sie ihnen ihr ihre ihren ihrem du dir dich euch',
  bias: -1.1,
  shapes: { question: -0.4, short: -0.5, nobody: -0.5, colon: -0.6, figures: -0.4 },
  rules: `
assumption/assume 3
gehe*|ging* ~4 davon aus
davon ausgegangen|auszugehen
nehme*|nahm* @i? an
setze* ~3 voraus
vermutlich|anscheinend|offenbar|vorausgesetzt

assumption/understanding 2.3
nach @my verständnis|kenntnisstand
soweit|wenn @i ~3 weiß|wissen|sehe*|verstanden|verstehe*|erinnere*
@i dachte*
mir|uns wurde ~3 gesagt|zugesagt|versprochen|mitgeteilt

assumption/of-course 1.7
selbstverständlich|natürlich
wie immer|üblich|gewohnt|bisher|sonst
sicher*|bestimmt haben|werden|wird|ist|sind
versteht sich

assumption/as-agreed 1.5
wie ~2 vereinbart|besprochen|abgesprochen|zugesagt|versprochen|angekündigt
sie|hatten bereits|schon|hatten|haben ~3 vereinbart|besprochen|zugesagt|gesagt

expectation/hope 2
hoffe*|hofft* !es|sie|ihnen
hoffentlich|hoffnung

expectation/wish 2.1
@good wäre* ~3 wenn|für|es|das
wäre* ~4 @good
idealerweise|bestenfalls|bevorzug*|lieber
am liebsten
wünsche*|wünscht* ~2 mir|uns|hätte*
@i hätte* ~3 gern*|lieber|erwartet|gewünscht|gehofft
hätte* @i ~3 gern*|lieber|erwartet|gewünscht|gehofft
würde* ~3 freuen|begrüßen|wünschen|helfen

expectation/should 1.5
sollte*|müsste*|eigentlich|erwart*
wichtig ist|wäre|dass|für|uns|mir
lege* ~3 wert auf
halte* ~4 für sinnvoll|wichtig|notwendig|besser|angebracht|richtig
@my meinung|ansicht|erfahrung

soft-grievance/worry 2.5 assurance
sorge*|bedenken|befürcht*|besorgt|beunruhigt|skeptisch|zweifel*|bezweifl*|kopfzerbrechen|bauchschmerzen
nicht ~2 glücklich|zufrieden|überzeugt|optimal|akzeptabel

soft-grievance/surprise 2.4
überrascht|verwundert|irritier*|enttäusch*|verärgert|verwirr*|frustrier*|erstaunt|befremd*|wundere*|wundert
ärgerlich|ungünstig|umständlich|mühsam|schade|merkwürdig|seltsam|bedauerlich*|leider

soft-grievance/still-waiting 2.4 responsiveness
immer noch
noch immer|nicht|kein*|nichts
bislang|bisher nicht|kein*|nichts|noch
warte*|gewartet ~3 auf|seit|noch|schon
seit ~3 tagen|wochen|monaten
mehrfach|mehrmals|wiederholt|vergeblich|längst|überfällig|verzöger*|verspät*
ohne antwort|rückmeldung|ergebnis|reaktion
zu spät|lange|langsam|teuer|kompliziert|wenig|viel|knapp

soft-grievance/trouble 1.4 reliability
problem*|schwierig*|fehler*|falsch|mangel|mängel|störung*|ausfall|ausfälle
funktionier*|klappt|passt|stimmt|läuft ~2 nicht
schon|bereits|zum wieder|zweiten|dritten
wieder nicht|einmal|falsch|ein|zu|verschoben|geändert
warum|wieso|weshalb ~4 nicht|erst|schon|immer

comparison/others 2
im vergleich|gegensatz|unterschied
verglichen mit
letzte*|vergangene*|vorige* mal|jahr|monat|woche|projekt
früher war*|hatten|haben|ging|wurde
als früher|sonst|bisher|üblich|letztes|erwartet|vereinbart|geplant
andere* anbieter*|lieferant*|dienstleister*|firmen|angebot*|kunden
wettbewerb*|mitbewerber*
genauso|ebenso ~4 wie

constraint/away 2.2
urlaub|elternzeit|dienstreise|verreist|ausgelastet|ausgebucht
nicht ~2 erreichbar|verfügbar|im|da|büro
außer haus
ab|bis|erst ~4 wieder erreichbar|da|im|zurück|verfügbar

constraint/must 1.7
@i muss|müssen|brauche*|benötige*
muss|müssen|brauche*|benötige* @i
@i kann|können|darf|dürfen|habe* ~3 nicht|kein*|nur|erst
kann|können|darf|dürfen @i ~4 nicht|kein*|nur|erst
frist|fristen|deadline|stichtag|termindruck|zeitdruck|budget*|engpass
vor dem|der ~2 messe|sitzung|start|termin|audit|prüfung
knapp|dringend|eilig|eilt

constraint/third-party 1.8
@my|der|die @who
freigabe|genehmigung|zustimmung|vorgabe*|richtlinie*
weil|da @i|@my|bei

uncertainty/not-sure 2.4
nicht|noch ~2 sicher|klar|entschieden|geklärt|festgelegt ob|wie|was|welche*|wann|wer|$
unsicher|unklar|ungewiss|unschlüssig
weiß|wissen|wüsste|verstehe* ~3 nicht|noch
keine ahnung|vorstellung
frage* mich|uns ob|wie|was|warum

uncertainty/leaves-to-you 1.8
vielleicht|eventuell|möglicherweise|gegebenenfalls
könnte* sein|vorstellen
wie|was sie ~3 meinen|möchten|denken|besser|empfehlen
überlasse* ~3 ihnen
egal|offen|flexibel|überlege*|erwäge*
je nachdem
kommt ~2 darauf an

commitment/will-do 0 writer
@i werde* ~9 @tun
werde* @i ~9 @tun
@i @tue !hiermit|anbei
@tue @i !hiermit|anbei
verspreche*|sage* ~3 zu|ihnen
bekommen|erhalten sie ~8 von mir|uns

commitment/they-promised 0 reader
sie|du|ihr haben|hatten|hast|habt ~6 zugesagt|versprochen|zugesichert|angekündigt
sie wollten ~8 @tun
ihre* zusage*|versprechen

sign/please -1.3
bitte*
könnte*|können|würden sie

sign/courtesy -1.6
danke*|vielen
freue* mich|uns ~2 auf
es geht ihnen|dir
fragen|rückfragen|stehe* ~6 verfügung
melden sie sich
entschuldig*
wie sie wissen

sign/hands-over -1
anbei|beigefügt|anhang|hiermit
`,
};
