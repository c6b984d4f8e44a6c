"""The field's words as pages say them, each marked for the catalogs of the interface (geomap.tongue)."""

from __future__ import annotations

from geomap.model import Relation, Role, Status, Verdict
from geomap.tongue import mark, mark_in

ROLES = {
    Role.INCIDENT_SITE: mark("Incident site"),
    Role.CRASH_SITE: mark("Crash site"),
    Role.ORIGIN: mark("Origin"),
    Role.DESTINATION: mark("Destination"),
    Role.LAUNCH_AREA: mark("Launch area"),
    Role.EXCHANGE_POINT: mark("Exchange point"),
    Role.ROUTE: mark("Route"),
    Role.DISTANCE: mark("Quoted distance"),
    Role.LENGTH: mark("Quoted length"),
    Role.TIME: mark("Time"),
    Role.COUNT: mark("Number"),
    Role.CAUSE: mark("Cause"),
    Role.CARGO: mark("Cargo"),
    Role.WEAPON: mark("Weapon"),
}

STATUSES = {
    Status.REPORTED: mark("reported"),
    Status.CLAIMED: mark("claimed"),
    Status.CONFIRMED: mark("confirmed"),
    Status.DENIED: mark("denied"),
    Status.UNVERIFIED: mark("unverified"),
}

VERDICTS = {
    Verdict.AGREES: mark("agrees"),
    Verdict.PLAUSIBLE: mark("plausible"),
    Verdict.DOUBTFUL: mark("doubtful"),
    Verdict.CONTRADICTED: mark("contradicted"),
    Verdict.UNCHECKABLE: mark("cannot be checked"),
}

RELATIONS = {
    Relation.AT: mark("at"),
    Relation.IN: mark("in"),
    Relation.NEAR: mark("near"),
    Relation.OFFSET: mark("from"),
    Relation.BETWEEN: mark("between"),
    Relation.BORDER: mark("on the border of"),
}

DIRECTIONS = {
    "n": mark("north"),
    "nne": mark("north-northeast"),
    "ne": mark("northeast"),
    "ene": mark("east-northeast"),
    "e": mark("east"),
    "ese": mark("east-southeast"),
    "se": mark("southeast"),
    "sse": mark("south-southeast"),
    "s": mark("south"),
    "ssw": mark("south-southwest"),
    "sw": mark("southwest"),
    "wsw": mark("west-southwest"),
    "w": mark("west"),
    "wnw": mark("west-northwest"),
    "nw": mark("northwest"),
    "nnw": mark("north-northwest"),
}
"""Compass codes as nouns."""

AWAY = {
    "n": mark_in("away", "north"),
    "nne": mark_in("away", "north-northeast"),
    "ne": mark_in("away", "northeast"),
    "ene": mark_in("away", "east-northeast"),
    "e": mark_in("away", "east"),
    "ese": mark_in("away", "east-southeast"),
    "se": mark_in("away", "southeast"),
    "sse": mark_in("away", "south-southeast"),
    "s": mark_in("away", "south"),
    "ssw": mark_in("away", "south-southwest"),
    "sw": mark_in("away", "southwest"),
    "wsw": mark_in("away", "west-southwest"),
    "w": mark_in("away", "west"),
    "wnw": mark_in("away", "west-northwest"),
    "nw": mark_in("away", "northwest"),
    "nnw": mark_in("away", "north-northwest"),
}
"""The same behind a distance: 60 miles *north*."""

POINTS = {
    "n": mark("N"),
    "nne": mark("NNE"),
    "ne": mark("NE"),
    "ene": mark("ENE"),
    "e": mark("E"),
    "ese": mark("ESE"),
    "se": mark("SE"),
    "sse": mark("SSE"),
    "s": mark("S"),
    "ssw": mark("SSW"),
    "sw": mark("SW"),
    "wsw": mark("WSW"),
    "w": mark("W"),
    "wnw": mark("WNW"),
    "nw": mark("NW"),
    "nnw": mark("NNW"),
}
"""The same in short."""

MANNERS = {
    "road": mark("by road"),
    "air": mark("by air"),
    "radius": mark("in radius"),
    "edge": mark("from its edge"),
    "border": mark("from the border"),
    "coast": mark("from the coast"),
    "travel-time": mark("of travel"),
}

PLACE_KINDS = {
    "PPLC": mark("capital"),
    "PPLA": mark("regional capital"),
    "PPLA2": mark("district seat"),
    "ADM1": mark("region"),
    "ADM2": mark("district"),
    "ADM3": mark("district"),
    "PCLI": mark("country"),
    "AIRB": mark("air base"),
    "AIRF": mark("airfield"),
    "AIRP": mark("airport"),
    "CRSG": mark("crossing"),
    "PEN": mark("peninsula"),
    "ISL": mark("island"),
    "MT": mark("mountain"),
    "SEA": mark("sea"),
}
"""GeoNames feature codes as words; a prefix serves where the code itself is not listed (PPL* is a settlement)."""

METHODS = {
    "intersection": mark("where all these wordings meet"),
    "in": mark("the extent of the place named"),
    "held": mark("not in the gazetteer: somewhere in the place that the report puts it in"),
    "near": mark("near the place named"),
    "distance only": mark("everything at that distance"),
    "direction only": mark("everything in that direction"),
    "distance and direction": mark("what lies at that distance in that direction"),
    "between": mark("a strip between the two places"),
    "border or coast": mark("a strip along the border or coast"),
    "polygon": mark("its boundary"),
    "boundary": mark("its boundary"),
    "boundary: estimated": mark("its boundary, in part guessed from its settlements"),
    "point": mark("the position that the gazetteer has"),
    "gazetteer point": mark("the position that the gazetteer has"),
}
"""What a footprint's method, or the part of it before a colon, means to a reader."""

THINGS = {
    "aboard": mark("aboard"),
    "killed": mark("killed"),
    "injured": mark("injured"),
    "missing": mark("missing"),
    "hospitalized": mark("hospitalized"),
    "rescued": mark("rescued"),
    "evacuated": mark("evacuated"),
    "arrested": mark("arrested"),
    "captured": mark("captured"),
    "trapped": mark("trapped"),
    "homeless": mark("homeless"),
    "abducted": mark("abducted"),
    "freed": mark("freed"),
    "exchanged": mark("exchanged"),
    "survived": mark("survived"),
    "people": mark("people"),
    "prisoners": mark("prisoners"),
    "crew": mark("crew"),
    "hostages": mark("hostages"),
    "passengers": mark("passengers"),
    "survivors": mark("survivors"),
    "bodies": mark("bodies"),
    "accompanying": mark("accompanying"),
    "missiles-fired": mark("missiles fired"),
    "others-aboard": mark("others aboard"),
    "missiles": mark("missiles"),
    "drones": mark("drones"),
}
"""What is counted most often; anything else is said in the report's own words."""

HEDGES = frozenset(
    {
        mark("about"),
        mark("around"),
        mark("some"),
        mark("roughly"),
        mark("approximately"),
        mark("nearly"),
        mark("almost"),
        mark("close to"),
        mark("just over"),
        mark("just under"),
        mark("just about"),
        mark("a little over"),
        mark("a little under"),
        mark("slightly more than"),
        mark("slightly less than"),
        mark("well over"),
        mark("well under"),
        mark("more than"),
        mark("less than"),
        mark("fewer than"),
        mark("over"),
        mark("under"),
        mark("at least"),
        mark("at most"),
        mark("no more than"),
        mark("not more than"),
        mark("no less than"),
        mark("not less than"),
        mark("up to"),
        mark("within"),
        mark("an estimated"),
        mark("estimated"),
        mark("only"),
        mark("just"),
        mark("barely"),
        mark("only about"),
        mark("shortly before"),
        mark("shortly after"),
        mark("before"),
        mark("after"),
        mark("by"),
        mark("early"),
        mark("late"),
        mark("a few"),
        mark("several"),
        mark("dozens"),
        mark("hundreds"),
    }
)
"""The hedges that quotes have most often; any other stays as the report has it."""

NONE_PROVIDED = mark("none provided")
"""The evidence of a claim whose report says that there is none."""
