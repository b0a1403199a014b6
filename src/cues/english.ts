// How people who write business mail in English assume, hint, complain mildly, compare, name their
// circumstances and say that they do not know. Measured: see docs/performance.md.
import { englishDates } from './english-dates.ts';
import type { Language } from './rules.ts';

const sets = {
  i: 'i we',
  my: 'my our',
  they: 'you we they he she it this that these those there the i everyone all',
  be: 'am are is was were be been',
  have: 'have has had',
  do: 'do does did',
  would: 'would could might may will should',
  wh: 'whether if how what which who when where why about',
  very: 'very really quite rather so too a bit little slightly somewhat still also just more most pretty increasingly truly certainly definitely only even strongly fully probably personally always never all both already now',
  think: 'think thought believe feel guess suppose',
  good: 'good great nice helpful useful best better ideal easier prudent wise worthwhile appropriate preferable sensible timely fair cheaper faster safer important crucial critical essential imperative necessary vital worth reasonable excessive',
  day: 'monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight week month january february april june july august september october november december',
  who: 'board lawyer* attorneys counsel auditor* management bank accountant* accounting finance regulator boss ceo committee partner* client* customer* procurement legal university',
  verb: 'get be have do make take use go start learn develop find continue put meet attend close finish move keep discuss consider try wait leave add work see avoid change focus include argue buy join complete resolve reach help look understand pursue combine visit sign spend pull hold implement give let stay pay decide say',
  done: 'paid told informed asked invited contacted included addressed resolved fixed answered scheduled heard received gotten got seen responded replied returned delivered arrived sent happened done made finished working approved',
  send: 'call send get forward give provide follow check contact make set take email mail fax ask review prepare update put reach arrange bring submit issue draft write inform return confirm deliver pay complete fix create share schedule respond talk cover let go',
};

export const english: Language = {
  code: 'en',
  frequent:
    'the and to of that is for you we it this on with be are have will not as at from if or by your our',
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
    colon: -0.6,
    figures: -0.4,
    names: -0.5,
  },
  rules: `
assumption/assume 3
@i ~2 assume*|presume* !the|a|all|any|responsibility
assuming|presuming !the|a|responsibility|control|risk
presumably|supposedly
assume|presume @they
take|taking|took it that|as|for

assumption/understanding 2.4
@my understanding|belief|recollection
under the impression
@i understand|understood !your|the|how|why|and
as|if|way @i understand|understood|recall|remember|read|see
you will|may|might? recall|remember
@i was|were told|promised|assured !to
apparently|evidently

assumption/thought 2
@i thought that? @they !would|might
@i believe that? you|they|he|she ~1 @have|already|@be|asked|agreed|did|sent
@my guess|bet|hunch|sense is|was

assumption/sure-of-it 2
@i am|are @very? sure|certain|confident|positive|convinced !of|about
@i trust !all|is
no doubt|question that? @they
surely|doubtless
count*|rely* on you|your|that|this|it

assumption/of-course 1.4
of course !not
obviously|naturally
needless to say
as always|usual
the usual
@they know|realize that|how !i|if

assumption/as-agreed 1.3
as|like|what we|you agreed|promised|decided|said|suggested|spoke|talked|discussed !i
as agreed|promised|planned
@they @have already? agreed|promised|assured|decided
you said|told|promised|indicated ~3 @would|was|were|had|that
in agreement
still the case|plan
did|have|are|is|was|do|does not @they

assumption/taken-as-reason 1.2
since|given|considering|now that? you|we both? @have|are|already|did|were|agreed|know|need
^ if|since|as ~4 @be not? still|already|subject

expectation/hope 1.9
hopefully !you|that
@be|still|and ~1 hoping|hoped
hoping @they|for|to
@i @do? @very? hope that? @they !helps|finds|are|is|enjoy*
hope to @verb|receive|achieve|obtain
hope|hopes that? you|your|this ~1 @would|can|understand|agree
fingers crossed

expectation/wish 2.3
@i @do? @very? wish !you|to
if only @they
would have been|liked|preferred|wanted|appreciated|hoped|thought|expected|asked
ideally|optimally|preferably
@my|strong|slight|no preference|preferred
@i would|do? @very? prefer|rather

expectation/would-like 1.5
@i|who|they|he|she would|had|might @very? @very? like @very? much? to @verb !we|you|with
@i would @very? @very? like a|an|another|some|more|it|this|that
will|would be delighted|thrilled|honored if|to have
would be @very? interested in|to !any
@i am|are @very? eager|keen|anxious|interested in|to|on !the|any|hearing|meeting
looking|seeking for !your|forward
@i|not @be not? looking to|at|for

expectation/would-be-good 2.4
@they|what|which @would @very? be @very? @good|a|benefit|pity !to
@would be a|an|the|more|less? @very? @good !to|hear
@they @would help|suit|save|benefit
it is|seems|appears @very? @good|time to|that|for|if|we|you
seem*|appear*|looks to|to be? @good|a|like
@think ~3 is|@would be? @very? @good|time !to|idea? hear|letter
makes|make|made the? more|most|good|some|perfect|little|no? sense
worthwhile|good|great idea|shot
the sooner|earlier|faster
not overemphasize

expectation/should 1.5 assumes
@they should @very? !you|find
we|you|they|i should @very|not? @verb|ask|send|start
should have|not|at @very? been|be|done|had|told|have|least
should be able|@done|close|removed|changed|given|ready|more
ought|supposed|had to|better !to

expectation/opinion 2
@i @do? @very? would? @think that? ~3 should|need*|ought|must
@i @do? @very? @think that? @they ~1 could|should
@i do not @think|see ~2 should|need*|is|it|any|why|reason|benefit|value|point|can
@my view|opinion|mind|judgment|gut
do care|insist|mind
seem*|appear* to me|us
would argue|contend|caution|welcome|advise|urge
i would then|@very|not|think? @verb|stress|want !glad|happy|pleased
gut|personal feeling|reaction|opinion|view
@my current|own|first? thinking|thought*|suggestion|advice is|would|was

expectation/need-not 1.3
@would also|not|even|well? want|wish|prefer to !know|find
need|needs to be|happen|get !noted
need|needs to be more|better|clear|expanded|changed|fixed|resolved|improved|updated

expectation/expects 1.4 assumes
@i @very|@be|@do? not? expect*|anticipate*
you|they|he|she ~1 expect*|want|wants me|us|you|to|more|better|ability
look|looking forward to receiving|getting|sitting|reviewing|resolving|your|the !with|comments
at least not|get|have|be|we|you|give|some|until|a
what you|we|was|were expected|wanted|hoped|intended

expectation/wonders 1.5
@be|had|been|just wondering|wondered
just|i|we @be? curious
just want*|trying|writing|checking|following ~1 to|up|in|make|check|follow|ensure|see
wanted to make sure|certain
to follow|touch ~1 up|base|on
if you know what

soft-grievance/worry 2.6 assurance
@i|they|he|she|@be|become|became|growing @very? @very? concerned|worried|nervous|uneasy|anxious|afraid|skeptical|reluctant|hesitant|uncomfortable|wary|alarmed !to
@i @be|@have ~1 concerned|worried
concern|worry|fear is|was|here
@i ~1 worry|fear
@be not @very? comfortable|happy|pleased|satisfied|convinced|thrilled|impressed
not @very? ideal|acceptable|satisfactory|optimal|enough
no|little|less|lost|without much? confidence|faith|trust

soft-grievance/surprise 2.5
surpris*|disappoint*|frustrat*|annoy*|puzzl*|upset|unhappy|dissatisf*|shocked|irritat*|discourag*|troubled|troubling
confused|confusing|disturbing|embarrassing|unacceptable|unreasonable|unprofessional|cumbersome|worrying|iffy|sloppy|unfair
@very|seem*|find|found ~1 unusual|odd|strange|weird|unclear|harsh|vague|concerning
hassle|nuisance|mess
headache*|nightmare|hurdle*|obstacle*|bottleneck
a|real|such shame|pity
there always|still seem*|is
reluctance|unwilling|unhelpful
not prepared|willing to
worked up

soft-grievance/still-waiting 2.3 responsiveness
still @have|@do|@be ~1 no|not|waiting|trouble|problem*|issues|performance|concerns
still waiting|awaiting|outstanding|unpaid|missing|struggling|unclear|pending|need
@have not|never yet|ever|still|really? been? @done
not yet been? @done
@i did|do not hear|get|receive
no|without response|reply|answer|explanation|warning
left|leave|leaving ~3 voicemail*|voice|message*
tried|trying|attempted several|repeatedly|many|unsuccessfully? times? to reach|call|contact|get|open|find|access
unable to reach|contact|get|access|open|find
been waiting|awaiting|trying
overdue|delay*|backlog
too|very long|late|slow|slowly|expensive|costly|complicated|short

soft-grievance/again 1.6 reliability
keep*|kept|constantly|repeatedly having|getting|being|asking|changing|hearing
nobody|no one
same|recurring|ongoing problem*|issue|error*|mistake*
@have already|previously|repeatedly said|told|asked|requested|explained
wast*
@do|doing|happened nothing
nothing|little happen*|done|changed
i|we noticed|see|notice that|you|where|had

soft-grievance/trouble 1.3 reliability
having|@have|experienc*|some|still|this|performance|quality|service|biggest|big|main|real|serious trouble|problem*|difficult*|issue*|errors !please
@very|been|find|makes difficult|hard|tough for|to|it|getting
error*|mistake*|discrepanc*|incorrect*|inaccurate|wrong
not working|correct|right|complete|accurate|clear
fail*|broken|crashed|unresolved|incomplete
lack*|insufficient|inadequate|poor|poorly|worse|worst|improper*|misleading
why|how @be|@do ~4 not
why @be|@do|would not? @they
@be not what|how|as|appropriate
problematic|chaos|chaotic
rather than|then act|having|being|just

comparison/last-time 1.6
last|previous time @they
like|than last|before|usual*
in the past @they|have
previously|historically|traditionally|typically|usually|normally|ordinarily @they
the first|only time|invitation|vendor|supplier|customer @they|to|have
than @they|in|what expected|anticipated|planned|usual|promised|@have|was|could|did
no longer

comparison/others 1.7
compar* to|with|favorably
other|another vendor*|supplier*|provider*|quote*|offer|bid|bids|firms
competitor*
same as|terms|price|level|way
just like|as @they ~2 @do|had|were
better|cheaper|faster|slower|worse|easier|quicker ~3 than
unlike|versus
industry|market standard*|practice|norm

constraint/away 2.2
out of the? town|office|country|reach|days|state
on|taking|take vacation|holiday*|leave|maternity|travel|jury
will|@be away|gone|abroad|overseas|unavailable|traveling|travelling
tied|booked|swamped|overwhelmed
not be? available|free|reachable until|on|for|before|after|in|at|next
available|free throughout|only|after|until|from|early
fly|flying|travel*|heading to|out|on|back
prior|previous|another commitment*|engagement*
in ~3 absence
from @my|the ~3 office|home for|until|only|week
not yet? been? scheduled|planned|planning

constraint/deadline 1.7
before @my|the|next|any|its|i|we ~3 meeting*|board|deadline|launch|end|trip|holiday*|vote|leave|sign*|audit
deadline*|cutoff|due
implementation|effective|closing|launch date
expir*
tight|short|limited time|schedule|deadline|budget|notice|resources|staff|space|shots
given|due @they|to|@my timing|schedule|deadline|time|rush
urgent*|pressing
@i are|am aiming|planning|trying|scheduled|required|supposed to
@i ~2 plan|aim|intend to launch|print|publish|file|announce|@verb
@i need|have|must|want to file|submit|send|@verb ~3 @day|soon|by|before
not wait
very soon|shortly

constraint/must 1.6
@i @very|will|would|do|first? @have|need|must to !thank|discuss|know|hear|ask|be|say
@i @very|do|first? need|must|require !you|your|to
@i need to @verb|check|establish|clear|obtain|file
@i need one|a|an|some|two|more|time|help|another
@i would|will need|have to

constraint/cannot 1.4
@i can|could not be? able|open|access|afford|accept|release|approve|travel|guarantee|print|read|download|commit|attend|make|do|get|use|find|wait
@i @be not? unable|obliged|required|forced|bound|committed|restricted|limited|allowed|permitted
@i|they|he|she|who @have|got no|little|limited|only|not ~1 time|budget|space|any|anything|enough|resources|access|staff|way|choice|record
dilemma|conflict* !of
new leadership|management
password
can|could|may only @verb|read|accept

constraint/private 1.9
@my wife|husband|son|daughter|mother|father|parents|family|kids|children
surgery|hospital|wedding|funeral|sick|ill|illness|pregnant|doctor|birthday

constraint/third-party 1.7
@my|the|new @who @would|need*|require*|want*|insist*|must|has|have|ask*|says|expects
need|needs|require|requires|has|have to be approved|signed|reviewed|cleared
approval|consent|clearance of|from|by|before|to|$
under|tremendous|great|increasing|of pressure|scrutiny
@my|company|corporate|internal policy|policies|procedure*|rules|budget

constraint/because-we 1.2
because|since|as|so @i|@my @very|currently? @be|have|do|can|had|need|must|could|would
because|since of? @my
considering|given @my|the|this|that|how|these
from|on|at @my end|side|part|perspective|standpoint
at this point|moment|stage|time @i|in|it
@i are|am currently|presently|in|moving|migrating|switching|closing

uncertainty/not-sure 2.4
@i @be|@have not @very|entirely|completely|100|exactly|been? made|yet? sure|certain|clear|aware|familiar|decided|determined|settled
not|never @very|yet? sure|certain|clear @wh|of|that|yet|we|this
unsure|uncertain*|unclear|undecided|ambigu*|confusion
@i|really|honestly|just|still|currently|but|and @do really|yet|honestly|quite|even? not really|yet|quite|even|fully? know|understand|recall|remember !that|you|him|her
@do not @very|yet? know @wh|enough|yet|much|anything|exactly|for
@have|with|no idea|clue|knowledge of|regarding|@wh
never heard of
@i doubt
may|might|could be? incorrect|wrong|inaccurate|mistaken
whether or not
question* is|are|remains @wh

uncertainty/maybe 1.4
may or|and may|might
possibly|potentially !some
or possibly|something|whatever|someone|somebody
@i guess|suppose
in case @they|$

uncertainty/perhaps 2.2
maybe|perhaps

uncertainty/leaves-to-you 1.9
whatever|whichever|wherever|however you|is|works|suits|makes|way|option !have
up to you|us
open to|minded @they|ideas|suggestions|any|other|discuss*|all|considering|either|alternatives|on|about
no|not strong|particular|have preference|feelings|strong
is|would|be fine|ok|okay too|also|with|by|either
not care|mind @wh|either
depends|depending on|upon @wh|you|your|the

commitment/will-do 0 writer
@i will|shall @very|then|gladly|try|attempt? to? be? @send|have !a|any|no|to
@i would|will|shall|am|are be? more? than? @very? glad|happy|pleased to @send|come|help|assist !hear|see|meet
@i promise|guarantee|undertake
you will have|receive|get|hear ~6 from|by @i|me|us|@day
@i am|are going to @send
@i can|could @send !hear you|it|through|them|that
@i plan|intend on|to issue|send|complete|deliver|perform*|provide|issuing|sending

commitment/they-promised 0 reader
you said|promised|agreed|offered|told|indicated|mentioned ~3 would|will|to
you were|are going|supposed to
you|your have|had promised|agreed|offered|committed

commitment/third-will 0 writer
will|shall be sent|distributed|delivered|forwarded|provided|shipped shortly|soon|to|by|next|tomorrow|on

sign/please -1.3
please|pls|plz|kindly

sign/let-me-know -1.2
let me|us|him|her know|have
let|lets us !know

sign/can-you -1
can|could|would|will|may you|someone|anyone
do you have|know|think|want|need|see|agree|plan
have|are|were you
would|will|greatly|very|be appreciate|appreciated|appreciative|grateful
@i would|also|strongly? suggest|recommend|propose|request|ask !this|these
@i need|like you|for|your
i would like you|for|your

sign/asks-what -0.6
^ @wh|whom|is|are|do|does|did|has|have|any !about|if

sign/orders -0.8
^ @send|tell|see|use|add|note|refer|read|remember|click|plan|include|visit|join|pass|ensure|be|mark|have !sure

sign/courtesy -1.4
thank|thanks
look|looking|looks forward to !receiving|getting|sitting|resolving|your
feel free
hesitate to
hope that? you|this|all|everything|things are|is|have|had|helps|enjoy*
hope ~3 well|find*
hope to see|hear|meet|talk|speak|catch
any|further|additional|have|had|with questions
nice|good|great|pleasure|pleased|glad|happy|delighted to see*|hear*|meet*|talk*|speak*
it was a|my|@very? nice|great|good|pleasure|glad
congrat*|welcome|cheers|sincerely|regards|wishes
apologi*|sorry !to
as you may|might|probably|well? already? know|are|aware|can
^ again
your convenience
hearing from you

sign/hands-over -1
attached|enclosed|below here|is|are|for|please
is|are|am|have|has|also|file attach*|enclos*|forward*|sending|faxed|sent|mailed
^ attached|enclosed|here|below|following|fyi
@i @have listed|included|prepared|completed|revised|updated|made|added

sign/promises -0.7
@i will|shall|can @very|then|try|attempt? to? @send|be|see|have|work|find|look|talk|discuss|keep|do !to
@i would|will|shall|am|are be? more? than? glad|happy|pleased to !have

sign/news -0.6
will|to be held|presented|distributed|provided|available
you will|can|may find|see|receive|note|notice|continue|be
@have|@be been|being? rescheduled|revised|developed|distributed|completed|posted

sign/about-himself -0.7
@my resume|cv|bio|experience|background|skills|career|research|interests|knowledge
position|candidate|interview|employment

sign/but 0.35
but|however|although|though|nevertheless|yet|anyway|otherwise|actually|instead|unfortunately

sign/i-think 0.4
@i @very? @think
it|this|that seems|sounds|appears|looks
seem*|sounded|appear* to|like|a|as|that|reasonable

sign/not 0.3
not|no|never|without|nothing|none|nobody

sign/would 0.3
would|could|might|should|must|ought|may

sign/degree 0.3
really|quite|rather|so|too|slightly|somewhat|very|increasingly|still|just|only|even|already|especially|clearly|certainly|absolutely|always|any
`,
};
