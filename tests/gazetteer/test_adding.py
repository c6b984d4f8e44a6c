"""Dumps and boundaries added to a gazetteer: formats, damage, adding twice, fetching."""

from __future__ import annotations

import json
import threading
import tracemalloc
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import geomap.gazetteer
from geomap.errors import GazetteerError, RemoteError
from geomap.gazetteer import adding
from geomap.gazetteer.fetch import fetch
from tests.gazetteer.small import contents, gazetteer, line

PLACES = "\n".join(
    [
        line(10, "Riverbend", 50.1, 30.1, others="Річковий Вигин,Riverbend Town", population=900, admin2="77"),
        line(11, "Hilltop", 50.9, 30.2, population=40, admin2="77"),
        line(12, "Lakeside", 50.2, 30.9, admin2="77"),
        line(3, "Old Ford", 50.61, 30.61, others="Old Fort", population=1200),
        line(13, "Riverbend District", 50.3, 30.3, cls="A", code="ADM2", admin2="77"),
        line(14, "Riverbend Airfield", 50.12, 30.12, cls="S", code="AIRF"),
        line(15, "Slow River", 50.4, 30.4, cls="H", code="STM"),
    ]
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return gazetteer(tmp_path / "gazetteer.db")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    file = tmp_path / "FR.txt"
    file.write_text(PLACES + "\n", encoding="utf-8")
    return file


def zipped(dump: Path) -> Path:
    file = dump.with_suffix(".zip")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "what the columns are")
        archive.write(dump, dump.name)
    return file


def test_a_dump_adds_places_with_all_their_names(path: Path, dump: Path) -> None:
    """Villages, districts, airfields and rivers are found by main names, other names and alphabets."""
    done = geomap.gazetteer.add(path, dump)
    assert (done.kind, done.rows) == ("places", 7)
    known = geomap.gazetteer.open(path)
    for name in ("Riverbend", "Річковий Вигин", "riverbend town", "Riverbned"):
        assert known.candidates(name)[0].place.key == "geonames:10"
    assert known.candidates("Riverbend district")[0].place.feature_code == "ADM2"
    assert known.candidates("Riverbend air field")[0].place.feature_code == "AIRF"
    assert known.candidates("Slow River")[0].place.feature_code == "STM"
    assert known.candidates("Hilltop")[0].place.within == ("Freeland", "Northmark region", "Riverbend District")


def test_a_dump_replaces_a_poorer_row(path: Path, dump: Path) -> None:
    """A place known before keeps its name and gains coordinates, people and names."""
    geomap.gazetteer.add(path, dump)
    known = geomap.gazetteer.open(path)
    town = known.place("geonames:3")
    assert town is not None
    assert (town.lonlat, town.population, town.names) == ((30.61, 50.61), 1200, ("Old Fort",))
    assert [c.place.key for c in known.candidates("Old Fort")] == ["geonames:3"]


def test_units_are_placed_anew_by_their_settlements(path: Path, dump: Path) -> None:
    """Three villages filed under a district or region outline it."""
    geomap.gazetteer.add(path, dump)
    known = geomap.gazetteer.open(path)
    for name in ("Riverbend district", "Northmark region"):
        footprint = known.candidates(name)[0].place.footprint
        assert footprint.method == "settlements"
        assert footprint.geometry.geom_type == "Polygon"


def test_adding_twice_changes_nothing(path: Path, dump: Path) -> None:
    """The same file, and the same rows from another file, leave the gazetteer as it is."""
    geomap.gazetteer.add(path, dump)
    before = contents(path)
    assert geomap.gazetteer.add(path, dump).already
    assert contents(path) == before
    assert not geomap.gazetteer.add(path, zipped(dump)).already
    assert contents(path) == before


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("16\tCut off\tCut", "line 8: 3 columns"),
        (line(16, "Nowhere", 95.0, 30.0), "line 8: no place can be"),
        (line(16, "Nowhere", 50.0, 30.0).replace("50.0", "fifty"), "line 8: could not convert"),
        ("\udcff\udcfe", "line 8: not UTF-8"),
    ],
)
def test_a_damaged_dump_is_refused_with_its_line(path: Path, dump: Path, bad: str, said: str) -> None:
    """The gazetteer is byte for byte as it was, and nothing is left beside it."""
    dump.write_bytes(dump.read_bytes() + bad.encode("utf-8", "surrogateescape") + b"\n")
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(GazetteerError, match=said) as caught:
        geomap.gazetteer.add(path, dump)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside


def test_a_damaged_archive_is_refused(path: Path, dump: Path) -> None:
    """A .zip cut short, and one whose contents were changed, are said to be damaged."""
    file = zipped(dump)
    whole = file.read_bytes()
    for broken in (whole[: len(whole) // 2], whole.replace(b"PK\x05\x06", b"PK\x00\x00"), b""):
        file.write_bytes(broken)
        with pytest.raises(GazetteerError, match=r"FR\.zip"):
            geomap.gazetteer.add(path, file)


@pytest.mark.parametrize("version", [8, 10])
def test_alternate_names_are_added(path: Path, tmp_path: Path, version: int) -> None:
    """Names in any language, codes only in capitals; links and post codes are no names."""
    rows = [
        ("1", "3", "de", "Altfurt"), ("2", "3", "iata", "OFD"), ("3", "3", "link", "https://example.org/x"),
        ("4", "99", "en", "Of no place we know"), ("5", "3", "uk", "Старий Брід"),
    ]  # fmt: skip
    file = tmp_path / "alternateNamesV2.txt"
    file.write_text("".join("\t".join([*row, *[""] * (version - 4)]) + "\n" for row in rows), encoding="utf-8")
    assert geomap.gazetteer.add(path, file).kind == "names"
    known = geomap.gazetteer.open(path)
    for name in ("Altfurt", "Старий Брід", "OFD"):
        assert [c.place.key for c in known.candidates(name)] == ["geonames:3"]
    assert not known.candidates("ofd")
    assert not known.candidates("Of no place we know")
    assert not known.candidates("https://example.org/x")
    assert "Altfurt" in known.candidates("Altfurt")[0].place.names


def test_admin_codes_are_added(path: Path, tmp_path: Path) -> None:
    """New units lie where the unit around them does, and say so; known ones gain names."""
    (tmp_path / "admin1CodesASCII.txt").write_text("FR.01\tNorthmark\tNorthmark\t2\nFR.02\tSouthmark\tSouthmark\t20\n")
    (tmp_path / "admin2Codes.txt").write_text("FR.02.5\tDeepdale Raion\tDeepdale Raion\t21\n")
    for name in ("admin1CodesASCII.txt", "admin2Codes.txt"):
        geomap.gazetteer.add(path, tmp_path / name)
    known = geomap.gazetteer.open(path)
    assert known.candidates("Northmark")[0].place.key == "geonames:2"
    unit = known.candidates("Deepdale district")[0].place
    assert unit.admin == ("FR", "FR.02", "FR.02.5")
    assert unit.footprint.method == "parent"


def square(lon: float, lat: float, size: float) -> list[list[list[float]]]:
    return [[[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]]


def collection(*features: tuple[dict[str, object], object]) -> str:
    made = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": made})


def test_boundaries_are_attached_to_their_units(path: Path, tmp_path: Path) -> None:
    """By name or by id; what fits no unit is listed; the point that stands for the unit lies inside."""
    file = tmp_path / "units.geojson"
    shape = {"type": "Polygon", "coordinates": square(30, 50, 1)}
    far = {"type": "Polygon", "coordinates": square(-100, 40, 1)}
    file.write_text(
        collection(
            ({"shapeName": "Northmark Oblast"}, shape), ({"name": "Elsewhere"}, far), ({"name": "Northmark"}, far)
        )
    )
    done = geomap.gazetteer.add(path, file)
    assert (done.rows, done.unmatched) == (1, ("Elsewhere", "Northmark"))
    footprint = geomap.gazetteer.open(path).candidates("Northmark region")[0].place.footprint
    assert footprint.method == "boundary"
    assert footprint.geometry.bounds == (30, 50, 31, 51)
    assert "Elsewhere" in str(done)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"type": "FeatureCollection",\n "features": [', "line 2"),
        ("[]", "no GeoJSON FeatureCollection"),
        (collection(({}, None)), "feature 1: no polygon"),
        (collection(({}, {"type": "Point", "coordinates": [1, 2]})), "feature 1: no polygon"),
        (
            collection(({}, {"type": "Polygon", "coordinates": square(300, 50, 1)})),
            "feature 1: no polygon on the Earth",
        ),
    ],
)
def test_damaged_boundaries_are_refused(path: Path, tmp_path: Path, text: str, said: str) -> None:
    """The gazetteer stays as it was."""
    file = tmp_path / "units.geojson"
    file.write_text(text)
    before = path.read_bytes()
    with pytest.raises(GazetteerError, match=said):
        geomap.gazetteer.add(path, file)
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["", "a line of prose\n", "one\ttwo\n"])
def test_what_is_no_dump_is_refused(path: Path, tmp_path: Path, text: str) -> None:
    """A file that is neither says which columns were due."""
    file = tmp_path / "notes.txt"
    file.write_text(text)
    with pytest.raises(GazetteerError, match="no GeoNames dump"):
        geomap.gazetteer.add(path, file)


def test_a_file_that_is_not_there(path: Path) -> None:
    """The message says what may be given."""
    with pytest.raises(GazetteerError, match="two-letter code"):
        geomap.gazetteer.add(path, "nowhere.txt")


def test_memory_does_not_grow_with_the_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four batches take little more memory than two: the next is read while the last is still held."""
    monkeypatch.setattr(adding, "BATCH", 500)

    def peak(rows: int) -> int:
        file, known = tmp_path / f"{rows}.txt", gazetteer(tmp_path / f"{rows}.db")
        file.write_text("".join(line(1000 + at, f"Ort {at}", 50.0, 30.0, admin1="") + "\n" for at in range(rows)))
        tracemalloc.start()
        geomap.gazetteer.add(known, file)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(100)  # what is loaded at first use is no part of it
    assert peak(2000) < 1.4 * peak(1000)


def test_progress_is_told(path: Path, dump: Path) -> None:
    """The rows done so far are told as they are added."""
    told: list[tuple[str, int, int]] = []
    geomap.gazetteer.add(path, dump, progress=lambda *step: told.append(step))
    assert ("adding FR.txt", 7, 0) in told


# --- fetching --------------------------------------------------------------------------------------------------------


class Server(ThreadingHTTPServer):
    """Serves one file, cutting off after so many bytes as often as told."""

    daemon_threads = True
    body = b""
    cut_at = 0
    cuts = 0
    tag = '"one"'
    ranges: list[str | None]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server = self.server
        asked = self.headers.get("Range")
        server.ranges.append(asked)
        if not self.path.endswith("FR.zip"):
            self.send_error(404)
            return
        start = 0
        if asked and self.headers.get("If-Range") == server.tag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
        body = server.body[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", server.tag)
        self.end_headers()
        if server.cuts:
            server.cuts -= 1
            self.wfile.write(body[: server.cut_at])
            self.wfile.flush()
            self.connection.close()
        else:
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(dump: Path) -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.body, made.ranges = zipped(dump).read_bytes(), []
    dump.with_suffix(".zip").unlink()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/export/"


def test_a_country_code_fetches_its_dump(path: Path, server: Server) -> None:
    """FR is fetched from the base address, kept beside the gazetteer and added."""
    done = geomap.gazetteer.add(path, "FR", dump_url=address(server))
    assert done.rows == 7
    assert (path.parent / "dumps" / "FR.zip").is_file()
    assert not list((path.parent / "dumps").glob("*.part*"))


def test_a_fetch_cut_off_is_taken_up_there(server: Server, tmp_path: Path) -> None:
    """After two cuts the third request asks for the rest alone, and the file is whole."""
    server.cut_at, server.cuts = 100, 2
    target = tmp_path / "fetched" / "FR.zip"
    fetch(f"{address(server)}FR.zip", target, pause=lambda seconds: None)
    assert target.read_bytes() == server.body
    assert server.ranges == [None, "bytes=100-", "bytes=200-"]


def test_a_later_call_takes_up_an_earlier_one(server: Server, tmp_path: Path) -> None:
    """What arrived before a failed call is not asked for again."""
    server.cut_at, server.cuts = 100, 1
    target = tmp_path / "FR.zip"
    with pytest.raises(RemoteError, match="run it again"):
        fetch(f"{address(server)}FR.zip", target, tries=1)
    assert not target.exists()
    fetch(f"{address(server)}FR.zip", target, tries=1)
    assert target.read_bytes() == server.body
    assert server.ranges[-1] == "bytes=100-"


def test_a_file_changed_meanwhile_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    """Halves of two versions are never joined."""
    server.cut_at, server.cuts = 100, 1
    target = tmp_path / "FR.zip"
    with pytest.raises(RemoteError):
        fetch(f"{address(server)}FR.zip", target, tries=1)
    server.tag, server.body = '"two"', server.body[::-1]
    fetch(f"{address(server)}FR.zip", target, tries=1)
    assert target.read_bytes() == server.body


def test_what_cannot_be_fetched_is_said(path: Path, server: Server) -> None:
    """An unknown code, a dead server and an address that is none: one line each."""
    with pytest.raises(RemoteError, match="404"):
        geomap.gazetteer.add(path, "QQ", dump_url=address(server))
    with pytest.raises(RemoteError, match="broke off"):
        fetch("http://127.0.0.1:9/FR.zip", path.parent / "x.zip", tries=2, pause=lambda seconds: None)
    with pytest.raises(RemoteError, match="no http address"):
        fetch("file:///etc/hostname", path.parent / "x.zip")
