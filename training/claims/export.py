"""The trained second reader as int8 ONNX: `python -m training.claims.export RUN_FOLDER ENCODER_FOLDER OUT_FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch

from geomap.claims.second.labels import LABELS
from geomap.claims.second.network import PARTS
from geomap.claims.second.windows import LONGEST
from training.claims.model import EPSILON, HEADS, bucket
from training.export import write_tokenizer
from training.graph import Graph

TABLES = {"words": "pieces", "entities": "entities", "marks": "marks", "voices": "voices"}
"""The second reader's embeddings, each with the input that it is asked for."""


def main(run: Path, encoder: Path, out: Path) -> None:
    trained = torch.load(run / "reader.pt", weights_only=True)
    out.mkdir(parents=True, exist_ok=True)
    told = round(float(trained.pop("told")), 4)
    weights = {name: tensor.float().numpy() for name, tensor in trained.items()}
    longest, layers = LONGEST + 2, 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    near = weights["distances.weight"][bucket(np.arange(1 - longest, longest))].T
    network = Graph(weights, HEADS, epsilon=EPSILON).network(layers, longest, TABLES, near)
    onnx.save(network, out / "reader.onnx")
    write_tokenizer(encoder, out)
    settings = {"labels": [str(label) for label in LABELS], "parts": PARTS, "told": told}
    (out / "reader.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    for path in sorted(out.iterdir()):
        print(path.name, f"{path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
