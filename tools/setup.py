"""Set geomap up: virtual environment, requirements, browser libraries, gazetteer, seed incident.

``python tools/setup.py [--dev] [--until STEP]``, with any Python 3.11 or later. Each step is stamped with a digest of
what it was made from and is passed over while that stays the same, so a second run is quick. Standard library only: it
runs before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("VENV", ROOT / ".venv")).absolute()
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"


@dataclass(frozen=True)
class Step:
    """One thing to set up: ``made_from`` are the files it depends on, ``ready`` what must exist once it is done."""

    name: str
    title: str
    made_from: Iterable[Path]
    run: Callable[[], None]
    ready: Path
    stamps: Path


def call(*command: str | Path) -> None:
    """Run a command in the repository; a failure ends set-up with the command's own last words above ours."""
    code = subprocess.call([str(part) for part in command], cwd=ROOT)
    if code:
        shown = " ".join(Path(part).name if isinstance(part, Path) else part for part in command)
        raise SystemExit(f"set-up stopped: `{shown}` failed ({code}); mend what it names above and run it again")


def environment() -> None:
    """Make the virtual environment with the Python that runs this, unless it is that environment's own."""
    if Path(sys.prefix).absolute() == VENV:
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SystemExit(
            f"Python {version} has no venv module here: `apt install python{version}-venv` (Debian, Ubuntu), "
            "or name another Python with `make setup PYTHON=/path/to/python3`"
        )
    call(Path(sys.executable), "-m", "venv", VENV)


def install(*wanted: str) -> None:
    """Install packages into the virtual environment, with pip's account of it less what was there already."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-warn-script-location", *wanted]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as pip:
        for line in pip.stdout or ():
            if line.startswith(("Collecting", "Building", "Installing", "Successfully", "ERROR")):
                print(f"   {line.partition(' (from ')[0].rstrip():.100}", flush=True)
    if pip.returncode:
        raise SystemExit("set-up stopped: pip could not install the packages; mend what it names above and try again")


def data() -> tuple[Path, Path, str]:
    """The settings that name where geomap keeps its data: data folder, gazetteer, database URL."""
    code = (
        "import json; from geomap.config import Config; c = Config.read(); "
        "print(json.dumps([str(c.data), str(c.gazetteer), c.db]))"
    )
    done = subprocess.run([PYTHON, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"set-up stopped: the settings cannot be read: {done.stderr.strip().splitlines()[-1]}")
    folder, gazetteer, db = json.loads(done.stdout)
    return Path(folder), Path(gazetteer), db


def gazetteer_step(folder: Path, gazetteer: Path) -> Step:
    """Build the gazetteer once; again when its code, its own rows or its sources' versions change."""
    return Step(
        "gazetteer",
        "gazetteer: every town, region and airport into one file",
        [ROOT / "requirements.txt", *(ROOT / "geomap" / "gazetteer").rglob("*.*")],
        lambda: call(BIN / "geomap", "gazetteer", "build"),
        gazetteer,
        folder / "setup.json",
    )


def seed_steps(folder: Path, db: str) -> list[Step]:
    """Read each seed incident into the default store; again when its reports or the stages change."""
    store = Path(db.removeprefix("sqlite:///")) if db.startswith("sqlite:///") else folder
    edge = {ROOT / "geomap" / part for part in ("web", "render")}
    code = [file for file in (ROOT / "geomap").rglob("*.*") if not edge.intersection(file.parents)]
    steps = []
    for seed in sorted((ROOT / "seeds").glob("*/incident.toml")):
        name = seed.parent.name
        files = [*code, *seed.parent.rglob("*.*")]
        run = _ingest(name)
        where = hashlib.sha256(db.encode()).hexdigest()[:12]
        steps.append(Step(f"{name}@{where}", f"seed incident: {name}", files, run, store, folder / "setup.json"))
    return steps


def _ingest(name: str) -> Callable[[], None]:
    return lambda: call(BIN / "geomap", "ingest", f"seeds/{name}", "--incident", name)


def software_steps(*, dev: bool) -> list[Step]:
    """What is installed: the environment, Python's packages and npm's."""
    stamps = VENV / "setup.json"
    steps = [
        Step("environment", "virtual environment", [], environment, PYTHON, stamps),
        Step(
            "requirements",
            "Python packages",
            [ROOT / "requirements.txt", ROOT / "pyproject.toml"],
            lambda: install("-r", "requirements.txt", "-e", "."),
            BIN / "geomap",
            stamps,
        ),
        Step(
            "vendor",
            "browser libraries",
            [ROOT / "package-lock.json", ROOT / "tools" / "vendor.py"],
            lambda: call(PYTHON, "tools/vendor.py"),
            ROOT / "static" / "vendor" / "versions.json",
            stamps,
        ),
    ]
    if dev:
        made_from = sorted(ROOT.glob("requirements*.txt"))  # they include one another
        run = lambda: install("-r", "requirements-dev.txt")  # noqa: E731  (a step is data; its action is one call)
        steps.append(Step("dev", "what tests and linters need", made_from, run, BIN / "pytest", stamps))
    return steps


def digest(files: Iterable[Path]) -> str:
    """One digest over names and contents, whatever their order or dates."""
    total = hashlib.sha256()
    for file in sorted(f for f in files if f.is_file() and f.suffix != ".pyc"):
        total.update(file.relative_to(ROOT).as_posix().encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def perform(step: Step) -> None:
    """Run a step unless its stamp and its result are there; stamp it only once it is done."""
    stamps = json.loads(step.stamps.read_text()) if step.stamps.exists() else {}
    current = digest(step.made_from)
    if stamps.get(step.name) == current and step.ready.exists():
        return
    print(f"\n== {step.title}", flush=True)
    begun = time.monotonic()
    step.run()
    # A step may have written the file that holds the stamps, or removed it with the folder: read it again.
    stamps = json.loads(step.stamps.read_text()) if step.stamps.exists() else {}
    step.stamps.parent.mkdir(parents=True, exist_ok=True)
    fresh = step.stamps.with_suffix(".new")
    fresh.write_text(json.dumps({**stamps, step.name: current}, indent=1) + "\n")
    fresh.replace(step.stamps)
    print(f"   done in {time.monotonic() - begun:.0f} s", flush=True)


def main() -> None:
    """Take the steps in order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and linters need")
    parser.add_argument("--software", action="store_true", help="stop before the gazetteer and the seed incident")
    options = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036  (an older Python reaches this line through PYTHON=)
        raise SystemExit(f"geomap needs Python 3.11 or later, not {sys.version.split()[0]}")
    begun = time.monotonic()
    for step in software_steps(dev=options.dev):
        perform(step)
    if not options.software:
        folder, gazetteer, db = data()
        for step in (gazetteer_step(folder, gazetteer), *seed_steps(folder, db)):
            perform(step)
    print(f"geomap is set up ({time.monotonic() - begun:.1f} s)", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit("set-up stopped; run it again to go on where it was") from None
