"""An incident built by hand from records, for tests that need one without running the pipeline."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

from shapely import LineString, Point

from geomap.compare import Sourcing, compare, conflicts
from geomap.model import (
    EVENT_ROLES,
    Article,
    Attribution,
    Claim,
    ClockTime,
    Count,
    Finding,
    Footprint,
    Geodesic,
    Incident,
    Kind,
    Locative,
    Matter,
    Mention,
    Mentioned,
    Origin,
    Place,
    QuotedDistance,
    Referent,
    Relation,
    Resolution,
    Role,
    Route,
    Site,
    Span,
    Status,
    Unplaced,
    Value,
    Verdict,
)


def article(id: str, text: str, *, outlet: str = "", title: str = "", published: dt.date | None = None) -> Article:
    """A report with its digest worked out."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=id, text=text, digest=digest, outlet=outlet, title=title, published=published)


def place(
    name: str, lon: float, lat: float, *, code: str = "PPL", country: str = "RU", radius_m: float = 2_000, id: str = ""
) -> Place:
    """A gazetteer row at a point."""
    return Place(
        gazetteer="supplement",
        identifier=id or name.lower().replace(" ", "-"),
        name=name,
        feature_code=code,
        footprint=Footprint.point(lon, lat, radius_m, "gazetteer point"),
        country=country,
    )


BELGOROD = place("Belgorod", 36.581, 50.603, code="PPLA", radius_m=6_000)
BELGOROD_REGION = place("Belgorod region", 37.45, 50.77, code="ADM1", radius_m=120_000)
KOROCHA_DISTRICT = place("Korochansky district", 37.2, 50.81, code="ADM2", radius_m=30_000)
YABLONOVO = place("Yablonovo", 37.345, 50.873)
KHARKIV = place("Kharkiv", 36.255, 49.982, code="PPLA", country="UA", radius_m=12_000)
LYPTSI = place("Lyptsi", 36.421, 50.209, country="UA")
KOLOTILOVKA = place("Kolotilovka crossing", 35.419, 50.814, code="CRSG")
CHKALOVSKY = place("Chkalovsky air base", 38.062, 55.878, code="AIRB")
MOSCOW = place("Moscow", 37.618, 55.752, code="PPLC", radius_m=20_000)
MINISTRY = "Russian Defence Ministry"
NORTH = article(
    "north",
    "A cargo plane came down near Yablonovo, 70 km northeast of Belgorod, at about 11:00 local time (08:00 GMT). "
    "Moscow's defence ministry said 65 prisoners were aboard and that missiles had come from the area of Lyptsi. "
    "It gave no proof. Dobry Kut was not on any map.",
    outlet="Northern Wire",
    title="Cargo plane down near Yablonovo",
    published=dt.date(2024, 1, 24),
)
SOUTH = article(
    "south",
    "The Il-76 had left the Chkalovsky air base for the Belgorod region and was lost in the Korochansky district at "
    "11:15 local time, the defence ministry said. An exchange was due at the Kolotilovka crossing. "
    "Kyiv's general staff said that it carried missiles. Belgorod is about 60 miles north of Kharkiv.",
    outlet="Southern Daily",
    title="Il-76 lost on its way to Belgorod",
    published=dt.date(2024, 1, 24),
)


def span(report: Article, words: str) -> Span:
    """Where the words first stand in the report."""
    start = report.text.index(words)
    return Span(start, start + len(words))


def claim(
    report: Article,
    words: str,
    role: Role,
    *,
    subject: Place | None = None,
    reference: Place | None = None,
    value: Value | None = None,
    speaker: str = "",
    status: Status = Status.REPORTED,
    evidence: str | None = None,
) -> Claim:
    """A claim on the given words of a report."""
    where = span(report, words)
    start = report.text.rfind(". ", 0, where.start) + 2 if ". " in report.text[: where.start] else 0
    end = report.text.find(". ", where.end)
    return Claim(
        id=f"{report.id}:{role}:{where.start}-{where.end}",
        article=report.id,
        span=where,
        quote=words,
        role=role,
        attribution=Attribution(
            speaker=speaker or report.outlet,
            chain=(report.outlet, speaker) if speaker else (report.outlet,),
            cue="said" if speaker else None,
            status=status,
            evidence=evidence,
        ),
        subject=Referent(subject.name, None, subject) if subject else None,
        reference=Referent(reference.name, None, reference) if reference else None,
        value=value,
        context=Span(start, end + 1 if end > 0 else len(report.text)),
    )


def incident() -> Incident:
    """Two reports of one crash: sites, a route, distances, a conflict over the time and one over the cargo."""
    plain = _plain()
    located = {id: site.footprint for site in plain.sites for id in site.held}
    found = compare(
        plain.claims,
        located,
        articles=plain.articles,
        sourcing=Sourcing(lambda claim: claim.attribution.speaker),
        day=plain.when,
        sites=[site for site in plain.sites if site.role in EVENT_ROLES],
    )
    return replace(plain, comparisons=found, conflicts=conflicts(found))


def crowd(reports: int) -> Incident:
    """As many reports, each with a toll of its own from a source of its own."""
    articles = tuple(article(f"paper-{n}", f"{n} people died.", outlet=f"Paper {n}") for n in range(reports))
    claims = tuple(
        Claim(
            f"{each.id}:0",
            each.id,
            Span(0, len(str(n))),
            str(n),
            Role.COUNT,
            Attribution(f"Source {n}", (each.outlet, f"Source {n}"), status=Status.CLAIMED),
            value=Count(n, "killed"),
        )
        for n, each in enumerate(articles)
    )
    found = compare(claims, {}, articles=articles, sourcing=Sourcing(lambda claim: claim.attribution.speaker))
    return Incident("crowd", "Many tolls", None, articles, claims, comparisons=found)


def _plain() -> Incident:
    quoted = span(NORTH, "70 km northeast of Belgorod")
    claims = {
        "near": claim(NORTH, "near Yablonovo", Role.CRASH_SITE, subject=YABLONOVO, value=Locative(Relation.NEAR)),
        "70km": claim(
            NORTH,
            "70 km northeast of Belgorod",
            Role.DISTANCE,
            subject=YABLONOVO,
            reference=BELGOROD,
            value=QuotedDistance(span=quoted, quantity=70, unit="km", direction="ne"),
        ),
        "eleven": claim(
            NORTH,
            "about 11:00 local time (08:00 GMT)",
            Role.TIME,
            value=ClockTime(local="11:00", gmt="08:00", date="2024-01-24", hedge="about"),
        ),
        "65": claim(
            NORTH,
            "65 prisoners",
            Role.COUNT,
            value=Count(65, "prisoners"),
            speaker=MINISTRY,
            status=Status.CLAIMED,
            evidence="none provided",
        ),
        "prisoners": claim(
            NORTH,
            "prisoners were aboard",
            Role.CARGO,
            value=Matter("prisoners of war"),
            speaker=MINISTRY,
            status=Status.CLAIMED,
            evidence="none provided",
        ),
        "lyptsi": claim(
            NORTH,
            "from the area of Lyptsi",
            Role.LAUNCH_AREA,
            subject=LYPTSI,
            value=Locative(Relation.NEAR),
            speaker=MINISTRY,
            status=Status.CLAIMED,
            evidence="none provided",
        ),
        "from": claim(
            SOUTH,
            "left the Chkalovsky air base",
            Role.ORIGIN,
            subject=CHKALOVSKY,
            value=Locative(Relation.AT),
            speaker=MINISTRY,
            status=Status.CLAIMED,
        ),
        "to": claim(
            SOUTH,
            "for the Belgorod region",
            Role.DESTINATION,
            subject=BELGOROD_REGION,
            value=Locative(Relation.IN),
            speaker=MINISTRY,
            status=Status.CLAIMED,
        ),
        "route": claim(
            SOUTH,
            "left the Chkalovsky air base for the Belgorod region",
            Role.ROUTE,
            subject=CHKALOVSKY,
            reference=BELGOROD_REGION,
            speaker=MINISTRY,
            status=Status.CLAIMED,
        ),
        "in": claim(
            SOUTH,
            "in the Korochansky district",
            Role.CRASH_SITE,
            subject=KOROCHA_DISTRICT,
            value=Locative(Relation.IN),
            speaker=MINISTRY,
            status=Status.CLAIMED,
        ),
        "quarter": claim(
            SOUTH,
            "11:15 local time",
            Role.TIME,
            value=ClockTime(local="11:15", date="2024-01-24"),
            speaker=MINISTRY,
            status=Status.CLAIMED,
        ),
        "exchange": claim(
            SOUTH,
            "at the Kolotilovka crossing",
            Role.EXCHANGE_POINT,
            subject=KOLOTILOVKA,
            value=Locative(Relation.AT),
            speaker=MINISTRY,
            status=Status.CLAIMED,
        ),
        "missiles": claim(
            SOUTH,
            "it carried missiles",
            Role.CARGO,
            value=Matter("missiles"),
            speaker="Ukrainian General Staff",
            status=Status.CLAIMED,
        ),
        "60mi": claim(
            SOUTH,
            "about 60 miles north of Kharkiv",
            Role.DISTANCE,
            subject=BELGOROD,
            reference=KHARKIV,
            value=QuotedDistance(
                span=span(SOUTH, "about 60 miles north of Kharkiv"),
                quantity=60,
                unit="mi",
                hedge="about",
                direction="n",
            ),
        ),
    }
    id = {name: each.id for name, each in claims.items()}
    mentions = tuple(
        Mention(report.id, span(report, words), words, kind, "sample")
        for report, words, kind in [
            (NORTH, "Yablonovo", Kind.LITERAL),
            (NORTH, "Belgorod", Kind.LITERAL),
            (NORTH, "Moscow", Kind.METONYMIC),
            (NORTH, "Lyptsi", Kind.LITERAL),
            (NORTH, "Dobry Kut", Kind.LITERAL),
            (SOUTH, "Chkalovsky air base", Kind.FACILITY),
            (SOUTH, "Kharkiv", Kind.LITERAL),
        ]
    )
    places = (YABLONOVO, BELGOROD, MOSCOW, LYPTSI, None, CHKALOVSKY, KHARKIV)
    both, ministry = ("north", "south"), (MINISTRY,)
    region = Point(37.345, 50.873).buffer(0.09)
    return Incident(
        id="sample",
        title="Il-76 crash near Yablonovo",
        when=dt.date(2024, 1, 24),
        articles=(NORTH, SOUTH),
        claims=tuple(claims.values()),
        findings=(
            Finding(
                id["70km"],
                Verdict.AGREES,
                "12 % longer than the straight line (61.7 km), and the direction fits",
                Geodesic(61_700, 60.6, 241.2),
                88.0,
                70_000,
            ),
            Finding(
                id["60mi"],
                Verdict.PLAUSIBLE,
                "a third longer than the straight line (72.9 km, 45.3 mi)",
                Geodesic(72_950, 18.5, 198.7),
                97.0,
                96_560,
            ),
        ),
        sites=(
            Site(
                Role.CRASH_SITE,
                "Yablonovo",
                Footprint(region, 10_000, "regions intersected"),
                (37.345, 50.873),
                Status.REPORTED,
                ("Northern Wire", MINISTRY),
                both,
                (id["near"], id["in"]),
                place=YABLONOVO,
            ),
            Site(
                Role.LAUNCH_AREA,
                "Lyptsi",
                Footprint(Point(36.421, 50.209).buffer(0.08), 8_000, "near"),
                (36.421, 50.209),
                Status.CLAIMED,
                ministry,
                ("north",),
                (id["lyptsi"],),
                place=LYPTSI,
            ),
            Site(
                Role.ORIGIN,
                "Chkalovsky air base",
                CHKALOVSKY.footprint,
                CHKALOVSKY.lonlat,
                Status.CLAIMED,
                ministry,
                ("south",),
                (id["from"],),
                place=CHKALOVSKY,
            ),
            Site(
                Role.DESTINATION,
                "Belgorod region",
                Footprint(Point(37.45, 50.77).buffer(1.2), 120_000, "settlements"),
                BELGOROD_REGION.lonlat,
                Status.CLAIMED,
                ministry,
                ("south",),
                (id["to"],),
                place=BELGOROD_REGION,
            ),
            Site(
                Role.EXCHANGE_POINT,
                "Kolotilovka crossing",
                KOLOTILOVKA.footprint,
                KOLOTILOVKA.lonlat,
                Status.CLAIMED,
                ministry,
                ("south",),
                (id["exchange"],),
                place=KOLOTILOVKA,
            ),
        ),
        routes=(
            Route(
                "Chkalovsky air base to Belgorod region",
                LineString([CHKALOVSKY.lonlat, (37.8, 53.3), BELGOROD_REGION.lonlat]),
                569_000,
                Status.CLAIMED,
                ministry,
                ("south",),
                (id["route"],),
            ),
        ),
        origins=(
            Origin(
                MINISTRY,
                both,
                tuple(c.id for c in claims.values() if c.attribution.speaker == MINISTRY),
            ),
            Origin("Ukrainian General Staff", ("south",), (id["missiles"],)),
        ),
        mentioned=(
            Mentioned(MOSCOW, ("north",), (mentions[2],)),
            Mentioned(BELGOROD, both, (mentions[1],)),
            Mentioned(KHARKIV, ("south",), (mentions[6],)),
        ),
        unplaced=(Unplaced("Dobry Kut", "north", "not in the gazetteer", mentions[4].span),),
        resolutions=tuple(
            Resolution(each, where, (), 0.9 if where else 0.0, "sample", "" if where else "not in the gazetteer")
            for each, where in zip(mentions, places, strict=True)
        ),
    )
