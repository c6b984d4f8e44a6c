"""Quoted distances as reports write them: every case under cases/distances, and what must hold for any text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.claims.distances import distances, reference_spans, with_references
from geomap.claims.locatives import locatives
from geomap.claims.quantities import quantities
from geomap.claims.surface import surface
from geomap.model import (
    Analysis,
    Article,
    Claim,
    Kind,
    Mention,
    QuotedDistance,
    Referent,
    Resolution,
    Role,
    Sentence,
    Span,
    Token,
)
from geomap.parse import SpacyParser
from tests.effort import lines_run
from tests.samples import article, place

_CODES = {"miles": "mi", "metres": "m", "nautical miles": "nmi"}
CASES = Path(__file__).parent / "cases" / "distances"
ASIDE = CASES / "aside.txt"
ASIDE_FLOOR = 0.8
"""Share of the sentences kept aside that are read right in every part; raised when it is measured higher."""

_TOPONYM = re.compile(r"\[(?P<name>[^\]|]+)(?:\|(?P<code>[^\]]+))?\]")
parse = SpacyParser()


@dataclass
class Case:
    """One entry of a case file; its toponyms are resolved to places of their own name."""

    source: str
    text: str = ""
    title: str = ""
    trap: bool = False
    expected: list[str] = field(default_factory=list)


def _entries() -> Iterator[Case]:
    for path in sorted(set(CASES.glob("*.txt")) - {ASIDE}):
        yield from _cases(path)


def _cases(path: Path) -> Iterator[Case]:
    case, trap = Case(f"{path.stem}:1"), False
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
        if line.startswith("=>"):
            case.expected.append(line[2:].strip())
        elif line.startswith("title: "):
            case.title = line.removeprefix("title: ")
        elif line.startswith("#"):
            case.trap = trap = path.stem.startswith("traps") or line.startswith("# Traps")
        elif line:
            case.text = f"{case.text} {line}".strip()
        elif not line:
            if case.text:
                yield case
            case = Case(f"{path.stem}:{number + 1}", trap=trap)


def _read(case: Case) -> tuple[Article, tuple[Claim, ...]]:
    marked, plain, found = case.text.replace(" // ", "\n\n"), "", list[tuple[Span, str, str]]()
    last = 0
    for toponym in _TOPONYM.finditer(marked):
        plain += marked[last : toponym.start()]
        found.append((Span(len(plain), len(plain) + len(toponym["name"])), toponym["name"], toponym["code"] or "PPL"))
        plain, last = plain + toponym["name"], toponym.end()
    report = article("case", plain + marked[last:], title=case.title)
    resolutions = tuple(_resolution(span, name, code) for span, name, code in found)
    return report, distances(report, parse(report), resolutions)


def _resolution(span: Span, name: str, code: str) -> Resolution:
    code, _, country = code.partition(".")
    mention = Mention("case", span, name, Kind.DEMONYM if code == "demonym" else Kind.LITERAL, "case")
    if code == "?":
        return Resolution(mention, None, (), 0.0, "case", "not in the gazetteer")
    code = "PCLI" if code == "demonym" else code
    return Resolution(mention, place(name, 10.0, 50.0, code=code, country=country or "RU"), (), 1.0, "case")


def _quantity(value: QuotedDistance) -> str:
    if value.quantity is None:
        return value.direction or ""
    amount = f"{value.quantity:g}" if value.quantity < 1e6 else f"{value.quantity:.0f}"
    if value.quantity_to is not None:
        amount += f"-{value.quantity_to:g}"
    return " ".join(part for part in (amount, value.unit, value.direction) if part)


def _words(referent: Referent | None) -> str:
    if referent is None:
        return "-"
    name = referent.place.name if referent.place else ""
    return f"[{name}]" if name == referent.text else f"{referent.text} = {name}" if name else referent.text


def _as_line(claim: Claim, like: str) -> str:
    """The claim in the words of a case file, with subject and reference where ``like`` gives them."""
    value = claim.value
    assert isinstance(value, QuotedDistance)
    parts = [f"{claim.role} {_quantity(value)}".strip()]
    if value.hedge:
        parts.append(f"hedge {value.hedge}")
    if value.conversion:
        parts.append(f"conversion {value.conversion.quantity:g} {value.conversion.unit}")
    if value.manner:
        parts.append(f"manner {value.manner}")
    for key, referent in (("of", claim.subject), ("from", claim.reference)):
        if re.search(rf"; {key} ", like):
            parts.append(f"{key} {_words(referent)}")
    return "; ".join(parts)


@pytest.mark.parametrize("case", list(_entries()), ids=lambda case: case.source)
def test_case(case: Case) -> None:
    """What a case file says is read, and nothing else."""
    expected = [line for line in case.expected if line != "none"]
    report, claims = _read(case)
    likes = [*expected, *[""] * len(claims)]
    assert [_as_line(claim, like) for claim, like in zip(claims, likes, strict=False)] == expected
    for claim in claims:
        assert claim.quote == report.quote(claim.span)
        assert claim.context is not None
        assert claim.context.covers(claim.span)


def _is_read_right(case: Case) -> bool:
    expected = [line for line in case.expected if line != "none"]
    _, claims = _read(case)
    return (
        len(claims) == len(expected)
        and [_as_line(claim, like) for claim, like in zip(claims, expected, strict=True)] == expected
    )


def test_sentences_kept_aside_are_read_no_worse_than_before() -> None:
    """The share of sentences that no rule was made for stays above its floor."""
    kept = list(_cases(ASIDE))
    right = sum(map(_is_read_right, kept))
    assert right / len(kept) >= ASIDE_FLOOR


def test_there_are_enough_cases_and_half_of_them_are_traps() -> None:
    """The cases cover the idioms: at least 150, many of which must read as no distance."""
    cases = list(_entries())
    assert len(cases) >= 150
    assert 2 * sum(case.trap for case in cases) >= len(cases)


def test_names_that_syntax_makes_toponyms() -> None:
    """The names that distances are measured from are offered to the recognizer in full."""
    report = article("x", "The farm is 18 km northwest of Wörth an der Donau and 4 km from the town of Stow.")
    names = [report.quote(span) for span in reference_spans(report, parse(report))]
    assert names == ["Wörth an der Donau", "Stow"]


def test_ids_are_the_same_on_every_reading() -> None:
    """Two readings of one report give the same claims."""
    report = article("x", "A drone fell 5 km from Kyiv and 70 km from Zhytomyr.")
    assert distances(report, parse(report), ()) == distances(report, parse(report), ())


def test_front_matter_before_the_body_is_not_read() -> None:
    """Distances are read from where the report begins."""
    text = "distance 5 km from Rome\n\nA plane landed 7 km from Bari."
    report = Article(id="x", text=text, digest="x", body=text.index("A plane"))
    assert [claim.quote for claim in distances(report, parse(report), ())] == ["7 km from Bari"]


@pytest.mark.parametrize("number", ["1e12", "1000000000000"])
def test_absurd_numbers_are_read_as_they_stand(number: str) -> None:
    """A trillion kilometres is for the check to reject, not for the reader."""
    (claim,) = distances(report := article("x", f"It is {number} km from Rome."), parse(report), ())
    assert isinstance(claim.value, QuotedDistance)
    assert claim.value.quantity == 1e12


@given(amount=st.integers(2, 99_999), unit=st.sampled_from(["km", "miles", "nautical miles", "metres", "ft"]))
@settings(max_examples=80)
def test_plain_and_marked_thousands_read_alike(amount: int, unit: str) -> None:
    """ "12,500 km", "12500 km" and "12 500 km" are one number."""
    readings = {
        (one.quantity, one.unit)
        for text in (
            f"about {amount} {unit}",
            f"about {amount:,} {unit}",
            f"about {amount:,} {unit}".replace(",", "\u202f"),
        )
        for one in quantities(surface(text))
    }
    assert readings == {(float(amount), _CODES.get(unit, unit))}


@given(st.text(alphabet="0123456789 ,.½-–km/()mi\n north of A", max_size=60))
@settings(max_examples=300)
def test_any_text_is_read_without_failing(text: str) -> None:
    """Whatever the characters, quantities keep to the text, and are finite and above nothing."""
    face = surface(text)
    assert len(face) == len(text)
    for one in quantities(face):
        assert 0 <= one.span.start <= one.core.start < one.core.end <= one.span.end <= len(text)
        assert 0 < one.quantity < math.inf
        assert one.quantity_to is None or one.quantity < one.quantity_to < math.inf
        assert one.conversion is None or 0 < one.conversion.quantity < math.inf


_WORDS = (
    "5 km", "1e9 miles", "0 km", "half a mile", "a few", "20", "north", "to the east", "of", "from", "away", "by road",
    "an hour", "two-hour drive", "respectively", "and", "or", ",", ".", "(", ")", "[3]", "where", "it", "the capital",
    "the town of", "'s", "border", "between", "within", "X", "Y", "São Z", "is", "had", "not", "but", "if", "\n\n",
    "\u2028", "each other", "apart", "radius of", "-", "½", "deep", "off", "coast", "long", "\u0130",
    "5\u00a0km", "km", "\U0001f600",
)  # fmt: skip


@given(words=st.lists(st.sampled_from(_WORDS), max_size=25), joined=st.sampled_from([" ", "", "  "]))
@settings(max_examples=150)
def test_any_report_is_read_without_failing(words: list[str], joined: str) -> None:
    """Whatever the words and the places among them, each claim's offsets index the text and its numbers are sound."""
    text = joined.join(words)
    report = article("x", text, title="A")
    found = [_resolution(Span(one.start(), one.end()), one[0], "PPL") for one in re.finditer(r"[XYZ]", text)]
    analysis = parse(report)
    for claim in distances(report, analysis, found):
        assert claim.quote == report.text[claim.span.start : claim.span.end]
        assert claim.context is not None
        for referent in (claim.subject, claim.reference):
            if referent is not None and referent.span is not None:
                assert referent.text == " ".join(report.quote(referent.span).split())
        value = claim.value
        assert isinstance(value, QuotedDistance)
        assert value.quantity is None or 0 < value.quantity < math.inf
    for span in reference_spans(report, analysis, [one.mention for one in found]):
        assert report.quote(span).strip() == report.quote(span)


_REPEATED = (
    "5 km from ", "5 km from X and ", "1,", "north of ", "X, ", "two and a half ", "30 to ", "(5 km ", "a few hundred ",
    "if X had ", "5 m ", "20 km away. ", "from X to Y ", "an hour ", "5, 6, 7, ", "the capital ", "in X and ", "' ",
    "at 0043 GMT, ", "he said, ", "5 km from both X and Y, ", "X lies 5 km north of Y, ", "between X and Y, 5 km off ",
)  # fmt: skip


@pytest.mark.parametrize("words", _REPEATED)
def test_hostile_repeats_take_work_in_proportion(words: str) -> None:
    """Four times the text takes about four times the steps, not sixteen times."""
    short, long = (_steps((words * size)[:size]) for size in (800, 3_200))
    assert long < 1_000 + 5 * short


def _steps(text: str) -> int:
    report = article("x", text)
    analysis = words_only(report)
    found = [_resolution(Span(one.start(), one.end()), one[0], "PPL") for one in re.finditer(r"\b[XY]\b", text)]
    mentions = [one.mention for one in found]
    return lines_run(
        lambda: (
            with_references(report, analysis, mentions),
            distances(report, analysis, found),
            locatives(report, analysis, found),
        )
    )


def words_only(report: Article) -> Analysis:
    """An analysis without a parser: words in sentences of thirty."""
    found = list(re.finditer(r"\w+|[^\w\s]", report.text))
    tokens = tuple(
        Token(one.start(), one.end(), one[0], one[0].lower(), _part(one[0]), "NN", "dep", max(0, index - 1))
        for index, one in enumerate(found)
    )
    sentences = []
    for first in range(0, len(tokens), 30):
        last = min(len(tokens), first + 30)
        sentences.append(Sentence(Span(tokens[first].start, tokens[last - 1].end), first, last, 0))
    return Analysis("x", tokens, tuple(sentences), ())


def _part(word: str) -> str:
    if word[0].isupper():
        return "PROPN"
    return "NUM" if word[0].isdigit() else "ADP" if word in {"of", "from", "in"} else "NOUN"


def test_lengths_have_no_places() -> None:
    """A front line runs between no two places."""
    report = article("x", "The 1,500-kilometre front line is 20 km from Bakhmut.")
    length, distance = distances(report, parse(report), ())
    assert length.role is Role.LENGTH
    assert length.subject is None
    assert length.reference is None
    assert distance.role is Role.DISTANCE
