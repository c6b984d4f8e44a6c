"""Train the second reader: `python -m training.claims.train EXAMPLES ENCODER_FOLDER OUT_FOLDER [--start RUN ...]`.

It starts at the encoder, or in the middle of earlier runs (model soups, Wortsman et al. 2022): runs that began alike,
with one seed, lie close enough together for that. Needs training/requirements.txt in an environment of its own;
everything is seeded.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from geomap.claims.second.candidates import KINDS
from geomap.claims.second.labels import LABELS
from geomap.claims.second.network import FILL
from training.claims.model import KEY, SecondReader
from training.claims.prepare import Example

STEP = 32
DENIED = 4.0
"""How much more what another denies weighs than what nobody does."""
NEIGHBOURS = 160
"""Windows that are sorted by length at a time."""


def stacked(group: list[Example], rng: np.random.Generator) -> tuple[Tensor, ...]:
    """The inputs of several windows, each filled up to the longest; some of what the rules marked is forgotten.

    Lengths are multiples of :data:`STEP`, since each new one costs the making of its own code.
    """
    longest = max(padded(each) for each in group)

    def filled(values: np.ndarray, by: int) -> np.ndarray:
        return np.pad(values, (0, longest - len(values)), constant_values=by)

    table = []
    for name, by in (("pieces", FILL), ("entities", 0), ("marks", 0), ("voices", 0)):
        rows = [each.row[name] for each in group]
        if name == "marks":
            drawn = [rng.random(len(row)) < each.forget for row, each in zip(rows, group, strict=True)]
            rows = [np.where((row > len(KINDS)) & drop, 0, row) for row, drop in zip(rows, drawn, strict=True)]
        table.append(torch.from_numpy(np.stack([filled(row, by) for row in rows]).astype(np.int64)))
    return tuple(table)


def losses(model: SecondReader, group: list[Example], out: Tensor) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the labels and of the speakers."""
    gold = np.full((len(group), out.shape[1], len(LABELS)), -1, np.int64)
    for number, each in enumerate(group):
        gold[number, : len(each.labels)] = each.labels
    target, scores = torch.from_numpy(gold), out[..., : len(LABELS)]
    each_loss = F.binary_cross_entropy_with_logits(scores, target.clamp(min=0).float(), reduction="none")
    weight = torch.where(target == 1, 2.0, 1.0) * (target >= 0)
    labels = (each_loss * weight).sum() / max(1, int((target == 1).sum()))
    told = [loss for number, each in enumerate(group) for loss in _told(model, each, out[number])]
    return labels, torch.stack(told).mean() if told else labels * 0


def _told(model: SecondReader, each: Example, out: Tensor) -> Iterator[Tensor]:
    """How unlikely the right speaker, and who denies it, is to each place that makes a claim."""
    if not each.speakers:
        return
    places = torch.tensor([place for place, _ in each.speakers])
    tells, denies, answers = out[:, len(LABELS) :].split(KEY, dim=-1)
    answers = answers[: len(each.labels) - 1]
    ruled = torch.from_numpy(each.ruled.astype(np.float32))
    told = (tells[places] @ answers.T / KEY**0.5 + model.told * ruled).log_softmax(-1)
    denied = (denies[places] @ answers.T / KEY**0.5).log_softmax(-1)
    for told_by, denied_by, (place, named) in zip(told, denied, each.speakers, strict=True):
        loss = -told_by[named].logsumexp(0)
        if deniers := each.deniers.get(place):
            # few are denied: without more weight nobody ever would be
            loss -= denied_by[deniers].logsumexp(0) * (1.0 if deniers == [0] else DENIED)
        yield loss


def batches(found: list[Example], size: int, rng: np.random.Generator) -> list[list[Example]]:
    """Shuffled, then grouped with others of about their length: ``size`` pieces a group, what fills it up counted."""
    order = [found[number] for number in rng.permutation(len(found))]
    groups: list[list[Example]] = []
    for start in range(0, len(order), NEIGHBOURS):
        group: list[Example] = []
        for each in sorted(order[start : start + NEIGHBOURS], key=lambda e: len(e.labels)):
            if group and padded(each) * (len(group) + 1) > size:
                groups.append(group)
                group = []
            group.append(each)
        groups.append(group)
    return [groups[number] for number in rng.permutation(len(groups))]


def padded(longest: Example) -> int:
    """How many pieces a row has beside its longest: a multiple of :data:`STEP`."""
    return -(-len(longest.labels) // STEP) * STEP


def optimizer_of(model: SecondReader, rate: float) -> torch.optim.Optimizer:
    """AdamW over what may change: what is new to the encoder learns five times as fast as what it brought."""
    for kept in (model.words, model.distances):  # attention is fused only where its bias learns nothing
        kept.requires_grad_(False)
    new = [model.head, model.entities, model.marks, model.voices]
    fresh = [*(p for part in new for p in part.parameters()), model.told]
    known = {id(p) for p in fresh}
    rest = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    return torch.optim.AdamW(
        [{"params": rest, "lr": rate}, {"params": fresh, "lr": rate * 5}], weight_decay=0.01, fused=True
    )


def middle(runs: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The weights in the middle of several runs."""
    return {name: torch.stack([run[name].float() for run in runs]).mean(0) for name in runs[0]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("examples", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--batch", type=int, default=2048, help="word pieces a step")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="of what is new to the encoder, and of the order")
    parser.add_argument("--start", type=Path, nargs="+", default=[], help="folders of runs to start from")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    found = pickle.loads(options.examples.read_bytes())  # noqa: S301  our own
    model = SecondReader(options.layers)
    if options.start:
        model.load_state_dict(middle([torch.load(run / "reader.pt", weights_only=True) for run in options.start]))
    else:
        model.load_encoder(options.encoder / "model.safetensors")
    optimizer = optimizer_of(model, options.rate)
    steps = options.epochs * len(batches(found, options.batch, np.random.default_rng(options.seed)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.06 * steps), max(0.02, 1 - step / steps))
    )
    print(len(found), "windows,", steps, "steps", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "options.json").write_text(json.dumps(vars(options), default=str, indent=1), encoding="utf-8")
    model.train()
    began = time.time()
    for epoch in range(options.epochs):
        total, groups = np.zeros(2), batches(found, options.batch, rng)
        for group in groups:
            with torch.autocast("cpu", torch.bfloat16):
                out = model(*stacked(group, rng))
            label, speaker = losses(model, group, out.float())
            optimizer.zero_grad()
            (label + speaker).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += (float(label.detach()), float(speaker.detach()))
        mean = total / len(groups)
        print(f"epoch {epoch + 1} labels {mean[0]:.3f} speakers {mean[1]:.3f} {time.time() - began:.0f} s", flush=True)
        torch.save(model.state_dict(), options.out / "reader.pt")


if __name__ == "__main__":
    main()
