"""Many quotes at once: columns, and CSV in and out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from geomap.check import VERDICTS, check_csv, check_distance, check_table
from geomap.errors import BadInput

HEADER = "quantity,unit,direction,ref_lat,ref_lon,subj_lat,subj_lon"
SOUND = "60,mi,n,49.98177,36.25475,50.60343,36.58091"


def checked(*lines: str, header: str = HEADER) -> list[dict[str, str]]:
    """The table's rows as they come back."""
    out = io.StringIO()
    check_csv(io.StringIO("\n".join([header, *lines]) + "\n"), out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_a_row_comes_back_with_its_finding() -> None:
    """Every column returns, with what was measured and why."""
    (row,) = checked(f"7,{SOUND},a note", header=f"id,{HEADER},note")
    assert (row["id"], row["note"], row["quantity"]) == ("7", "a note", "60")
    assert float(row["measured_km"]) == pytest.approx(72.95, abs=0.01)
    assert float(row["azimuth"]) == pytest.approx(18.5, abs=0.1)
    assert float(row["ratio"]) == pytest.approx(0.7555, abs=0.001)
    assert row["verdict"] == "plausible"
    assert "a third longer" in row["reason"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("60,,n,49,36,50,36", "without a unit"),
        ("60,parsec,n,49,36,50,36", "unknown unit"),
        ("-60,km,n,49,36,50,36", "0 or below"),
        ("nan,km,n,49,36,50,36", "not a number"),
        ("sixty,km,n,49,36,50,36", "not a number"),
        ("inf,km,n,49,36,50,36", "not finite"),
        ("1e12,km,n,49,36,50,36", "no two places"),
        ("60,km,up,49,36,50,36", "unknown direction"),
        ("60,km,n,91,36,50,36", "latitude"),
        ("60,km,n,49,361,50,36", "longitude"),
        ("60,km,n,49,,50,36", "coordinate"),
        ("60,km,n,49,east,50,36", "coordinate"),
        (",,,49,36,50,36", "no distance and no direction"),
        ("60,km,n,49,36,50", "6 columns where the table has 7"),
        ("60,km,n,49,36,50,36,9,9", "9 columns where the table has 7"),
    ],
)
def test_a_broken_row_does_not_stop_the_rest(line: str, words: str) -> None:
    """The broken row is uncheckable and says why; those round it are as they were."""
    before, broken, after = checked(SOUND, line, SOUND)
    assert before == after
    assert before["verdict"] == "plausible"
    assert broken["verdict"] == "uncheckable"
    assert words in broken["reason"]
    assert (broken["measured_km"], broken["ratio"]) == ("", "")


@pytest.mark.parametrize(
    "line",
    [
        '"1,500",km,n,36.0,36,50,36',
        "1 500,km,n,36.0,36,50,36",
        "1500,kilometres,N,36.0,36,50,36",
        "1500,KM,north,36.0,36,50,36",
        "1500.0,km,n,36.0,36,50,36",
    ],
)
def test_numbers_and_words_as_people_write_them(line: str) -> None:
    """Thousands marks, unit names, capitals and directions in words are read."""
    (row,) = checked(line)
    assert row["verdict"] == "agrees"


def test_directions_in_words() -> None:
    """ "North-East" is ne."""
    (row,) = checked("70,km,North-East,50.603,36.581,50.8733,37.345")
    assert row["verdict"] == "agrees"


def test_a_direction_alone_or_a_distance_alone() -> None:
    """Either may be missing."""
    way, far = checked(",,n,49,36,50,36", "111,km,,49,36,50,36")
    assert (way["verdict"], way["ratio"], way["percentile"]) == ("agrees", "", "")
    assert far["verdict"] == "agrees"


def test_quoted_fields_and_blank_lines() -> None:
    """Fields with commas, quotation marks and line ends come back as they were; blank lines are passed over."""
    rows = checked(f'"a, ""b""\nc",{SOUND}', "", f"d,{SOUND}", header=f"name,{HEADER}")
    assert [row["name"] for row in rows] == ['a, "b"\nc', "d"]
    assert {row["verdict"] for row in rows} == {"plausible"}


@pytest.mark.parametrize("count", [3, 9_000])
def test_a_mark_that_nothing_closes(count: int) -> None:
    """A stray quotation mark costs its own row and no other, however many follow."""
    rows = checked(*[f"x,{SOUND}"] * count, f'"x,{SOUND}', *[f"y,{SOUND}"] * count, header=f"name,{HEADER}")
    assert len(rows) == 2 * count + 1
    assert [row["verdict"] for row in rows].count("uncheckable") == 1
    assert rows[-1]["verdict"] == "plausible"


def test_a_row_over_the_end_of_a_piece() -> None:
    """A field with a line's end that falls between two pieces is one row still."""
    rows = checked(*[f"x,{SOUND}"] * 3_999, f'"a\nb",{SOUND}', f"y,{SOUND}", header=f"name,{HEADER}")
    assert len(rows) == 4_001
    assert rows[-2]["name"] == "a\nb"
    assert {row["verdict"] for row in rows} == {"plausible"}


def test_populations_explain() -> None:
    """The optional columns bring the places' width into the reason."""
    line = "9,km,,50,20,50.135,20"
    (plain,), (wide,) = (
        checked(line),
        checked(f"{line},500000,400000", header=f"{HEADER},ref_population,subj_population"),
    )
    assert plain["verdict"] == wide["verdict"]
    assert "edge to edge" in wide["reason"]


def test_order_of_columns_is_free() -> None:
    """Columns are found by name, in capitals too."""
    (row,) = checked(
        "36.58091,50.60343,36.25475,49.98177,n,mi,60", header=",".join(reversed(HEADER.upper().split(",")))
    )
    assert row["verdict"] == "plausible"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        (HEADER + "\n", "no rows"),
        ("quantity,unit\n60,km\n", "no column direction"),
    ],
)
def test_a_table_that_is_none(text: str, words: str) -> None:
    """An empty table, a missing column is one line of error."""
    with pytest.raises(BadInput, match=words) as error:
        check_csv(io.StringIO(text), io.StringIO())
    assert "\n" not in str(error.value)


def test_files(tmp_path: Path) -> None:
    """Paths work as streams do, with a byte-order mark too; what is no file or no text is one line of error."""
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text(f"{HEADER}\n{SOUND}\n", encoding="utf-8-sig")
    check_csv(table, out)
    assert out.read_text(encoding="utf8").splitlines()[1].startswith(SOUND)
    table.write_bytes(HEADER.encode() + b"\n60,km,\xff\xfe,1,2,3,4\n")
    with pytest.raises(BadInput, match="UTF-8"):
        check_csv(table, out)
    with pytest.raises(BadInput, match="cannot read"):
        check_csv(tmp_path / "none.csv", out)
    with pytest.raises(BadInput, match="cannot read"):
        check_csv(tmp_path, out)


def test_a_row_is_judged_as_a_single_quote_is() -> None:
    """Columns and the one-quote call give one verdict and one reason, whoever stands beside."""
    rng = np.random.default_rng(3)
    count = 400
    lon, lat = rng.uniform(-179, 179, count), rng.uniform(-70, 70, count)
    way = [str(each) for each in rng.choice(["n", "ne", "ssw", "w", ""], count)]
    far = (lon + rng.normal(0, 0.5, count)).clip(-180, 180), lat + rng.normal(0, 0.5, count)
    quantity = rng.choice([1, 5, 20, 50, 110], count).astype(float)
    unit = [str(each) for each in rng.choice(["km", "mi", "nmi"], count)]
    table = check_table(quantity, unit, way, ref_lat=lat, ref_lon=lon, subj_lat=far[1], subj_lon=far[0])
    reasons = table.reasons()
    for i in range(count):
        one = check_distance(
            float(quantity[i]), unit[i], way[i], reference=(lon[i], lat[i]), subject=(far[0][i], far[1][i])
        )
        assert (one.verdict, one.reason) == (VERDICTS[table.verdict[i]], reasons[i])


def test_columns_of_unlike_length() -> None:
    """Columns must match."""
    with pytest.raises(BadInput, match="one length"):
        check_table([1, 2], ["km"], ["n"], ref_lat=[1], ref_lon=[1], subj_lat=[1], subj_lon=[1])
