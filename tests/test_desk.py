"""The desk's check of a text: the ends it finds, the place a person chooses, the region, and what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from shapely import Point

from geomap import cli, wire
from geomap.config import Config
from geomap.desk import Check, Desk
from geomap.ends import FEW, MOST, choose, ends
from geomap.errors import BadInput
from geomap.model import (
    Candidate,
    Claim,
    Footprint,
    Gazetteer,
    Locative,
    Place,
    QuotedDistance,
    Relation,
    Role,
    Verdict,
)
from geomap.regions import locate, quoted
from geomap.render.desk import chosen, document, pinned
from geomap.render.plot import LEFT, RIGHT, plot
from tests import samples

QUOTE = "Springfield lies 25 miles northeast of Dayton."


@pytest.fixture(scope="module")
def desk(gazetteer: Gazetteer) -> Desk:
    """A desk over the gazetteer that set-up built."""
    assert gazetteer
    return Desk(Config.read())


def one(checks: tuple[Check, ...]) -> Check:
    (only,) = checks
    return only


def test_a_check_names_both_ends_and_their_namesakes(desk: Desk) -> None:
    check = one(desk.check(QUOTE))
    assert check.reference
    assert check.subject
    assert (check.reference.words, check.subject.words) == ("Dayton", "Springfield")
    assert check.subject.place
    assert check.subject.place.label == "Springfield, Clark County, Ohio, United States"
    assert len(check.subject.namesakes) > 30
    assert not check.subject.chosen


def test_a_namesake_says_how_far_it_lies_from_the_other_end(desk: Desk) -> None:
    check = one(desk.check(QUOTE))
    assert check.subject
    assert check.finding.geodesic
    mine = next(each for each in check.subject.namesakes if each.place == check.subject.place)
    assert mine.away_m == pytest.approx(check.finding.geodesic.distance_m)


def test_choosing_another_namesake_measures_it(desk: Desk) -> None:
    read = one(desk.check(QUOTE))
    assert read.subject
    other = next(each for each in read.subject.namesakes if "Missouri" in each.place.label)
    check = one(desk.check(QUOTE, chosen={"Springfield": other.place.key}))
    assert check.subject
    assert (check.subject.place, check.subject.read) == (other.place, read.subject.place)
    assert check.subject.chosen
    assert check.finding.verdict is Verdict.CONTRADICTED
    assert check.finding.geodesic
    assert check.finding.geodesic.distance_m == pytest.approx(other.away_m)


def test_one_choice_holds_for_the_words_wherever_they_stand(desk: Desk) -> None:
    text = "Springfield lies 25 miles northeast of Dayton. Urbana lies 14 miles north of Springfield."
    key = "geonames:4409896"
    checks = desk.check(text, chosen={"Springfield": key})
    assert [end.place.key for check in checks for end in (check.reference, check.subject) if end and end.place].count(
        key
    ) == 2


def test_the_title_says_what_it_is_about(desk: Desk) -> None:
    text = "It is about 60 miles north of Kharkiv."
    assert one(desk.check(text)).finding.verdict is Verdict.UNCHECKABLE
    assert one(desk.check(text, title="Belgorod")).finding.verdict is Verdict.PLAUSIBLE


def test_a_place_that_is_not_there_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(BadInput, match="'Dayton' cannot be 'geonames:0'"):
        desk.check(QUOTE, chosen={"Dayton": "geonames:0"})


def test_words_that_the_text_lacks_choose_nothing(desk: Desk) -> None:
    assert desk.check(QUOTE, chosen={"Nowhere": "geonames:4409896"}) == desk.check(QUOTE)


def test_the_region_holds_what_the_words_describe(desk: Desk) -> None:
    check = one(desk.check("Belgorod is about 60 miles north of Kharkiv."))
    assert check.region
    assert check.claim.subject
    assert check.claim.subject.place
    assert check.region.geometry.covers(Point(check.claim.subject.place.lonlat))
    assert check.region.method.startswith("distance and direction")


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Belgorod is 60 miles from Kharkiv.", "distance only"),
        ("Belgorod lies north of Kharkiv.", "direction only"),
        ("The village of Korocha is 60 km from the border with Ukraine.", "border or coast"),
    ],
)
def test_each_wording_makes_its_region(desk: Desk, text: str, method: str) -> None:
    assert [check.region.method.partition(":")[0] for check in desk.check(text) if check.region] == [method]


@pytest.mark.parametrize("text", ["Dayton is an hour's drive from Columbus.", "They closed a 30-mile stretch of road."])
def test_what_is_no_distance_between_places_makes_no_region(desk: Desk, text: str) -> None:
    check = one(desk.check(text))
    assert check.region is None
    assert check.finding.verdict is Verdict.UNCHECKABLE


@pytest.mark.parametrize(
    "text",
    [
        "Belgorod is 1000000000000 km north of Kharkiv.",
        "The plane crashed 1000000000000 km north of Kharkiv.",
        "Belgorod is -5 km from Kharkiv.",
        "Belgorod is NaN km from Kharkiv.",
        "Belgorod is 60 north of Kharkiv.",
        "Xqzt is 60 km north of Wvbn.",
        "It is 40 km off the coast of Norway.",
    ],
)
def test_what_cannot_be_is_uncheckable_or_contradicted(desk: Desk, text: str) -> None:
    for check in desk.check(text):
        assert check.finding.verdict in (Verdict.UNCHECKABLE, Verdict.CONTRADICTED), check.finding
        assert check.finding.reason


def test_a_site_farther_than_the_earth_is_wide_has_no_region() -> None:
    said = QuotedDistance(samples.span(samples.NORTH, "70 km"), quantity=1e12, unit="km", direction="n")
    near = samples.incident().claims[0]
    assert locate(replace(near, value=Locative(Relation.OFFSET, said)), Many(0)) is None


def test_an_empty_text_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="nothing to check"):
        desk.check(" \n")


class Many:
    """A gazetteer that knows so many places of any name."""

    def __init__(self, count: int) -> None:
        self.places = [samples.place("Yablonovo", 30 + n / 10, 50, id=str(n)) for n in range(count)]

    def candidates(self, name: str) -> list[Candidate]:
        return [Candidate(place, 1.0) for place in self.places]

    def place(self, key: str) -> Place | None:
        return next((place for place in self.places if place.key == key), None)

    def border(self, key: str, other: str | None = None) -> None:
        return None

    coast = border


def distance_claim() -> Claim:
    return next(claim for claim in samples.incident().claims if claim.role is Role.DISTANCE)


def test_of_very_many_namesakes_the_first_are_offered_and_the_rest_counted() -> None:
    claim = distance_claim()
    _, subject = ends(claim, claim, Many(200))
    assert subject
    assert len(subject.namesakes) == MOST
    assert subject.more == 201 - MOST


def test_a_choice_leaves_the_reading_as_it_was() -> None:
    claim = distance_claim()
    other = Many(3).places[2]
    changed = choose(claim, {"Yablonovo": other})
    assert changed.subject
    assert changed.subject.place == other
    assert changed.reference == claim.reference
    assert claim.subject
    assert claim.subject.place == samples.YABLONOVO


def test_a_border_that_nobody_knows_is_near_the_place() -> None:
    claim = distance_claim()
    assert isinstance(claim.value, QuotedDistance)
    said = replace(claim.value, manner="border", direction=None)
    found = quoted(replace(claim, value=said), Many(0))
    assert isinstance(found, Footprint)


# --- as the page and other programs have it ---------------------------------------------------------------------------


def test_the_document_pins_each_place_and_marks_each_distance(desk: Desk) -> None:
    checks = desk.check(QUOTE)
    doc = document(QUOTE, checks)
    assert "".join(run["text"] for run in doc["text"]) == QUOTE
    assert [run["text"] for run in doc["text"] if "entry" in run] == [checks[0].claim.quote]
    assert {feature["id"] for feature in doc["features"]} == {"distance", "distance.region"}
    again = desk.check(QUOTE, chosen=chosen(pinned(checks)))
    assert [check.finding for check in again] == [check.finding for check in checks]
    json.dumps(doc, allow_nan=False)


def test_two_distances_of_one_phrase_are_both_marked(desk: Desk) -> None:
    text = "Springfield lies 25 miles from both Dayton and Columbus."
    doc = document(text, desk.check(text))
    assert "".join(run["text"] for run in doc["text"]) == text
    assert [(run["text"], run["entry"]) for run in doc["text"] if "entry" in run] == [
        ("25 miles from both Dayton", "distance"),
        (" and Columbus", "distance-2"),
    ]


def test_words_of_two_places_are_not_pinned(desk: Desk) -> None:
    check = one(desk.check(QUOTE))
    assert check.subject
    other = replace(check, subject=replace(check.subject, place=samples.YABLONOVO))
    assert pinned([check, other]).keys() == {"place.Dayton"}


def test_the_wire_has_candidates_and_the_region_as_geojson(desk: Desk) -> None:
    row = wire.check(one(desk.check(QUOTE)))
    assert row["ends"]["subject"]["candidates"][0].keys() == {"key", "label", "lat", "lon", "away_km"}
    assert row["region"]["type"] == "Polygon"
    wire.dumps(row)


@pytest.mark.parametrize("quoted_km", [0.2, 1, 7.5, 97, 5_000, 900_000])
@pytest.mark.parametrize("ratio", [0.001, 0.5, 1, 1.7, 40])
def test_the_plot_stays_within_its_frame(quoted_km: float, ratio: float) -> None:
    made = plot(quoted_km * 1000, quoted_km * 1000 * ratio)
    numbers = [float(n) for n in made["curve"].replace("M", " ").replace("L", " ").replace("Z", "").split()]
    assert np.isfinite(numbers).all()
    assert min(numbers[0::2]) >= LEFT
    assert max(numbers[0::2]) <= RIGHT
    assert LEFT <= made["mark"] <= RIGHT
    assert made["beyond"] == (ratio > 2)
    assert float(made["low"]) < 1 < float(made["high"])


# --- the command line -------------------------------------------------------------------------------------------------


def test_the_command_prints_what_each_end_was_taken_to_mean(desk: Desk) -> None:
    said = CliRunner().invoke(cli.cli, ["check", QUOTE]).output
    assert "from Dayton, Montgomery County, Ohio, United States [geonames:4509884]" in said
    assert "others of that name" in said


def test_the_command_takes_a_place_and_gives_candidates(desk: Desk) -> None:
    arguments = ["check", QUOTE, "--place", "Springfield=geonames:4409896", "--json"]
    (row,) = json.loads(CliRunner().invoke(cli.cli, arguments).output)
    assert row["ends"]["subject"]["key"] == "geonames:4409896"
    assert row["ends"]["subject"]["chosen"] is True
    assert len(row["ends"]["subject"]["candidates"]) == FEW


@pytest.mark.parametrize("wanted", [0, 3, MOST])
def test_as_many_candidates_as_asked_for_and_a_count_of_the_rest(desk: Desk, wanted: int) -> None:
    every = wire.check(one(desk.check(QUOTE)), candidates=MOST)["ends"]["subject"]
    arguments = ["check", QUOTE, "--json", "--candidates", str(wanted)]
    (row,) = json.loads(CliRunner().invoke(cli.cli, arguments).output)
    found = row["ends"]["subject"]
    assert found["candidates"] == every["candidates"][:wanted]
    assert len(found["candidates"]) + found["more"] == len(every["candidates"]) + every["more"] > 30


def test_the_place_measured_is_always_among_the_few(desk: Desk) -> None:
    for key in ("geonames:4409896", None):
        end = one(desk.check(QUOTE, chosen={"Springfield": key} if key else None)).subject
        assert end
        assert end.place
        assert end.read
        keys = [candidate["key"] for candidate in (wire.end(end) or {})["candidates"]]
        assert {end.place.key, end.read.key} <= set(keys)


@pytest.mark.parametrize("choice", ["Springfield", "=geonames:1", "Springfield="])
def test_a_choice_that_is_none_is_bad_use(choice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", QUOTE, "--place", choice]) == 2
    assert "is not WORDS=KEY" in capsys.readouterr().err
