"""Parsing reports: offsets, odd characters, size."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import GeomapError
from geomap.model import Article
from geomap.parse import LONGEST_WORD, SpacyParser

PARSER = SpacyParser()


def article(text: str, *, body: int = 0, id: str = "a") -> Article:
    return Article(id, text, hashlib.sha256(text.encode()).hexdigest(), body=body)


def test_importing_the_module_does_not_import_spacy() -> None:
    code = "import sys, geomap.parse; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_offsets_index_the_article_and_the_head_is_left_out() -> None:
    text = " date 2030-01-02 The ferry sank near Kerch.\n\nCrews came from Yalta."
    found = PARSER(article(text, body=17))
    assert found.tokens[0].text == "The"
    assert all(text[token.start : token.end] == token.text for token in found.tokens)
    assert [sentence.paragraph for sentence in found.sentences] == [0, 1]


def test_invisible_characters_do_not_split_a_word() -> None:
    text = "A fire broke out in Mar\u200biupol\u00ad\u202c today."
    token = next(token for token in PARSER(article(text)).tokens if token.text == "Mariupol")
    assert text[token.start : token.end] == "Mar\u200biupol"


def test_a_word_of_100000_letters_is_left_out_and_the_rest_is_read() -> None:
    text = "Trains stopped in Lviv. " + "x" * 100_000 + " Buses ran in Rivne."
    found = PARSER(article(text))
    assert {"Lviv", "Rivne"} <= {token.text for token in found.tokens}
    assert max(token.end - token.start for token in found.tokens) <= LONGEST_WORD


def test_an_empty_body_gives_an_empty_analysis() -> None:
    text = "date 2030-01-02 "
    found = PARSER(article(text, body=len(text)))
    assert (found.tokens, found.sentences, found.entities) == ((), (), ())


def test_many_reports_keep_their_order_and_ids() -> None:
    found = list(PARSER.parse_many([article("Fire in Lviv.", id="1"), article("", id="2"), article("Rain.", id="3")]))
    assert [analysis.article for analysis in found] == ["1", "2", "3"]
    assert [len(analysis.tokens) for analysis in found] == [4, 0, 2]


def test_a_missing_model_is_one_clear_line() -> None:
    with pytest.raises(GeomapError, match="no_such_model is not installed"):
        SpacyParser("no_such_model")(article("Fire."))


@settings(max_examples=25)
@given(st.text(alphabet=st.sampled_from("aB \n\t\u200b\u202e“”'’.-9\xa0\x00é山"), max_size=120))
def test_tokens_stay_in_order_and_inside_their_sentence(text: str) -> None:
    found = PARSER(article(text))
    ends = [0, *(token.end for token in found.tokens)]
    assert all(token.start >= end for token, end in zip(found.tokens, ends, strict=False))
    for sentence in found.sentences:
        for token in found.words(sentence):
            assert sentence.span.start <= token.start < token.end <= sentence.span.end
            assert sentence.first <= token.head < sentence.last
