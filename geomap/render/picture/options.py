"""What a person may choose of a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geomap.errors import BadInput

SMALLEST, LARGEST = 120, 4096
"""Pixels that a side may have."""
WIDTH, HEIGHT = 1200, 630
"""Pixels of a picture that nobody gives a size: what social networks show whole."""
THEMES = ("light", "dark")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Options:
    """Size in pixels, "light" or "dark", and the language (BCP 47) of words and names.

    ``note`` is said beside the title, in place of date and reports: which state of the incident this is.
    Raises :class:`~geomap.errors.BadInput` for a size, theme or language that cannot be drawn.
    """

    width: int = WIDTH
    height: int = HEIGHT
    theme: str = "light"
    lang: str = "en"
    note: str = ""

    def __post_init__(self) -> None:
        if not (SMALLEST <= self.width <= LARGEST and SMALLEST <= self.height <= LARGEST):
            raise BadInput(
                f"a picture of {self.width} x {self.height} pixels cannot be drawn; "
                f"give each side {SMALLEST} to {LARGEST}"
            )
        if self.theme not in THEMES:
            raise BadInput(f"the theme {self.theme!r:.40} is not known; use light or dark")
        if not LANGUAGE.fullmatch(self.lang):
            raise BadInput(f"{self.lang!r:.40} is no language; give a code such as en or uk")

    @property
    def zoom(self) -> float:
        """How much larger than usual everything is drawn: what is meant for print has larger letters too."""
        return max(1.0, min(self.width / WIDTH, self.height / HEIGHT))
