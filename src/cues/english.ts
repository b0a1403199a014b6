// How people who write business mail in English assume, hint, complain mildly, compare, name their
// circumstances and say that they do not know. Measured: see docs/performance.md.
import { englishDates } from './english-dates.ts';
import type { Language } from './rules.ts';

const sets = {
  i: 'i we',
  my: 'my our',
  be: 'am are is was were be been',
  have: 'have has had',
  do: 'do does did',
  they: 'you we they he she it this that these there the i everyone all',
  wh: 'whether if how what which who when where why about',
  would: 'would could might may will should',
  very: 'very really quite rather so too a bit little slightly somewhat still also just more most extremely pretty increasingly truly certainly definitely only even strongly fully probably personally always never all both already now',
  think: 'think thought believe feel guess suppose reckon',
  good: 'good great nice helpful useful best better ideal easier simpler wonderful beneficial prudent wise worthwhile advisable appropriate preferable sensible desirable timely fair valuable cheaper faster safer important crucial critical essential imperative necessary vital worth reasonable excessive enormous',
  day: 'monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight morning week month quarter year january february april june july august september october november december',
  who: 'board lawyers lawyer attorneys counsel auditors auditor management bank lender accountant accounting finance regulator boss ceo director minister committee partner* investors client* customer* procurement legal compliance team university',
  verb: 'get be have do make take use go start learn develop find continue put meet attend close finish move keep discuss consider try wait leave add work see avoid change focus include argue buy build join complete resolve reach help look explore understand pursue combine visit sign spend pull hold implement give let stay distribute address push allow pay decide talk plan say',
  done: 'paid told informed asked invited contacted included addressed resolved fixed answered scheduled heard received gotten got seen responded replied returned delivered arrived sent happened done made consulted notified finished working approved',
  send: 'call send get forward give provide follow check contact make set take email mail fax ask review prepare update put reach arrange bring submit issue draft write look inform return resend confirm deliver pay finish complete fix talk create start share schedule respond reply notify post handle cover keep attempt try do let find go discuss',
};

export const english: Language = {
  code: 'en',
  frequent:
    'the and to of that is for you we it this on with be are have will not as at from if or by your our was can would please an but has been they which do i',
  sets,
  dates: englishDates,
  writer: 'i we my our me us mine ours',
  reader: 'you your yours',
  bias: -1.5,
  shapes: {
    question: -0.4,
    short: -0.7,
    long: 0.2,
    nobody: -0.8,
    writer: 0.3,
    reader: 0.0,
    colon: -0.6,
    figures: -0.4,
    names: -0.5,
  },
  rules: `
assumption/assume 3
@i ~2 assume*|presume* !the|a|all|any|responsibility|liability
assuming|presuming !the|a|responsibility|liability|control|risk
presumably|supposedly
@my|the assumption|presumption !that
assume|presume @they
take|taking|took it that|as|for
take|taking|took @they for granted

assumption/understanding 2.4
@my understanding|belief|recollection
under the impression
@i understand|understood !your|the|how|why|and|agree
as|if|way @i understand|understood|recall|remember|gather|read|see
as you will|may|might? recall|remember
from what @i
@i gather* !data|information
led to believe
@i was|were told|promised|assured !to
if memory serves
unless @i am|misunderstood|missed|hear
apparently|evidently

assumption/thought 2
@i thought that? @they !would|might
@i had? figured|imagine* that? @they
@i believe that? you|they|he|she ~1 @have|already|@be|asked|agreed|did|sent
@my guess|bet|hunch|sense is|was
@i am guessing

assumption/sure-of-it 2
@i am|are @very? sure|certain|confident|positive|convinced !of|about
@i trust !all|is
no doubt|question that? @they
doubtless|undoubtedly
surely @they
rest assured
count*|rely*|bank* on you|your|that|this|it|having

assumption/of-course 1.4
of course !not
obviously|naturally
needless to say
go|goes without saying
it|that is obvious|clear|evident that? @they
as always|usual|normal
the usual|standard|customary way|terms|rate|discount|time|procedure|process|practice|manner
@they know|realize that|how !i|if

assumption/as-agreed 1.3
as|like|what we|you agreed|promised|decided|said|suggested|spoke|talked|discussed !i
as agreed|promised|planned|arranged
@they @have already? agreed|promised|assured|committed|decided
you said|told|promised|assured|indicated ~3 @would|was|were|had|that
we agreed|settled|decided that|to|on
in agreement
still the case|plan|intention
still in|valid|true|good|apply|applies|interested|structured
did|have|are|is|was|do|does not @they

assumption/taken-as-reason 1.2
since|given|considering|seeing|now that? you|we both? @have|are|already|did|were|agreed|know|need
given that @they
^ if|since|as ~4 @be not? still|already|subject
it looks|seems|appears like|as|that if? we|you @be|have|will

expectation/hope 1.9
hopefully !you|that
@be|still|and ~1 hoping|hoped
hoping @they|for|to
@i @do? @very? hope that? @they !helps|finds|are|is|enjoy*
hope to @verb|receive|achieve|obtain|agree|conclude
hope|hopes that? you|your|this ~1 @would|can|understand|agree|clarifies|addresses|answers
@my hope is|was|that|would
hopeful|optimistic
fingers crossed

expectation/wish 2.3
@i @do? @very? wish !you|to
if only @they
would have been|liked|preferred|wanted|appreciated|hoped|thought|expected|loved|asked
ideally|optimally|preferably
ideal|perfect world
@my|strong|slight|no preference|preferred
@i would|do? @very? prefer|rather

expectation/would-like 1.5
@i|who|they|he|she would|had|might @very? @very? like @very? much? to @verb !we|you|with
@i would @very? @very? like a|an|another|some|something|more|it|this|that
would|will be delighted|thrilled|honored|honoured if|to have
would love
would be @very? interested in|to !any
@i am|are @very? eager|keen|anxious|interested in|to|on|for how|what|a|an|whether|having|using|getting|exploring
@i only|just|@do|really? want* @they|a|an|more|some
@i do? not want
looking|look|looked|seeking|searching for @they|ideas|a|an|some|ways|help|guidance|input|support|solutions|opportunities
@i|not @be not? looking to|at|for

expectation/would-be-good 2.1
@they|what|which @would @very? be @very? @good|a|benefit|pity|shame !to
@would be a|an|the|more|less? @very? @good|opportune|sensible !to|hear
@they @would help|suit|save|benefit|improve|facilitate|simplify
it is|seems|appears @very? @good|time to|that|for|if|we|you
seem*|appear*|looks to|to be? @good|a|like
@think ~3 is|@would be? @very? @good|time !to|idea? hear|letter
better|easier|best|simpler|quicker if|off|for us|me
makes|make|made|making the? more|most|good|some|perfect|little|no? sense
worth doing|considering|having|looking|discussing|exploring|while|pursuing|trying|noting
worthwhile|good|great idea|shot
the sooner|earlier|faster
not overemphasize|overstate|stress|emphasize

expectation/should 1.5 assumes
@they should @very? !you|find
we|you|they|i should @very|not? @verb|ask|send|start|reflect
should have|not|at @very? been|be|done|had|told|have|least
should be able|@done|close|removed|changed|given|considered|ready|more|treated|used
ought|supposed|had to|better !to

expectation/opinion 2
@i @do? @very? would? @think that? ~3 should|need*|ought|must
@i @do? @very? @think that? @they ~1 could|should
@i do not @think|see ~2 should|need*|is|it|any|why|reason|benefit|value|point|can
@my view|opinion|mind|judgment|gut
do care|insist|mind
seem*|appear* to me|us
would argue|contend|caution|welcome|advise|urge
i would then|@very|not|think? @verb|drop|remove|emphasize|stress|want !glad|happy|pleased
@i feel that? @they|strongly
gut|personal feeling|reaction|opinion|view
@my current|own|initial|first? thinking|thought*|suggestion|advice|recommendation is|would|was

expectation/need-not 1.3
@would also|not|even|well? want|wish|prefer to !know|find
no|not a? need|necessary|needed to|for
need|needs to be|happen|get !noted
need|needs to be more|better|clear|expanded|changed|fixed|resolved|approved|done|improved|updated

expectation/expects 1.4 assumes
@i @very|@be|@do|had? not? expect|expected|expecting|anticipate*
you|they|he|she ~1 expect*|want|wants me|us|you|to|more|better|less|ability
as expected|anticipated|hoped|intended
@my expectation*|requirement*|priority|desire
look|looking forward to receiving|getting|sitting|working|reviewing|resolving|finalizing|closing|your|a|the !with|comments
at least not|get|have|be|we|you|give|some|until|a
meet*|met|match|exceed ~1 needs|expectations|standards
what you|we|was|were expected|wanted|hoped|intended|intend

expectation/wonders 1.5
@be|had|been|just wondering|wondered
just|i|we @be? curious
just want*|trying|writing|checking|following|touching ~1 to|up|in|base|make|check|follow|ensure|see
wanted to make sure|certain
to follow|touch ~1 up|base|on|with
just a|another|quick? message|note|reminder|line to follow|see|that|check
to ensure|make sure|certain|that you|we
any|a chance|way|possibility of|that|you|we
given|give any|some|more thought|consideration
if you know what

soft-grievance/worry 2.6 assurance
@i|they|he|she|@be|became|become|growing @very? @very? concerned|worried|nervous|uneasy|anxious|afraid|apprehensive|skeptical|reluctant|hesitant|uncomfortable|wary|alarmed !to
@i @be|@have ~1 concerned|worried
@have|share some|a|serious|real|many|several|any|few|major|grave? concerns|reservations|doubts|misgivings|qualms|worries
concern|worry|fear is|was|here
concerns|worries me|us
@i ~1 worry|fear
@i do? question @wh|the
@be not @very? comfortable|happy|pleased|satisfied|convinced|thrilled|impressed|keen
not @very? ideal|acceptable|satisfactory|optimal|encouraging|enough
no|little|less|lost|losing|without much? confidence|faith|trust

soft-grievance/surprise 2.5
surpris*|disappoint*|frustrat*|annoy*|puzzl*|perplex*|dismay*|baffled|upset|unhappy|dissatisf*|displeas*|astonish*|shocked|irritat*|discourag*|troubled|troubling|troublesome
confused|confusing|disturbing|embarrassing|unacceptable|unreasonable|unprofessional|ridiculous|tedious|cumbersome|worrying|worrisome|iffy|sloppy|unfair
@very|seem*|find|found ~1 unusual|odd|strange|weird|peculiar|unclear|harsh|vague|thin|concerning
@my|some|any|much|the|this|of inconvenien*|hassle|nuisance|mess !may
headache*|nightmare|fiasco|hurdle*|obstacle*|roadblock|bottleneck
a|real|such shame|pity
only to find|learn|discover|hear
despite|although|after|though|repeated|numerous requests|calls|emails|asking|having|promises
there always|still seem*|is
reluctance|unwilling|unprepared|uncooperative|unresponsive|unhelpful|resistance
not prepared|willing to
worked up

soft-grievance/still-waiting 2.3 responsiveness
still @have|@do|@be ~1 no|not|waiting|trouble|problem*|issues|performance|concerns
still waiting|awaiting|outstanding|unresolved|unpaid|missing|struggling|unclear|pending|unable|need
@have not|never yet|ever|still|really? been? @done
have|has yet to
not yet been? @done
@i did|do not hear|get|receive
no|without response|reply|answer|word|reaction|feedback|explanation|progress|warning
left|leave|leaving ~3 voicemail*|voice|message*
tried|trying|attempted|attempting several|repeatedly|many|unsuccessfully? times? to reach|call|contact|get|phone|open|find|access
unable to reach|contact|get|access|open|find|locate|use
been waiting|awaiting|trying
overdue|delay*|lagging|backlog
too|very long|late|slow|slowly|much|many|expensive|costly|high|complicated|little|few|short|complex|large|often

soft-grievance/again 1.6 reliability
yet|once again|another ~2 problem|error|mistake|delay|issue|failed|not|wrong|late
happened|happening|happens|wrong|failed|down|broke|missed|changed ~1 again|twice|repeatedly
second|third|fourth|fifth time
keep*|kept|constantly|continually|repeatedly having|getting|being|asking|changing|hearing
continue* to have|experience|fail|be
never|nobody|no one @done|came|called|spoke|bothered|followed
same|recurring|ongoing problem*|issue|error*|mistake*
@have already|previously|repeatedly said|told|asked|requested|explained
wast*
@do|doing|happened nothing
nothing|little happen*|done|changed
i|we noticed|see|notice that|you|where|had

soft-grievance/trouble 1.3 reliability
having|@have|experienc*|encountered|some|still|getting|this|performance|quality|service|biggest|big|main|real|serious trouble|problem*|difficult*|issue*|errors !please
@very|been|find|finding|makes difficult|hard|tough for|to|it|getting|finding|when
difficulty|trouble|hard time in? seeing|understanding|getting|finding|with|opening|reaching|following|believing
error*|mistake*|glitch*|discrepanc*|incorrect*|inaccurate|wrong|mistaken
@do not seem|work|match|reconcile|agree|address|reflect|tie|cover|make|look
not working|correct|right|complete|accurate|clear
no longer the|work*|valid|appropriate|available
fail*|broken|crashed|unresolved|incomplete
lack*|insufficient|inadequate|poor|poorly|worse|worst|unpersuasive|improper*|misleading
why|how @be|@do ~4 not
why @be|@do|would not? @they
@be not what|how|as|acceptable|appropriate
problematic|debacle|chaos|chaotic|unworkable|impractical
struggl*|suffer*|hurt|hurting|burden*|pain|painful
limited|little use|value|help|benefit
rather than|then act|having|being|just

comparison/last-time 1.6
last|previous time @they|around
like|as|than last|before|previously|usual*|did|used ~1 year|month|time|week|quarter|did|was|were|had
in the past @they|have
used to @verb|receive|send|call|come
previously|formerly|historically|traditionally|typically|usually|normally|ordinarily @they
the first|only time|invitation|vendor|company|firm|supplier|customer @they|to|have
than @they|in|what expected|anticipated|planned|usual|promised|originally|@have|was|could|did
no longer
more|less|better|worse|faster|slower ~3 than before|usual|last|previously

comparison/others 1.7
compar* to|with|favorably
other|another|competing|different vendor*|supplier*|provider*|bidder*|broker*|quote*|offer|bid|bids|proposal*|firms
competitor*
quoted|offered|charged us|me|less|more|lower|better|half
same as|way|terms|thing|treatment|price|level|deal|format|approach as|we|you|that|they|for
just|exactly|much like|as @they|our|your|last|other ~2 @do|was|were|had|one|time|year
better|cheaper|faster|slower|worse|easier|quicker ~3 than @they|what|other|any|last|our|your
unlike|versus @they|our|your|other
everyone|everybody|others else @do|gets|has|pays
industry|market standard*|practice|norm

constraint/away 2.2
out of the? town|office|country|pocket|reach|days|state
on|taking|take vacation|holiday*|leave|maternity|sabbatical|travel|jury|paternity
will|@be away|gone|abroad|overseas|unavailable|traveling|travelling
tied|booked|swamped|overloaded|overwhelmed|slammed|jammed up|until|with|solid|right|at|all
not be? available|free|reachable|around until|on|for|before|after|in|at|next
available|free throughout|only|after|until|from|early
back in|on|from the? @day|office|town
leave|leaving|return*|back for|on|in|from|to|early @day|office|town|country
fly|flying|travel*|heading to|out|on|back
another|prior|previous|conflicting commitment*|engagement*|appointment|obligation
conflict* with|schedule*|meeting
in ~3 absence
@my|very|heavy|full schedule|calendar|agenda is|for|and|to|next|with
from @my|the ~3 office|home for|until|only|week
not yet? been? scheduled|planned|planning

constraint/deadline 1.7
before @my|the|next|any|its|their|i|we ~3 meeting*|board|deadline|hearing|launch|end|filing|trip|holiday*|vote|trial|leave|budget|election|conference|presentation|proceed|sign*|audit|scoping|go
deadline*|cutoff|due
implementation|effective|closing|launch|expir* date
expir*
tight|short|limited time|schedule|deadline|budget|notice|timeframe|timeline|turnaround|resources|staff|space|window|shots
time|schedule|timeline|timing|budget is|are short|tight|limited|critical|pressing|running
given|due @they|to|@my timing|schedule|deadline|time|rush
urgent*|pressing
@i are|am aiming|planning|trying|scheduled|required|supposed to
@i ~2 plan|aim|intend to send|finish|launch|complete|close|print|publish|file|start|announce|move|sign|release|go
@i need|have|must|want to file|finish|submit|send|close|sign|decide|complete ~3 @day|soon|by|before
run|running out of
wait|waiting until|till|for
not wait
very soon|shortly
last|these|final few|last? days|weeks|minute before|of

constraint/until 0.7
until|till|unless|once @they|our|my|such
as soon as we|i|you|our
over|in|within|for the next|rest few|two|three|couple|days|weeks|of

constraint/must 1.6
@i @very|will|would|do|first? @have|need|must to !thank|discuss|know|hear|ask|be|say
@i @very|do|first? need|must|require !you|your|to
@i need to @verb|check|establish|clear|run|obtain|coordinate|file
@i need one|a|an|some|two|more|time|help|another
@i would|will need|have to

constraint/cannot 1.4
@i can|could|may|will|would|have not be? able|open|access|afford|attend|commit|sign|use|find|pay|accept|take|move|release|proceed|approve|travel|participate|guarantee|print|read|download|wait|do|make
@i @be|will not? unable|obliged|required|forced|bound|committed|restricted|limited|prohibited|precluded|allowed|permitted|able !to|about? provide|let|discuss
@i|they|he|she|who @have|got no|little|limited|only|not ~1 time|budget|space|any|anything|enough|resources|authority|access|staff|way|choice|record|room|knowledge
@i have|had|face a|some|one|another|this slight|small|little|big|real|serious? problem|dilemma|conflict|constraint|dilema
not enough|allowed|authorized|permitted|equipped|staffed|budgeted
short on|of staff|time|cash|people|space|money|resources
suspend*|frozen|freeze|cutback*|layoffs|restructur*|reorganiz*|merger|moratorium
new|interim|acting|change|changes of|in? leadership|management
password|firewall
can|could|may only @verb|read|accept
would|will need|have to purchase|buy|pay|hire|wait|use

constraint/private 1.9
@my wife|husband|son|daughter|mother|father|parents|family|kids|children|baby|spouse|partner
surgery|hospital|wedding|funeral|sick|ill|illness|pregnant|doctor|birthday|childcare

constraint/third-party 1.7
@my|the|new @who @would|need*|require*|want*|insist*|must|has|have|ask*|says|expects
need|needs|require|requires|has|have to be approved|signed|reviewed|cleared|authorized
subject|pending|contingent|conditional|depend* to|on|upon ~3 approval|signature|authorization|confirmation|consent|review|board|clearance|funding
get|obtain|seek|without|need*|require*|final|awaiting ~2 approval|signature|authorization|consent|clearance
under|tremendous|great|increasing|of pressure|scrutiny
@my|company|corporate|internal policy|policies|procedure*|rules|guidelines|budget
no|not|tight|limited|in|within|over|annual the? budget*|funding
outside|external counsel|lawyers|auditors|attorneys
at risk|jeopardy

constraint/because-we 1.2
because|since|as|so @i|@my @very|currently? @be|have|do|can|had|need|must|could|would
because|since of? @my
due to @my|a|an|internal|travel|scheduling
in light|view of @my|the|this
considering|given @my|the|this|that|how|these
from|on|at @my end|side|part|perspective|standpoint
day to day
at this point|moment|stage|time @i|in|it
@i are|am currently|presently|in|moving|migrating|switching|restructuring|closing

uncertainty/not-sure 2.4
@i @be not @very|entirely|totally|completely|100|exactly|at|yet|been? made? sure|certain|clear|aware|familiar
@i @have not been made? aware|decided|determined|figured|settled
not|never @very|entirely|totally|completely|yet? sure|certain|clear @wh|of|that|yet|we|this
unsure|uncertain*|unclear|undecided|ambigu*|confusion
@i|really|honestly|just|still|currently|but|and @do really|yet|honestly|quite|even? not really|yet|honestly|quite|even|fully? know|understand|recall|remember !that|you|him|her
@do not @very|yet? know @wh|enough|yet|much|anything|exactly|for
@have|with no idea|clue|knowledge|way
no idea|clue|knowledge of|regarding|@wh
never heard of
without knowing
@i doubt
hard|difficult|impossible to say|tell|know|judge|determine
remain* to be seen
being|still|be|under negotiated|determined|decided|worked|debated|consideration
may|might|could be? incorrect|wrong|inaccurate|mistaken
whether or not
question* is|are|remains @wh

uncertainty/maybe 1.4
may or|and may|might
possibly|potentially !some
or possibly|something|whatever|someone|somebody
tentative*|provisional*|tbd|ballpark
@i guess|suppose
in case @they|$
thinking|debating|evaluating|weighing|undecided|contemplating|considering about|of|whether|options|switching|a|several
@i|you could|might|may either|possibly|also|even be|@verb

uncertainty/perhaps 2.2
maybe|perhaps

uncertainty/leaves-to-you 1.9
whatever|whichever|wherever|however you|is|works|suits|makes|way|option !have
up to you|us
your call|decision|choice|discretion|guidance|advice|preference
either way|one|works|would|is fine|would|works|ok|okay
flexible|indifferent
open to|minded @they|ideas|suggestions|any|other|discuss*|all|considering|either|alternatives|changing|options|on|about|as
no|not strong|particular|real|have|care|mind preference|feelings|opinion|views|strong|which
@they|which|either is|would|be fine|ok|okay too|also|with|by|either
@they whether|if or not
not care|mind @wh|either
depends|depending on|upon @wh|you|your|the

commitment/will-do 0 writer
@i will|shall @very|then|gladly|plan? to? be? @send|have !a|any|no|to
@i will be sending|forwarding|providing|calling|issuing|mailing|faxing|preparing|posting|filing
@i would|will|shall|am|are be? more? than? @very? glad|happy|pleased to @send|come|help|assist|walk !hear|see|meet
@i promise|guarantee|undertake
you will have|receive|get|hear ~6 from|by @i|me|us|@day
@i am|are going to @send
@i can|could @send|walk|send !hear you|it|through|them|that
let me check|find|look|see|ask|send
@i plan|intend on|to issue|send|complete|deliver|perform|provide|performing|issuing|sending|file

commitment/they-promised 0 reader
you said|promised|agreed|offered|told|indicated|mentioned ~3 would|will|to
you were|are going|supposed to
you|your have|had promised|agreed|offered|committed
your promise|commitment|offer to

commitment/third-will 0 writer
@my team|office|assistant|colleague|@who|people|engineers|secretary|group will @send|be
@i will have him|her|them|someone|somebody|@my
will|shall be sent|distributed|delivered|forwarded|provided|mailed|shipped|issued shortly|soon|to|by|next|tomorrow|on|in

sign/please -1.3
please|pls|plz|kindly

sign/let-me-know -1.2
let me|us|him|her know|have
let|lets us !know
get back to me|us

sign/can-you -1
can|could|would|will|may you|someone|anyone
would|could ~2 mind|possible
do you have|know|think|want|need|see|agree|remember|plan
have|are|were you
would|will|greatly|very|be appreciate|appreciated|appreciative|grateful
@i would|also|strongly? suggest|recommend|propose|request|ask|encourage|urge that|you|we|the
@i need|like you|for|your
i would like you|for|your
any|your suggestions|comments|feedback|input|thoughts

sign/asks-what -0.6
^ @wh|whom|is|are|do|does|did|has|have|any !about|if
^ if so|not

sign/orders -0.8
^ @send|tell|see|use|add|note|refer|read|remember|click|plan|include|consider|visit|join|pass|ensure|be|mark|have !sure

sign/courtesy -1.4
thank|thanks
look|looking|looks forward to !receiving|getting|sitting|resolving|finalizing|closing|your
feel free
hesitate to
hope you|this|all|everything|things|that? are|is|have|had|find*|well|helps|enjoy*|goes
hope to see|hear|meet|talk|speak|catch
any|further|additional|have|had|with questions
nice|good|great|pleasure|pleased|glad|happy|delighted to see|hear|meet*|talk*|speak*|seeing|hearing|chat
it was a|my|@very? nice|great|good|pleasure|glad|wonderful
congratulations|congrats|welcome|cheers|sincerely|regards|wishes
apologi*|sorry !to
as you may|might|probably|well? already? know|are|aware|can
again $
^ again
not interested
at your convenience
hearing from you

sign/hands-over -1
attached|enclosed|below here|is|are|for|please
is|are|am|have|has|also|file attach*|enclos*|forward*|sending|faxed|sent|mailed
^ attached|enclosed|here|below|following|fyi
see|listed|described|following|shown below|attached|above
for your review|information|reference|records|convenience|approval
@i @have listed|included|prepared|completed|revised|updated|made|added|highlighted

sign/promises -0.7
@i will|shall|can @very|then|gladly? to? @send|be|see|have|work|communicate !to
@i would|will|shall|am|are be? more? than? glad|happy|pleased to !have

sign/news -0.6
announce*|reported|according|filed|issued|adopted|ruled|voted|testified|published|released|launched|established
stock|utilities|generators|governor|senate|senator|president|congress|state|federal|legislature|court|committee|shares
will|to be held|presented|distributed|provided|conducted|featured|available|convened
you will|can|may find|see|receive|note|notice|continue|be
@have|@be been|being? rescheduled|revised|developed|distributed|completed|posted|extended|named|appointed|designed|organized

sign/others-only -0.5
he|she|they @be|@have|will|would|also|said|says|told|@do|asked|wants|want|can

sign/about-himself -0.7
@my resume|cv|bio|experience|background|skills|qualifications|career|degree|research|profile|interests|knowledge|internship
position|candidate|interview|employment|resume|skills

sign/but 0.35
but|however|although|though|nevertheless|nonetheless|yet|anyway|otherwise|actually|instead|unfortunately

sign/i-think 0.4
@i @very? @think
it|this|that seems|sounds|appears|looks
seem*|sounded|appear* to|like|a|as|that|reasonable

sign/not 0.3
not|no|never|without|nothing|none|nor|neither|nobody

sign/would 0.3
would|could|might|should|must|ought|may

sign/degree 0.3
really|quite|rather|so|too|slightly|somewhat|very|increasingly|still|just|only|even|already|especially|clearly|certainly|absolutely|always|any
`,
};
