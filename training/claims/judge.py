"""What rules alone and both readers are worth: `python -m training.claims.judge WEIGHTS FOLDER... [--show]`.

Precision and recall of role, value and speaker, and of role and value, over folders of reports; --show lists what is
wrong and missed with the bars that geomap sets.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap import claims, gazetteer
from geomap.claims.lexicon import table
from geomap.claims.second import SecondReader
from geomap.claims.second.network import Network
from geomap.claims.second.weigh import Bars
from geomap.config import Config
from geomap.geoparse import recognize, resolve
from geomap.model import Analysis, Claim, Resolution
from geomap.parse import SpacyParser
from tests.claim_cases import Case, Expected, Score, score, whoever_says_it
from training.claims.corpus import OUTLET, Report, reports

TRIED = (Bars(add=0.5, end=0.5, count=0.5, matter=0.5), Bars())


@dataclass(frozen=True)
class Ready:
    """A report as far as claims are read from it, and what they should be."""

    case: Case
    analysis: Analysis
    resolutions: Sequence[Resolution]

    def claims(self, extract: claims.Extractor) -> Sequence[Claim]:
        return extract(self.case.article, self.analysis, self.resolutions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    network = Network(options.weights)
    every = list(ready(options.folders))
    judged("rules alone", every, claims.Extractor(None))
    for bars in TRIED:
        judged(str(bars), every, claims.Extractor(SecondReader(network, bars=bars)))
    both = claims.Extractor(SecondReader(network))
    result = total(every, [each.claims(both) for each in every])
    asked = Counter(line.role for each in every for line in each.case.expected)
    for kind, lines in (("wrong", result.wrong), ("missed", result.missed)):
        print(f"{kind}: {dict(Counter(line.split(': ', 1)[1].split(' |')[0] for line in lines))}")
    print(f"of:    {dict(asked)}")
    if options.show:
        print("\n".join(["WRONG", *result.wrong, "MISSED", *result.missed]))


def ready(folders: Sequence[Path]) -> Iterator[Ready]:
    """Every report of the folders, parsed and geoparsed."""
    places, parse = gazetteer.open(Config.read().gazetteer), SpacyParser()
    for folder in folders:
        for report in reports(folder):
            analysis = parse(report.article)
            mentions = recognize.recognize(report.article, analysis, places)
            yield Ready(case(report), analysis, resolve.resolve(report.article, analysis, mentions, places))


def case(report: Report) -> Case:
    """The report as the case files have it; hedges in geomap's own words for them."""
    outlet = report.article.outlet
    lines = tuple(
        Expected(
            "must" if line.sure else "may",
            line.role,
            line.subject,
            line.reference,
            _hedged(line.value, "times" if line.role == "time" else "counts"),
            outlet if line.speaker == OUTLET else line.speaker,
            line.status,
        )
        for line in report.lines
    )
    return Case(report.article.id, report.article, lines)


def _hedged(value: str, kind: str) -> str:
    value, _, hedge = value.partition(" hedge ")
    known = table(kind)["hedges"].get(hedge)
    return f"{value} hedge {known}" if known else value


def judged(name: str, every: Sequence[Ready], extract: claims.Extractor) -> None:
    """Print what one way of reading is worth, with and without the speaker."""
    found = [each.claims(extract) for each in every]
    print(name)
    for kind, result in (("speaker too", total(every, found)), ("role, value", total(every, found, nobody=True))):
        precision, recall = 100 * result.precision, 100 * result.recall
        mean = 2 * precision * recall / (precision + recall)
        print(f"  {kind}: precision {precision:.1f} recall {recall:.1f} F1 {mean:.1f}", flush=True)


def total(every: Sequence[Ready], found: Sequence[Sequence[Claim]], *, nobody: bool = False) -> Score:
    """The score over all reports of what was ``found`` in each; ``nobody`` leaves out who says it."""
    result = Score()
    for each, told in zip(every, found, strict=True):
        result.add(score(whoever_says_it(each.case) if nobody else each.case, told))
    return result


if __name__ == "__main__":
    main()
