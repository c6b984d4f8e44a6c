"""The basemap, clipped to a view (stand-in until the derived files are there)."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def clip(bounds: tuple[float, float, float, float], static: Path) -> dict[str, Any]:
    """Nothing yet."""
    return {}
