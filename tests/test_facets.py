"""What claims are filtered by, and the numbers that addresses know claims by."""

from __future__ import annotations

from dataclasses import replace

from geomap.render.context import ledger_data
from geomap.render.document import document
from geomap.render.facets import OWN_WORDS
from tests import hostile, samples


def options(facet: str) -> dict[str, int]:
    found = next(each for each in document(samples.incident())["facets"] if each["id"] == facet)
    return {option["value"]: option["count"] for option in found["options"]}


def test_every_claim_is_counted_once_in_each_facet() -> None:
    doc = document(samples.incident())
    for facet in doc["facets"]:
        assert sum(option["count"] for option in facet["options"]) == len(doc["claims"])


def test_options_are_the_outlets_speakers_roles_and_statuses_the_commonest_first() -> None:
    assert options("outlet") == {"Southern Daily": 8, "Northern Wire": 6}
    assert next(iter(options("speaker"))) == samples.MINISTRY
    assert options("speaker")[OWN_WORDS] == 4
    assert set(options("status")) == {"claimed", "reported"}


def test_a_facet_that_all_claims_share_is_not_offered() -> None:
    found = samples.incident()
    one = replace(found, articles=tuple(replace(article, outlet="The Only Paper") for article in found.articles))
    assert "outlet" not in {facet["id"] for facet in document(one)["facets"]}


def test_the_page_knows_the_options_of_each_claim() -> None:
    doc = document(samples.incident())
    sent = ledger_data(doc)["claims"]
    for claim in doc["claims"].values():
        chosen = [
            facet["options"][number]["value"] for facet, number in zip(doc["facets"], sent[claim["key"]], strict=True)
        ]
        assert chosen == [claim["outlet"], claim["speaker"] or OWN_WORDS, claim["role"], claim["status"]]


def test_a_claim_keeps_its_number_when_others_come_and_go() -> None:
    """An address that names a claim means the same one when another report has been added."""
    found = samples.incident()
    whole = {id: claim["key"] for id, claim in document(found)["claims"].items()}
    fewer = replace(found, claims=found.claims[5:], findings=(), conflicts=(), comparisons=())
    assert {id: claim["key"] for id, claim in document(fewer)["claims"].items()}.items() <= whole.items()
    assert len(set(whole.values())) == len(whole)


def test_the_names_that_reports_write_are_searched_by() -> None:
    found = samples.incident()
    written = tuple(
        replace(r, mention=replace(r.mention, surface="Kharkov")) if r.place == samples.KHARKIV else r
        for r in found.resolutions
    )
    doc = document(replace(found, resolutions=written))
    [kharkiv] = [entry for entry in doc["mentioned"] if entry["name"] == "Kharkiv"]
    assert ledger_data(doc)["also"][kharkiv["id"]] == ["Kharkov"]


def test_hostile_names_are_options_like_any_other() -> None:
    found = hostile.incident()
    doc = document(replace(found, articles=(replace(found.articles[0], outlet="Northern Wire"), *found.articles[1:])))
    assert hostile.BAD in {option["value"] for facet in doc["facets"] for option in facet["options"]}
