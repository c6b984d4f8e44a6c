"""Records as plain JSON and back."""

from __future__ import annotations

import json

from hypothesis import given, settings

from geomap.model import Claim, Incident, Place, Resolution, Site
from geomap.store import codec
from tests import samples
from tests.store import records


@settings(max_examples=60)
@given(claim=records.CLAIMS)
def test_a_claim_comes_back_from_json(claim: Claim) -> None:
    assert codec.structure(json.loads(codec.dumps(codec.unstructure(claim))), Claim) == claim


@settings(max_examples=30)
@given(incident=records.INCIDENTS)
def test_an_incident_comes_back_from_json(incident: Incident) -> None:
    assert codec.structure(json.loads(codec.dumps(codec.unstructure(incident))), Incident) == incident


@settings(max_examples=30)
@given(site=records.SITES)
def test_a_site_comes_back_with_every_bit_of_its_coordinates(site: Site) -> None:
    back = codec.structure(json.loads(codec.dumps(codec.unstructure(site))), Site)
    assert back.footprint.geometry.wkb == site.footprint.geometry.wkb


def test_a_site_stored_before_wordings_were_kept_has_none() -> None:
    old = codec.unstructure(samples.incident().sites[0])
    del old["wordings"]
    assert codec.structure(old, Site).wordings == ()


@settings(max_examples=30)
@given(resolution=records.RESOLUTIONS, place=records.PLACES)
def test_places_filed_in_a_book_come_back_from_it(resolution: Resolution, place: Place) -> None:
    book = codec.PlaceBook()
    plain = codec.converter(book)
    data = json.loads(codec.dumps(plain.unstructure(resolution)))
    assert codec.converter(codec.load_places(book.texts.items())).structure(data, Resolution) == resolution
    assert book.file(place) == codec.PlaceBook().file(place)


def test_equal_places_are_filed_once() -> None:
    book = codec.PlaceBook()
    keys = {book.file(samples.place("Town", 1, 2)), book.file(samples.place("Town", 1, 2))}
    keys.add(book.file(samples.place("Town", 1, 3)))
    assert len(keys) == len(book.filed) == 2


def test_a_value_is_tagged_with_its_kind() -> None:
    claims = codec.unstructure(samples.incident())["claims"]
    assert {claim["value"]["type"] for claim in claims if claim["value"]} >= {"Locative", "QuotedDistance", "Count"}
