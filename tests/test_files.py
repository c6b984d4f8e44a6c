"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap import files
from geomap.errors import BadInput


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """Writing again replaces what was there, and leaves nothing else behind."""
    out = tmp_path / "a.html"
    files.write(out, "one")
    files.write(out, "Яблоново")
    assert out.read_text(encoding="utf8") == "Яблоново"
    assert list(tmp_path.iterdir()) == [out]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """When the writing fails half-way the old file stands and no part of the new one stays."""
    out = tmp_path / "a.html"
    files.write(out, "old")

    def fail() -> None:
        with files.replacing(out) as part:
            part.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("where", ["nowhere/a.html", "."])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, where: str) -> None:
    """A missing folder, or a folder in the file's place, is said before any work is done."""
    with pytest.raises(BadInput, match="folder"):
        files.require_folder(tmp_path / where)
