"""New reports among those an incident holds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Article
from geomap.store import merge
from tests import samples

HELD = replace(samples.article("a", "Five were hurt."), outlet="Post", url="https://post.example/1")


def test_a_new_report_is_added_at_the_end() -> None:
    new = samples.article("b", "The line is closed.")
    merged = merge([HELD], [new])
    assert merged.articles == (HELD, new)
    assert (merged.added, merged.changed, merged.repeated, merged.anything) == ((new,), (), (), True)


def test_the_same_words_count_once_whatever_they_are_called() -> None:
    again = replace(HELD, id="copy", outlet="Elsewhere", url="")
    merged = merge([HELD], [again, again])
    assert merged.articles == (HELD,)
    assert merged.repeated == (again, again)
    assert not merged.anything


def test_another_text_under_the_same_outlet_and_address_takes_the_old_ones_place() -> None:
    later = replace(samples.article("z", "Six were hurt."), outlet="POST", url=HELD.url)
    other = samples.article("b", "The line is closed.")
    merged = merge([HELD, other], [later])
    assert merged.articles == (replace(later, id="a"), other)
    assert merged.changed == (replace(later, id="a"),)


def test_two_versions_that_come_in_together_leave_the_later_one() -> None:
    first = replace(samples.article("x", "One."), outlet="Post", url="https://post.example/2")
    second = replace(samples.article("y", "Two."), outlet="Post", url="https://post.example/2")
    merged = merge([HELD], [first, second])
    assert merged.articles == (HELD, replace(second, id="x"))
    assert merged.added == (replace(second, id="x"),)
    assert merged.changed == ()


def test_the_same_address_at_another_outlet_is_another_report() -> None:
    other = replace(samples.article("b", "Six were hurt."), outlet="Herald", url=HELD.url)
    assert merge([HELD], [other]).added == (other,)


def test_a_report_without_an_address_is_never_taken_for_a_version() -> None:
    first, second = samples.article("a", "One."), samples.article("a", "Two.")
    assert merge([first], [second]).articles == (first, replace(second, id="a-2"))


ARTICLES = st.lists(
    st.builds(
        lambda id, text, url: replace(samples.article(id, text), url=url),
        st.sampled_from("abc"),
        st.sampled_from("tuvwxyz"),
        st.sampled_from(["", "https://post.example/1", "https://post.example/2"]),
    ),
    max_size=6,
)


@given(first=ARTICLES, second=ARTICLES)
def test_ids_and_texts_stay_unique_and_merging_again_changes_nothing(
    first: list[Article], second: list[Article]
) -> None:
    held = merge([], first).articles
    merged = merge(held, second)
    assert len({article.id for article in merged.articles}) == len(merged.articles)
    assert len({article.digest for article in merged.articles}) == len(merged.articles)
    assert {article.id for article in held} <= {article.id for article in merged.articles}
    assert merge(merged.articles, merged.articles).articles == merged.articles
