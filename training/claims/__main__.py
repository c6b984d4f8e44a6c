"""Train the second reader from start to finish: `make train-claims`, or `python -m training.claims [--ship]`.

Shares the environment and the encoder of the tagger's training, and like it passes a step over while what it was made
from stays the same. --ship puts the new weights in the place of those that geomap carries.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from training.__main__ import BUILD, MODEL, ROOT, Step, module, perform, prepared

HERE = ROOT / "training" / "claims"
REPORTS, DEV, CASES = HERE / "reports", HERE / "dev", ROOT / "tests" / "cases" / "claims"
EXAMPLES, RUN, WEIGHTS = (BUILD / name for name in ("examples.pkl", "reader", "reader-weights"))
SHIPPED = ROOT / "geomap" / "claims" / "second" / "weights"
RULES = tuple(
    path for path in (ROOT / "geomap" / "claims").rglob("*.*") if path.suffix in {".py", ".toml", ".csv"}
)  # fmt: skip


def main() -> int:
    """Take the steps in order."""
    parser = argparse.ArgumentParser(prog="python -m training.claims", description=__doc__.partition("\n")[0])
    parser.add_argument("--ship", action="store_true", help="replace geomap's weights")
    options = parser.parse_args()
    environment, encoder, _ = prepared()
    for step in (environment, encoder, *steps()):
        perform(step)
    if options.ship:
        for path in WEIGHTS.iterdir():
            shutil.copy(path, SHIPPED / path.name)
        print(f"the new weights are in {SHIPPED.relative_to(ROOT)}; write their digests into card.md")
    return 0


def steps() -> list[Step]:
    """Examples, the network, the network as ONNX, and what it is worth beside the rules."""
    texts = [*sorted(REPORTS.glob("*.txt")), *sorted(CASES.glob("*.txt"))]
    code = [HERE / name for name in ("corpus.py", "prepare.py")]
    examples = [*texts, *code, *RULES, MODEL / "tokenizer.json"]
    train = [EXAMPLES, HERE / "train.py", HERE / "model.py", ROOT / "training" / "model.py"]
    export = [RUN / "reader.pt", HERE / "export.py", ROOT / "training" / "graph.py"]
    weights = WEIGHTS / "reader.onnx"
    return [
        Step("examples", "reports to examples", examples, _run("prepare", MODEL, EXAMPLES, REPORTS), EXAMPLES),
        Step("reader", "eight epochs", train, _run("train", EXAMPLES, MODEL, RUN), RUN / "reader.pt"),
        Step("reader-export", "the network as ONNX", export, _run("export", RUN, MODEL, WEIGHTS), weights),
        Step("judged", "rules alone and both readers", [weights], _run("judge", WEIGHTS, DEV), weights),
    ]


def _run(name: str, *arguments: Path):
    return lambda: module(f"training.claims.{name}", *arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        raise SystemExit("training stopped; run it again to go on with the step it was in") from None
