"""The packaged tagger: what it marks, odd input, and what happens without its weights."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_gazetteer import report

from geomap.errors import GeomapError
from geomap.geoparse.tagger import OnnxTagger
from geomap.inorder import InOrder
from geomap.model import Analysis, Entity

TAGGER = OnnxTagger(threads=1)


def marked(text: str) -> dict[str, str]:
    article = report(text)
    return {article.quote(entity.span): entity.label for entity in TAGGER(article).entities}


def test_places_persons_and_organisations_are_told_apart() -> None:
    found = marked("Maria Keller of the United Nations flew from Graz to the village of Obervellach on Monday.")
    assert found == {"Maria Keller": "PER", "United Nations": "ORG", "Graz": "LOC", "Obervellach": "LOC"}


def test_many_reports_answer_as_each_would_alone() -> None:
    texts = ["Floods cut off Passau.", "", "A bridge in Genoa fell. " * 60]
    together: list[tuple[Entity, ...]] = []
    with InOrder[Analysis](lambda each: together.append(each.entities), threads=2) as answers:
        for text in texts:
            answers.add(partial(TAGGER, report(text)))
    alone = [TAGGER(report(text)).entities for text in texts]
    assert [[e.span for e in found] for found in together] == [[e.span for e in found] for found in alone]


def test_the_head_of_a_report_is_not_read() -> None:
    text = "Vienna desk. Floods cut off Passau."
    article = report(text)
    body = type(article)("r", text, article.digest, body=13)
    assert [body.quote(entity.span) for entity in TAGGER(body).entities] == ["Passau"]


@settings(max_examples=30)
@given(st.text(alphabet=st.sampled_from("BMa .,'’-\n\u200b\u202eЖ9山"), max_size=90))
def test_any_text_gives_spans_in_order_inside_it(text: str) -> None:
    spans = [entity.span for entity in TAGGER(report(text)).entities]
    assert spans == sorted(spans)
    assert all(span.end <= len(text) for span in spans)


def test_a_word_of_100000_letters_does_no_harm() -> None:
    assert marked("Floods cut off Passau. " + "x" * 100_000) == {"Passau": "LOC"}


def test_missing_weights_are_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(GeomapError, match="cannot be read: install geomap again"):
        OnnxTagger(tmp_path)(report("Floods."))
