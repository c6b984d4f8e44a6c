"""Phrases that tie something to a place."""

from __future__ import annotations

import re

import pytest

from geomap.claims.locatives import LocativePhrase, locatives
from geomap.model import Kind, Mention, QuotedDistance, Relation, Resolution, Span
from geomap.parse import SpacyParser
from tests.samples import article, place

_TOPONYM = re.compile(r"\[(?P<name>[^\]|]+)(?:\|(?P<code>[^\]]+))?\]")
parse = SpacyParser()


def read(marked: str) -> list[tuple[str, str, str, str]]:
    """The phrases of a text whose toponyms stand in brackets: words, relation, subject, tying word."""
    return [
        (quote, str(phrase.locative.relation), phrase.subject.text, phrase.cue) for quote, phrase in _phrases(marked)
    ]


def _phrases(marked: str) -> list[tuple[str, LocativePhrase]]:
    plain, last, found = "", 0, []
    for toponym in _TOPONYM.finditer(marked):
        plain += marked[last : toponym.start()]
        code = toponym["code"] or "PPL"
        kind = Kind.DEMONYM if code == "demonym" else Kind.LITERAL
        mention = Mention("x", Span(len(plain), len(plain) + len(toponym["name"])), toponym["name"], kind, "case")
        where = place(toponym["name"], 10.0, 50.0, code="PCLI" if kind is Kind.DEMONYM else code)
        found.append(Resolution(mention, where, (), 1.0, "case"))
        plain, last = plain + toponym["name"], toponym.end()
    report = article("x", plain + marked[last:])
    return [(report.quote(phrase.span), phrase) for phrase in locatives(report, parse(report), found)]


@pytest.mark.parametrize(
    ("text", "words", "relation", "cue"),
    [
        ("It fell near the southern city of [Belsk].", "near the southern city of Belsk", "near", "near"),
        ("It fell in the [Korsky district|ADM2].", "in the Korsky district", "in", "in"),
        ("It burned in a field outside [Cork].", "in a field outside Cork", "near", "in a field outside"),
        ("Smoke rose on the outskirts of [Dover].", "on the outskirts of Dover", "near", "on the outskirts of"),
        ("They met near the border with [Chad|PCLI].", "near the border with Chad", "border", "near the border with"),
        ("She sank off the coast of [Yemen|PCLI].", "off the coast of Yemen", "border", "off the coast of"),
        ("Drones flew over the city of [Perm].", "over the city of Perm", "in", "over"),
        ("It landed at [Goma|PPL] airport.", "at Goma airport", "at", "at"),
        ("It was fired from the area of [Sumy].", "from the area of Sumy", "near", "from the area of"),
        ("It came down 70 km northeast of [Tver].", "70 km northeast of Tver", "offset", "of"),
        ("A depot northeast of the city of [Omsk] burned.", "northeast of the city of Omsk", "offset", "of"),
        ("They were held near the [Turkish|demonym] border.", "near the Turkish border", "border", "near"),
        ("Troops gathered near [Poland|PCLI]'s border.", "near Poland's border", "border", "near"),
        ("It was on its way to [Engels].", "on its way to Engels", "in", "on its way to"),
    ],
)
def test_a_phrase_ties_something_to_a_place(text: str, words: str, relation: str, cue: str) -> None:
    """The words, what they say, and the tying word."""
    assert [(found, kind, tie) for found, kind, _, tie in read(text)] == [(words, relation, cue)]


def test_between_two_places_names_both() -> None:
    """The second place of "between X and Y" is the phrase's other end."""
    ((quote, phrase),) = _phrases("The bus was lost between [Aden] and [Mokha].")
    assert quote == "between Aden and Mokha"
    assert phrase.locative.relation is Relation.BETWEEN
    assert phrase.other is not None
    assert phrase.other.text == "Mokha"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gunmen stopped a bus on the [Kaduna]-[Kachia] road.", "on the Kaduna-Kachia road"),
        ("A train left the rails on the [Paris]–[Lyon] high-speed line.", "on the Paris–Lyon high-speed line"),
        ("Bandits struck along the [Gusau]-[Funtua] federal highway.", "along the Gusau-Funtua federal highway"),
        ("A train left the line linking the city of [Lagos] to [Ibadan].", "linking the city of Lagos to Ibadan"),
        ("He died on a road that connects [Baku] with [Ganja].", "that connects Baku with Ganja"),
        ("A head-on crash between [Accra] and [Kumasi] killed nine.", "between Accra and Kumasi"),
    ],
)
def test_a_way_runs_between_the_places_that_it_is_named_for(text: str, words: str) -> None:
    (quote, phrase), *_ = _phrases(text)
    assert quote == words
    assert phrase.locative.relation is Relation.BETWEEN
    assert phrase.other is not None
    assert words.endswith(phrase.other.text) or phrase.other.text in text.partition(phrase.subject.text)[2]


@pytest.mark.parametrize(
    "text",
    [
        "He left on the [Cairo]-[Paris] flight.",
        "They found evidence linking [Iran|PCLI] to the attack in [Beirut].",
        "The talks between [Chad|PCLI] and [Mali|PCLI] failed.",
    ],
)
def test_two_places_are_no_way_by_themselves(text: str) -> None:
    found = _phrases(f"{text} It rained in [Omsk].")
    assert [phrase.subject.text for _, phrase in found][-1] == "Omsk"
    assert all(phrase.locative.relation is not Relation.BETWEEN for _, phrase in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fires burned near [Lyon], [Nice] and [Pau].", [("Lyon", "near"), ("Nice", "near"), ("Pau", "near")]),
        ("Shells fell in [Asni] and the town of [Imlil].", [("Asni", "in"), ("Imlil", "in")]),
        (
            "Boats sank off the coasts of [Yemen|PCLI] and [Oman|PCLI].",
            [("Yemen", "border"), ("Oman", "border")],
        ),
        ("Shells that fell in [Lyon] and [Pau] killed ten.", [("Lyon", "in"), ("Pau", "in")]),
    ],
)
def test_each_of_several_joined_places_has_a_phrase(text: str, found: list[tuple[str, str]]) -> None:
    """One tying word before a row of names ties each of them."""
    assert [(subject, relation) for _, relation, subject, _ in read(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Fire broke out in [Lyon] and [Pau] sent help.",
        "Police in [Lyon] and [Russia|PCLI]'s army said so.",
        "It fell in [Lyon], [Var|ADM1] and burned.",
        "It landed in [Lyon] and [French|demonym] police came.",
    ],
)
def test_what_only_follows_and_is_not_joined(text: str) -> None:
    """The subject of the next clause, a possessor, a people and what holds the place have no tie of their own."""
    assert [subject for _, _, subject, _ in read(text)] == ["Lyon"]


def test_a_description_after_a_name_is_a_phrase_of_its_own() -> None:
    """Two ties in "near X, a town in Y's Z district": near X, and in Z district."""
    found = read("It fell near [Yarov], a town in [Russia|PCLI]'s [Korsky district|ADM2].")
    assert [words for words, *_ in found] == ["near Yarov", "in Russia's Korsky district"]


def test_an_offset_carries_the_distance() -> None:
    """The quoted distance travels with the phrase."""
    ((_, phrase),) = _phrases("It came down about 9 miles south of [Bath].")
    assert isinstance(phrase.locative.distance, QuotedDistance)
    assert (phrase.locative.distance.quantity, phrase.locative.distance.direction) == (9, "s")


@pytest.mark.parametrize(
    "text",
    [
        "[Moscow] denied it.",
        "The mayor of [Lyon] resigned.",
        "[Russia|PCLI]'s army said so.",
        "It hit [Ukrainian|demonym] positions.",
        "He was told by [Kyiv].",
        "An army truck on [Russian|demonym] soil burned.",
    ],
)
def test_a_name_that_nothing_ties_gives_no_phrase(text: str) -> None:
    """Subjects, speakers, possessors and peoples are no sites."""
    assert read(text) == []
