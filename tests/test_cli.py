"""The command line: what each verb prints, and one clear line for everything that goes wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap import cli
from geomap.model import Gazetteer

SEED = Path(__file__).resolve().parent.parent / "seeds" / "il76-belgorod-2024"
HOSTILE = "<script>alert(1)</script> ${alert(2)}"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line on a store of its own: exit status, stdout and stderr."""
    monkeypatch.setenv("GEOMAP_DB", f"sqlite:///{tmp_path / 'store.db'}")

    def call(*arguments: str | Path, stdin: str | None = None) -> tuple[int, str, str]:
        if stdin is not None:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = cli.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def placed(gazetteer: Gazetteer) -> None:
    """For verbs that place names: skips where there is no gazetteer."""


def one_line(err: str) -> str:
    """The error, which must be a single line without a traceback."""
    assert "Traceback" not in err
    lines = err.strip().splitlines()
    assert len(lines) == 1, err
    return lines[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["map"],
        ["map", "-o", "out.html"],
        ["ingest"],
        ["check"],
        ["nonsense"],
        ["geoparse", "--kinds", "villages"],
        ["export", "x", "--format", "docx", "-o", "x.docx"],
        ["serve", "--port", "no"],
    ],
    ids=" ".join,
)
def test_bad_use_is_one_line_and_status_2(run: Run, arguments: list[str]) -> None:
    """What was typed wrongly is said in one line."""
    code, out, err = run(*arguments)
    assert code == 2
    assert one_line(err).startswith("geomap: ")
    assert not out


BAD_REPORTS = {
    "empty": b"",
    "blank": b" \n\n",
    "binary": bytes(range(256)) * 40,
    "huge": b"word " * 10_000_001,
}


@pytest.mark.parametrize("kind", BAD_REPORTS)
def test_a_report_that_cannot_be_read_is_named(run: Run, tmp_path: Path, kind: str) -> None:
    """Empty, binary and 50 MB files: one line that names the file, and no page is left behind."""
    report, page = tmp_path / f"{kind}.txt", tmp_path / "out.html"
    report.write_bytes(BAD_REPORTS[kind])
    code, _, err = run("map", report, "-o", page)
    assert code == 1
    assert f"{kind}.txt" in one_line(err)
    assert not page.exists()


def test_a_folder_without_reports_is_named(run: Run, tmp_path: Path) -> None:
    """A folder that holds nothing to read is said so."""
    (tmp_path / "empty").mkdir()
    code, _, err = run("map", tmp_path / "empty", "-o", tmp_path / "out.html")
    assert code == 1
    assert "no reports" in one_line(err)


def test_a_page_that_cannot_be_written_is_said_first(run: Run, tmp_path: Path) -> None:
    """A missing output folder is found before any work."""
    code, _, err = run("map", SEED, "-o", tmp_path / "nowhere" / "out.html")
    assert code == 2
    assert "folder" in one_line(err)


@pytest.mark.usefixtures("placed")
def test_map_writes_one_page_that_needs_no_network(run: Run, tmp_path: Path) -> None:
    """The page holds everything: no script, style or picture is fetched from anywhere."""
    page = tmp_path / "out.html"
    code, out, _ = run("map", SEED, "-o", page)
    assert code == 0
    assert "5 reports" in out
    text = page.read_text(encoding="utf8")
    assert 'lang="en"' in text
    assert "<title>" in text
    assert not [word for word in ('src="http', 'href="http://cdn', "url(http") if word in text]


@pytest.mark.usefixtures("placed")
@pytest.mark.parametrize(
    "text",
    ["Nothing here happened in any place.", "Сегодня ничего не произошло.", "昨日は何も起こらなかった。"],
    ids=["no place", "Russian", "Japanese"],
)
def test_a_report_without_a_place_gives_an_honest_empty_page(run: Run, tmp_path: Path, text: str) -> None:
    """No place, or another language: a page, without a pin."""
    report = tmp_path / "report.txt"
    report.write_text(text, encoding="utf8")
    code, out, _ = run("map", report, "-o", tmp_path / "out.html")
    assert code == 0
    assert "0 sites" in out


@pytest.mark.usefixtures("placed")
def test_hostile_words_never_become_markup(run: Run, tmp_path: Path) -> None:
    """A title, place or speaker that is code stays text in the page."""
    report = tmp_path / "report.txt"
    body = f"A plane crashed near Belgorod, the {HOSTILE} ministry said. {HOSTILE} is a village near Kharkiv."
    report.write_text(f"---\ntitle: '{HOSTILE}'\noutlet: '{HOSTILE}'\n---\n{body}", encoding="utf8")
    page = tmp_path / "out.html"
    assert run("map", report, "-o", page)[0] == 0
    assert "<script>alert(1)" not in page.read_text(encoding="utf8")


@pytest.mark.usefixtures("placed")
def test_ingest_list_and_export(run: Run, tmp_path: Path) -> None:
    """A seed incident goes into the store, is listed, and comes out as GeoJSON; a second time changes nothing."""
    assert run("incidents")[1].startswith("no incident yet")
    assert run("ingest", SEED)[0] == 0
    assert run("ingest", SEED, "--incident", "il76-belgorod-2024")[0] == 0
    (listed,) = json.loads(run("incidents", "--json")[1])
    assert (listed["id"], listed["reports"]) == ("il76-belgorod-2024", 5)
    assert "il76-belgorod-2024" in run("incidents")[1]
    out = tmp_path / "out.geojson"
    assert run("export", "il76-belgorod-2024", "-o", out)[0] == 0
    collection = json.loads(out.read_text(encoding="utf8"))
    assert "crash-site" in {feature["properties"]["role"] for feature in collection["features"]}


def test_an_incident_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """An unknown name is said in one line and writes nothing."""
    code, _, err = run("export", "unknown", "-o", tmp_path / "x.geojson")
    assert code == 1
    assert "unknown" in one_line(err)
    assert not (tmp_path / "x.geojson").exists()


@pytest.mark.usefixtures("placed")
def test_geoparse_answers_each_line_and_names_the_bad_ones(run: Run) -> None:
    """Lines that are not reports are named by number; the others are answered; the status is 1."""
    lines = '{"id": "a", "text": "Rain fell on Kharkiv."}\nnot json\n{"id": "b"}\n{"id": "c", "text": "Oslo."}\n'
    code, out, err = run("geoparse", stdin=lines)
    assert code == 1
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "c"]
    assert [line.split(":")[1].strip() for line in err.splitlines()] == ["line 2", "line 3"]
    (kharkiv,) = answers[0]["mentions"]
    assert (kharkiv["start"], kharkiv["end"], kharkiv["text"]) == (13, 20, "Kharkiv")
    assert kharkiv["lat"] == pytest.approx(49.98, abs=0.1)
    assert kharkiv["country"] == "UA"
    keys = {"start", "end", "text", "kind", "lat", "lon", "gid", "name", "country", "confidence"}
    assert kharkiv.keys() >= keys


@pytest.mark.usefixtures("placed")
def test_extract_writes_claims_in_their_shape(run: Run) -> None:
    """Every claim has its words, offsets, ends, value and attribution."""
    text = "A train derailed near Lviv on Monday, about 70 km east of the Polish border, the railway said."
    code, out, _ = run("extract", stdin=json.dumps({"id": "a", "text": text}))
    assert code == 0
    claims = json.loads(out)["claims"]
    assert claims
    keys = {"role", "quote", "start", "end", "subject", "reference", "value", "speaker", "chain", "status", "evidence"}
    for claim in claims:
        assert claim.keys() >= keys
        assert text[claim["start"] : claim["end"]] == claim["quote"]


@pytest.mark.usefixtures("placed")
def test_check_a_sentence(run: Run) -> None:
    """A sentence's distance is read, measured and judged."""
    code, out, _ = run("check", "Belgorod is about 60 miles north of Kharkiv.")
    assert code == 0
    assert "PLAUSIBLE" in out
    (check,) = json.loads(run("check", "--json", "Belgorod is about 60 miles north of Kharkiv.")[1])
    assert check["value"]["quantity"] == 60
    assert check["finding"]["measured_km"] == pytest.approx(72.95, abs=1.5)


def test_check_a_table(run: Run, tmp_path: Path) -> None:
    """Every row comes back with what was measured; a broken row says why and the rest are computed."""
    table = tmp_path / "quotes.csv"
    table.write_text(
        "id,quantity,unit,direction,ref_lat,ref_lon,subj_lat,subj_lon\n"
        "a,60,mi,n,49.98,36.25,50.6,36.58\n"
        "b,60,furlongs,n,49.98,36.25,50.6,36.58\n"
        "c,60,mi,n,91,36.25,50.6,36.58\n"
    )
    code, out, _ = run("check", "--table", table)
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert rows[0]["verdict"] in {"agrees", "plausible"}
    assert [row["verdict"] for row in rows[1:]] == ["uncheckable", "uncheckable"]
    assert rows[0].keys() >= {"measured_km", "azimuth", "ratio", "percentile", "verdict", "reason"}


@pytest.mark.parametrize("content", ["", "quantity,unit\n1,km\n"], ids=["empty", "column missing"])
def test_a_table_that_cannot_be_used(run: Run, tmp_path: Path, content: str) -> None:
    """An empty table or a missing column is one line."""
    table = tmp_path / "quotes.csv"
    table.write_text(content)
    code, _, err = run("check", "--table", table)
    assert code in {1, 2}
    assert one_line(err)


def test_a_missing_gazetteer_says_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Before set-up, a verb that needs the gazetteer says how to get one."""
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(tmp_path / "none.db"))
    code, _, err = run("check", "Oslo is 10 km from Bergen.")
    assert code == 1
    assert "make setup" in one_line(err)
