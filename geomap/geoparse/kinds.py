"""How a place name is used: for the place, for its government or a body of it, inside another name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geomap.geoparse.cues import cues
from geomap.geoparse.labels import Labels
from geomap.geoparse.words import Word
from geomap.model import Kind

_FACILITY = ("AIR", "INSM", "BDR", "PRT", "RSTN", "PS", "DAM", "BDG", "TNL", "OILR", "HSP", "NVB", "INDS")


def kind_of(
    text: Sequence[Word], labels: Labels, first: int, last: int, *, demonym: bool, large: Callable[[int, int], bool]
) -> Kind:
    """The kind of the name at words ``first`` up to ``last``; ``large`` tells whether words name a state or city."""
    around = labels.around(first, last)
    opens = around is not None and around.first == first
    if around and around.label in {"PER", "ORG", "OTH"} and not (demonym and opens):
        public = opens and around.label == "ORG" and text[around.last - 1].text in cues().bodies
        return Kind.METONYMIC if public else Kind.EMBEDDED
    if demonym:
        return Kind.DEMONYM
    if _designates_facility(text, first, last):
        return Kind.FACILITY
    if _speaks(text, first, last) and large(first, last):
        return Kind.METONYMIC
    return Kind.LITERAL


def _designates_facility(text: Sequence[Word], first: int, last: int) -> bool:
    table = cues().designators
    for size in (3, 2, 1):
        if last - first > size:
            codes = table.get(tuple(word.lower for word in text[last - size : last]))
            if codes is not None:
                return codes[0] in _FACILITY
    return False


def _speaks(text: Sequence[Word], first: int, last: int) -> bool:
    """Whether the name stands for a government: it says, denies, is accused, or has accusations."""
    table = cues()
    following = tuple(word.lower for word in text[last : last + 2])
    if following[:1] in table.speech or following in table.speech:
        return text[last].joined
    owns = last < len(text) and not text[last].joined and text[last].lower in table.governs
    accused = first > 0 and text[first].joined and text[first - 1].lower in table.objects
    return owns or (accused and following[:1] in {("of",), ("to",), ("over",), ("for",)})
