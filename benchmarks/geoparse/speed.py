"""How fast reports are geoparsed, beside others in the same run, and whether the cost of a report stays the same.

Each round takes the same reports to everyone in turn, so that a machine shared with others slows all alike. Processor
seconds are of all threads together; the machine's other work moves them less than the clock's.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable, Sequence

from benchmarks.geoparse import peers
from geomap.inorder import InOrder

ROUNDS = 4
Work = Callable[[Sequence[str]], None]


def in_turn(texts: Sequence[str], geoparse: Callable[[str], object], *, threads: int) -> None:
    """Print reports a second of each, by the clock and by processor time."""
    taggers: dict[str, Work] = {"geomap, whole": _all(geoparse, threads)}
    spacy = peers.spacy_tagger()
    taggers["spaCy-small, entities alone"] = lambda part: [None for _ in spacy.pipe(part)] and None
    for name, find in peers.finders().items():
        if name != "spaCy-small":
            taggers[f"{name}, names alone"] = lambda part, find=find: [list(find(text)) for text in part] and None
    for work in taggers.values():
        work(texts[:2])
    spent = {name: [0.0, 0.0] for name in taggers}
    for turn in range(ROUNDS):
        for name, work in taggers.items():
            wall, used = time.perf_counter(), time.process_time()
            work(texts[turn::ROUNDS])
            spent[name][0] += time.perf_counter() - wall
            spent[name][1] += time.process_time() - used
    print(f"\n{'reports a second':32s}{'clock':>9s}{'per processor second':>24s}")
    for name, (wall, used) in spent.items():
        print(f"{name:32s}{len(texts) / wall:9.1f}{len(texts) / used:24.1f}")
    print(f"peak memory {_peak():.0f} MB")


def at_length(texts: Sequence[str], geoparse: Callable[[str], object], *, reports: int, threads: int) -> None:
    """Print the cost of a report by tenths of a long run; the reports are pieced together from others' paragraphs."""
    chance = random.Random(1)
    paragraphs = [p for text in texts for p in text.split("\n") if len(p) > 40]
    work = _all(geoparse, threads)
    print(f"\n{'reports':>12s}{'ms a 1000 characters':>24s}{'peak MB':>10s}")
    for tenth in range(10):
        part = ["\n".join(chance.choices(paragraphs, k=6)) for _ in range(reports // 10)]
        used = time.process_time()
        work(part)
        used = (time.process_time() - used) * 1e6 / sum(map(len, part))
        print(f"{(tenth + 1) * len(part):12d}{used:24.2f}{_peak():10.0f}", flush=True)


def _all(geoparse: Callable[[str], object], threads: int) -> Work:
    def work(part: Sequence[str]) -> None:
        with InOrder[object](lambda _: None, threads=threads) as answers:
            for text in part:
                answers.add(lambda text=text: geoparse(text))

    return work


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
