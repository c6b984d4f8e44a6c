"""Two wordings of one report: which claims came, went and changed, and which words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Article, Attribution, Claim, Count, Matter, Role, Span, Status, Value
from geomap.versions import Changes, Edit, compare, words
from tests import samples


def claim(value: Value, *, speaker: str = "police", start: int = 0, status: Status = Status.CLAIMED) -> Claim:
    """A count or a matter that a report claims."""
    role = Role.COUNT if isinstance(value, Count) else Role.CARGO
    return Claim(f"r:{start}", "r", Span(start, start + 1), "x", role, Attribution(speaker, status=status), value=value)


def between(old: list[Claim], new: list[Claim]) -> Changes:
    """What changed from one list of claims to another."""
    article = samples.article("r", "A train left the rails.")
    return compare((article, old), (article, new))


def test_the_same_claim_elsewhere_in_the_text_is_the_same() -> None:
    """Claims are compared by what they say, not by where."""
    assert not between([claim(Count(5, "injured"))], [claim(Count(5, "injured"), start=40)]).claims


def test_another_number_from_the_same_mouth_is_altered() -> None:
    """The count of one thing by one speaker is one claim with a new value."""
    found = between(
        [claim(Count(5, "injured")), claim(Count(40, "evacuated"))],
        [claim(Count(130, "evacuated")), claim(Count(7, "injured"))],
    )
    pairs = {(pair.before.value, pair.after.value) for pair in found.altered}
    assert pairs == {
        (Count(5, "injured"), Count(7, "injured")),
        (Count(40, "evacuated"), Count(130, "evacuated")),
    }
    assert not found.added
    assert not found.withdrawn


def test_a_claim_that_another_makes_now_is_altered_and_a_new_thing_is_added() -> None:
    """Where each wording has one claim of a role they are matched whoever speaks; other roles and counts are not."""
    found = between(
        [claim(Matter("chlorine")), claim(Count(5, "injured"))],
        [claim(Matter("ammonia"), speaker="rescue service"), claim(Count(1, "killed"))],
    )
    (pair,) = found.altered
    assert (pair.before.value, pair.after.value) == (Matter("chlorine"), Matter("ammonia"))
    assert [each.value for each in found.added] == [Count(1, "killed")]
    assert [each.value for each in found.withdrawn] == [Count(5, "injured")]


def test_a_claim_that_is_denied_now_is_altered() -> None:
    """How sure it is belongs to what is claimed."""
    found = between([claim(Matter("chlorine"))], [claim(Matter("chlorine"), status=Status.DENIED)])
    assert [pair.after.attribution.status for pair in found.altered] == [Status.DENIED]


def test_several_of_one_role_by_others_are_not_guessed_at() -> None:
    """Which of two cargoes became which of two others nobody can tell."""
    old = [claim(Matter("chlorine"), speaker="a"), claim(Matter("coal"), speaker="b")]
    new = [claim(Matter("ammonia"), speaker="c"), claim(Matter("grain"), speaker="d")]
    found = between(old, new)
    assert not found.altered
    assert (len(found.added), len(found.withdrawn)) == (2, 2)


def test_the_titles_are_told_where_they_differ() -> None:
    """A new headline is a change too."""
    old = samples.article("r", "A train left the rails.", title="Chlorine feared")
    assert compare((old, []), (replace(old, title="Ammonia"), [])).title == ("Chlorine feared", "Ammonia")
    assert compare((old, []), (old, [])).title is None


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        (
            "Five people were injured in the fire. The line is closed.",
            "Seven people were injured in the fire. The line is closed.",
            ["-Five", "+Seven", "= people were injured in the fire. The line is closed. "],
        ),
        (
            "The line is closed.",
            "The line is closed. Trains run again on Friday.",
            ["=The line is closed. ", "+Trains run again on Friday. "],
        ),
        (
            "The line is closed.\n\nThe driver is safe.",
            "The line is closed.",
            ["=The line is closed. ", "-\n\nThe driver is safe. "],
        ),
        (
            "The line is closed.",
            "A wholly different story about ships.",
            ["-The line is closed. ", "+A wholly different story about ships. "],
        ),
    ],
)
def test_words_are_compared_within_sentences(old: str, new: str, runs: list[str]) -> None:
    """What is kept stays whole; sentences with little in common change as a whole."""
    marks = {Edit.KEPT: "=", Edit.REMOVED: "-", Edit.ADDED: "+"}
    assert [marks[run.edit] + run.text for run in words(old, new)] == runs


SENTENCES = st.sampled_from(
    [
        "Five were hurt.",
        "Six were hurt.",
        "The line is closed!",
        "\n\n",
        "Who knows?",
        "It burnt (for hours).",
        "é…",
        "<b>",
    ]
)
TEXTS = st.lists(SENTENCES, max_size=8).map(" ".join)


def squeezed(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_comparison(old: str, new: str) -> None:
    """Nothing is lost and nothing made up, but for white space."""
    runs = list(words(old, new))
    assert squeezed("".join(run.text for run in runs if run.edit is not Edit.ADDED)) == squeezed(old)
    assert squeezed("".join(run.text for run in runs if run.edit is not Edit.REMOVED)) == squeezed(new)
    assert all(a.edit is not b.edit for a, b in pairwise(runs))


@given(
    st.lists(st.builds(claim, st.builds(Count, st.integers(1, 3), st.sampled_from(["injured", "killed"]))), max_size=5)
)
def test_a_wording_differs_from_itself_in_nothing(claims: list[Claim]) -> None:
    """And every claim of a first wording beside none is an added one."""
    assert not between(claims, claims).claims
    assert len(between([], claims).added) == len(claims)


def test_an_article_is_compared_from_its_body_on() -> None:
    """Heads, which hold the dates, are no part of what changed."""
    old = Article("r", "date 2024-01-24\nA train left.", "1", body=16)
    new = Article("r", "date 2024-01-25\nA train left.", "2", body=16)
    assert [run.edit for run in compare((old, []), (new, [])).runs] == [Edit.KEPT]
