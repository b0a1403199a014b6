// The same for French. Written from knowledge of the language, not measured on labelled mail.
import type { DateWords } from './dates.ts';
import type { Language } from './rules.ts';

const dates: DateWords = {
  weekdays: 'dimanche lundi mardi mercredi jeudi vendredi samedi',
  months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  today: "aujourd'hui",
  tomorrow: 'demain',
  afterTomorrow: 'après demain',
  last: 'dernier dernière passé passée',
  day: 'jour jours journée',
  week: 'semaine semaines',
  month: 'mois',
  quarter: 'trimestre',
  year: 'année an',
  next: 'prochain prochaine suivant suivante',
  this: 'ce cette cet',
  end: 'fin',
  within: 'dans sous',
  between: "le la l' de du d' les à au ici",
  numbers: 'un deux trois quatre cinq six sept huit neuf dix onze douze',
  ordinal: 'er',
  by: "d' avant jusqu' pour",
  numeric: 'day-month',
  nextIsNextWeek: false,
};

const sets = {
  i: "je j' nous",
  my: 'mon ma mes notre nos',
  who: 'direction comptabilité juristes avocat* auditeur* banque client* conseil comité juridique achats siège',
  que: "que qu'",
};

export const french: Language = {
  code: 'fr',
  frequent:
    "le la les de des du et est nous vous je j' que qui pas pour dans en un une sur avec ne au à d' l'",
  sets,
  dates,
  writer: "je j' nous me m' mon ma mes notre nos moi",
  reader: 'vous votre vos tu te toi ton ta tes',
  bias: -1.1,
  shapes: { question: -0.4, short: -0.5, nobody: -0.5, colon: -0.6, figures: -0.4 },
  rules: `
assumption/assume 3
@i suppos*|présum*|imagin*
@i pars|parti* du principe
@i crois|croy*|pensais|pensions @que
vraisemblablement|apparemment|visiblement
sans doute
sauf erreur

assumption/understanding 2.3
si @i ai|avais|avons|avions bien? compris
si @i ne? me|nous? tromp*|souv*
d' après ce @que
à @my connaissance
on m'|nous avait|a dit|indiqué|promis|assuré

assumption/of-course 1.7
bien sûr|entendu
évidemment|naturellement|forcément
comme d'|toujours habitude
comme toujours|habituellement
va de|sans soi|dire

assumption/as-agreed 1.5
comme convenu|prévu|promis|annoncé
comme nous ~3 convenu|discuté|évoqué|décidé
vous aviez|avez ~1 dit|promis|indiqué|assuré|confirmé
était convenu|prévu|entendu

expectation/hope 2
@i espér* !@que|vous
@i espér* @que !vous|tout
en espérant
espoir

expectation/wish 2.1
serait ~2 bien|bon|utile|mieux|idéal|souhaitable|préférable|judicieux|appréciable|pratique
idéal*|préfér*|aimer*|voudrions
souhaiter* !@que
aurais|aurions ~1 aimé|souhaité|préféré|voulu|espéré|apprécié
vaudrait mieux

expectation/should 1.5
devr*|faudrait|conviendrait|normalement
en principe
@i nous? m'? attend* à
important|essentiel|primordial|indispensable pour|@que|de
à @my avis|sens
me|nous semble
attentes|exigence*

soft-grievance/worry 2.5 assurance
inqui*|préoccup*|crain*|redout*|soucieux|doute*|sceptique|réserves
pas ~2 convaincu*|satisf*|acceptable|idéal|optimal|content*|normal

soft-grievance/surprise 2.4
surpr*|étonn*|déçu*|décev*|gêné*|gênant|frustr*|contrarié*|perplexe*|mécontent*
regrettable|dommage|pénible|compliqué|malheureusement|hélas

soft-grievance/still-waiting 2.4 responsiveness
toujours|encore pas|rien|aucun*|sans
pas encore|toujours
sans réponse|nouvelle*|retour
attend* ~3 depuis|toujours|encore|réponse|retour
depuis ~2 jours|semaines|mois|longtemps
plusieurs|maintes reprises|fois|relances|messages
relanc*|retard*|tard*
trop tard|long|lent|cher|compliqué|longtemps|peu|juste

soft-grievance/trouble 1.4 reliability
problème*|difficult*|erreur*|souci*|panne*|défaut*|incorrect*|erron*|anomalie*
ne fonctionne|marche|correspond|convient ~2 pas|plus
deuxième|troisième|énième fois
à nouveau
pourquoi ~4 pas|n'|ne

comparison/others 2
par rapport à|au|aux
compar*|contrairement
année|an|fois dernière|dernier|passée
auparavant|autrefois|concurren*
autre* fournisseur*|prestataire*|offre*|devis|clients|sociétés
plus|moins|mieux ~3 @que prévu|avant|convenu|habitude|les|la|d'|chez|l'|promis

constraint/away 2.2
congé*|vacances|absent*|absence|déplacement|indisponible|injoignable|débordé*
pas ~1 disponible|joignable|là|bureau
serai|serons de? retour

constraint/must 1.7
@i dois|devons|devrai|devrons
@i ai|avons besoin
@i ne|n' peux|pouv*|pourr*|ai|avons|dispos* pas|plus|que|aucun*
délai*|échéance*|budget*|urgen*|contrainte*
avant @my|la|le ~1 réunion|salon|lancement|audit|conseil
sous pression
obligé*|contraint*|tenu* de|à

constraint/third-party 1.8
@my|la|le|les @who !est|sont
validation|accord|approbation|autorisation|feu ~1 de|du|par|interne|vert
procédure*|règles|politique interne*
parce|puisque|puisqu'|car ~1 @i|@my

uncertainty/not-sure 2.4
pas ~2 sûr*|certain*|clair*|décidé*|défini*|tranché
sais|savons|ignor* ~1 pas|si|encore|comment|quel*|ce
aucune idée
incertain*|flou*|ambigu*|indécis*|hésit*
me|nous demand* si|s'|comment|pourquoi|ce
comprends|comprenons pas

uncertainty/leaves-to-you 1.8
éventuellement|probablement
peut être
comme vous voulez|préférez|souhaitez
à vous de
vous laiss* ~3 choisir|décider|juger
réfléch*|envisag*|pourrai*|pourri*
peu importe
cela|ça dépend

commitment/will-do 0 writer
@i vous|te|le|la|les|l'|y? vous|le|les? enverr*|transmettr*|fer*|reviendr*|rappeller*|contacter*|confirmer*|livrer*|adresser*|préparer*|vérifier*|tiendr*
@i vais|allons vous|le|la|les? envoyer|transmettre|faire|revenir|contacter|confirmer|livrer|préparer|vérifier
@i m'|nous engage*
@i vous? promet*
vous recevrez|aurez

commitment/they-promised 0 reader
vous aviez|avez ~2 promis|engagé*|assuré|annoncé
vous deviez ~3 envoyer|revenir|livrer|confirmer
votre promesse|engagement

sign/please -1.3
merci de|d'
veuillez|pourriez|pouvez|prie|prions
s' il vous

sign/courtesy -1.6
merci|remerci*|cordialement|salutations
espér* @que vous|tout ~2 bien|allez|va
hésit* pas
n' hésit*
à votre disposition
ravi*|heureux|plaisir de
excus*

sign/hands-over -1
joint*|pièce|trouverez|voici
`,
};
