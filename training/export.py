"""The trained network as int8 ONNX: `python -m training.export RUN_FOLDER ENCODER_FOLDER NAMES.npz OUT_FOLDER`."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.model import TAGS, Tagger


def main(run: Path, encoder: Path, names: Path, out: Path) -> None:
    options = json.loads((run / "options.json").read_text(encoding="utf-8"))
    model = Tagger(layers=len(options["layers"]), dropout=0.0)
    model.load_state_dict(torch.load(run / "tagger.pt", weights_only=True))
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    sample = torch.ones(2, 9, dtype=torch.int64)
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            model,
            (sample, sample, sample),
            plain,
            input_names=["pieces", "cases", "members"],
            output_names=["scores"],
            dynamic_axes={name: {0: "batch", 1: "length"} for name in ("pieces", "cases", "members", "scores")},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(plain, ready, skip_symbolic_shape=True)
        quantize_dynamic(ready, out / "tagger.onnx", weight_type=QuantType.QInt8, per_channel=True)
    tokenizer = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    shutil.copy(names, out / "names.npz")
    (out / "tags.json").write_text(json.dumps(TAGS), encoding="utf-8")
    for path in sorted(out.iterdir()):
        print(path.name, f"{path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
