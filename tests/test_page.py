"""What the view document says, and what a page made of it may hold."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from shapely.geometry import Point

from geomap.config import STATIC
from geomap.errors import NotFound
from geomap.geodesy import inverse
from geomap.model import Footprint, Incident, Mentioned, Place, Status
from geomap.render.assets import Inlined
from geomap.render.crowd import LISTED, MANY
from geomap.render.document import document
from geomap.render.map import map_data, parts, script_json
from geomap.render.naming import call
from geomap.render.native import native
from geomap.render.page import page
from geomap.render.view import around
from tests import hostile, samples

needs_vendor = pytest.mark.skipif(
    not (STATIC / "vendor" / "leaflet" / "leaflet.js").exists(), reason="static/vendor is not there: run make setup"
)


class Elements(HTMLParser):
    """Every start tag of a page with its attributes, and the text of its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def incident() -> Incident:
    return samples.incident()


@pytest.fixture(scope="module")
def sample_page(incident: Incident) -> str:
    return page(incident, static=STATIC)


def far_away(name: str) -> Mentioned:
    place = Place("geonames", "1871859", name, "PCLI", Footprint.point(127.0, 40.0, 400_000, "gazetteer point"), "KP")
    return Mentioned(place, ("north",), ())


def test_a_document_survives_json(incident: Incident) -> None:
    once = json.dumps(document(incident))
    assert json.dumps(json.loads(once)) == once


def test_a_report_is_shown_whole_and_its_claims_are_marked_where_they_stand(incident: Incident) -> None:
    doc = document(incident)
    for article, shown in zip(incident.articles, doc["reports"], strict=True):
        runs = [run for paragraph in shown["passages"] for run in paragraph]
        assert "".join(run["text"] for run in runs) == article.text
        for claim in (c for c in incident.claims if c.article == article.id):
            assert "".join(run["text"] for run in runs if claim.id in run.get("claims", [])) == claim.quote


def test_a_claim_is_shown_in_its_sentence_with_its_words_apart(incident: Incident) -> None:
    for claim in incident.claims:
        shown = document(incident)["claims"][claim.id]
        assert shown["quote"] == claim.quote
        sentence = shown["before"] + shown["quote"] + shown["after"]
        article = incident.article(claim.article)
        assert article is not None
        assert sentence in article.text


def test_a_claim_read_with_less_certainty_says_so(incident: Incident) -> None:
    doubted = replace(incident, claims=(replace(incident.claims[0], sure=False), *incident.claims[1:]))
    assert "Read with less certainty" not in page(incident, static=STATIC)
    assert "Read with less certainty" in page(doubted, static=STATIC)


def test_every_site_route_distance_and_place_mentioned_is_an_entry_and_a_feature(incident: Incident) -> None:
    doc = document(incident)
    shown = len(incident.sites) + len(incident.routes) + len(incident.findings) + len(incident.mentioned)
    assert len(doc["entries"]) == shown
    drawn = {feature["id"].partition(".")[0] for feature in doc["features"]}
    assert drawn == {entry["id"] for entry in doc["entries"] if entry["placed"]}


def test_ids_are_made_of_roles_alone() -> None:
    """No word of a report reaches an element id, an address or the map's script."""
    doc = document(hostile.incident())
    assert all(re.fullmatch(r"[a-z-]+(-\d+)?", entry["id"]) for entry in doc["entries"])
    assert all(re.fullmatch(r"claim-\d+", claim["key"]) for claim in doc["claims"].values())


def test_a_quote_without_two_places_is_listed_but_not_drawn(incident: Incident) -> None:
    blind = replace(incident, findings=tuple(replace(f, geodesic=None) for f in incident.findings))
    doc = document(blind)
    assert [entry["placed"] for entry in doc["distances"]] == [False, False]
    assert "distance" not in {layer["id"] for layer in doc["layers"]}


def test_the_opening_view_is_the_event_with_the_route_leading_in(incident: Incident) -> None:
    view = document(incident)["view"]
    west, south, east, north = view["event"]
    for site in incident.sites:
        lon, lat = site.best
        inside = west <= lon <= east and south <= lat <= north
        assert inside is (site.name != "Chkalovsky air base")
    assert view["whole"][3] >= 55.878


@pytest.mark.parametrize("bounds", [(10.0, 59.2, 15.4, 60.0), (36.0, 48.0, 36.4, 55.0), (-0.2, -0.2, 0.2, 0.2)])
def test_the_basemap_fills_a_desk_and_a_phone_held_upright(bounds: tuple[float, float, float, float]) -> None:
    """Whatever the event's own shape, there is land around it for a screen twice as wide as high, and the reverse."""
    west, south, east, north = around(bounds)
    across = inverse(west, (south + north) / 2, east, (south + north) / 2).distance_m
    down = inverse(west, south, west, north).distance_m
    span = inverse(bounds[0], bounds[1], bounds[2], bounds[1]).distance_m
    rise = inverse(bounds[0], bounds[1], bounds[0], bounds[3]).distance_m
    assert across >= 1.9 * max(span, rise)
    assert down >= 1.9 * max(span, rise)


def test_a_place_that_is_only_mentioned_never_widens_the_view(incident: Incident) -> None:
    more = replace(incident, mentioned=(*incident.mentioned, far_away("North Korea")))
    assert document(more)["view"] == document(incident)["view"]


def test_an_event_known_only_roughly_is_not_shown_close_to(incident: Incident) -> None:
    """Its region may be too wide to show whole, yet the view is as wide as what is not known."""
    crash = replace(incident.sites[0], footprint=Footprint(Point(37.345, 50.873).buffer(1.5), 150_000, "sector"))
    west, south, east, north = document(replace(incident, sites=(crash,), routes=(), findings=()))["view"]["event"]
    assert 0.9 < north - south < 1.3
    assert 1.5 < east - west < 2.1


def test_the_legend_says_of_each_layer_how_sure_it_is(incident: Incident) -> None:
    """Nothing of what is plainly reported; every status of a layer that mixes them."""
    claimed = replace(incident.sites[0], status=Status.CLAIMED)
    layers = {layer["id"]: layer["sureness"] for layer in document(incident)["layers"]}
    assert (layers["crash-site"], layers["launch-area"]) == ("", "claimed")
    mixed = document(replace(incident, sites=(*incident.sites, claimed)))["layers"]
    assert next(layer for layer in mixed if layer["id"] == "crash-site")["sureness"] == "reported, claimed"


@needs_vendor
def test_an_incident_without_a_place_still_has_a_page(incident: Incident) -> None:
    """It says so, and offers no legend and no view of what is not there."""
    empty = replace(incident, sites=(), routes=(), findings=(), mentioned=(), conflicts=(), origins=(), unplaced=())
    doc = document(empty)
    assert doc["view"] == {"event": None, "whole": None}
    html = page(empty, static=STATIC)
    assert "No report says where it happened" in html
    assert "No place name was found in the reports" in html
    assert 'class="legend"' not in html
    assert 'data-view="event"' not in html


@needs_vendor
def test_the_whole_view_is_named_for_what_it_holds(incident: Incident) -> None:
    assert ">Whole route</button>" in page(incident, static=STATIC)
    html = page(replace(incident, routes=()), static=STATIC)
    assert "Whole route" not in html
    assert ">Everything</button>" in html


def test_the_map_script_holds_no_word_of_any_report() -> None:
    bad = document(hostile.incident())
    made = parts(bad)
    assert "pwned" not in made.script + made.html
    assert made == parts(bad), "a map is the same every time it is made"


def test_each_kind_has_a_layer_of_its_own(incident: Incident) -> None:
    script = parts(document(incident)).script
    handed = script[script.index("window.geomap") :]
    names = re.findall(r'"([a-z-]+)": geo_json_', handed)
    assert names == [
        "mentioned",
        "distance",
        "destination",
        "origin",
        "route",
        "exchange-point",
        "launch-area",
        "crash-site",
    ]
    assert "geo_json_mentioned.addTo(map_incident)" not in script, "places only mentioned are off at first"


def test_openstreetmap_is_offered_only_where_switched_on(incident: Incident) -> None:
    doc = document(incident)
    assert "openstreetmap" not in parts(doc).script
    assert "tile.openstreetmap.org" in parts(doc, osm=True).script
    assert "tile_layer_osm.addTo" not in parts(doc, osm=True).script


def crowded(incident: Incident, count: int = MANY + 1) -> Incident:
    """The incident with so many more places that are only mentioned."""
    return replace(incident, mentioned=tuple(replace(far_away(f"Place {n}"), reports=("north",)) for n in range(count)))


def test_very_many_places_are_columns_and_no_elements(incident: Incident) -> None:
    """Nothing is lost: each entry can be put together again from the columns."""
    doc = document(crowded(incident))
    data = map_data(doc)
    many = data["crowd"]
    assert "mentioned" not in parts(doc).script
    assert not [entry for entry in data["entries"] if entry["layer"] == "mentioned"]
    pairs = zip(many["lonlat"][::2], many["lonlat"][1::2], strict=True)
    for entry, number, name, lonlat, outlets in zip(
        doc["mentioned"], many["number"], many["name"], pairs, many["outlets"], strict=True
    ):
        assert entry["id"] in (f"mentioned-{number}", "mentioned" if number == 1 else "")
        assert (entry["name"], entry["outlets"]) == (name, list(many["outletses"][outlets]))
        assert lonlat == pytest.approx(entry["lonlat"], abs=1e-4)


def test_a_crowd_is_listed_in_part_and_the_page_says_so(incident: Incident) -> None:
    html = page(crowded(incident), static=STATIC)
    assert len(re.findall('<details class="entry mention"', html)) == LISTED
    assert f"{MANY + 1 - LISTED} more are on the map as dots" in html
    assert len(html) < len(page(crowded(incident, MANY), static=STATIC))


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028", "&amp;", "${a}", "Яблоново"])
def test_json_in_a_script_element_cannot_leave_it(text: str) -> None:
    made = str(script_json({"text": text}))
    assert json.loads(made) == {"text": text}
    assert not re.search("[<>&\u2028]", made)


@needs_vendor
def test_a_page_asks_for_nothing_and_its_policy_says_so(sample_page: str) -> None:
    tags = Elements(sample_page).tags
    assert not [a for tag, a in tags if tag in ("script", "img", "iframe", "source") and "src" in a]
    assert [a["href"] for tag, a in tags if tag == "link"] == ["data:,"]
    assert not re.search(r"url\(\s*['\"]?(?!#|data:)", sample_page)
    [policy] = [a["content"] for tag, a in tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy


@needs_vendor
def test_a_page_has_language_title_and_credits(sample_page: str) -> None:
    parsed = Elements(sample_page)
    assert ("html", {"lang": "en"}) in parsed.tags
    assert "Il-76 crash near Yablonovo: map and sources" in parsed.text
    assert "GeoNames" in parsed.text
    assert "Natural Earth" in parsed.text
    assert not [a for _, a in parsed.tags if "style" in a or any(name.startswith("on") for name in a)]


@needs_vendor
def test_hostile_text_stays_text() -> None:
    parsed = Elements(page(hostile.incident(), static=STATIC))
    assert not [tag for tag, _ in parsed.tags if tag == "img"]
    assert not [a for _, a in parsed.tags if str(a.get("href", "")).startswith("javascript:")]
    assert not [a for _, a in parsed.tags if any(name.startswith("on") for name in a)]
    assert any(hostile.BAD in text for text in parsed.text), "it is shown as it was written"


@needs_vendor
def test_a_page_of_the_sample_is_small(sample_page: str) -> None:
    assert len(gzip.compress(sample_page.encode())) < 400_000


def test_missing_assets_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="make setup"):
        Inlined(tmp_path).js("vendor/leaflet/leaflet.js")


def test_map_data_names_what_is_drawn_and_quotes_nothing(incident: Incident) -> None:
    sent = map_data(document(incident))
    assert {entry["name"] for entry in sent["entries"]} >= {"Yablonovo", "Lyptsi", "Moscow"}
    assert "cargo plane" not in json.dumps(sent)


def place_with(names: tuple[str, ...], country: str) -> Place:
    return Place("geonames", "1", names[0], "PPL", Footprint(Point(36, 50), 1_000, "point"), country, names=names)


@pytest.mark.parametrize(
    ("names", "country", "expected"),
    [
        (("Belgorod", "Бєлгород", "Белгород", "别尔哥罗德"), "RU", "Белгород"),
        (("Kharkiv", "Харьковъ", "Харків"), "UA", "Харків"),
        (("Athens", "Αθήνα"), "GR", "Αθήνα"),
        (("Tokyo", "Токио"), "JP", ""),
        (("Leeds", "Лидс"), "GB", ""),
    ],
)
def test_a_place_has_its_name_in_its_own_script(names: tuple[str, ...], country: str, expected: str) -> None:
    assert native(place_with(names, country)) == expected


@pytest.mark.parametrize(
    ("names", "country", "expected"),
    [
        (("Kharkiv region", "Kharkivs’ka Oblast’", "Харьковская область"), "UA", "Харківська область"),
        (("Donetsk region", "Донецкая область", "Донецька Область"), "UA", "Донецька область"),
        (("Belgorod region", "Белгородська область", "Белгородская Область"), "RU", "Белгородская область"),
        (("Lviv region", "Львовская область"), "UA", ""),
        (("Iran", "إيران", "ایران"), "IR", "ایران"),
    ],
)
def test_a_unit_is_named_in_its_countrys_language_and_not_its_neighbours(
    names: tuple[str, ...], country: str, expected: str
) -> None:
    assert native(replace(place_with(names, country), feature_code="ADM1")) == expected


def test_a_town_has_the_native_name_of_the_worlds_list() -> None:
    """Sofia's names in the gazetteer are of a dozen languages in one alphabet; the list knows each country's own."""
    sofia = replace(samples.place("Sofia", 23.324, 42.698, code="PPLC", country="BG"), names=("Софи", "София"))
    doc = document(replace(samples.incident(), mentioned=(Mentioned(sofia, ("north",), ()),)))
    call(doc, STATIC)
    assert doc["mentioned"][0]["native"] == "София"


def test_light_and_dark_are_the_same_whoever_chose_them() -> None:
    """The style sheet says the dark colours twice, once for the system and once for the reader's button."""
    sheet = (STATIC / "css" / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:not\(\[data-theme=\"light\"\]\)|:root\[data-theme=\"dark\"\]) \{(.*?)\}", sheet, re.S)
    system, chosen = (re.findall(r"(--[\w-]+): ([^;]+);", block) for block in blocks)
    assert system == chosen
