"""The shapes of the API, for validation and for the OpenAPI document."""

from __future__ import annotations

from apiflask import Schema
from apiflask.fields import Boolean, Dict, Float, Integer, List, Nested, Raw, String
from apiflask.validators import Length, OneOf, Range

from geomap.ends import FEW, MOST
from geomap.model import Kind, Role, Status, Verdict
from geomap.web.work import LONGEST


class Text(Schema):
    """A text to read."""

    id = String(load_default="text", validate=Length(max=200), metadata={"description": "Handed back as given."})
    title = String(load_default="", validate=Length(max=1_000))
    text = String(required=True, validate=Length(min=1, max=LONGEST))


class Sentence(Schema):
    """A sentence or report whose distances are to be checked."""

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
    """What measuring says of a quoted distance: kilometres, degrees, a verdict and its reason."""

    claim = String(required=True)
    quoted_km = Float(required=True, allow_none=True)
    measured_km = Float(required=True, allow_none=True)
    azimuth = Float(required=True, allow_none=True)
    percentile = Float(required=True, allow_none=True)
    verdict = String(required=True, validate=OneOf([str(each) for each in Verdict]))
    reason = String(required=True)


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
    """A quoted distance with its finding, its ends, and the region its words make as a GeoJSON geometry."""

    ends = Nested(Ends, required=True)
    region = Dict(required=True, allow_none=True)


class Checks(Schema):
    """Each quoted distance with its finding."""

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
    """Which state of an incident is asked for."""

    rev = Integer(validate=Range(1, 2**31 - 1), metadata={"description": "A revision; the newest where none is named."})


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


class Collection(Schema):
    """A GeoJSON FeatureCollection (RFC 7946) with an incident's further members."""

    type = String(required=True, validate=OneOf(["FeatureCollection"]))
    features = List(Dict(), required=True)
    incident = Dict(required=True)
    conflicts = List(Dict(), required=True)
    comparisons = List(Dict(), required=True)
    unplaced = List(Dict(), required=True)
