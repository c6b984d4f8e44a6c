"""Claims as Web Annotations, sites in Darwin Core, checks as ClaimReviews: held against what each standard demands."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld  # type: ignore[import-untyped]

from geomap.geodesy import inverse
from geomap.model import Claim, Finding, Incident, Role, Span, Verdict
from geomap.render import webannotation
from geomap.render.darwin import NAMESPACE, TERMS, dwc, dwca, rows
from geomap.render.geojson import feature_collection
from geomap.render.reviews import Publisher, reviews
from tests import hostile, samples

Json = dict[str, Any]
MADE = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
ADDRESS = "https://maps.example/api/incidents/sample/annotations"


def collection(incident: Incident | None = None, address: str = ADDRESS) -> Json:
    return webannotation.collection(incident or samples.incident(), address=address, made=MADE)


def items(incident: Incident | None = None, address: str = ADDRESS) -> list[Json]:
    found: list[Json] = collection(incident, address)["first"]["items"]
    return found


# --- Web Annotations ------------------------------------------------------------------------------------------------

OA, DCTERMS, RDF, AS = (
    "http://www.w3.org/ns/oa#",
    "http://purl.org/dc/terms/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/ns/activitystreams#",
)
MODEL: Json = {
    "@context": {
        "id": "@id",
        "type": "@type",
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "name": "http://xmlns.com/foaf/0.1/name",
        "value": f"{RDF}value",
        "format": "http://purl.org/dc/elements/1.1/format",
        "language": "http://purl.org/dc/elements/1.1/language",
        "generated": {"@id": f"{DCTERMS}issued", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
        "generator": {"@id": f"{AS}generator", "@type": "@id"},
        "total": f"{AS}totalItems",
        "first": {"@id": f"{AS}first", "@type": "@id"},
        "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
        "partOf": {"@id": f"{AS}partOf", "@type": "@id"},
        "startIndex": f"{AS}startIndex",
        "AnnotationCollection": f"{AS}OrderedCollection",
        "AnnotationPage": f"{AS}OrderedCollectionPage",
        "Software": f"{AS}Application",
    }
    | {name: f"{OA}{name}" for name in "Annotation TextualBody SpecificResource TimeState exact prefix suffix".split()}
    | {name: f"{OA}{name}" for name in "TextQuoteSelector TextPositionSelector start end".split()}
    | {"cached": {"@id": f"{OA}cachedSource", "@type": "@id"}}
    | {name: {"@id": f"{OA}has{name.capitalize()}", "@type": "@id"} for name in "body target source state".split()}
    | {"selector": {"@id": f"{OA}hasSelector", "@type": "@id"}}
    | {
        name: {"@id": f"{OA}{home}", "@type": "@vocab"}
        for name, home in (("motivation", "motivatedBy"), ("purpose", "hasPurpose"))
    }
    | {name: f"{OA}{name}" for name in "describing assessing tagging".split()}
}
"""What the model's own context says of the words that we use; the real one lies at an address, and tests ask nobody."""


def keys(node: object) -> set[str]:
    """Every key of a document, without what @json holds as it is."""
    if isinstance(node, list):
        return set().union(*(keys(each) for each in node))
    if not isinstance(node, dict):
        return set()
    return set(node) | set().union(*(keys(value) for name, value in node.items() if name not in ("data", "@context")))


def test_a_collection_expands_as_linked_data_without_losing_a_word() -> None:
    """PyLD maps every key to an IRI, and keeps the claim's data as JSON."""
    document = collection()
    assert keys(document) <= set(MODEL["@context"]) | {"@context", "data"}
    own = [MODEL["@context"], document["@context"][1]]
    (expanded,) = jsonld.expand(document | {"@context": own})
    (page,) = expanded[f"{AS}first"]
    annotations = page[f"{AS}items"][0]["@list"]
    assert len(annotations) == len(samples.incident().claims)
    for annotation in annotations:
        assert annotation["@type"] == [f"{OA}Annotation"]
        (data,) = annotation[f"{OA}hasBody"][0]["https://schema.org/value"]
        assert data["@type"] == "@json"
        assert data["@value"]["speaker"]
        assert {each["@id"].removeprefix(OA) for each in annotation[f"{OA}motivatedBy"]} >= {"describing"}


@pytest.mark.parametrize("address", [ADDRESS, ""], ids=["served", "file"])
@pytest.mark.parametrize("incident", [samples.incident(), hostile.incident()], ids=["sample", "hostile"])
def test_annotations_keep_the_musts_of_the_model(incident: Incident, address: str) -> None:
    """One id each, absolute and of its own; types; targets with a source, quotes and positions; page and collection."""
    whole = collection(incident, address)
    assert whole["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert whole["type"] == "AnnotationCollection"
    assert whole["total"] == len(whole["first"]["items"])
    assert (whole["first"]["type"], whole["first"]["partOf"]) == ("AnnotationPage", whole["id"])
    found = whole["first"]["items"]
    ids = [whole["id"], whole["first"]["id"], *(each["id"] for each in found)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"(https:|urn:uuid:)[^\s<>\"{}|\\^`]+", each) for each in ids)
    for each in found:
        assert each["type"] == "Annotation"
        assert each["generated"] == "2026-01-02T03:04:05Z"
        assert all(body["type"] == "TextualBody" and body["value"] for body in each["body"])
        target = each["target"]
        assert (target["type"], set(target) - {"state"}) == ("SpecificResource", {"type", "source", "selector"})
        assert re.fullmatch(r"(https?|ni):\S+", target["source"]), "never what a report calls its address otherwise"
        words, where = target["selector"]
        assert (words["type"], where["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert 0 <= where["start"] < where["end"]


def test_positions_count_code_points() -> None:
    """A character outside the basic plane is one, as it is in Python: not two, as in UTF-16."""
    text = "\U0001f6e9\U0001f6e9 A cargo plane came down near Yablonovo, officials said. More followed."
    article = samples.article("wide", text, outlet="Wide")
    claim = samples.claim(article, "near Yablonovo", Role.CRASH_SITE, subject=samples.YABLONOVO)
    ((annotation,), words) = (items(Incident("wide", "", None, (article,), (claim,))), [*text])
    quote, position = annotation["target"]["selector"]
    assert "".join(words[position["start"] : position["end"]]) == quote["exact"] == "near Yablonovo"


def test_a_quote_stands_between_the_words_of_its_sentence_and_no_others() -> None:
    for claim, annotation in zip(samples.incident().claims, items(), strict=True):
        article = samples.incident().article(claim.article)
        assert article
        quote = annotation["target"]["selector"][0]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert around in article.text
        assert claim.context
        assert around in article.quote(claim.context)


def test_a_report_is_named_by_its_address_and_its_copy_by_its_digest() -> None:
    incident = samples.incident()
    online = replace(incident, articles=tuple(replace(a, url="https://news.example/1") for a in incident.articles))
    target = items(online)[0]["target"]
    assert target["source"] == "https://news.example/1"
    assert target["state"]["cached"] == items()[0]["target"]["source"]
    # RFC 6920's own example is the SHA-256 of "Hello World!".
    hello = samples.article("hello", "Hello World!")
    assert webannotation.copy(hello) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


def test_a_file_names_its_annotations_the_same_each_time() -> None:
    assert [each["id"] for each in items(address="")] == [each["id"] for each in items(address="")]
    other = replace(samples.incident(), id="other")
    assert not {each["id"] for each in items(address="")} & {each["id"] for each in items(other, "")}


@given(st.data())
def test_every_claim_anywhere_in_any_text_is_found_again(data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=2, max_size=60).filter(lambda each: each.isprintable() or "\n" in each))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = samples.article("any", text)
    base: Claim = samples.incident().claims[0]
    claim = replace(base, id="any", article="any", span=Span(start, end), quote=text[start:end], context=None)
    (annotation,) = items(Incident("any", "", None, (article,), (claim,)))
    quote, position = annotation["target"]["selector"]
    assert text[position["start"] : position["end"]] == quote["exact"] == text[start:end]


def test_an_incident_without_claims_is_an_empty_collection() -> None:
    empty = collection(Incident("none", "", None, ()))
    assert empty["total"] == 0
    assert "first" not in empty
    assert empty["label"]


# --- Darwin Core ----------------------------------------------------------------------------------------------------


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_each_site_is_a_row_of_darwin_core() -> None:
    incident = samples.incident()
    found = table(dwc(incident, MADE))
    assert len(found) == len(incident.sites)
    for row, site in zip(found, incident.sites, strict=True):
        assert set(row) == set(TERMS)
        assert float(row["decimalLongitude"]) == pytest.approx(site.best[0], abs=1e-6)
        assert float(row["decimalLatitude"]) == pytest.approx(site.best[1], abs=1e-6)
        assert int(row["coordinateUncertaintyInMeters"]) >= round(site.footprint.uncertainty_m) > 0
        assert (row["geodeticDatum"], row["georeferencedDate"]) == ("EPSG:4326", "2026-01-02")
        assert row["locality"] == site.name
        assert bool(row["footprintWKT"]) == bool(site.footprint.geometry.area) == bool(row["footprintSRS"])
    assert found[0]["verbatimLocality"].startswith("near Yablonovo")
    assert len({row["eventID"] for row in found}) == len(found)


def test_the_uncertainty_reaches_every_corner_of_the_footprint() -> None:
    """Darwin Core's circle holds the whole of the place."""
    for site, row in zip(samples.incident().sites, rows(samples.incident()), strict=True):
        if row["footprintWKT"]:
            corners = shapely.get_coordinates(shapely.from_wkt(row["footprintWKT"]))
            reach = max(inverse(*site.best, x, y).distance_m for x, y in corners)
            assert reach <= int(row["coordinateUncertaintyInMeters"]) + 1


def test_what_was_left_out_is_a_remark() -> None:
    incident = samples.incident()
    site = replace(incident.sites[0], dropped=(incident.claims[-1].id,))
    (row, *_) = rows(replace(incident, sites=(site,)))
    assert (
        f"Left out, since they cannot hold with the rest: “{incident.claims[-1].quote}”." in row["georeferenceRemarks"]
    )


def test_an_archive_says_what_its_columns_are() -> None:
    """meta.xml names the file, its core, its id and a term for each column, in the order in which they stand."""
    with zipfile.ZipFile(io.BytesIO(dwca(samples.incident(), MADE))) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["event.csv", "meta.xml"]
        meta = ET.fromstring(archive.read("meta.xml"))
        header = archive.read("event.csv").decode().split("\r\n")[0].split(",")
    text = "{http://rs.tdwg.org/dwc/text/}"
    core = meta.find(f"{text}core")
    assert core is not None
    assert core.get("rowType") == f"{NAMESPACE}Event"
    assert core.findtext(f"{text}files/{text}location") == "event.csv"
    fields = {int(each.attrib["index"]): each.attrib["term"] for each in core.iter(f"{text}field")}
    assert [fields[n].removeprefix(NAMESPACE) for n in sorted(fields)] == header
    assert header[int(core.find(f"{text}id").attrib["index"])] == "eventID"  # type: ignore[union-attr]


def test_a_spreadsheet_runs_nothing_of_it() -> None:
    incident = samples.incident()
    named = replace(incident, sites=(replace(incident.sites[0], name="=cmd()"),))
    assert table(dwc(named))[0]["locality"] == "'=cmd()"


def test_the_geojson_has_the_terms_too() -> None:
    (point, *_) = feature_collection(samples.incident())["features"]
    assert point["properties"]["coordinateUncertaintyInMeters"] >= point["properties"]["uncertainty_m"]
    assert point["properties"]["verbatimLocality"].startswith("near Yablonovo")
    assert point["properties"]["georeferenceRemarks"].startswith("Reported")


# --- ClaimReview ----------------------------------------------------------------------------------------------------

PAGE = "https://maps.example/incidents/sample"


def reviewed(incident: Incident) -> list[Json]:
    addresses = {finding.claim: f"{PAGE}#distance-{n}" for n, finding in enumerate(incident.findings, 1)}
    us = Publisher("The Example Desk", "https://maps.example/")
    return reviews(incident, addresses=addresses, publisher=us, made=MADE.date())


def with_verdicts(*verdicts: Verdict) -> Incident:
    incident = samples.incident()
    claim = incident.findings[0].claim
    return replace(incident, findings=tuple(Finding(claim, verdict, "a reason") for verdict in verdicts))


def test_a_verdict_is_a_rating_from_one_to_five() -> None:
    """The surer the claim, the higher; what cannot be checked has no review."""
    found = reviewed(with_verdicts(Verdict.AGREES, Verdict.PLAUSIBLE, Verdict.DOUBTFUL, Verdict.CONTRADICTED))
    ratings = [each["reviewRating"] for each in found]
    assert [each["ratingValue"] for each in ratings] == [5, 4, 2, 1]
    assert [each["alternateName"] for each in ratings] == ["Agrees", "Plausible", "Doubtful", "Contradicted"]
    assert all((each["bestRating"], each["worstRating"]) == (5, 1) for each in ratings)
    assert reviewed(with_verdicts(Verdict.UNCHECKABLE)) == []


def test_a_review_says_what_search_engines_ask_of_it() -> None:
    """schema.org's required members: what, whose, where it appeared, the rating, by whom, and an address of its own."""
    found = reviewed(samples.incident())
    assert len(found) == sum(each.verdict is not Verdict.UNCHECKABLE for each in samples.incident().findings) > 0
    for number, each in enumerate(found, 1):
        assert (each["@context"], each["@type"]) == ("https://schema.org", "ClaimReview")
        assert each["url"] == f"{PAGE}#distance-{number}"
        assert each["author"] == {"@type": "Organization", "name": "The Example Desk", "url": "https://maps.example/"}
        assert each["datePublished"] == "2026-01-02"
        item = each["itemReviewed"]
        assert (item["@type"], item["datePublished"]) == ("Claim", "2024-01-24")
        assert item["author"]["name"]
        assert item["appearance"]["headline"]
        assert each["reviewRating"]["ratingExplanation"]
    assert "70 km northeast of Belgorod (Yablonovo)" in [each["claimReviewed"] for each in found]


def test_a_review_of_any_kind_of_claim_can_be_written() -> None:
    """A time, a total: whatever was found out about a claim."""
    incident = samples.incident()
    found = tuple(Finding(claim.id, Verdict.CONTRADICTED, "no", parts=("x",)) for claim in incident.claims)
    written = reviewed(replace(incident, findings=found))
    assert len(written) == len(incident.claims)
    assert json.dumps(written)
    assert {each["itemReviewed"]["author"]["name"] for each in written} >= {samples.MINISTRY, "Northern Wire"}


def test_a_converted_time_and_a_total_are_reviewed_as_what_they_are() -> None:
    """That a conversion is right says nothing of whether it happened then: the review is of the conversion alone."""
    incident = samples.incident()
    checked = [next(claim for claim in incident.claims if claim.role is role) for role in (Role.TIME, Role.COUNT)]
    found = tuple(Finding(claim.id, Verdict.AGREES, "yes") for claim in checked)
    time, count = (each["claimReviewed"] for each in reviewed(replace(incident, findings=found)))
    assert time == "The times and dates of “about 11:00 local time (08:00 GMT)” agree with one another"
    assert count == "“65 prisoners” is the sum of the parts that the report gives"


def test_an_address_that_is_none_is_not_published() -> None:
    assert "javascript:" not in json.dumps(
        [each["itemReviewed"]["appearance"].get("url", "") for each in reviewed(hostile.incident())]
    )
