"""The sample incident with text that would like to be markup, script or a template, wherever a report can put text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from geomap.model import Backing, Incident
from tests import samples

MARKUP = "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"
TEMPLATE = "${window.pwned=1}`{{ 7*7 }}{% raw %}"
CLOSER = "</script><!--<script>]]></title></textarea>"
BAD = f"{MARKUP} {TEMPLATE} {CLOSER} \"quoted\" 'quoted' \u2028"


def incident() -> Incident:
    """Hostile outlet, title, speaker, place, side, reason and report text; the same claims, sites and findings."""
    plain = samples.incident()
    articles = tuple(
        replace(
            a,
            text=a.text + "\n" + BAD,
            title=BAD,
            outlet=BAD,
            url="javascript:window.pwned=1",
            published=dt.date(2024, 1, 24),
        )
        for a in plain.articles
    )
    claims = tuple(
        replace(c, attribution=replace(c.attribution, speaker=BAD, chain=(BAD, BAD, BAD), evidence=BAD))
        for c in plain.claims
    )
    return replace(
        plain,
        title=BAD,
        articles=articles,
        claims=claims,
        findings=tuple(replace(f, reason=BAD) for f in plain.findings),
        sites=tuple(
            replace(s, name=BAD, speakers=(BAD,), place=s.place and replace(s.place, name=BAD, names=("Яблоново",)))
            for s in plain.sites
        ),
        routes=tuple(replace(r, name=BAD, speakers=(BAD,)) for r in plain.routes),
        conflicts=tuple(
            replace(c, sides=tuple(replace(s, value=BAD, speakers=(BAD,), origins=(BAD,)) for s in c.sides))
            for c in plain.conflicts
        ),
        comparisons=tuple(
            replace(
                c,
                about=f"count:{BAD}",
                sides=tuple(
                    replace(s, value=BAD, speakers=(BAD,), origins=(BAD,), backing=(Backing(BAD, s.reports),))
                    for s in c.sides
                ),
            )
            for c in plain.comparisons
        ),
        origins=tuple(replace(o, name=BAD) for o in plain.origins),
        mentioned=tuple(replace(m, place=replace(m.place, name=BAD, within=(BAD,))) for m in plain.mentioned),
        unplaced=tuple(replace(u, text=BAD, reason=BAD) for u in plain.unplaced),
    )


def renamed(incident: Incident) -> Incident:
    """The same under an id of its own, to stand beside the sample."""
    return replace(incident, id="hostile")
