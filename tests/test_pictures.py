"""Pictures: drawn without a browser, the same bytes each time, in the page's colours, with words for who cannot see."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from geomap import plane
from geomap.config import STATIC
from geomap.errors import BadInput, NotFound
from geomap.model import Footprint, Incident, Status
from geomap.render.document import document
from geomap.render.picture import Options, alt, png, svg
from geomap.render.picture.frame import Room, fit
from geomap.render.picture.furniture import round_length
from geomap.render.picture.hatching import PATTERNS
from geomap.render.picture.labels import Painter, labels, write
from geomap.render.picture.lettering import joins, shortened, width
from geomap.render.picture.palette import palette
from tests import hostile, samples

SVG = "{http://www.w3.org/2000/svg}"

pytestmark = pytest.mark.skipif(
    not (STATIC / "vendor" / "@expo-google-fonts").is_dir(), reason="static/vendor is not there: run make setup"
)


def drawing(incident: Incident, **options: object) -> ET.Element:
    """The picture as parsed XML."""
    return ET.fromstring(svg(incident, Options(**options), static=STATIC).encode())  # type: ignore[arg-type]


def image(incident: Incident, **options: object) -> Image.Image:
    """The picture as Pillow reads it."""
    return Image.open(io.BytesIO(png(incident, Options(**options), static=STATIC)))  # type: ignore[arg-type]


def words(root: ET.Element) -> list[str]:
    """Every piece of text that the picture shows."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def colours(picture: Image.Image) -> set[str]:
    """The colours that cover whole pixels of a picture."""
    pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    return {f"#{r:02x}{g:02x}{b:02x}" for r, g, b in np.unique(pixels, axis=0)}


@pytest.mark.parametrize("size", [(1200, 630), (390, 844), (120, 120), (4096, 300), (2400, 1260)])
def test_a_picture_has_the_size_asked_for(size: tuple[int, int]) -> None:
    assert image(samples.incident(), width=size[0], height=size[1]).size == size


@pytest.mark.parametrize("size", [(4097, 600), (600, 119), (0, 0), (-5, 600)])
def test_another_size_is_refused_in_one_line(size: tuple[int, int]) -> None:
    with pytest.raises(BadInput, match="give each side 120 to 4096"):
        Options(*size)


def test_another_theme_or_language_is_refused() -> None:
    with pytest.raises(BadInput, match="light or dark"):
        Options(theme="neon")
    with pytest.raises(BadInput, match="en or uk"):
        Options(lang='"><x')


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_is_in_the_colours_of_the_page(theme: str) -> None:
    """Land, paper and the crash site's red are the style sheet's, pixel for pixel."""
    found = colours(image(samples.incident(), theme=theme))
    wanted = palette(STATIC, theme)
    assert {wanted["land"], wanted["paper"], wanted["crash-site"]} <= found
    assert wanted["land"] != palette(STATIC, "dark" if theme == "light" else "light")["land"]


def test_what_the_page_names_the_picture_names() -> None:
    """Sites with their native names, roles and accusers; distances as quoted and measured; title, legend, credits."""
    shown = words(drawing(samples.incident()))
    told = " ".join(shown)
    for expected in (
        "Yablonovo",
        "Crash site",
        "Launch area, claimed",
        f"by {samples.MINISTRY}",
        "quoted 70 km northeast",
    ):
        assert expected in told
    assert samples.incident().title in shown
    assert "Legend" not in told
    assert "only claimed" in shown
    assert any("GeoNames (CC BY 4.0)" in each and "Natural Earth" in each for each in shown)
    assert any(re.fullmatch(r"[\d,]+ k?m", each) for each in shown)


def test_no_label_lies_over_another() -> None:
    doc = document(samples.incident())
    frame = fit(doc["view"]["event"], 600, 400, Room())
    base = {kind: {"features": []} for kind in ("countries", "places")}
    taken: list[tuple[float, float, float, float]] = []
    found = list(labels(doc, base, frame, static=STATIC, brief=False))
    write(ET.Element("svg"), found, taken, frame, Painter(palette(STATIC, "light"), STATIC))
    boxes = [shapely.box(*each) for each in taken if each[3] - each[1] > 10]
    assert len(boxes) > 2
    assert all(not a.intersection(b).area for n, a in enumerate(boxes) for b in boxes[:n])


@pytest.mark.parametrize("status", list(Status))
def test_every_status_can_be_drawn(status: Status) -> None:
    """Each has its own filling: none is drawn as another is."""
    base = samples.incident()
    area = plane.Plane(37.3, 50.8).unproject(shapely.Point(0, 0).buffer(20_000))
    site = replace(base.sites[0], status=status, footprint=Footprint(area, 20_000, "intersection"))
    drawn = svg(replace(base, sites=(site,), routes=(), findings=()), Options(), static=STATIC)
    others = [
        svg(replace(base, sites=(replace(site, status=each),), routes=(), findings=()), Options(), static=STATIC)
        for each in Status
        if each is not status
    ]
    assert drawn not in others


def test_the_same_incident_gives_the_same_picture() -> None:
    first, second = (png(samples.incident(), Options(), static=STATIC) for _ in range(2))
    assert first == second


def test_no_font_of_the_machine_is_used() -> None:
    """Cyrillic names are drawn with the font that comes with geomap, in their own letters."""
    base = samples.incident()
    place = replace(base.sites[0].place or samples.YABLONOVO, names=("Яблоново",))
    with_native = replace(base, sites=(replace(base.sites[0], place=place), *base.sites[1:]))
    assert any("Яблоново" in each for each in words(drawing(with_native)))
    assert width("Яблоново", 12, 400, STATIC) == pytest.approx(60, rel=0.2)
    georgian = replace(place, names=("თბილისი",), country="GE")
    without = replace(base, sites=(replace(base.sites[0], place=georgian), *base.sites[1:]))
    assert not any("თბილისი" in each for each in words(drawing(without))), "no letter is drawn as an empty box"


def test_pictures_name_countries_and_regions_in_their_language() -> None:
    """As far as the font writes it; letters that are joined stay together."""
    assert {"УКРАЇНА", "Сумська область"} & set(words(drawing(samples.incident(), lang="uk")))
    english, japanese = (set(words(drawing(samples.incident(), lang=code))) for code in ("en", "ja"))
    assert english == japanese
    arabic = [each for each in drawing(samples.incident(), lang="ar").iter(f"{SVG}text") if each.get("letter-spacing")]
    assert all(float(each.get("letter-spacing", 0)) == 0 for each in arabic if joins("".join(each.itertext())))


def test_a_large_picture_has_larger_letters() -> None:
    assert drawing(samples.incident(), width=2400, height=1260).get("viewBox") == "0 0 1200 630"


def test_hostile_words_stay_words() -> None:
    """Markup in a report is text in the picture, whatever its place; nothing refers outside the file."""
    root = drawing(hostile.incident())
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        *("svg", "title", "desc", "defs", "marker", "path", "rect", "circle", "text", "tspan")
    }
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on") or "href" in name]
    assert any("<script>" in each for each in words(root))
    assert image(hostile.incident()).size == (1200, 630)


def test_control_characters_do_not_break_a_picture() -> None:
    title = "a\x00b\x0b\ud800\uffff\u202ec" * 40
    incident = replace(samples.incident(), title=title)
    assert image(incident).text["Title"].startswith("a")  # type: ignore[attr-defined]
    assert drawing(incident).findtext(f"{SVG}title")


def test_a_picture_says_what_is_on_it() -> None:
    """As ``title`` and ``desc`` in the SVG, as text in the PNG; whole sentences where they must be short."""
    doc = document(samples.incident())
    root = drawing(samples.incident())
    assert root.findtext(f"{SVG}title") == "Il-76 crash near Yablonovo: map"
    assert root.findtext(f"{SVG}desc") == alt(doc)
    assert root.get("aria-labelledby") == "title"
    assert image(samples.incident()).text["Description"] == alt(doc)  # type: ignore[attr-defined]
    assert "Crash site: Yablonovo" in alt(doc)
    assert "quoted 70 km northeast, measured" in alt(doc)
    short = alt(doc, most=200)
    assert len(short) <= 200
    assert short.endswith(".")
    assert alt(doc).startswith(short)


def test_an_incident_without_a_place_is_a_picture_of_the_world() -> None:
    empty = Incident("none", "Nothing known", None, ())
    assert image(empty).size == (1200, 630)
    assert "Nothing could be placed" in alt(document(empty))


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "css").symlink_to(STATIC / "css")
    (tmp_path / "basemap").symlink_to(STATIC / "basemap")
    with pytest.raises(NotFound, match="run make setup"):
        png(samples.incident(), Options(), static=tmp_path)
    with pytest.raises(NotFound, match="GEOMAP_STATIC"):
        svg(samples.incident(), Options(), static=tmp_path / "none")


BOXES = st.tuples(st.floats(-179, 178), st.floats(-80, 79), st.floats(0.01, 20), st.floats(0.01, 5)).map(
    lambda box: (box[0], box[1], min(box[0] + box[2], 180), box[1] + box[3])
)
SIDES = st.integers(120, 4096)


@given(BOXES, SIDES, SIDES)
def test_what_is_to_be_shown_lies_in_the_frame(
    bounds: tuple[float, float, float, float], across: int, down: int
) -> None:
    """Every corner of the bounds falls into the room left free, and the frame's own bounds hold them."""
    room = Room(left=across / 4, top=10, right=5, bottom=20)
    frame = fit(bounds, across, down, room)
    corners = frame.points([(bounds[0], bounds[1]), (bounds[2], bounds[3])])
    slack = 1e-6 * frame.world
    assert np.all(corners[:, 0] >= room.left - slack)
    assert np.all(corners[:, 0] <= across - room.right + slack)
    assert np.all(corners[:, 1] >= room.top - slack)
    assert np.all(corners[:, 1] <= down - room.bottom + slack)
    own = frame.bounds
    assert own[0] <= bounds[0] + 1e-6
    assert own[2] >= bounds[2] - 1e-6
    assert own[0] < own[2]
    assert own[1] < own[3]


@given(st.floats(0.5, 5e7))
def test_a_scale_bar_is_a_round_length_that_fits(most: float) -> None:
    length = round_length(most)
    assert most / 2.01 <= length <= most * (1 + 1e-9)
    assert f"{length:.0e}"[0] in "1235"


@pytest.mark.parametrize("kind", PATTERNS)
def test_hatching_stays_inside_its_area(kind: str) -> None:
    """A ring with a hole: no line and no dot leaves it or crosses the hole."""
    area = shapely.Point(100, 100).buffer(80) - shapely.Point(100, 100).buffer(30)
    data = PATTERNS[kind](area)
    numbers = re.findall(r"(-?[\d.]+) (-?[\d.]+)", data)
    points = shapely.points([(float(x), float(y)) for x, y in numbers])
    assert len(points) > 50
    assert all(shapely.dwithin(points, area, 0.2))
    assert PATTERNS[kind](shapely.box(0, 0, 0.1, 0.1)) is not None


@given(st.text(max_size=80), st.floats(20, 400))
def test_a_cut_title_fits(text: str, room: float) -> None:
    kept = shortened(text, room, 20, 600, STATIC)
    assert width(kept, 20, 600, STATIC) <= room
    assert kept == text or kept.endswith("…")
