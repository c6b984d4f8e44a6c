"""Sentences that the stages wrote in English, said again in the languages of the interface."""

from __future__ import annotations

import datetime as dt

import pytest

from geomap.catalogs import NAMES, language
from geomap.check import check_sums, check_time
from geomap.render.restated import restated
from geomap.render.sentences import FORMS
from geomap.tongue import amount, day, decimal, quantity, say_many, series, speaking
from tests.check_cases import cases, read

OTHERS = [code for code in NAMES if code != "en"]


def test_english_stays_as_it_was_written() -> None:
    assert (
        restated("a third longer than the straight line (45.3 mi)") == "a third longer than the straight line (45.3 mi)"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("de", "um ein Drittel länger als die Luftlinie (45,3 Meilen), wie es Straßenentfernungen sind"),
        ("uk", "на третину більше за пряму лінію (45,3 милі), як буває з відстанями дорогою"),
        ("fr", "un tiers de plus que la ligne droite (45,3 mi), comme le sont les distances par la route"),
    ],
)
def test_a_reason_and_what_ends_it(code: str, said: str) -> None:
    with speaking(language(code)):
        found = restated("a third longer than the straight line (45.3 mi), as road distances are")
    assert " ".join(found.split()) == said, "spaces that do not break count as spaces"


def test_reasons_side_by_side_are_said_one_by_one() -> None:
    with speaking(language("de")):
        assert restated("inside the range quoted; both ends are the same place") == (
            "innerhalb der angegebenen Spanne; beide Enden sind derselbe Ort"
        )


def test_a_sentence_of_no_known_form_stays_in_english() -> None:
    with speaking(language("ru")):
        assert restated("the moon was full") == "the moon was full"


@pytest.mark.parametrize("code", OTHERS)
def test_every_form_is_found_again(code: str) -> None:
    plain = [form for form in FORMS if "%(" not in form]
    with speaking(language(code)):
        assert [form for form in plain if restated(form) == form] == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_reason_of_a_check_is_left_in_english(code: str) -> None:
    reasons = set()
    for case in cases("*.txt"):
        report, claims = read(case)
        told = [found for claim in claims if (found := check_time(claim, published=report.published))]
        reasons |= {found.reason for found in (*told, *check_sums(claims))}
    assert len(reasons) > 40
    with speaking(language(code)):
        assert [each for each in sorted(reasons) if " = " not in each and restated(each) == each] == []


@pytest.mark.parametrize(
    ("code", "number", "said"),
    [
        ("uk", 1, "1 повідомлення"),
        ("uk", 5, "5 повідомлень"),
        ("ru", 22, "22 сообщения"),
        ("ru", 11, "11 сообщений"),
        ("ar", 2, "تقريران"),
        ("ar", 7, "7 تقارير"),
        ("ar", 11, "11 تقريراً"),
        ("fr", 1, "1 article"),
        ("en", 5, "five reports"),
    ],
)
def test_a_number_brings_its_form(code: str, number: int, said: str) -> None:
    with speaking(language(code)):
        assert say_many("%(num)s report", "%(num)s reports", number) == said


def test_numbers_days_and_lengths_by_each_languages_rules() -> None:
    with speaking(language("de")):
        assert (decimal(1234.5, 1), day(dt.date(2024, 1, 24))) == ("1.234,5", "24. Januar 2024")
        assert series(["a", "b", "c"]) == "a, b und c"
    with speaking(language("uk")):
        assert (quantity(60.0, "mi"), quantity("62.6", "km")) == ("60 миль", "62,6 км")
    with speaking(language("ar")):
        assert amount(5) == "5"
