"""How the cost of a report grows with its length, for texts written to make it grow: python -m benchmarks.costs.growth

Each phrase is repeated to 3,000 and to 24,000 characters, and each text read as `geomap extract` would, every stage for
itself. The exponent is the logarithm of what the cost was multiplied by, to the base of what the length was: 1 is in
proportion, 2 is with the square. Processor time, the best of several. Ends with status 1 where an exponent is above the
limit in benchmarks/baseline.json, or a text of 24,000 characters takes longer than its limit.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import time
from itertools import pairwise
from pathlib import Path

from geomap.config import Config
from geomap.desk import Desk
from geomap.model import Article

BASELINE = Path(__file__).resolve().parents[1] / "baseline.json"
SHORT, LONG, TURNS = 3_000, 24_000, 2
STAGES = ("parse", "recognize", "resolve", "extract")
SMALL = 0.005
"""Seconds below which a cost is too small for its growth to be told from what every report costs."""
PHRASES = (
    "5 km from ", "5 km from Kyiv and ", "1,", "north of ", "Kyiv, ", "two and a half ", "30 to ", "(5 km ", "5 m ",
    "a few hundred ", "if Kyiv had ", "20 km away. ", "from Kyiv to Lviv ", "an hour ", "5, 6, 7, ", "the capital ",
    "in Kyiv and ", "' ", "“", "\n", "St. ", "U.S. ", "of the ", "Springfield, Ill., ", "Mr. Paris ", "Xqzt", "- ",
    "he said, ", "11:00 GMT ", "three killed, ", "Kyiv said “ ", "said Kyiv. ", "A 10 ", "Kyiv's ", "((((", "в Киеве ",
)  # fmt: skip


def read(desk: Desk, text: str) -> dict[str, float]:
    """The processor seconds that each stage takes over a text."""
    article = Article("growth", text, hashlib.sha256(text.encode()).hexdigest())
    stages = desk.pipeline
    clock = [time.process_time()]
    analysis = stages.parse(article)
    clock.append(time.process_time())
    mentions = stages.recognize(article, analysis, stages.gazetteer)
    clock.append(time.process_time())
    resolutions = stages.resolve(article, analysis, mentions, stages.gazetteer)
    clock.append(time.process_time())
    stages.extract(article, analysis, resolutions)
    clock.append(time.process_time())
    return {name: after - before for name, (before, after) in zip(STAGES, pairwise(clock), strict=True)}


def main() -> int:
    """Print a row a phrase: seconds for the long text, and the exponent of each stage that takes any."""
    limits = json.loads(BASELINE.read_text(encoding="utf-8"))["growth"]
    desk = Desk(Config.read())
    read(desk, "Kyiv is 470 km from Lviv. " * 20)  # what is loaded at first use
    missed = []
    print(f"{'repeated':22s}{'s at 24,000':>12s}   exponent of each stage")
    for phrase in PHRASES:
        short, long = (best(desk, (phrase * size)[:size]) for size in (SHORT, LONG))
        grown = {
            name: math.log(long[name] / max(short[name], SMALL)) / math.log(LONG / SHORT)
            for name in long
            if long[name] > SMALL
        }
        whole = sum(long.values())
        print(f"{phrase!r:22s}{whole:12.2f}   " + "  ".join(f"{n} {e:.2f}" for n, e in grown.items()), flush=True)
        missed += [f"{phrase!r}: {n} grows with the power {e:.2f}" for n, e in grown.items() if e > limits["exponent"]]
        missed += [f"{phrase!r}: takes {whole:.1f} s"] if whole > limits["seconds"] else []
    print("\n".join(missed))
    return int(bool(missed))


def best(desk: Desk, text: str) -> dict[str, float]:
    """The least that each stage took."""
    turns = [read(desk, text) for _ in range(TURNS)]
    return {name: min(turn[name] for turn in turns) for name in turns[0]}


if __name__ == "__main__":
    sys.exit(main())
