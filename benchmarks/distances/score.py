"""Score the check on quotes it was not fitted on, and its pace: python benchmarks/distances/score.py [--floors]

Each quote of quoted_dev.csv goes through ``check_csv`` as it is and with each error put in; an alarm is a verdict of
doubtful or contradicted, and an uncheckable row counts as wrong either way. --floors compares with the floors in
benchmarks/baseline.json and ends with status 1 where one is missed.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from quotes import DATA, ERRORS, Quotes, altered, load

from geomap.check import check_csv
from geomap.geodesy import COMPASS, METRES, directs

BASELINE = Path(__file__).resolve().parents[1] / "baseline.json"
HEADER = ("quantity", "unit", "direction", "ref_lat", "ref_lon", "subj_lat", "subj_lon")
CODES = {degrees: code for code, degrees in COMPASS.items()}
PACE_ROWS = 200_000


def table(quotes: Quotes) -> str:
    """The quotes as a CSV, each measured from one point: only distance and direction count."""
    lon, lat = directs(0.0, 20.0, quotes.azimuth, quotes.measured_km * 1000)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for i, km in enumerate(quotes.quoted_km):
        unit = str(quotes.unit[i])
        quantity = f"{km * 1000 / METRES[unit]:.10g}"
        writer.writerow([quantity, unit, CODES[quotes.bearing[i] % 360], 20, 0, lat[i], lon[i]])
    return text.getvalue()


def alarms(quotes: Quotes, *, error: bool) -> float:
    """The share of rows with an alarm, in percent; an uncheckable row is an alarm only where there is no error."""
    out = io.StringIO()
    check_csv(io.StringIO(table(quotes)), out)
    harsh = {"doubtful", "contradicted"} | (set() if error else {"uncheckable"})
    verdicts = [row["verdict"] for row in csv.DictReader(io.StringIO(out.getvalue()))]
    return 100 * float(np.mean([verdict in harsh for verdict in verdicts]))


def pace(quotes: Quotes) -> float:
    """Rows through check_csv for each second of processor time, the best of three: other programs do not count."""
    header, *lines = table(quotes).splitlines()
    text = "\n".join([header, *(lines * (PACE_ROWS // len(lines) + 1))[:PACE_ROWS]]) + "\n"
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        check_csv(io.StringIO(text), io.StringIO())
        best = max(best, PACE_ROWS / (time.process_time() - start))
    return best


def main() -> int:
    """Print the figures; 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--floors", action="store_true", help="compare with benchmarks/baseline.json")
    parser.add_argument("--no-pace", action="store_true", help="leave the pace out")
    args = parser.parse_args()
    quotes = load(DATA / "quoted_dev.csv")
    found = {"false alarms": alarms(quotes, error=False)}
    found |= {name: alarms(altered(quotes, name), error=True) for name in ERRORS}
    if not args.no_pace:
        found["rows a second"] = pace(quotes)
    floors = json.loads(BASELINE.read_text(encoding="utf8"))["distances"] if args.floors else {}
    missed = 0
    for name, value in found.items():
        floor = floors.get(name)
        bad = floor is not None and (value > floor if name == "false alarms" else value < floor)
        missed += bad
        print(f"{name:16s} {value:12,.1f}" + (f"   floor {floor:,.1f}{'  MISSED' if bad else ''}" if floor else ""))
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
