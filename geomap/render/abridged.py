"""The page of an incident with very many claims: what it is fetched without, a part at a time, as a reader opens it.

A holder is what lists claims: an entry, a fact, a side of a disagreement, a moment. On an abridged page the claims of
each are a part ("claims/crash-site"), and so are a report's text ("report/report-7"), what a long list leaves out
("list/distances"), cells of the table of answers, and the wordings of regions. The page keeps an index of the claims by
holder, so that filters, addresses and "read it in the report" know of claims that are not there yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from geomap.errors import NotFound
from geomap.render.context import ledger_data
from geomap.render.geojson import Json
from geomap.render.map import script_json

MANY = 1_500
"""Claims from which an incident's page is abridged: all of it is then two megabytes or more."""
LISTED = 50
"""Rows of a list that an abridged page has at first."""
COLUMNS = 6
"""Reports with a column of their own in its table of answers."""
LISTS: Final = ("places", "distances", "facts", "mentioned", "reports")


def abridged(shown: Mapping[str, Any]) -> dict[str, Any]:
    """The variables of an incident's template (:func:`geomap.render.context.context`) for a page that is abridged."""
    doc = shortened(shown["doc"])
    data = ledger_data(doc)
    claims = data.pop("claims")
    told = {"keys": [int(key.removeprefix("claim-")) for key in claims], "options": [*claims.values()]}
    return dict(shown) | {"doc": doc, "ledgerdata": script_json(data | {"told": told, "held": index(doc)})}


def shortened(doc: Json) -> Json:
    """The document with the name of each holder on it, which tells templates to leave its claims for later."""
    moments = doc["moments"]
    return doc | {
        "listed": LISTED,
        "matrix": doc["matrix"] | {"short": True, "leading": doc["matrix"]["leading"][:COLUMNS]},
        "mentioned": [each | {"outlets": _once(each["outlets"])} for each in doc["mentioned"]],
        "origins": [each | {"reports": _once(each["reports"])} for each in doc["origins"]],
        "unplaced": [each | {"holder": str(number)} for number, each in enumerate(doc["unplaced"])],
        "places": [each | {"holder": each["id"]} for each in doc["places"]],
        "distances": [each | {"holder": each["id"]} for each in doc["distances"]],
        "facts": [each | {"holder": f"fact-{number}"} for number, each in enumerate(doc["facts"])],
        "conflicts": [_conflict(number, each) for number, each in enumerate(doc["conflicts"])],
        "moments": moments | {"rows": _named("moment", moments["rows"])} if moments else moments,
        "reports": [each | {"holder": each["key"]} for each in doc["reports"]],
    }


def index(doc: Json) -> Json:
    """Where a shortened document holds what: claims go by their number in the document.

    ``claims`` are numbers by holder, ``reports`` the number of each claim's report, ``lists`` the holders that are left
    out of each list.
    """
    numbers = {id: number for number, id in enumerate(doc["claims"])}
    reports = {report["id"]: number for number, report in enumerate(doc["reports"], 1)}
    return {
        "claims": {name: [numbers[id] for id in _ids(each) if id in numbers] for name, each in _holders(doc).items()},
        "reports": [reports[claim["report"]] for claim in doc["claims"].values()],
        "lists": {name: [_name(each) for each in doc[name][LISTED:]] for name in LISTS if doc[name][LISTED:]},
    }


def held(doc: Json, holder: str) -> Json:
    """What has this name in a shortened document: ``claims``, for a site also ``left`` and ``switched``.

    Raises :class:`~geomap.errors.NotFound`.
    """
    found = _holders(doc).get(holder)
    if found is None:
        raise NotFound(f"nothing on this page is called {holder:.90}")
    return found


def _holders(doc: Json) -> dict[str, Json]:
    sides = [side for conflict in doc["conflicts"] for side in conflict["sides"]]
    moments = doc["moments"]["rows"] if doc["moments"] else []
    return {each["holder"]: each for each in (*doc["places"], *doc["distances"], *doc["facts"], *sides, *moments)}


def _once(outlets: list[str]) -> list[str]:
    """Outlets, each once, for a line that names hundreds of reports by a hundred outlets."""
    return list(dict.fromkeys(outlets))


def _ids(holder: Json) -> list[str]:
    return [*holder["claims"], *holder.get("left", ())]


def _name(row: Json) -> str:
    return str(row.get("holder") or row["id"])


def _named(kind: str, rows: list[Json]) -> list[Json]:
    return [each | {"holder": f"{kind}-{number}"} for number, each in enumerate(rows)]


def _conflict(number: int, conflict: Json) -> Json:
    return conflict | {"sides": _named(f"side-{number}", conflict["sides"])}
