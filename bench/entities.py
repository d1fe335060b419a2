"""Named entities that people marked, of four sets, brought to one scheme: texts with person, organization and place names.

Read by bench/names.py (which scores) and models/teacher.py (which learns). The scheme, and how each set is brought to it:

  A name is the shortest stretch that names: no article, no title, no office, no possessive, no description ("Sergey Lavrov" of
  'Russian Foreign Minister Sergey Lavrov'); of names inside of names the longest counts ("Bank of England"). Adjectives of
  nationality and peoples ("Syrian", "Kenyans") are none; states are places, whether or not they act.

  gum        mentions whose entity type is person, organization or place (GUM's own trees)
  meantime   mentions that refer to a PER, ORG or LOC
  re3d       Person, Organisation, Location
             In these three a mention is a whole phrase: its name is the proper noun that heads it with the words that belong to
             the name by the tree; a phrase headed by another word is no name. Trees: GUM's, else those of `demarche parse`.
             What stands inside of a phrase that is no name (re3d marks no phrase inside of another), and all behind the first
             sentences of a MEANTIME article, which nobody marked, counts for nothing.
  ieer       PERSON, ORGANIZATION, LOCATION as they stand, without a leading article; what is marked optional counts for nothing

Each document belongs to one part, by the hash of its name: train (learned from), dev (choices are made on it), test (scored
only). re3d has no documents; its own three files are the parts. GUM's documents of other genres than news are all `train`.
"""
import glob, hashlib, json, os, re, subprocess
import xml.etree.ElementTree as ET

TYPES = ("person", "organization", "place")


class Doc:
    """text, names: [(begin, end, type)] in code points; optional: stretches that count for nothing; words: of a given tokenization."""

    def __init__(self, kind, name, part, text):
        self.kind, self.name, self.part, self.text = kind, name, part, text
        self.phrases, self.names, self.optional = [], [], []

    @property
    def id(self):
        return f"{self.kind}-{self.name}"


def part_of(name):
    k = int(hashlib.md5(name.encode()).hexdigest(), 16) % 10
    return "test" if k < 3 else "dev" if k < 4 else "train"


# ---- words that a set has cut, put together again ----

OPEN = {"(", "[", "``", "$", "#", "“", "‘"}
CLOSE = {")", "]", ".", ",", ";", ":", "?", "!", "%", "''", "”", "n't", "...", "…"}


def join(words):
    """Text of the words, and where each begins and ends."""
    text, spans, glue, quoted = "", [], True, False
    for word in words:
        shown = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(word, word)
        closes = word in CLOSE or re.match(r"^['’](s|re|ve|d|m|ll|S)$", word) or shown == ")"
        if word == '"':
            closes, quoted = quoted, not quoted
        if text and not glue and not closes:
            text += " "
        spans.append((len(text), len(text) + len(shown)))
        text += shown
        glue = word in OPEN or shown == "(" or (word == '"' and quoted)
    return text, spans


# ---- the sets ----

def conllu_docs(path):
    doc, sent = None, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                if doc:
                    yield doc
                doc = (line[14:], [])
            elif not line:
                if sent:
                    doc[1].append(sent)
                sent = []
            else:
                sent.append(line)
    if doc:
        if sent:
            doc[1].append(sent)
        yield doc


def gum_entities(sents):
    """Per sentence: the word rows and [(first, last, type)] of all mentions, both inclusive."""
    open_ = {}
    for lines in sents:
        rows = [f for f in (l.split("\t") for l in lines if l[0] != "#") if f[0].isdigit()]
        found = []
        open_ = {}
        for i, row in enumerate(rows):
            misc = dict(x.split("=", 1) for x in row[9].split("|") if "=" in x)
            for piece in re.findall(r"\([^()]*\)?|[^()]+\)", misc.get("Entity", "")):
                number = re.match(r"\(?(\d+)", piece)
                if not number:
                    continue
                if piece[0] == "(":
                    kind = piece[1:].rstrip(")").split("-")[1]
                    open_.setdefault(number[1], []).append((i, kind))
                if piece[-1] == ")" and open_.get(number[1]):
                    first, kind = open_[number[1]].pop()
                    found.append((first, i, kind))
        yield lines, rows, found


def read_gum(shared):
    news = {os.path.basename(p)[:-7] for p in glob.glob(f"{shared}/entities/gum-news/dep/*.conllu")}
    seen = set()
    for path in sorted(glob.glob(f"{shared}/entities/gum-news/dep/*.conllu")) + [
            f"{shared}/treebanks/gum-train.conllu", f"{shared}/treebanks/gum-dev.conllu"]:
        for name, sents in conllu_docs(path):
            if name in seen:
                continue
            seen.add(name)
            doc = Doc("gum", name, part_of(name) if name in news or "_news_" in name else "train", "")
            for lines, rows, found in gum_entities(sents):
                text = next(l[9:] for l in lines if l.startswith("# text = "))
                block = any(l.startswith(("# newpar", "# newdoc")) for l in lines)
                base = len(doc.text) + (2 if block else 1) if doc.text else 0
                doc.text += ("" if not doc.text else "\n\n" if block else " ") + text
                at, where = 0, []
                for row in rows:
                    k = text.find(row[1], at)
                    k = at if k < 0 or k > at + 3 else k
                    where.append((base + k, base + k + len(row[1])))
                    at = k + len(row[1])
                tree = [(r[3], int(r[6]) - 1, r[7], r[1]) for r in rows]
                for first, last, kind in found:
                    core = kind in TYPES and name_core(tree, first, last + 1, kind)
                    if core:
                        doc.names.append((where[core[0]][0], where[core[1] - 1][1], kind))
            doc.names = longest(doc.names)
            yield doc


MEANTIME_READ = 5  # its annotators read the headline and what follows up to this sentence


def read_meantime(shared):
    kinds = {"PER": "person", "ORG": "organization", "LOC": "place"}
    for path in sorted(glob.glob(f"{shared}/entities/meantime/intra_cross-doc_annotation/*/*.xml")):
        root = ET.parse(path).getroot()
        name = root.get("doc_id")
        tokens = list(root.iter("token"))
        doc, where = Doc("meantime", name, part_of(name), ""), {}
        sents = {}
        for t in tokens:
            if int(t.get("sentence")) <= MEANTIME_READ:
                sents.setdefault(int(t.get("sentence")), []).append(t)
        for number in sorted(sents):
            text, spans = join([t.text for t in sents[number]])
            base = len(doc.text) + (2 if doc.text else 0)
            doc.text += ("\n\n" if doc.text else "") + text
            for t, (b, e) in zip(sents[number], spans):
                where[t.get("t_id")] = (base + b, base + e)
        marks = root.find("Markables")
        mention = {x.get("m_id"): x for x in marks if x.tag == "ENTITY_MENTION"}
        entity = {x.get("m_id"): x.get("ent_type") for x in marks if x.tag == "ENTITY"}
        for link in root.iter("REFERS_TO"):
            kind = kinds.get(entity.get(link.find("target").get("m_id")))
            for source in link.findall("source"):
                m = mention.get(source.get("m_id"))
                if m is None or kind is None:
                    continue
                spans = [where[a.get("t_id")] for a in m.findall("token_anchor") if a.get("t_id") in where]
                if spans:
                    doc.phrases.append((min(s[0] for s in spans), max(s[1] for s in spans), kind))
        yield doc


def read_re3d(shared):
    kinds = {"Person": "person", "Organisation": "organization", "Location": "place"}
    for part in ("train", "dev", "test"):
        sents, words = [], []
        with open(f"{shared}/entities/re3d/{part}.txt", encoding="utf-8") as file:
            for line in list(file) + ["\n"]:
                cells = line.rstrip("\n").split("\t")
                if len(cells) == 2:
                    words.append(cells)
                elif words:
                    sents.append(words)
                    words = []
        for first in range(0, len(sents), 20):
            doc = Doc("re3d", f"{part}-{first // 20}", part, "")
            for words in sents[first:first + 20]:
                text, spans = join([w[0] for w in words])
                base = len(doc.text) + (2 if doc.text else 0)
                doc.text += ("\n\n" if doc.text else "") + text
                i = 0
                while i < len(words):
                    end = i + 1
                    if words[i][1].startswith("B-"):
                        while end < len(words) and words[end][1].startswith("I-"):
                            end += 1
                        kind = kinds.get(words[i][1][2:])
                        if kind:
                            doc.phrases.append((base + spans[i][0], base + spans[end - 1][1], kind))
                    i = end
            yield doc


def read_ieer(shared):
    kinds = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place"}
    for path in sorted(glob.glob(f"{shared}/entities/ieer/*_*")):
        with open(path, encoding="utf-8", errors="replace") as file:
            whole = file.read()
        for raw in re.findall(r"<DOC>(.*?)</DOC>", whole, re.S):
            name = re.search(r"<DOCNO>\s*(\S+)", raw)[1]
            body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.S)
            if not body:
                continue
            doc = Doc("ieer", name, part_of(name), "")
            body = re.sub(r"\n\s*\n|\n(?=[ \t])", "\n\n", body[1].replace("``", '"').replace("''", '"').replace("&amp;", "&").replace("&AMP;", "&"))
            body = re.sub(r"<(annotation|/annotation)[^>]*>", "", body)
            start, kind, optional = 0, None, False
            for piece in re.split(r"(<[^<>]*>)", body):
                if piece.startswith("<b_enamex"):
                    start, kind = len(doc.text), kinds.get(re.search(r'type="([A-Z]+)', piece)[1])
                    optional = "status=" in piece
                elif piece == "<e_enamex>" and kind:
                    text = doc.text[start:]
                    begin = start + len(text) - len(text.lstrip())
                    article = re.match(r"(the|The|THE|a|A)\s+(?=\S)", doc.text[begin:])
                    begin += len(article[0]) if article else 0
                    (doc.optional if optional else doc.names).append((begin, len(doc.text.rstrip()), kind))
                    kind = None
                elif not piece.startswith("<"):
                    piece = re.sub(r"(?<!\n)\n(?!\n)", " ", piece)
                    piece = re.sub(r"[ \t]+", " ", piece)
                    piece = re.sub(r" ?\n+ ?", "\n\n", piece)
                    if not doc.text or doc.text[-1].isspace():
                        piece = piece.lstrip(" ")
                    doc.text += piece
            doc.names = longest(doc.names)
            yield doc


# ---- from phrases to names ----

INSIDE = ("flat", "compound", "fixed", "goeswith", "flat:foreign")


def name_core(tree, first, end, kind):
    """The name that heads words [first, end) of a sentence; tree: [(upos, head, relation, form)], heads from 0. None: no name."""
    head = None
    for i in range(first, end):
        if not first <= tree[i][1] < end and (head is None or (tree[head][0] != "PROPN" and tree[i][0] == "PROPN")):
            head = i
    if head is None or tree[head][0] != "PROPN" or not any(c.isupper() for c in tree[head][3]):
        return None
    inside = belongs(tree, first, end, head, kind)
    low, high = head, head + 1
    while low > first and (low - 1 in inside or bridge(tree, low - 1, inside, first)):
        low -= 1
    while high < end and (high in inside or bridge(tree, high, inside, None, end)):
        high += 1
    while low < head and (low not in inside or tree[low][0] in ("DET", "ADP", "CCONJ", "PUNCT") ):
        low += 1
    while high - 1 > head and high - 1 not in inside:
        high -= 1
    while kind == "person" and low < high - 1 and tree[low][3].lower() in TITLES:
        low += 1
    if high - low == 1 and (tree[low][3].lower() in ROLES or people(tree[low][3])):
        return None
    return low, high


def belongs(tree, first, end, head, kind):
    """The words of the name below its head."""
    inside = {head}
    for _ in range(5):
        for i in range(first, end):
            upos, over, rel, form = tree[i]
            if over not in inside or i in inside:
                continue
            shown = form[:1].isupper() or form[:1].isdigit()
            if rel in INSIDE and (rel != "compound" or (kind != "person" and (shown or upos == "PUNCT"))):
                inside.add(i)
            elif kind != "person" and rel in ("amod", "nummod", "nmod:unmarked", "nmod:desc") and i < over and form[:1].isupper():
                if kind == "organization" or not people(form):
                    inside.add(i)
            elif rel == "nmod" and kind != "person" and i > over and upos == "PROPN" and any(
                    tree[k][1] == i and tree[k][3].lower() in ("of", "for", "de", "del") for k in range(over, i)):
                inside.add(i)
            elif rel == "conj" and upos == "PROPN" and over != head and shown:
                inside.add(i)
    return inside


ROLES = {"president", "minister", "secretary", "commander", "king", "queen", "prince", "pope", "senator", "general", "colonel", "judge",
         "justice", "chairman", "chancellor", "governor", "mayor", "ambassador", "ceo", "director", "chief", "envoy", "spokesman",
         "spokesperson", "spokeswoman", "officer", "representative", "premier", "leader", "capt.", "col.", "gen.", "lt.", "brig.", "sgt.",
         "captain", "sergeant", "sheikh", "congressman", "attorney", "executive", "vice", "prime", "deputy", "mr.", "mrs.", "ms.", "mr",
         "cardinal", "bishop", "archbishop", "professor", "dr.", "doctor", "coach", "editor", "advisor", "adviser", "speaker", "regent",
         "mom", "dad", "mother", "father", "lord", "lords", "sir", "madam", "poet", "anonymous", "devil", "god", "navy", "army"}
TITLES = {"lt", "gen", "col", "maj", "maj.", "capt", "sgt", "cmdr", "adm", "adm.", "commodore", "admiral", "captain", "major", "sheikh",
          "envoy", "ambassador", "chairman", "king", "queen", "prince", "princess", "pope", "cardinal", "bishop", "mr", "mr.", "mrs",
          "mrs.", "ms", "ms.", "dr", "dr.", "the", "sir", "president", "sen.", "rep.", "gen.", "col.", "lt.", "capt.", "prof.", "gov.",
          "senator", "secretary", "minister", "general", "colonel", "judge"}


def bridge(tree, i, inside, first=None, end=None):
    """A small word between two words of the name: "of the" in 'University of the Andes', the hyphen in 'Abe-Smith'."""
    small = lambda k: tree[k][0] in ("ADP", "DET", "CCONJ", "PUNCT", "PART", "SYM") and tree[k][3] not in (",", ";", ":", '"', "(", ")")
    step = -1 if end is None else 1
    for _ in range(3):
        if i in inside:
            return True
        if (first is not None and i < first) or (end is not None and i >= end) or not small(i):
            return False
        i += step
    return False


def read_states(lexicon):
    """Names of states, which count as places even where they act, and words for peoples, which are no names."""
    states, people = set(), set(OTHER_PEOPLES)
    with open(os.path.join(lexicon, "actors", "states.txt"), encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            if words[:1] == ["state"]:
                states.add(" ".join(words[2:]))
            elif words[:1] in (["name"], ["people"]):
                names = [n.strip() for n in line.split("#")[0].strip()[len(words[0]):].split("|")]
                (states if words[0] == "name" else people).update(names)
    return states, people


OTHER_PEOPLES = {p + s for s in ("", "s") for p in (
    "Arab", "Kurd", "Muslim", "Christian", "Jew", "European", "African", "Asian", "Shiite", "Sunni", "Hindu", "Buddhist", "Catholic",
    "Protestant", "Westerner", "Latino", "Hispanic", "Yazidi", "Tamil", "Hutu", "Tutsi")} | {
    "Arabic", "Kurdish", "Jewish", "Islamic", "Western"}
STATES, PEOPLES = read_states(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lexicon"))


def people(form):
    return form in PEOPLES


def longest(names):
    """Without what lies inside of another; one a stretch."""
    out = []
    for n in sorted(set(names), key=lambda n: (n[0] - n[1], n[0])):
        if all(n[1] <= o[0] or n[0] >= o[1] for o in out):
            out.append(n)
    return sorted(out)


def parse(demarche, texts):
    """`demarche parse` of {id: text}: {id: [sentence]}, a sentence a list of (begin, end, row)."""
    feed = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts.items())
    out = subprocess.run([demarche, "parse", "--input", "jsonl", "-"], input=feed.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    docs, name, rows = {}, None, []
    for line in out.split("\n"):
        if line.startswith("# newdoc id = "):
            name = line[14:]
            docs[name] = []
            at = 0
        elif line and line[0] != "#" and "\t" in line:
            row = line.split("\t")
            if not row[0].isdigit():
                continue
            at = texts[name].index(row[1], at) if row[1] in texts[name][at:at + 2000] else at
            rows.append((at, at + len(row[1]), row))
            at += len(row[1])
        elif not line and rows:
            docs[name].append(rows)
            rows = []
    return docs


def apart(begin, end, name):
    """What is left of [begin, end) beside the name."""
    if not name:
        return [(begin, end, None)]
    return [(b, e, None) for b, e in ((begin, name[0]), (name[1], end)) if e - b > 1]


def reduce(docs, parsed):
    """Phrases become names by the trees; states become places."""
    for doc in docs:
        for sent in parsed.get(doc.id, []):
            tree = [(r[3], int(r[6]) - 1, r[7], r[1]) for _, _, r in sent]
            for begin, end, kind in doc.phrases:
                inside = [i for i, (b, e, _) in enumerate(sent) if b >= begin and e <= end]
                core = name_core(tree, inside[0], inside[-1] + 1, kind) if inside else None
                if core:
                    doc.names.append((sent[core[0]][0], sent[core[1] - 1][1], kind))
                if doc.kind == "re3d":
                    doc.optional += apart(begin, end, doc.names[-1] if core else None)
        doc.names = [(b, e, "place" if kind == "organization" and doc.text[b:e] in STATES else kind)
                     for b, e, kind in longest(doc.names)]


def read(shared, demarche, parts=("train", "dev", "test"), sets=("gum", "meantime", "re3d", "ieer")):
    """Documents of those parts, and their parses."""
    readers = {"gum": read_gum, "meantime": read_meantime, "re3d": read_re3d, "ieer": read_ieer}
    docs = [d for s in sets for d in readers[s](shared) if d.part in parts and d.text]
    parsed = parse(demarche, {d.id: d.text for d in docs})
    reduce(docs, parsed)
    return docs, parsed


def labels(doc, sents):
    """Per word of the sentences: None, "B-person", "I-person" ... by its name, "X" where it counts for nothing."""
    out, names = [], sorted(doc.names)
    at = 0
    for sent in sents:
        row = []
        for b, e, _ in sent:
            while at < len(names) and names[at][1] <= b:
                at += 1
            name = names[at] if at < len(names) and names[at][0] < e else None
            skip = not name and any(ob < e and b < oe for ob, oe, _ in doc.optional)
            row.append(("B-" if b <= name[0] else "I-") + name[2] if name else "X" if skip else None)
        out.append(row)
    return out


def write(docs, parsed, file):
    """CoNLL-U whose last column says Name=: what `demarche train --names` and models/teacher.py read."""
    for doc in docs:
        print(f"# newdoc id = {doc.id}", file=file)
        for sent, row in zip(parsed.get(doc.id, []), labels(doc, parsed.get(doc.id, []))):
            for (_, _, cells), label in zip(sent, row):
                misc = [m for m in (cells[9] if cells[9] != "_" else "", label and f"Name={label}") if m]
                print("\t".join(cells[:9] + ["|".join(sorted(misc)) or "_"]), file=file)
            print(file=file)


if __name__ == "__main__":
    import argparse, sys
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", default="../shared")
    ask.add_argument("--demarche", default="build/demarche")
    ask.add_argument("parts", nargs="+", choices=("train", "dev", "test"), help="parts to write as CoNLL-U")
    ask = ask.parse_args()
    write(*read(ask.shared, ask.demarche, ask.parts), sys.stdout)
