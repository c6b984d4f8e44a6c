"""Run every benchmark that this machine has what it needs for: ``make bench``, or ``python -m benchmarks [NAME...]``.

Each prints its own figures and ends with a status above 0 where one is below its floor in benchmarks/baseline.json.
Development data is not part of the repository: what needs it is passed over, and said to be, where it is not there.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

BENCHMARKS: dict[str, tuple[list[str], Path]] = {
    "claims": (["-m", "benchmarks.claims.run"], ROOT / "tests" / "cases" / "claims"),
    "distances": (["benchmarks/distances/score.py", "--floors"], SHARED / "data" / "distances"),
    "geoparse": (["-m", "benchmarks.geoparse.run", "--speed"], SHARED / "data" / "geoparse"),
    "flat": (["-m", "benchmarks.geoparse.flat", "--floors"], SHARED / "data" / "geoparse"),
    "scale": (["-m", "benchmarks.incidents.scale"], ROOT / "static" / "vendor"),
    "growth": (["-m", "benchmarks.costs.growth"], ROOT / "benchmarks" / "costs"),
    "pace": (["-m", "benchmarks.costs.pace"], ROOT / "static" / "vendor"),
    "many": (["-m", "benchmarks.web.many"], ROOT / "static" / "vendor"),
    "cold": (["-m", "benchmarks.web.cold"], ROOT / "static" / "vendor"),
    "touch": (["-m", "benchmarks.web.touch"], ROOT / "static" / "vendor"),
    "web": (["benchmarks/web/run.py"], ROOT / "static" / "vendor"),
}
"""What runs each benchmark, and what must be there for it."""


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; the status is the number that failed."""
    if unknown := set(names) - BENCHMARKS.keys():
        print(f"there is no benchmark {unknown.pop()!r}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    failed = 0
    for name in names or BENCHMARKS:
        command, needed = BENCHMARKS[name]
        print(f"\n== {name}", flush=True)
        if needed.exists():
            failed += bool(subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode)
        else:
            print(f"passed over: {needed.name} is not on this machine")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
