/* SPDX-License-Identifier: MIT */
/*
 * test-actors.c - mentions over small trees, with a small lexicon of its own.
 *
 * A row's tree is written "form lemma UPOS head rel feats" a line ("-" no features; a seventh field
 * is the recognized name that the word belongs to: "B-person"), a blank line between sentences. What
 * is wanted: "words=CODE/SECTOR" of each mention, in order ('/OTHER' where there is one, '<words' of
 * whom it stands for).
 */
#include "actors/actors.h"

#include "article/conllu.h"
#include "check.h"

static const char text[] =
    "sector GOV\nsector MIL\nsector COP\nsector REB\nsector ELI\nsector LEG\ncode UNO\ncode IGO\n"
    "state RUS Russia\n    people Russian | Russians\n    capital Moscow\n    seat Kremlin\n"
    "state USA United States | U.S. | US\n    people American | Americans\n    capital Washington\n"
    "state NIC Nicaragua\n    people Nicaraguan\n    capital Managua\n"
    "org United Nations | UN\n    UNO -\norg NATO\n    IGO MIL\n"
    "state GEO Georgia\n    people Georgian\n    city Batumi\n"
    "place Peach State | Georgia\n    USA\n"
    "place Nicaraguan coast\n    NIC\n    people Miskito\n"
    "place Russian steppe\n    RUS\n    people Miskito\n"
    "group Labour Party\n    NIC LEG\ngroup Russian Labour | Labour Party\n    RUS LEG\n"
    "person Ivan Borisov\n    RUS MIL 2000..\nperson Anna Borisov\n    NIC LEG 2000..\n"
    "person King Pedro | Pedro I\n    NIC GOV 2000..\n"
    "person Pedro II | King Pedro\n    RUS GOV 2000..\n"
    "person Sergey Lavrov\n    RUS GOV foreign minister 2004-03..\n    gender m\n"
    "person Colin Powell\n    USA GOV secretary of state 2001-01..2005-01\n    gender m\n"
    "agent troops | soldier | general\n    MIL\nagent police\n    COP\n"
    "agent official | spokesman\n    GOV\n"
    "agent rebel\n    REB\nagent fighter\n    MIL\nagent diplomat\n    GOV\n"
    "office secretary of state\n    GOV\noffice president\n    GOV\n"
    "office foreign minister\n    GOV\n"
    "title mr.\n    -\nprefix former | retired | ex-\n    ELI\n"
    "class report\n    say\nclass side-noun\n    side | country\nclass country-noun\n    country\n"
    "agent assistant secretary\n    USA GOV\n"
    "class body-noun\n    police | troops | group\nclass origin\n    lead | led\nclass against\n    anti\n"
    "class backed\n    back | backed\nclass crowd-noun\n    dozen\nclass arms-noun\n    airstrike\n"
    "class idiom-noun\n    police\nlist both\n    both\nlist number\n    2 two\n    3 three\n"
    "class region\n    province\n"
    "class mission-noun\n    embassy\nclass abroad\n    foreign | international\n"
    "class abroad-office\n    foreign\nclass states-noun\n    government\n"
    "agent embassy | government | local government\n    GOV\nagent community\n    -\n"
    "group Red Front\n    NIC REB\nagent group | source\n    -\nagent leader\n    GOV\n"
    "gazetteer NIC\n    city 1 12.6 -87.1 90000 Corinto\n    city 2 12 -87 20000 Leeds\n"
    "    region 3 12 -86 300000 Rivas\n"
    "gazetteer RUS\n    city 4 60 40 900000 Perm\n    city 5 60 41 30000 Corinto\n";

static const struct {
    const char *what, *tree, *want;
} cases[] = {
    {"a state is what it is",
     "Russia Russia PROPN 2 nsubj -\nspoke speak VERB 0 root -\n", "Russia=RUS/-"},
    {"a capital that acts is the government",
     "Moscow Moscow PROPN 2 nsubj -\nspoke speak VERB 0 root -\n", "Moscow=RUS/GOV"},
    {"a capital that does not act is its government if it is anybody",
     "soldiers soldier NOUN 2 nsubj Number=Plur\nspoke speak VERB 0 root -\nin in ADP 4 case -\n"
     "Moscow Moscow PROPN 2 obl -\n",
     "soldiers=RUS/MIL Moscow=RUS/GOV"},
    {"office and name are one party",
     "Russian Russian ADJ 3 amod -\nForeign foreign ADJ 3 amod -\n"
     "Minister minister PROPN 4 nmod:desc -\n"
     "Sergey Sergey PROPN 6 nsubj -\nLavrov Lavrov PROPN 4 flat -\nspoke speak VERB 0 root -\n",
     "Russian Foreign Minister Sergey Lavrov=RUS/GOV"},
    {"the same with the title as head",
     "Foreign foreign ADJ 2 amod -\nMinister minister PROPN 4 nsubj -\n"
     "Lavrov Lavrov PROPN 2 flat -\n"
     "spoke speak VERB 0 root -\n",
     "Foreign Minister Lavrov=RUS/GOV"},
    {"an unknown minister of a known state",
     "Nicaraguan Nicaraguan ADJ 3 amod -\nForeign foreign ADJ 3 amod -\n"
     "Minister minister PROPN 4 nmod:desc -\n"
     "Juan Juan PROPN 6 nsubj -\nPerez Perez PROPN 4 flat -\nspoke speak VERB 0 root -\n\n"
     "Perez Perez PROPN 2 nsubj -\nleft leave VERB 0 root -\n",
     "Nicaraguan Foreign Minister Juan Perez=NIC/GOV "
     "Perez=NIC/GOV<Nicaraguan Foreign Minister Juan Perez"},
    {"retired: a former official, what he was behind it",
     "a a DET 4 det PronType=Art\nretired retired ADJ 4 amod -\nRussian Russian ADJ 4 amod -\n"
     "general general NOUN 5 nsubj Number=Sing\nspoke speak VERB 0 root -\n",
     "retired Russian general=RUS/ELI/MIL"},
    {"an office at the article's date: years after it, former",
     "Powell Powell PROPN 2 nsubj -\nspoke speak VERB 0 root -\n", "Powell=USA/ELI/GOV"},
    {"called by an office, he holds it in what is told",
     "President president PROPN 2 nmod:desc -\nPowell Powell PROPN 3 nsubj -\n"
     "spoke speak VERB 0 root -\n",
     "President Powell=USA/GOV"},
    {"unless the text says 'former', wherever the tree hangs it",
     "former former ADJ 2 amod -\nAmerican American ADJ 4 amod -\n"
     "President president PROPN 4 nmod:desc -\nPowell Powell PROPN 5 nsubj -\n"
     "spoke speak VERB 0 root -\n",
     "former American President Powell=USA/ELI/GOV"},
    {"they: the two who met",
     "Lavrov Lavrov PROPN 2 nsubj -\nmet meet VERB 0 root -\nPowell Powell PROPN 2 obj -\n\n"
     "They they PRON 2 nsubj Number=Plur|Person=3|PronType=Prs\nagreed agree VERB 0 root -\n",
     "Lavrov=RUS/GOV Powell=USA/ELI/GOV They={Lavrov,Powell}"},
    {"of: the state behind the noun",
     "the the DET 2 det Definite=Def|PronType=Art\npresident president NOUN 5 nsubj Number=Sing\n"
     "of of ADP 4 case -\nNicaragua Nicaragua PROPN 2 nmod -\nspoke speak VERB 0 root -\n",
     "president of Nicaragua=NIC/GOV Nicaragua=NIC/-"},
    {"a modifier's sector is told where the head says little",
     "police police NOUN 2 compound -\nofficials official NOUN 4 nsubj Number=Plur\n"
     "in in ADP 4 case -\n"
     "spoke speak VERB 0 root -\n",
     "police officials=-/COP"},
    {"rebel fighters fight for no state's army",
     "rebel rebel NOUN 2 compound -\nfighters fighter NOUN 3 nsubj Number=Plur\n"
     "spoke speak VERB 0 root -\n",
     "rebel fighters=-/REB"},
    {"an adjective before an event is a party of its own",
     "Russian Russian ADJ 2 amod -\nattacks attack NOUN 3 nsubj -\nended end VERB 0 root -\n",
     "Russian=RUS/-"},
    {"anti- turns a nationality away",
     "anti anti ADJ 3 compound -\n- - PUNCT 3 punct -\nAmerican American ADJ 4 amod -\n"
     "attacks attack NOUN 5 nsubj -\nended end VERB 0 root -\n",
     ""},
    {"a shared noun makes a group",
     "US US PROPN 4 compound -\nand and CCONJ 3 cc -\nRussian Russian ADJ 1 conj -\n"
     "diplomats diplomat NOUN 5 nsubj Number=Plur\nmet meet VERB 0 root -\n",
     "US=USA/GOV Russian diplomats=RUS/GOV "
     "US and Russian diplomats={US,Russian diplomats}"},
    {"two countries joined by a hyphen are two, whichever the tree sets above",
     "Russian Russian ADJ 3 amod -\n- - PUNCT 3 punct -\nNicaraguan Nicaraguan ADJ 4 amod -\n"
     "trade trade NOUN 5 nsubj -\ngrew grow VERB 0 root -\n\n"
     "US US PROPN 4 compound -\n- - PUNCT 3 punct -\nRussia Russia PROPN 1 flat -\n"
     "trade trade NOUN 5 nsubj -\ngrew grow VERB 0 root -\n",
     "Russian=RUS/- Nicaraguan=NIC/- US=USA/- Russia=RUS/-"},
    {"he: the person before",
     "Lavrov Lavrov PROPN 2 nsubj -\nsaid say VERB 0 root -\nhe he PRON 4 nsubj "
     "Gender=Masc|Number=Sing|Person=3|PronType=Prs\nleft leave VERB 2 ccomp -\n",
     "Lavrov=RUS/GOV he=RUS/GOV<Lavrov"},
    {"they: who met in the sentence before",
     "Lavrov Lavrov PROPN 2 nsubj -\nmet meet VERB 0 root -\nPowell Powell PROPN 2 obj -\n\n"
     "They they PRON 2 nsubj Number=Plur|Person=3|PronType=Prs\nspoke speak VERB 0 root -\n",
     "Lavrov=RUS/GOV Powell=USA/ELI/GOV They={Lavrov,Powell}"},
    {"its: the state before",
     "Russia Russia PROPN 2 nsubj -\nmoved move VERB 0 root -\nits its PRON 4 nmod:poss "
     "Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs\n"
     "troops troops NOUN 2 obj Number=Plur\n",
     "Russia=RUS/- its=RUS/-<Russia troops=RUS/MIL"},
    {"we: who speaks",
     "We we PRON 2 nsubj Number=Plur|Person=1|PronType=Prs\nagree agree VERB 4 ccomp -\n"
     "Lavrov Lavrov PROPN 4 nsubj -\nsaid say VERB 0 root -\n",
     "We=RUS/GOV<Lavrov Lavrov=RUS/GOV"},
    {"who: the noun over the clause",
     "rebels rebel NOUN 4 nsubj Number=Plur\nwho who PRON 3 nsubj PronType=Rel\n"
     "fled flee VERB 1 acl:relcl -\n"
     "died die VERB 0 root -\nin in ADP 6 case -\nNicaragua Nicaragua PROPN 4 obl -\n",
     "rebels=NIC/REB who=NIC/REB<rebels Nicaragua=NIC/-"},
    {"both sides: the last two parties",
     "Russia Russia PROPN 4 nsubj -\nand and CCONJ 3 cc -\nNicaragua Nicaragua PROPN 1 conj -\n"
     "met meet VERB 0 root -\n\nBoth both DET 2 det -\nsides side NOUN 3 nsubj Number=Plur\n"
     "agreed agree VERB 0 root -\n",
     "Russia=RUS/- Nicaragua=NIC/- sides={Russia,Nicaragua}"},
    {"a US-led force is American",
     "US US PROPN 3 compound -\n- - PUNCT 3 punct -\nled lead VERB 4 amod -\n"
     "troops troops NOUN 5 nsubj Number=Plur\nleft leave VERB 0 root -\n",
     "US - led troops=USA/MIL"},
    {"the state that is told of decides which Georgia",
     "Georgia Georgia PROPN 2 nsubj -\nwon win VERB 0 root -\nin in ADP 4 case -\n"
     "Batumi Batumi PROPN 2 obl -\n\n"
     "Georgian Georgian ADJ 2 amod -\npolice police NOUN 3 nsubj -\nleft leave VERB 0 root -\n",
     "Georgia=GEO/- Batumi=GEO/- Georgian police=GEO/COP"},
    {"the other Georgia",
     "Georgia Georgia PROPN 2 nsubj -\nsued sue VERB 0 root -\nthe the DET 4 det -\n"
     "US US PROPN 2 obj -\n\n"
     "US US PROPN 2 compound -\npolice police NOUN 3 nsubj -\nleft leave VERB 0 root -\n",
     "Georgia=USA/GOV US=USA/- US police=USA/COP"},
    {"a party that two states have",
     "The the DET 3 det -\nLabour Labour PROPN 3 compound -\nParty Party PROPN 4 nsubj -\n"
     "won win VERB 0 root -\nin in ADP 6 case -\nRussia Russia PROPN 4 obl -\n\n"
     "Moscow Moscow PROPN 2 nsubj -\nspoke speak VERB 0 root -\n",
     "Labour Party=RUS/LEG Russia=RUS/- Moscow=RUS/GOV"},
    {"a surname that two bear",
     "Borisov Borisov PROPN 2 nsubj -\nleft leave VERB 0 root -\n"
     "Nicaragua Nicaragua PROPN 2 obj -\n",
     "Borisov=NIC/LEG Nicaragua=NIC/-"},
    {"a surname of a state that nobody names is somebody else's",
     "Borisov Borisov PROPN 2 nsubj -\nleft leave VERB 0 root -\nfor for ADP 4 case -\n"
     "America America PROPN 2 obl -\nUS US PROPN 2 obj -\n",
     "Borisov=USA/- America=-/- US=USA/-"},
    {"a king of that name, but of another state",
     "King king PROPN 5 nsubj -\nPedro Pedro PROPN 1 flat -\nof of ADP 4 case -\n"
     "Russia Russia PROPN 1 nmod -\nleft leave VERB 0 root -\n\n"
     "Nicaragua Nicaragua PROPN 2 nsubj -\nspoke speak VERB 0 root -\n\n"
     "Nicaragua Nicaragua PROPN 2 nsubj -\nspoke speak VERB 0 root -\n",
     "King Pedro of Russia=RUS/GOV Russia=RUS/- Nicaragua=NIC/- Nicaragua=NIC/-"},
    {"a state beside a people of several says which",
     "Russia Russia PROPN 3 nmod:poss -\n's 's PART 1 case -\nMiskito Miskito PROPN 4 compound -\n"
     "rebels rebel NOUN 5 nsubj Number=Plur\nleft leave VERB 0 root -\n",
     "Russia=RUS/- Russia 's Miskito rebels=RUS/REB"},
    {"two states side by side below one noun",
     "US US PROPN 4 compound -\nand and CCONJ 3 cc -\nRussian Russian ADJ 4 amod -\n"
     "diplomats diplomat NOUN 5 nsubj Number=Plur\nmet meet VERB 0 root -\n",
     "US=USA/GOV Russian diplomats=RUS/GOV US and Russian diplomats={US,Russian diplomats}"},
    {"a title and a name that the parser set side by side",
     "Russian Russian ADJ 2 amod -\nspokesman spokesman NOUN 5 nsubj -\n"
     "Juan Juan PROPN 5 nsubj -\n"
     "Perez Perez PROPN 3 flat -\nspoke speak VERB 0 root -\n",
     "Russian spokesman Juan Perez=RUS/GOV"},
    {"a state before a body, the parser hung both below a third word",
     "US US PROPN 3 compound -\npolice police NOUN 3 compound -\nraids raid NOUN 4 nsubj -\n"
     "went go VERB 0 root -\nin in ADP 6 case -\nNicaragua Nicaragua PROPN 4 obl -\n",
     "US police=USA/COP Nicaragua=NIC/-"},
    {"who backs the rebels is another party",
     "Russia Russia PROPN 3 compound -\n- - PUNCT 3 punct -\nbacked back VERB 4 amod -\n"
     "rebels rebel NOUN 5 nsubj Number=Plur\nleft leave VERB 0 root -\n"
     "Nicaragua Nicaragua PROPN 5 obj -\n",
     "Russia=RUS/- Russia - backed rebels=NIC/REB Nicaragua=NIC/-"},
    {"an office that is American where nothing else is said",
     "Russia Russia PROPN 2 nsubj -\nmet meet VERB 0 root -\nthe the DET 5 det Definite=Def\n"
     "assistant assistant NOUN 5 compound -\nsecretary secretary NOUN 2 obj Number=Sing\n\n"
     "the the DET 4 det Definite=Def\nRussian Russian ADJ 4 amod -\n"
     "assistant assistant NOUN 4 compound -\nsecretary secretary NOUN 5 nsubj Number=Sing\n"
     "spoke speak VERB 0 root -\n",
     "Russia=RUS/- assistant secretary=USA/GOV Russian assistant secretary=RUS/GOV"},
    {"airstrikes are of the army",
     "Russian Russian ADJ 2 amod -\nairstrikes airstrike NOUN 3 nsubj Number=Plur\n"
     "went go VERB 0 root -\n",
     "Russian=RUS/MIL"},
    {"dozens of whom nothing else is told",
     "Dozens dozen NOUN 2 nsubj:pass Number=Plur\nfled flee VERB 0 root -\n"
     "Russia Russia PROPN 2 obj -\n",
     "Dozens=RUS/CVL Russia=RUS/-"},
    {"some of a people are civilians, the people is not",
     "Many many ADJ 2 amod -\nRussians Russians PROPN 3 nsubj Number=Plur\n"
     "left leave VERB 0 root -\n"
     "the the DET 5 det Definite=Def\nAmericans Americans PROPN 3 obj Number=Plur\n",
     "Russians=RUS/CVL Americans=USA/-"},
    {"they: the two that are the subject",
     "Russia Russia PROPN 4 nsubj -\nand and CCONJ 3 cc -\nNicaragua Nicaragua PROPN 1 conj -\n"
     "cut cut VERB 0 root -\n"
     "their they PRON 6 nmod:poss Number=Plur|Person=3|Poss=Yes|PronType=Prs\n"
     "troops troops NOUN 4 obj Number=Plur\n",
     "Russia=RUS/- Nicaragua=NIC/- their={Russia,Nicaragua} troops=RUS/MIL"},
    {"an idiom is nobody",
     "Russia Russia PROPN 2 nsubj -\ncame come VERB 0 root -\ninto into ADP 4 case -\n"
     "police police NOUN 2 obl Number=Sing\n",
     "Russia=RUS/-"},
    {"the group: the body last named, within another party's words",
     "Red Red PROPN 3 compound -\nFront Front PROPN 3 compound -\n"
     "rebels rebel NOUN 4 nsubj Number=Plur\nleft leave VERB 0 root -\n"
     "Russia Russia PROPN 4 obj -\n\n"
     "the the DET 2 det Definite=Def|PronType=Art\ngroup group NOUN 3 nsubj Number=Sing\n"
     "spoke speak VERB 0 root -\n\n"
     "the the DET 2 det Definite=Def|PronType=Art\nrebels rebel NOUN 3 nsubj Number=Plur\n"
     "spoke speak VERB 0 root -\n",
     "Red Front rebels=NIC/REB Russia=RUS/- group=NIC/REB rebels=NIC/REB<Red Front rebels"},
    {"a party of no sector has a country",
     "Russia Russia PROPN 2 nsubj -\nspoke speak VERB 0 root -\n\n"
     "a a DET 2 det -\nsource source NOUN 3 nsubj Number=Sing\nspoke speak VERB 0 root -\n",
     "Russia=RUS/- source=RUS/-"},
    {"a number of leaders are not of as many states",
     "Russia Russia PROPN 2 nsubj -\nspoke speak VERB 0 root -\n\n"
     "four four NUM 2 nummod -\nofficials official NOUN 3 nsubj Number=Plur\n"
     "left leave VERB 0 root -\n",
     "Russia=RUS/- four officials=RUS/GOV"},
    {"two countries: those named together go before nearer ones",
     "Russia Russia PROPN 4 nsubj -\nand and CCONJ 3 cc -\nNicaragua Nicaragua PROPN 1 conj -\n"
     "asked ask VERB 0 root -\nthe the DET 6 det Definite=Def\nUS US PROPN 4 obj -\n\n"
     "the the DET 3 det Definite=Def\ntwo two NUM 3 nummod -\n"
     "countries country NOUN 4 nsubj Number=Plur\nagreed agree VERB 0 root -\n",
     "Russia=RUS/- Nicaragua=NIC/- US=USA/- two countries={Russia,Nicaragua}"},
    {"the two: persons go before states",
     "Lavrov Lavrov PROPN 2 nsubj -\nmet meet VERB 0 root -\nBorisov Borisov PROPN 2 obj -\n"
     "in in ADP 5 case -\nNicaragua Nicaragua PROPN 2 obl -\n\n"
     "Powell Powell PROPN 2 nsubj -\nleft leave VERB 0 root -\n\n"
     "the the DET 2 det Definite=Def\ntwo two NUM 3 nsubj -\nspoke speak VERB 0 root -\n",
     "Lavrov=RUS/GOV Borisov=NIC/LEG Nicaragua=NIC/- Powell=USA/ELI/GOV two={Borisov,Powell}"},
    {"foreign police are of none of the states told of; a foreign minister is",
     "Russia Russia PROPN 2 nsubj -\nasked ask VERB 0 root -\nforeign foreign ADJ 4 amod -\n"
     "police police NOUN 2 obj -\n\n"
     "the the DET 3 det Definite=Def\nforeign foreign ADJ 3 amod -\n"
     "minister minister NOUN 4 nsubj Number=Sing\nspoke speak VERB 0 root -\n",
     "Russia=RUS/- police=-/COP foreign minister=RUS/GOV"},
    {"governments are of many states, local governments of one",
     "Russia Russia PROPN 2 nsubj -\nasked ask VERB 0 root -\n"
     "governments government NOUN 2 obj Number=Plur\n\n"
     "local local ADJ 2 amod -\ngovernments government NOUN 3 nsubj Number=Plur\n"
     "spoke speak VERB 0 root -\n",
     "Russia=RUS/- governments=-/GOV local governments=RUS/GOV"},
    {"an embassy is not of the state it stands in",
     "Russia Russia PROPN 2 nsubj -\nlost lose VERB 0 root -\nits its PRON 4 nmod:poss "
     "Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs\nembassy embassy NOUN 2 obj -\n"
     "in in ADP 6 case -\nNicaragua Nicaragua PROPN 4 nmod -\n\n"
     "an a DET 2 det -\nembassy embassy NOUN 3 nsubj -\nburned burn VERB 0 root -\n"
     "in in ADP 5 case -\nNicaragua Nicaragua PROPN 3 obl -\n",
     "Russia=RUS/- its=RUS/-<Russia embassy=RUS/GOV Nicaragua=NIC/- "
     "embassy=RUS/GOV Nicaragua=NIC/-"},
    {"who stands behind a noun that tells who he is",
     "a a DET 3 det -\nUN UN PROPN 3 compound -\nofficial official NOUN 8 nsubj Number=Sing\n"
     "for for ADP 5 case -\nNicaragua Nicaragua PROPN 3 nmod -\n, , PUNCT 7 punct -\n"
     "Perez Perez PROPN 3 appos -\nspoke speak VERB 0 root -\n",
     "UN official=UNO/GOV Nicaragua=NIC/- Perez=UNO/GOV<UN official"},
    {"it said: whose statement it is",
     "a a DET 3 det -\nNATO NATO PROPN 3 compound -\nstatement statement NOUN 4 nsubj -\n"
     "said say VERB 0 root -\nRussia Russia PROPN 6 nsubj -\nleft leave VERB 4 ccomp -\n\n"
     "it it PRON 2 nsubj Gender=Neut|Number=Sing|Person=3|PronType=Prs\nsaid say VERB 0 root -\n",
     "NATO=IGO/MIL Russia=RUS/- it=IGO/MIL<NATO"},
    {"a surname of another state than the title's is somebody else's",
     "Russian Russian ADJ 3 amod -\nForeign foreign ADJ 3 amod -\n"
     "Minister minister PROPN 4 nmod:desc -\nIgor Igor PROPN 6 nsubj -\n"
     "Powell Powell PROPN 4 flat -\nspoke speak VERB 0 root -\nUS US PROPN 6 obj -\n",
     "Russian Foreign Minister Igor Powell=RUS/GOV US=USA/-"},
    {"the same with the title as head",
     "Russian Russian ADJ 2 amod -\nspokesman spokesman NOUN 4 nsubj -\n"
     "Powell Powell PROPN 2 flat -\nspoke speak VERB 0 root -\nUS US PROPN 4 obj -\n",
     "Russian spokesman Powell=RUS/GOV US=USA/-"},
    {"half of a hyphened name is no known name",
     "Ana Ana PROPN 5 nsubj -\nRuiz Ruiz PROPN 1 flat -\n- - PUNCT 4 punct -\n"
     "Lavrov Lavrov PROPN 1 flat -\nleft leave VERB 0 root -\nUS US PROPN 5 obj -\n",
     "Ana Ruiz - Lavrov=USA/CVL US=USA/-"},
    {"two persons joined by a hyphen",
     "the the DET 5 det Definite=Def\nPowell Powell PROPN 5 compound -\n- - PUNCT 4 punct -\n"
     "Lavrov Lavrov PROPN 2 flat -\ncall call NOUN 6 nsubj -\nended end VERB 0 root -\n",
     "Powell=USA/ELI/GOV Lavrov=RUS/GOV"},
    {"forces of two states",
     "US US PROPN 3 compound -\n- - PUNCT 3 punct -\nRussian Russian ADJ 4 amod -\n"
     "troops troops NOUN 5 nsubj Number=Plur\nleft leave VERB 0 root -\n",
     "US=USA/MIL Russian troops=RUS/MIL US - Russian troops={US,Russian troops}"},
    {"capitals of an acronym are needed",
     "They they PRON 2 nsubj Number=Plur|Person=3|PronType=Prs\ntold tell VERB 0 root -\n"
     "us we PRON 2 obj Number=Plur|Person=1|PronType=Prs\n",
     "They=-/- us=-/-"},
};

/* The tree as CoNLL-U; it says when the article was written too. */
static bool add_tree(struct buf *out, const char *tree)
{
    struct slice rest = slice_of(tree), line, word;
    uint32_t id = 0;
    buf_add_text(out, "# newdoc id = d\n# date = 2010-02-17\n");
    while (slice_cut(&rest, '\n', &line)) {
        struct slice field[7] = {{0}};
        if (line.n == 0) {
            buf_add_char(out, '\n');
            id = 0;
            continue;
        }
        for (uint32_t i = 0; i < 7 && slice_word(&line, &word); i++)
            field[i] = word;
        if (slice_is(field[5], "-"))
            field[5] = SLICE_LIT("_");
        buf_printf(out, "%u\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t%.*s\t_\t%s%s%.*s\n", ++id, (int)field[0].n,
                   field[0].p, (int)field[1].n, field[1].p, (int)field[2].n, field[2].p,
                   (int)field[5].n, field[5].p, (int)field[3].n, field[3].p, (int)field[4].n,
                   field[4].p, slice_is(field[0], "-") ? "SpaceAfter=No" : "_", field[6].n ? "|Name=" : "",
                   (int)field[6].n, field[6].n ? field[6].p : "");
    }
    buf_add_char(out, '\n');
    return !out->failed;
}

static void add_words(const struct dm_article *article, uint32_t m, struct buf *out)
{
    const struct mention *mention = &article->mention[m];
    for (uint32_t t = mention->first; t < mention->end; t++) {
        buf_add_text(out, t > mention->first ? " " : "");
        buf_add(out, token_form(article, t));
    }
}

static void show(const struct dm_article *article, struct buf *out)
{
    for (uint32_t i = 0; i < article->n_mentions; i++) {
        const struct mention *m = &article->mention[i];
        buf_add_text(out, i ? " " : "");
        add_words(article, i, out);
        if (m->kind == MENTION_GROUP) {
            for (uint32_t k = 0; k < m->n_members; k++) {
                buf_add_text(out, k ? "," : "={");
                add_words(article, m->member[k], out);
            }
            buf_add_char(out, '}');
            continue;
        }
        buf_printf(out, "=%s/%s", *m->code ? m->code : "-", *m->sector ? m->sector : "-");
        if (*m->other[0])
            buf_printf(out, "/%s", m->other[0]);
        if (m->antecedent != ARTICLE_NONE) {
            buf_add_char(out, '<');
            add_words(article, m->antecedent, out);
        }
    }
}

static const struct {
    const char *what, *tree;
    uint32_t head; /* token of the mention */
    const char *code, *name;
    uint8_t kind, flags; /* those of MENTION_PERSON and MENTION_PLACE */
} named[] = {
    {"a state inside of a person's name is none",
     "Jane Jane PROPN 3 nsubj - B-person\nRussia Russia PROPN 1 flat - I-person\nspoke speak VERB 0 root -\n",
     0, "", "Jane Russia", NAME_PERSON, MENTION_PERSON},
    {"a person of the lexicon is not taken where a place is named",
     "Powell Powell PROPN 2 nsubj - B-place\nburned burn VERB 0 root -\n",
     0, "", "Powell", NAME_PLACE, MENTION_PLACE},
    {"a place that the lexicon lacks is a place",
     "troops troop NOUN 2 nsubj Number=Plur\nleft leave VERB 0 root -\nZabol Zabol PROPN 2 obj - B-place\n",
     2, "", "Zabol", NAME_PLACE, MENTION_PLACE},
    {"a city that only the gazetteer knows",
     "Perm Perm PROPN 2 nsubj - B-place\nburned burn VERB 0 root -\n",
     0, "RUS", "Perm", NAME_PLACE, MENTION_PLACE},
    {"of two of a name that of a state told of",
     "Nicaragua Nicaragua PROPN 2 nsubj - B-place\nshelled shell VERB 0 root -\n"
     "Corinto Corinto PROPN 2 obj - B-place\n",
     2, "NIC", "Corinto", NAME_PLACE, MENTION_PLACE},
    {"a small one of a state that nobody names is not believed",
     "Leeds Leeds PROPN 2 nsubj - B-place\nburned burn VERB 0 root -\n",
     0, "", "Leeds", NAME_PLACE, MENTION_PLACE},
    {"a province by its name alone",
     "Rivas Rivas PROPN 2 compound - B-place\nprovince province PROPN 3 nsubj - I-place\n"
     "burned burn VERB 0 root -\n",
     1, "NIC", "Rivas province", NAME_PLACE, MENTION_PLACE},
    {"two words of an organization are no person",
     "Acme Acme PROPN 3 nsubj - B-organization\nWidgets Widget PROPN 1 flat - I-organization\n"
     "paid pay VERB 0 root -\n", 0, "", "Acme Widgets", NAME_ORGANIZATION, 0},
    {"a name that the tagger takes for a noun",
     "tesla tesla NOUN 2 nsubj Number=Sing B-organization\npaid pay VERB 0 root -\n",
     0, "", "tesla", NAME_ORGANIZATION, 0},
    {"the name behind an office",
     "Foreign foreign ADJ 2 amod -\nMinister minister PROPN 4 nsubj -\n"
     "Lavrov Lavrov PROPN 2 flat - B-person\nspoke speak VERB 0 root -\n",
     1, "RUS", "Lavrov", NAME_PERSON, MENTION_PERSON},
};

static void read_tree(struct dm_article *article, const char *tree)
{
    struct dm_error err = {0};
    struct buf bytes;
    buf_init(&bytes, 1 << 16);
    CHECK(add_tree(&bytes, tree), "tree");
    article_reset(article);
    CHECK_OK(conllu_read(buf_slice(&bytes), "test", 1, article, &err), &err);
    buf_deinit(&bytes);
}

static void check_case(const struct lexicon *lexicon, struct dm_article *article, size_t i)
{
    struct dm_error err = {0};
    struct buf got;
    buf_init(&got, 1 << 16);
    read_tree(article, cases[i].tree);
    CHECK_OK(actors_find(lexicon, article, &err), &err);
    show(article, &got);
    CHECK_SLICE(buf_slice(&got), cases[i].want, cases[i].what);
    for (uint32_t m = 0; m + 1 < article->n_mentions; m++)
        CHECK(article->mention[m].head < article->mention[m + 1].head, "sorted by head");
    buf_deinit(&got);
}

static void check_named(const struct lexicon *lexicon, struct dm_article *article, size_t i)
{
    struct dm_error err = {0};
    read_tree(article, named[i].tree);
    CHECK_OK(actors_find(lexicon, article, &err), &err);
    uint32_t at = article->mention_of[named[i].head];
    CHECK(at != ARTICLE_NONE, named[i].what);
    if (at == ARTICLE_NONE)
        return;
    const struct mention *m = &article->mention[at];
    CHECK_STR(m->code, named[i].code, named[i].what);
    CHECK_SLICE(article_words(article, m->name_first, m->name_end), named[i].name, named[i].what);
    CHECK_INT(m->name_kind, named[i].kind, named[i].what);
    CHECK_INT(m->flags & (MENTION_PERSON | MENTION_PLACE), named[i].flags, named[i].what);
}

/* Running out of memory at any point is an error, not a crash. */
static void check_memory(const struct lexicon *lexicon, struct dm_article *article)
{
    struct dm_error err = {0};
    int rc = DM_ENOMEM;
    for (long n = 0; n < 200 && rc != DM_OK; n++) {
        read_tree(article, cases[3].tree);
        article->arena.fail_after = article->scratch.fail_after = n;
        rc = actors_find(lexicon, article, &err);
        article->arena.fail_after = article->scratch.fail_after = -1;
        CHECK(rc == DM_OK || rc == DM_ENOMEM, "out of memory is told");
    }
    CHECK_INT(rc, DM_OK, "with memory enough it works");
}

int main(void)
{
    struct dm_error err = {0};
    struct buf image;
    struct lexicon *lexicon = NULL;
    struct dm_article *article = article_new();
    buf_init(&image, 1 << 26);
    CHECK_OK(lexicon_compile_text("lexicon/x.txt", slice_of(text), &image, NULL, NULL, &err), &err);
    CHECK_OK(lexicon_from_memory("test", buf_slice(&image), &lexicon, &err), &err);
    if (lexicon && article) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            check_case(lexicon, article, i);
        for (size_t i = 0; i < sizeof named / sizeof *named; i++)
            check_named(lexicon, article, i);
        check_memory(lexicon, article);
    }
    article_free(article);
    lexicon_close(lexicon);
    buf_deinit(&image);
    return check_end();
}
