"""Corrections that reports print of themselves: what is withdrawn is no claim, what is put in its place is one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import read
from geomap.claims import corrections
from geomap.model import Article, Claim, ClockTime, Count, Gazetteer, Matter, QuotedDistance
from geomap.pipeline import Pipeline

CASES = Path(__file__).parent / "cases" / "corrections" / "notes.txt"
STORY = "A freight train derailed in Czechia on Wednesday. The wagons burnt for hours, the railway said."


@dataclass(frozen=True)
class Case:
    """A note, the sentences it makes (None where it is no note), and the claims in it."""

    note: str
    sentences: list[str] | None
    claims: list[str]


def cases() -> list[Case]:
    """The cases of the file, parted by blank lines."""
    found = []
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            made = [line.removeprefix("=").strip() for line in lines[1:] if line.startswith("=")]
            told = [line.removeprefix(":").strip() for line in lines[1:] if line.startswith(":")]
            found.append(Case(lines[0], None if "- none" in lines else [each for each in made if each], told))
    return found


def told(note: str, *, foot: bool) -> Article:
    """A report with the note behind its story, or before it."""
    return read.text(f"{STORY}\n\n{note}\n" if foot else f"{note}\n\n{STORY}", id="r")


def shown(claim: Claim) -> str:
    """A claim as the cases write it."""
    match claim.value:
        case Count(count=count, of=of):
            answer = f"{of} {count}"
        case Matter(what=answer):
            pass
        case ClockTime(local=local):
            answer = str(local)
        case QuotedDistance(quantity=quantity, unit=unit) if claim.reference:
            answer = f"{quantity:g} {unit} {claim.reference.text}"
        case _:
            answer = claim.subject.text if claim.subject else ""
    return f"{claim.role} {answer}"


@pytest.fixture(scope="module")
def pipeline(gazetteer: Gazetteer) -> Pipeline:
    """The stages over the gazetteer that set-up built."""
    return Pipeline(gazetteer=gazetteer)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.note[:50])
@pytest.mark.parametrize("foot", [True, False])
def test_a_note_makes_the_sentence_that_it_corrects(case: Case, *, foot: bool) -> None:
    """Whether it stands above the report or below it; the rest of the report is left as it is."""
    article = told(case.note, foot=foot)
    found = corrections.read(article)
    start = article.text.index(case.note)
    if case.sentences is None:
        assert found.notes == ()
        assert found.article == article
        return
    assert [article.quote(note) for note in found.notes] == [case.note]
    assert len(found.article.text) == len(article.text)
    assert found.article.text[start : start + len(case.note)].strip() == " ".join(case.sentences)
    assert found.article.text.replace(found.article.text[start : start + len(case.note)], "") == article.text.replace(
        case.note, ""
    )


@pytest.mark.parametrize(
    "case", [each for each in cases() if each.sentences is not None], ids=lambda case: case.note[:50]
)
@pytest.mark.parametrize("foot", [True, False])
def test_the_corrected_value_is_the_claim(case: Case, pipeline: Pipeline, *, foot: bool) -> None:
    """Every claim stands at words that are printed in the note, in the report's own voice."""
    article = told(case.note, foot=foot)
    start = article.text.index(case.note)
    mine = [c for c in pipeline.read(article).claims if start <= c.span.start < start + len(case.note)]
    assert sorted(map(shown, mine)) == sorted(case.claims)
    for claim in mine:
        assert claim.quote == article.quote(claim.span)
        assert claim.quote in case.note
        assert "earlier version" not in claim.attribution.speaker


def test_the_words_of_a_claim_are_those_that_correct(pipeline: Pipeline) -> None:
    """Of a sentence put together the quote is the new value, never the one withdrawn."""
    article = told("Correction: An earlier version of this article said 63 people were aboard; it was 65.", foot=True)
    (count,) = [claim for claim in pipeline.read(article).claims if isinstance(claim.value, Count)]
    assert count.quote == "65"
    assert article.quote(count.context or count.span).startswith("Correction")


def test_a_withdrawn_place_is_not_named(pipeline: Pipeline) -> None:
    """It is no place of the incident any more, and not listed as one."""
    article = told(
        "An earlier version of this story said the train derailed near Kolín. It derailed near Olomouc.", foot=True
    )
    named = {each.mention.surface for each in pipeline.read(article).resolutions}
    assert "Olomouc" in named
    assert "Kolín" not in named


@given(st.lists(st.sampled_from([*(case.note for case in cases()), STORY, "(", "it was 65.", "—", "\n"]), max_size=6))
def test_any_mixture_of_notes_is_read_in_place(parts: list[str]) -> None:
    """No text is lengthened or shortened, notes lie in order within it, and pieces come from inside a note."""
    article = read.text("\n\n".join([STORY, *parts]), id="r")
    found = corrections.read(article)
    assert len(found.article.text) == len(article.text)
    ends = [0, *(note.end for note in found.notes)]
    assert all(note.start >= end for note, end in zip(found.notes, ends, strict=False))
    for piece in found.pieces:
        assert any(note.start <= piece.source and piece.source + piece.length <= note.end for note in found.notes)
        printed = article.text[piece.source : piece.source + piece.length]
        assert found.article.text[piece.at : piece.at + piece.length].startswith(printed.rstrip(" .;,"))
