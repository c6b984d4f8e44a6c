"""Reading the names of Russian and Ukrainian reports, and saying what of a report's language is not read."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.geoparse.atlas import Atlas
from geomap.geoparse.inflection import adjective, nominatives
from geomap.geoparse.languages import notice, recognize
from geomap.geoparse.resolve import resolve
from geomap.model import Article, Gazetteer, Resolution
from geomap.pipeline import Pipeline
from geomap.read.language import guess
from tests.geoparse.test_cases import answers

CASES = Path(__file__).resolve().parent.parent / "cases" / "slavic"


def report(text: str, language: str, id: str = "r") -> Article:
    return Article(id, text, hashlib.sha256(text.encode()).hexdigest(), language=language)


def geoparse(text: str, language: str, atlas: Atlas) -> tuple[Resolution, ...]:
    article = report(text, language)
    return resolve(article, None, recognize(article, None, atlas), atlas)


def blocks(language: str) -> list[list[str]]:
    text = (CASES / f"{language}.txt").read_text(encoding="utf-8")
    made = [[line for line in block.splitlines() if not line.startswith("#")] for block in text.split("\n\n")]
    return [block for block in made if any(block)]


@pytest.mark.parametrize(
    ("language", "block"), [(language, block) for language in ("ru", "uk") for block in blocks(language)]
)
def test_case(language: str, block: list[str], atlas: Atlas) -> None:
    """Each case's names are found as written, and resolve where the case says."""
    found = geoparse(block[0], language, atlas)
    shown = [(r.mention.surface, r.mention.kind.value, r.mention.lemma, r.place and r.place.lonlat) for r in found]
    for line in filter(None, block[1:]):
        if line.startswith("not "):
            assert line[4:] not in {r.mention.surface for r in found}, shown
        else:
            assert any(answers(line, each) for each in found), f"{line!r} is not in {shown}"


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_language_is_told(language: str) -> None:
    """A sentence of either language is taken for what it is."""
    assert {guess(block[0]) for block in blocks(language)} == {language}


def test_spans_index_the_text(atlas: Atlas) -> None:
    """A mention's span is what is written, in its case; the nominative is beside it."""
    text = "Пожар потушили.\n\nКолонна вышла из Набережных Челнов."
    (found,) = geoparse(text, "ru", atlas)
    assert text[found.mention.span.start : found.mention.span.end] == found.mention.surface == "Набережных Челнов"
    assert found.mention.lemma == "Набережные Челны"


@pytest.mark.parametrize(
    ("written", "language", "nominative"),
    [
        ("Харькове", "ru", "Харьков"),
        ("Казани", "ru", "Казань"),
        ("Ростове-на-Дону", "ru", "Ростов-на-Дону"),
        ("Харкова", "uk", "Харків"),
        ("Тернополя", "uk", "Тернопіль"),
        ("Білій Церкві", "uk", "Біла Церква"),
    ],
)
def test_nominatives(written: str, language: str, nominative: str) -> None:
    """The nominative is among those that the endings allow, and the written form is the first."""
    made = list(nominatives(written.split(), language))
    assert made[0] == written
    assert nominative in made


def test_what_is_no_adjective_names_no_unit() -> None:
    """A word that does not end as an adjective has no nominative as one."""
    assert adjective("Харьков", "f", "ru") is None


@pytest.mark.parametrize("language", ["ru", "uk"])
@pytest.mark.parametrize("text", ["", " \n ", "Ж" * 50_000, "Москва " * 500, "Ростов-на-" * 300, "\u202e\u200b \ufeff"])
def test_odd_text_is_read(text: str, language: str, atlas: Atlas) -> None:
    """Text that is no prose is passed over without failing."""
    assert all(r.mention.surface for r in geoparse(text, language, atlas))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ""), ("ru", "place names are read"), ("fr", "looked for as in English"), ("ja", "Japanese, which is not")],
)
def test_notice(language: str, words: str) -> None:
    """What is not understood is said in words, and nothing of an English report."""
    told = notice(report("text", language))
    assert words in told if words else told == ""


def test_no_claims_of_a_language_that_is_not_read(gazetteer: Gazetteer) -> None:
    """A Russian and a Japanese report give no claims, and the incident says why."""
    articles = [report("Поезд сошёл с рельсов под Казанью.", "ru", "a"), report("東京で列車が脱線した。", "ja", "b")]
    made = Pipeline(gazetteer=gazetteer).incident(articles, id="x")
    assert made.claims == ()
    assert [place.place.name for place in made.mentioned] == ["Kazan"]
    assert [(each.report, "Russian" in each.reason or "Japanese" in each.reason) for each in made.unplaced] == [
        ("a", True),
        ("b", True),
    ]


def test_a_distance_in_russian_is_refused(gazetteer: Gazetteer) -> None:
    """A distance that is not read is not said to be missing: the pipeline tells why."""
    told = Pipeline(gazetteer=gazetteer).unread(report("Село лежит в 30 км от Казани.", "ru"))
    assert "its claims are not" in told


def test_nothing_is_loaded_before_a_russian_report() -> None:
    """Importing the pipeline loads no Russian model."""
    code = "import sys, geomap.pipeline; sys.exit('slovnet' in sys.modules or 'navec' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
