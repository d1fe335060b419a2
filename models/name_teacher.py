#!/usr/bin/env python3
"""A slower, better recognizer of names that teaches Demarche's: the encoder of teacher.py, tuned on texts whose names people marked.

  bench/entities.py train >names.conllu && bench/entities.py dev >names-dev.conllu
  models/name_teacher.py train --from teacher.pt --dev names-dev.conllu --output names.pt names.conllu
  models/name_teacher.py label --model names.pt silver.conllu >silver-names.conllu

The files are CoNLL-U whose last column says Name=B-person, I-person and so on (B begins a name; person, organization, place).
`label` writes the sentences it is given with such labels; `demarche train --names` reads them. Needs what teacher.py needs.

Method  Stretches of following sentences of about CONTEXT words go through the encoder, so that 'Smith' is read beside "John
        Smith". A label a word; the best legal row of labels by Viterbi.
"""
import argparse, random, sys, time

import torch
from torch import nn
import torch.nn.functional as F

from teacher import Words, batches, make_batch, new_encoder, read_conllu, words_of

LABELS = ["O"] + [f"{p}-{t}" for t in ("person", "organization", "place") for p in "BI"]
NOT_KNOWN = -100  # Name=X: nobody marked it
CONTEXT = 200  # words read together


class Recognizer(Words):
    def __init__(self, encoder):
        super().__init__(encoder)
        self.label = nn.Linear(encoder.config.hidden_size, len(LABELS))

    def forward(self, batch):
        return self.label(self.encode(batch))[:, 1:]


def label_of(row):
    for part in row[9].split("|"):
        if part.startswith("Name="):
            return NOT_KNOWN if part == "Name=X" else LABELS.index(part[5:])
    return 0


def stretches(paths):
    """Following sentences of a document, about CONTEXT words together: {forms, label, blocks: their lines}."""
    for path in paths:
        now = None
        for lines in read_conllu(path):
            words = words_of(lines)
            if now and (any(l.startswith("# newdoc") for l in lines) or len(now["forms"]) + len(words) > CONTEXT):
                yield now
                now = None
            now = now or {"forms": [], "label": [], "blocks": []}
            if len(words) <= 250:
                now["forms"] += [w[1] for w in words]
                now["label"] += [label_of(w) for w in words]
                now["blocks"].append(lines)
        if now and now["forms"]:
            yield now


def follows(a, b):
    """May label b stand behind label a?"""
    return not LABELS[b].startswith("I") or LABELS[a][1:] == LABELS[b][1:]


BARRED = torch.tensor([[0.0 if follows(a, b) else -1e9 for b in range(len(LABELS))] for a in range(len(LABELS))])


def best_row(score):
    """Viterbi over words x labels."""
    now = score[0] + BARRED[0]
    back = []
    for at in range(1, len(score)):
        best, where = (now[:, None] + BARRED).max(0)
        back.append(where)
        now = best + score[at]
    row = [int(now.argmax())]
    for where in reversed(back):
        row.append(int(where[row[-1]]))
    return row[::-1]


def run(model, coder, data, words=4000):
    """Yields (index, labels)."""
    model.eval()
    with torch.no_grad():
        for take in batches(coder, data, words, False):
            out = torch.log_softmax(model(make_batch(coder, [data[i] for i in take])), -1)
            for row, i in enumerate(take):
                yield i, best_row(out[row, : len(data[i]["forms"])])


def names(row):
    found, start = set(), None
    for i, label in enumerate([max(label, 0) for label in row] + [0]):
        if start is not None and not LABELS[label].startswith("I"):
            found.add((start, i, LABELS[row[start]][2:]))
            start = None
        if LABELS[label].startswith("B"):
            start = i
    return found


def score(model, coder, data):
    right = said = true = 0
    for i, row in run(model, coder, data):
        truth = data[i]["label"]
        mine, gold = {n for n in names(row) if NOT_KNOWN not in truth[n[0]:n[1]]}, names(truth)
        right += len(mine & gold)
        said += len(mine)
        true += len(gold)
    return f"P {right / max(said, 1):.3f} R {right / max(true, 1):.3f} F1 {2 * right / max(said + true, 1):.3f}"


def start(ask):
    torch.manual_seed(ask.seed)
    random.seed(ask.seed)
    encoder, coder = new_encoder()
    model = Recognizer(encoder)
    if ask.begin:
        known = torch.load(ask.begin)["state"]
        own = model.state_dict()
        model.load_state_dict({k: known[k] if k in known and known[k].shape == v.shape else v for k, v in own.items()})
    return model, coder


def train(ask):
    model, coder = start(ask)
    data, dev = list(stretches(ask.files)), list(stretches([ask.dev]))
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    slow = [p for p in model.encoder.parameters() if p.requires_grad]
    fast = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    opt = torch.optim.AdamW([{"params": slow, "lr": ask.rate}, {"params": fast, "lr": 1e-3}], weight_decay=0.01, betas=(0.9, 0.98))
    steps = ask.epochs * len(batches(coder, data, ask.batch, True))
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda k: min((k + 1) / 40, max(0.0, 1 - k / steps)))
    for epoch in range(ask.epochs):
        model.train()
        begin, total, seen = time.time(), 0.0, 0
        for take in batches(coder, data, ask.batch, True):
            some = [data[i] for i in take]
            batch = make_batch(coder, some, recase=True)
            gold = torch.full((len(some), batch["most"]), -100)
            for i, s in enumerate(some):
                gold[i, : len(s["label"])] = torch.tensor(s["label"])
            loss = F.cross_entropy(model(batch).flatten(0, 1), gold.flatten(), ignore_index=-100)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            plan.step()
            n = int((gold >= 0).sum())
            total += loss.item() * n
            seen += n
        print(f"epoch {epoch + 1} loss {total / seen:.4f} {time.time() - begin:.0f} s {score(model, coder, dev)}", file=sys.stderr, flush=True)
        torch.save({"state": model.state_dict()}, ask.output)


def write(block, row):
    at = 0
    for lines in block:
        for line in lines:
            f = line.split("\t")
            if line[0] != "#" and f[0].isdigit():
                misc = [m for m in f[9].split("|") if m != "_" and not m.startswith("Name=")]
                misc += ["Name=" + LABELS[row[at]]] if row[at] else []
                f[9] = "|".join(sorted(misc)) or "_"
                at += 1
                line = "\t".join(f)
            print(line)
        print()


def label(ask):
    model, coder = start(ask)
    model.load_state_dict(torch.load(ask.model)["state"])
    begin, done, some = time.time(), 0, []

    def flush():
        nonlocal done, some
        rows = dict(run(model, coder, some))
        for i, s in enumerate(some):
            write(s["blocks"], rows[i])
            done += len(s["forms"])
        sys.stdout.flush()
        print(f"{done} words, {time.time() - begin:.0f} s", file=sys.stderr, flush=True)
        some = []

    for s in stretches(ask.files):
        some.append(s)
        if len(some) == 400:
            flush()
        if ask.words and done >= ask.words:
            break
    flush()


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ask.add_subparsers(dest="what", required=True)
    t = sub.add_parser("train")
    t.add_argument("--dev", required=True)
    t.add_argument("--output", required=True)
    t.add_argument("--from", dest="begin", help="a model of teacher.py to begin with")
    t.add_argument("--epochs", type=int, default=4)
    t.add_argument("--batch", type=int, default=1200, help="word pieces an update")
    t.add_argument("--rate", type=float, default=2e-4, help="of the encoder")
    l = sub.add_parser("label")
    l.add_argument("--model", required=True)
    l.add_argument("--words", type=int, help="stop behind so many")
    for s in (t, l):
        s.add_argument("--seed", type=int, default=1)
        s.add_argument("--threads", type=int, default=1)
        s.add_argument("files", nargs="+")
    ask = ask.parse_args()
    ask.begin = getattr(ask, "begin", None)
    torch.set_num_threads(ask.threads)
    torch.set_flush_denormal(True)
    (train if ask.what == "train" else label)(ask)


if __name__ == "__main__":
    main()
