"""The region that a quoted distance makes of the place it is measured from: where the other place may lie."""

from __future__ import annotations

from dataclasses import replace

from geomap.model import Claim, Footprint, Gazetteer, Locative, QuotedDistance, Relation, Role
from geomap.regions.locate import locate


def quoted(claim: Claim, gazetteer: Gazetteer) -> Footprint | None:
    """The region of a distance claim's words; None for a length, a travelling time, or a reference not known.

    The claim's subject has no part in it, except that "the border with X" is the one its own country has with X.
    """
    said, start = claim.value, claim.reference
    if claim.role is not Role.DISTANCE or not isinstance(said, QuotedDistance) or start is None or start.place is None:
        return None
    if said.quantity is None and said.direction is None:
        return None
    border = said.manner in {"border", "coast"}
    neighbour = claim.subject if border and claim.subject and claim.subject.place else None
    if neighbour and neighbour.place and neighbour.place.country in {"", start.place.country}:
        neighbour = None
    wording = Locative(Relation.BORDER if border else Relation.OFFSET, said)
    return locate(replace(claim, subject=start, reference=neighbour, value=wording), gazetteer)
