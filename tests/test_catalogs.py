"""The catalogs of the interface: whole, with the gaps and forms that their messages need, and in step with the code."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message

from geomap.catalogs import FOLDER, NAMES, language
from geomap.render.sentences import TAILS
from geomap.tongue import ENGLISH
from tools import messages

CODES = [code for code in NAMES if code != ENGLISH.code]
GAP = re.compile(r"%\((\w+)\)s")
TAG = re.compile(r"</?\w+[^>]*>")
NUMBERS = range(1001)


@pytest.fixture(scope="module")
def said() -> Catalog:
    """What the code says."""
    return messages.template()


@pytest.fixture(scope="module", params=CODES)
def code(request: pytest.FixtureRequest) -> str:
    """Each language but English."""
    return str(request.param)


@pytest.fixture(scope="module")
def kept(code: str) -> Catalog:
    """A language's catalog, as it is kept."""
    return messages.catalog(code)


def sources(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def translated(kept: Catalog) -> list[Message]:
    return [message for message in kept if message.id]


def serves_one(code: str, many: int) -> set[int]:
    """The forms of a language that go with one number alone, and may leave it unsaid: "two reports" is a word."""
    numbers = Counter(form_of(code, number) for number in NUMBERS)
    return {form for form in range(many) if numbers[form] <= 1}


def form_of(code: str, number: int) -> int:
    return language(code).translations.plural(number)  # type: ignore[attr-defined,no-any-return]


def test_every_language_says_what_the_code_says_and_no_more(said: Catalog, kept: Catalog) -> None:
    wanted = {(message.id, message.context) for message in said if message.id}
    assert {(message.id, message.context) for message in translated(kept)} == wanted


def test_every_message_is_translated_in_every_form(kept: Catalog) -> None:
    assert messages.missing(kept) == []


def test_a_message_has_as_many_forms_as_its_language(code: str, kept: Catalog) -> None:
    assert max(form_of(code, number) for number in NUMBERS) < kept.num_plurals
    wrong = [
        message.id for message in translated(kept) if message.pluralizable and len(forms(message)) != kept.num_plurals
    ]
    assert wrong == []


def test_translations_have_the_gaps_of_their_messages(code: str, kept: Catalog) -> None:
    alone = serves_one(code, kept.num_plurals)
    for message in translated(kept):
        gaps = Counter(GAP.findall(sources(message)[-1]))
        for form, text in enumerate(forms(message)):
            found = Counter(GAP.findall(text))
            if message.pluralizable and form in alone:
                assert set(found) <= set(gaps), message.id
            else:
                assert set(found) == set(gaps), (message.id, text)
            assert text.replace("%%", "").count("%") == sum(found.values()), (message.id, text)


def test_translations_open_no_tag_that_their_messages_have_not(kept: Catalog) -> None:
    for message in translated(kept):
        for text in forms(message):
            tags = TAG.findall(text)
            assert set(tags) <= set(TAG.findall(sources(message)[-1])), message.id
            assert len([tag for tag in tags if tag.startswith("</")]) * 2 == len(tags), (message.id, text)
            assert TAG.sub("", text).count("<") == TAG.sub("", text).count(">") == 0, message.id


def test_what_ends_a_sentence_joins_on_as_it_does_in_english(kept: Catalog) -> None:
    for tail in TAILS:
        text = forms(kept.get(tail))[0]
        assert text[0].isspace() or text[0] in ",:،", (tail, text)


def test_a_catalog_is_kept_as_the_tool_writes_it(said: Catalog, code: str, kept: Catalog) -> None:
    kept.update(said, no_fuzzy_matching=True)
    assert messages.written(kept) == (FOLDER / f"{code}.po").read_bytes(), "run python -m tools.messages"
