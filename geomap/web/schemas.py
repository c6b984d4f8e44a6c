"""The shapes of the API, for validation and for the OpenAPI document."""

from __future__ import annotations

from apiflask import Schema
from apiflask.fields import Boolean, Dict, Float, Integer, List, Nested, Raw, String
from apiflask.validators import Length, OneOf, Range

from geomap.ends import FEW, MOST
from geomap.model import Kind, Role, Status, Verdict
from geomap.render.geojson import CHECKS
from geomap.web.work import LONGEST


class Text(Schema):
    """A text to read."""

    id = String(load_default="text", validate=Length(max=200), metadata={"description": "Handed back as given."})
    title = String(load_default="", validate=Length(max=1_000))
    text = String(required=True, validate=Length(min=1, max=LONGEST))


class Sentence(Schema):
    """A sentence or report whose distances, times and sums are to be checked."""

    title = String(load_default="", validate=Length(max=1_000), metadata={"description": "What it is about."})
    text = String(required=True, validate=Length(min=1, max=LONGEST))
    places = Dict(
        keys=String(validate=Length(min=1, max=200)),
        values=String(validate=Length(min=1, max=200)),
        load_default=dict,
        validate=Length(max=200),
        metadata={"description": "Words of the text to the key of the place they mean, from a candidate."},
    )
    candidates = Integer(
        strict=True,
        load_default=FEW,
        validate=Range(0, MOST),
        metadata={"description": "How many places each end's words may mean are given; `more` counts the rest."},
    )


class GeoparseText(Text):
    """A text to geoparse."""

    kinds = List(
        String(validate=OneOf([str(kind) for kind in Kind])),
        metadata={"description": "The kinds of mention wanted; all but embedded where none are named."},
    )


class Mention(Schema):
    """A toponym; lat, lon, gid and name are null where it was left unresolved, and reason says why."""

    start = Integer(required=True)
    end = Integer(required=True)
    text = String(required=True)
    kind = String(required=True, validate=OneOf([str(kind) for kind in Kind]))
    lat = Float(required=True, allow_none=True)
    lon = Float(required=True, allow_none=True)
    gid = Integer(required=True, allow_none=True)
    name = String(required=True, allow_none=True)
    country = String(required=True, allow_none=True)
    confidence = Float(required=True)
    reason = String(required=True, allow_none=True)


class Mentions(Schema):
    """The toponyms of a text."""

    id = String(required=True)
    mentions = List(Nested(Mention), required=True)


class Referent(Schema):
    """What a claim speaks of."""

    text = String(required=True)
    name = String(required=True, allow_none=True)
    lat = Float(required=True, allow_none=True)
    lon = Float(required=True, allow_none=True)


class Finding(Schema):
    """What measuring says of a quoted distance: kilometres, degrees, a verdict and its reason.

    Of a time or a sum the figures are null; parts are the ids of the claims that a total was added up from.
    """

    claim = String(required=True)
    quoted_km = Float(required=True, allow_none=True)
    measured_km = Float(required=True, allow_none=True)
    azimuth = Float(required=True, allow_none=True)
    percentile = Float(required=True, allow_none=True)
    verdict = String(required=True, validate=OneOf([str(each) for each in Verdict]))
    reason = String(required=True)
    parts = List(String())


class Claim(Schema):
    """One thing that a report says; start and end index the text as given."""

    id = String(required=True)
    report = String()
    role = String(required=True, validate=OneOf([str(each) for each in Role]))
    quote = String(required=True)
    start = Integer(required=True)
    end = Integer(required=True)
    subject = Nested(Referent, required=True, allow_none=True)
    reference = Nested(Referent, required=True, allow_none=True)
    value = Raw(required=True, allow_none=True)
    speaker = String(required=True)
    chain = List(String(), required=True)
    status = String(required=True, validate=OneOf([str(each) for each in Status]))
    evidence = String(required=True, allow_none=True)
    office = String(required=True, allow_none=True)
    finding = Nested(Finding, allow_none=True)


class Claims(Schema):
    """The claims of a text or an incident."""

    id = String(required=True)
    claims = List(Nested(Claim), required=True)


class Candidate(Schema):
    """A place that words may mean; away_km is its distance from the other end."""

    key = String(required=True)
    label = String(required=True)
    lat = Float(required=True)
    lon = Float(required=True)
    away_km = Float(required=True, allow_none=True)


class End(Schema):
    """One end of a distance: the words, the place measured (null where none is known), and what they may mean.

    ``candidates`` are the best fits of the name, as many as were asked for, and ``more`` counts the others.
    """

    text = String(required=True)
    key = String(required=True, allow_none=True)
    label = String(required=True, allow_none=True)
    chosen = Boolean(required=True)
    candidates = List(Nested(Candidate), required=True)
    more = Integer(required=True)


class Ends(Schema):
    """Both ends of a distance, null where the words name none."""

    reference = Nested(End, required=True, allow_none=True)
    subject = Nested(End, required=True, allow_none=True)


class Check(Claim):
    """A quoted distance with its finding, its ends, and the region its words make as a GeoJSON geometry.

    A time in several zones, a weekday beside a date, or a total with its parts is marked by its kind, and has no ends.
    """

    kind = String(validate=OneOf(list(CHECKS.values())), metadata={"description": "Absent for a distance."})
    ends = Nested(Ends, required=True)
    region = Dict(required=True, allow_none=True)


class Checks(Schema):
    """Each quoted distance, converted time and sum with its finding, in the order of the text."""

    checks = List(Nested(Check), required=True)


class Summary(Schema):
    """An incident in short."""

    id = String(required=True)
    title = String(required=True)
    date = String(required=True, allow_none=True)
    reports = Integer(required=True)
    claims = Integer(required=True)
    updated = String(required=True)
    revision = Integer(required=True)


class Summaries(Schema):
    """The incidents of the store, the one saved last first."""

    incidents = List(Nested(Summary), required=True)


class Revision(Schema):
    """Which revision of an incident is asked for."""

    rev = Integer(validate=Range(1, 2**31 - 1), metadata={"description": "A revision; the newest where none is named."})


class State(Revision):
    """Which state of an incident is asked for."""

    at = String(
        validate=Length(max=60),
        metadata={"description": "A day, or an hour with its zone: only reports known by then, as they were then."},
    )


class Health(Schema):
    """Whether the store can be read."""

    status = String(required=True)
    incidents = Integer(required=True)


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type = String(required=True)
    title = String(required=True)
    status = Integer(required=True)
    detail = String(required=True)
    errors = List(Dict())


class PlainCheck(Schema):
    """A time or a sum of an incident, checked; parts are the ids of the claims that a total was added up from."""

    kind = String(required=True, validate=OneOf(list(CHECKS.values())))
    claim = String(required=True)
    quoted = String(required=True)
    status = String(required=True, validate=OneOf([str(each) for each in Status]))
    speaker = String(required=True)
    reports = List(String(), required=True)
    verdict = String(required=True, validate=OneOf([str(each) for each in Verdict]))
    reason = String(required=True)
    parts = List(String(), required=True)


class Backing(Schema):
    """An origin behind an answer, and the reports that carry it from there."""

    origin = String(required=True)
    reports = List(String(), required=True)
    independent = Boolean(required=True, metadata={"description": "Whether it counts towards the support."})


class Side(Schema):
    """One answer: who gives it, how closely, and who denies it; `claims` and the like are ids."""

    value = Raw(required=True, metadata={"description": "In the words of its finest claim: text or a number."})
    hedge = String(required=True, allow_none=True)
    speakers = List(String(), required=True)
    origins = List(String(), required=True)
    reports = List(String(), required=True)
    claims = List(String(), required=True)
    coarser = List(String(), required=True)
    denied = List(String(), required=True)
    unverified = List(String(), required=True)
    support = Integer(required=True, metadata={"description": "How many independent origins give it."})
    backing = List(Nested(Backing), required=True)


class Compared(Schema):
    """A question that claims answer, and each answer."""

    about = String(required=True)
    contested = Boolean(required=True)
    sides = List(Nested(Side), required=True)


class Collection(Schema):
    """A GeoJSON FeatureCollection (RFC 7946) with an incident's further members."""

    type = String(required=True, validate=OneOf(["FeatureCollection"]))
    features = List(Dict(), required=True)
    incident = Dict(required=True)
    conflicts = List(Dict(), required=True)
    comparisons = List(Nested(Compared), required=True)
    checks = List(Nested(PlainCheck), required=True)
    unplaced = List(Dict(), required=True)


class PlaceQuery(Schema):
    """The beginning of a place's name, in any script."""

    q = String(required=True, validate=Length(min=1, max=100))
    limit = Integer(load_default=8, validate=Range(1, 10))


class FoundPlace(Schema):
    """A place of the gazetteer; ``within`` names what it lies in, the smallest first."""

    key = String(required=True)
    name = String(required=True)
    native = String(required=True, allow_none=True)
    kind = String(required=True, allow_none=True)
    within = String(required=True)
    country = String(required=True, allow_none=True)
    population = Integer(required=True, allow_none=True)
    lat = Float(required=True)
    lon = Float(required=True)


class Places(Schema):
    """Places of a name, the likeliest first."""

    places = List(Nested(FoundPlace), required=True)


class Altered(Schema):
    """A claim that a report makes otherwise than before."""

    before = Nested(Claim, required=True)
    after = Nested(Claim, required=True)


class Changes(Schema):
    """What changed from one wording of a report to the next."""

    added = List(Nested(Claim), required=True)
    altered = List(Nested(Altered), required=True)
    withdrawn = List(Nested(Claim), required=True)


class Wording(Schema):
    """One wording of a report: days and moments as it states them, and the moment (UTC) by which it was out."""

    number = Integer(required=True)
    revision = Integer(required=True)
    title = String(required=True)
    published = String(required=True, allow_none=True)
    published_at = String(required=True, allow_none=True)
    updated = String(required=True, allow_none=True)
    updated_at = String(required=True, allow_none=True)
    known = String(required=True, allow_none=True)
    claims = List(Nested(Claim), required=True)
    changes = Nested(Changes, required=True, allow_none=True)


class Versions(Schema):
    """Every wording of a report, the earliest first."""

    id = String(required=True)
    report = String(required=True)
    versions = List(Nested(Wording), required=True)
