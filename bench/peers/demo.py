"""The training of the demo in PyTorch: the same files, settings rates and choice of the best epoch, read from a run."""
import argparse
import copy
import json
import math
import pathlib
import random
import time

import common

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--model", required=True, help="a SentenceTransformer folder")
parser.add_argument("--run", required=True, type=pathlib.Path, help="the folder of a run")
parser.add_argument("--seed", type=int, default=42)
parser.add_argument("--threads", type=int, default=2)
args = parser.parse_args()

import torch
from torch.nn import functional as F
from transformers import AutoTokenizer

settings = json.loads((args.run / "train.json").read_text(encoding="utf-8"))
# Settings may leave rates to the trainer: these are the ones that it took.
groups = json.loads((args.run / "config.json").read_text(encoding="utf-8"))["freezingTable"]["rows"]


def rate(part):
    (found,) = {rate for row in groups if row["group"].startswith(part) for rate in row["learningRates"]}
    return found


frozen_layers = int(settings["freeze"].removeprefix("layers:"))
common.threads(args.threads)
torch.manual_seed(args.seed)
tokenizer = AutoTokenizer.from_pretrained(args.model)


def read(paths):
    rows = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            rows += [json.loads(line) for line in file]
    ids = tokenizer([row["text"] for row in rows], truncation=True, max_length=settings["maxLength"])["input_ids"]
    return [{"ids": one, **row["labels"]} for one, row in zip(ids, rows)]


sides = {side: read(settings[side]) for side in ("train", "validation", "test")}
tasks = [task for task in sides["train"][0] if task != "ids"]
labels = {task: sorted({row[task] for row in sides["train"]}) for task in tasks}
number = {task: {label: i for i, label in enumerate(labels[task])} for task in tasks}

body = common.encoder(args.model, dropout=settings["dropout"])
body.pooler = None
model = common.multi_task(body, common.width_of(body), {task: len(labels[task]) for task in tasks})
for part in (body.embeddings, *body.encoder.layer[:frozen_layers]):
    part.requires_grad_(False)


def collate(batch):
    longest = max(len(row["ids"]) for row in batch)
    ids = torch.tensor([row["ids"] + [0] * (longest - len(row["ids"])) for row in batch])
    mask = torch.tensor([[1] * len(row["ids"]) + [0] * (longest - len(row["ids"])) for row in batch])
    return ids, mask, {task: torch.tensor([number[task][row[task]] for row in batch]) for task in tasks}


def train_mode():
    """What is frozen has no dropout, as in a model whose lower outputs are computed once."""
    model.train()
    for part in (body.embeddings, *body.encoder.layer[:frozen_layers]):
        part.eval()


@torch.inference_mode()
def accuracy(rows):
    model.eval()
    right = dict.fromkeys(tasks, 0)
    for start in range(0, len(rows), 128):
        ids, mask, truth = collate(rows[start : start + 128])
        logits = model(input_ids=ids, attention_mask=mask)
        for task in tasks:
            right[task] += int((logits[task].argmax(-1) == truth[task]).sum())
    return {task: round(count / len(rows), 4) for task, count in right.items()}


rows, size = sides["train"], settings["batchSize"]
steps = math.ceil(len(rows) / size) * settings["epochs"]
optimizer = common.two_rates(model, rate("layers."), rate("heads."), settings["weightDecay"])
scheduler = common.warmup_linear(optimizer, steps, 0.1)
generator = random.Random(args.seed)
best, best_epoch, kept = -1.0, 0, None
began = time.perf_counter()
for epoch in range(settings["epochs"]):
    train_mode()
    shuffled = generator.sample(rows, len(rows))
    by_length = [row for start in range(0, len(rows), 50 * size) for row in sorted(shuffled[start : start + 50 * size], key=lambda row: len(row["ids"]))]
    chunks = [by_length[start : start + size] for start in range(0, len(rows), size)]
    generator.shuffle(chunks)
    for chunk in chunks:
        ids, mask, truth = collate(chunk)
        logits = model(input_ids=ids, attention_mask=mask)
        sum(F.cross_entropy(logits[task], truth[task]) for task in tasks).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad(set_to_none=True)
    value = sum(accuracy(sides["validation"]).values()) / len(tasks)
    if value >= best:
        best, best_epoch, kept = value, epoch + 1, copy.deepcopy(model.state_dict())
train_s = round(time.perf_counter() - began, 1)
model.load_state_dict(kept)
common.report("demo", seed=args.seed, threads=args.threads, steps=steps, best_epoch=best_epoch, train_s=train_s, test_accuracy=accuracy(sides["test"]))
