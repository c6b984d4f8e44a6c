"""The trained network as int8 ONNX: `python -m training.export RUN_FOLDER ENCODER_FOLDER NAMES.npz OUT_FOLDER`."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import onnx
import torch

from training.graph import Graph
from training.model import HEADS, TAGS

LONGEST = 128
"""Pieces in the longest row that the tagger runs: a window and the two marks around it."""


TABLES = {"words": "pieces", "cases": "cases", "members": "members"}
"""The tagger's embeddings, each with the input that it is asked for."""


def main(run: Path, encoder: Path, names: Path, out: Path) -> None:
    layers = len(json.loads((run / "options.json").read_text(encoding="utf-8"))["layers"])
    trained = torch.load(run / "tagger.pt", weights_only=True)
    out.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.float().numpy() for name, tensor in trained.items()}
    onnx.save(Graph(weights, HEADS).network(layers, LONGEST, TABLES), out / "tagger.onnx")
    write_tokenizer(encoder, out)
    shutil.copy(names, out / "names.npz")
    (out / "tags.json").write_text(json.dumps(TAGS), encoding="utf-8")
    for path in sorted(out.iterdir()):
        print(path.name, f"{path.stat().st_size / 1e6:.1f} MB")


def write_tokenizer(encoder: Path, out: Path) -> None:
    """The encoder's tokenizer, made to cut nothing off and fill nothing up."""
    tokenizer = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
