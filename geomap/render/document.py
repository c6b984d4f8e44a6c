"""An incident as one JSON-able document: what every page shows, in the order and the words it shows it in.

The document holds plain text, never markup: templates escape it and scripts set it with ``textContent``. Its entries
are the things on the map (a site, the route, a quoted distance, a place mentioned), each with an id made of its role
and a number ("crash-site", "distance-2"), so that no word of a report reaches an element id, a URL or a script.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from geomap.claims import corrections
from geomap.incident import NOT_ON_THE_MAP
from geomap.model import (
    MEASURED_ROLES,
    Article,
    Claim,
    Conflict,
    Finding,
    Incident,
    Mentioned,
    Place,
    Role,
    Route,
    Side,
    Site,
    Status,
)
from geomap.render import footing, wording
from geomap.render.checks import harshest, measured, row, sums_and_times
from geomap.render.facets import facets
from geomap.render.geojson import Json, feature_collection
from geomap.render.matrix import ROWS, by_claim, matrix, standing
from geomap.render.moments import moments
from geomap.render.naming import LARGE
from geomap.render.native import native
from geomap.render.passages import passages
from geomap.render.restated import restated
from geomap.render.tray import tray
from geomap.render.view import vast, view
from geomap.tongue import joined, mark, say

Record = Site | Route | Json | Mentioned
"""What an entry shows; a finding comes as :func:`geomap.render.checks.row` words it."""

_DIGEST = re.compile(r"(?<=.)[_-][0-9a-f]{12,}$")

LAYERS = {
    "crash-site": mark("Crash site"),
    "incident-site": mark("Incident site"),
    "launch-area": mark("Launch area"),
    "exchange-point": mark("Exchange point"),
    "route": mark("Route"),
    "origin": mark("Origin"),
    "destination": mark("Destination"),
    "distance": mark("Quoted distances"),
    "mentioned": mark("Also mentioned"),
}
"""The layers of the map, in the order of the legend; a layer is named for the role of what it holds."""

FACTS = (Role.TIME, Role.COUNT, Role.CAUSE, Role.CARGO, Role.WEAPON, Role.LENGTH)
"""Claims that have no place on the map, in the order they are listed."""


def document(incident: Incident) -> Json:
    """The whole view of an incident; ``json.dumps`` takes it as it is."""
    features = feature_collection(incident)["features"]
    entries = _entries(incident, features)
    articles = {article.id: article for article in incident.articles}
    keys = {id: f"report-{number}" for number, id in enumerate(articles, 1)}
    written = _written(incident)
    for entry in entries:
        entry["also"] = [name for name in written.get(entry.get("place", ""), ()) if name != entry["name"]]
    places = {entry.pop("place"): entry["id"] for entry in reversed(entries) if "place" in entry}
    claims = _claims(incident, articles, keys)
    parts = _parts(entries, incident, claims)
    for entry in entries:
        entry["outlets"] = _outlets(entry["reports"], articles)
        for id in (*entry["claims"], *entry["dropped"]):
            if id in claims:
                claims[id].setdefault("entry", entry["id"])
    reports = [{"key": keys[article.id]} | _report(article, incident, places) for article in incident.articles]
    who = matrix(incident, claims, reports)
    answers = standing(who, incident)
    said = by_claim(answers)
    for entry in entries:
        entry["said"] = _said(entry["claims"], said)
        entry["disputed"] = bool(entry["said"] and entry["said"]["against"])
    conflicts = [_conflict(each, articles, answers) for each in incident.conflicts]
    return {
        "id": incident.id,
        "title": restated(incident.title),
        "when": incident.when.isoformat() if incident.when else None,
        "when_text": wording.day(incident.when),
        "summary": wording.summary(incident),
        "note": incident.note,
        "layers": _layers(entries),
        "entries": entries,
        **_sections(entries),
        "claims": claims,
        "checks": [each | {"outlets": _outlets(each["reports"], articles)} for each in sums_and_times(incident)],
        "facets": facets(claims),
        "moments": moments(incident, claims),
        "facts": _facts(claims, said),
        "conflicts": conflicts,
        "matrix": who,
        "origins": [{"name": o.name, "reports": _outlets(o.reports, articles)} for o in incident.origins],
        "unplaced": tray(incident.unplaced, {article.id: outlet(article) for article in incident.articles}),
        "reports": reports,
        "wordings": parts,
        "features": [feature for feature in features if feature["geometry"]],
        "view": view(features),
    }


def outlet(article: Article) -> str:
    """What a report is called on a page: its outlet, else its own id without the digest that may end it."""
    return article.outlet or say("Report %(id)s", id=_DIGEST.sub("", article.id))


def _entries(incident: Incident, features: list[Json]) -> list[Json]:
    """One entry for each site, route, finding and place mentioned; gives each feature the id of its entry."""
    told = {claim.id: claim for claim in incident.claims}
    findings = [each for each in incident.findings if told[each.claim].role in MEASURED_ROLES]
    checked = [row(told[finding.claim], finding) for finding in findings]
    records: Iterator[Record] = chain(incident.sites, incident.routes, checked, incident.mentioned)
    seen: Counter[str] = Counter()
    entries: list[Json] = []
    for feature in features:
        properties = feature["properties"]
        if properties.get("part") == "region":
            feature["id"] = f"{entries[-1]['id']}.region"
            continue
        role = properties["role"]
        seen[role] += 1
        id = role if seen[role] == 1 else f"{role}-{seen[role]}"
        feature["id"] = id
        entries.append(_entry(id, next(records), feature, told))
    return entries


def _entry(id: str, record: Record, feature: Json, told: Mapping[str, Claim]) -> Json:
    properties = feature["properties"]
    role = "distance" if properties["role"] == "length" else properties["role"]
    entry: Json = {
        "id": id,
        "layer": role,
        "label": say("Mentioned") if role == "mentioned" else wording.role(Role(properties["role"])),
        "name": properties["name"],
        "native": "",
        "status": properties["status"],
        "status_text": wording.status(properties["status"]),
        "speakers": [speaker for speaker in properties["speakers"] if speaker != wording.OWN_VOICE],
        "reports": properties["reports"],
        "claims": properties.get("claims", []),
        "dropped": properties.get("dropped", []),
        "placed": bool(feature["geometry"]),
    }
    match record:
        case Site():
            return entry | _site(record, told.get(record.lead)) | {"hidden": vast(feature), "site": record}
        case Route():
            return entry | {"km": wording.kilometres(record.distance_m), "names": record.name.split(" to ", 1)}
        case dict():
            return entry | record
        case Mentioned():
            return entry | _mentioned(record, properties["native"]) | {"hidden": properties["placed"]}


def _parts(entries: list[Json], incident: Incident, claims: Mapping[str, Json]) -> dict[str, list[Json]]:
    """The wordings of each site that stands on several, by entry; says on the entry what is left out, and why."""
    keys = {id: claim["key"] for id, claim in claims.items()}
    parts: dict[str, list[Json]] = {}
    for entry in entries:
        site: Site | None = entry.pop("site", None)
        if site is None:
            continue
        entry["left"] = footing.reasons(incident, site) if site.dropped else {}
        entry["left_out"] = footing.left_out(incident, site)
        entry["switched"] = []
        if len(site.wordings) > 1 and not entry["hidden"]:
            parts[entry["id"]] = footing.wordings(incident, site, keys)
            entry["switched"] = [id for each in site.wordings for id in each.claims]
    return parts


def _site(site: Site, lead: Claim | None) -> Json:
    found: Json = {
        "where": wording.coordinates(*site.best),
        "lonlat": list(site.best),
        "reach_km": wording.reach(site.footprint),
        "method": wording.method(site.footprint.method),
    }
    if site.place:
        found |= {"native": native(site.place), "place": site.place.key} | _renown(site.place)
    if lead:
        found["whereabouts"] = wording.placing(lead)
    return found


def _renown(place: Place) -> Json:
    """What tells whether a language has its own name for a place."""
    large = place.population >= LARGE or place.feature_code == "PPLC"
    return {"country": place.country, "large": large, "state": place.feature_code.startswith("PCL")}


def _mentioned(mentioned: Mentioned, native: str) -> Json:
    place = mentioned.place
    return {
        "where": wording.coordinates(*place.lonlat),
        "lonlat": list(place.lonlat),
        "reach_km": wording.reach(place.footprint),
        "native": native,
        "kind": wording.place_kind(place.feature_code),
        "within": joined(list(reversed(place.within[-2:]))) if place.within else "",
        "times": len(mentioned.mentions),
        "place": place.key,
    } | _renown(place)


def _claims(incident: Incident, articles: Mapping[str, Article], keys: Mapping[str, str]) -> dict[str, Json]:
    """Every claim by its id; ``key`` and ``report_key`` are the ids of its elements on a page."""
    findings = {finding.claim: finding for finding in incident.findings}
    told = {claim.id: claim for claim in incident.claims if claim.article in articles}
    numbers = _numbers(told)
    return {
        id: _claim(claim, articles[claim.article], findings.get(id))
        | {"key": f"claim-{numbers[id]}", "report_key": keys[claim.article]}
        for id, claim in told.items()
    }


def _numbers(ids: Iterable[str]) -> dict[str, int]:
    """A number for each id that stays the same when others come and go, so that an address keeps meaning one claim."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for id in sorted(ids):
        number = zlib.crc32(id.encode())
        while number in taken:
            number += 1
        taken.add(number)
        numbers[id] = number
    return numbers


def _written(incident: Incident) -> dict[str, list[str]]:
    """The names that the reports write each place with, by its key."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for each in incident.resolutions:
        if each.place and each.mention.kind not in NOT_ON_THE_MAP:
            found[each.place.key] |= dict.fromkeys(filter(None, (each.mention.surface, each.mention.lemma)))
    return {key: list(names) for key, names in found.items()}


def _claim(claim: Claim, article: Article, finding: Finding | None) -> Json:
    said = claim.attribution
    context = claim.context or claim.span
    own = said.speaker in ("", wording.OWN_VOICE, article.outlet)
    return {
        "id": claim.id,
        "report": article.id,
        "outlet": outlet(article),
        "published": wording.published(article),
        "role": str(claim.role),
        "label": wording.role(claim.role),
        "value": wording.value(claim.value),
        "before": article.text[min(context.start, claim.span.start) : claim.span.start].lstrip(),
        "quote": article.quote(claim.span),
        "after": article.text[claim.span.end : max(context.end, claim.span.end)].rstrip(),
        "speaker": "" if own else said.speaker,
        "office": said.office or "",
        "chain": list(said.chain),
        "status": str(said.status),
        "status_text": wording.status(said.status),
        "language": article.language,
        "evidence": wording.evidence(said.evidence),
        "unsure": not claim.sure,
        "finding": measured(finding) if finding else None,
    }


def _facts(claims: Mapping[str, Json], answers: Mapping[str, Json]) -> list[Json]:
    """The claims without a place, one row for each answer: role, value, the claims that give it, what is said of it."""
    rows: dict[tuple[str, str], Json] = {}
    for role in FACTS:
        for claim in claims.values():
            if claim["role"] == role and "entry" not in claim:
                said = claim["value"] or claim["quote"]
                row = rows.setdefault((role, said), {"label": claim["label"], "value": said, "claims": []})
                row["claims"].append(claim["id"])
    for row in rows.values():
        row["said"] = _said(row["claims"], answers)
        row["finding"] = harshest(claims[id] for id in row["claims"])
    return list(rows.values())


def _said(claims: Iterable[str], said: Mapping[str, Json]) -> Json | None:
    """What is said of the answer that most of these claims give; None where none of them gives one."""
    answers = [said[id] for id in claims if id in said]
    if not answers:
        return None
    most = Counter(each["answer"] for each in answers).most_common(1)[0][0]
    return next(each for each in answers if each["answer"] == most)


def _conflict(conflict: Conflict, articles: Mapping[str, Article], said: Mapping[Side, Json]) -> Json:
    sides: list[Json] = [
        {
            "value": said[side]["value"] if side in said else wording.answer(side),
            "said": said.get(side),
            "speakers": [speaker for speaker in side.speakers if speaker != wording.OWN_VOICE],
            "origins": list(side.origins),
            "reports": _outlets(side.reports, articles),
            "claims": list(side.claims),
        }
        for side in conflict.sides
    ]
    strongest = sorted(sides, key=lambda side: -len(side["reports"])) if len(sides) > ROWS else sides
    return {"about": conflict.about, "label": wording.about(conflict.about), "sides": strongest}


def _report(article: Article, incident: Incident, places: Mapping[str, str]) -> Json:
    return {
        "id": article.id,
        "outlet": outlet(article),
        "title": article.title,
        "published": wording.published(article),
        "updated": wording.updated(article),
        "corrections": [" ".join(article.quote(note).split()) for note in corrections.notes(article)],
        "url": article.link,
        "language": article.language,
        "passages": passages(article, incident, places),
        "claims": sum(claim.article == article.id for claim in incident.claims),
    }


def _outlets(reports: Iterable[str], articles: Mapping[str, Article]) -> list[str]:
    return [outlet(articles[id]) if id in articles else id for id in reports]


def _sections(entries: list[Json]) -> Json:
    """The entries by where a page lists them; places as the legend has them, those that most claims speak for first."""
    order = list(LAYERS)
    places = [entry for entry in entries if entry["layer"] not in ("distance", "mentioned")]
    return {
        "places": sorted(places, key=lambda entry: (order.index(entry["layer"]), -len(entry["claims"]))),
        "distances": [entry for entry in entries if entry["layer"] == "distance"],
        "mentioned": [entry for entry in entries if entry["layer"] == "mentioned" and not entry["hidden"]],
    }


def _layers(entries: list[Json]) -> list[Json]:
    """The layers that hold anything, each with its commonest status (for its swatch in the legend) and its sureness."""
    shown = [entry for entry in entries if entry["placed"] and not entry.get("hidden")]
    layers: list[Json] = []
    for id, label in LAYERS.items():
        mine: list[Any] = [entry for entry in shown if entry["layer"] == id]
        if mine:
            statuses = Counter(entry["status"] for entry in mine)
            status = statuses.most_common(1)[0][0]
            layers.append(
                {"id": id, "label": say(label), "count": len(mine), "status": status, "sureness": _sureness(statuses)}
            )
    return layers


def _sureness(statuses: Iterable[str]) -> str:
    """What a legend says of how sure a layer is: nothing where all of it is reported, or more than that."""
    found = [str(status) for status in Status if status in set(statuses)]
    plain = set(found) <= {Status.REPORTED, Status.CONFIRMED}
    return "" if plain else joined([wording.status(each) for each in found])
