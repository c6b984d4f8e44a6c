"""The check on real quotes: no figure falls below what is written down."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_quotes_it_was_not_fitted_on(shared: Path) -> None:
    """False alarms and errors caught on quoted_dev.csv keep the floors of benchmarks/baseline.json."""
    assert shared.is_dir()
    command = [sys.executable, "benchmarks/distances/score.py", "--floors", "--no-pace"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_table_is_what_the_fit_gives(shared: Path, tmp_path: Path) -> None:
    """The shipped calibration is that of benchmarks/distances/fit.py on calibration.csv, to the last digit."""
    assert shared.is_dir()
    command = [sys.executable, "benchmarks/distances/fit.py", "--out", str(tmp_path / "table.json")]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (tmp_path / "table.json").read_text() == (ROOT / "geomap" / "calibration.json").read_text()
