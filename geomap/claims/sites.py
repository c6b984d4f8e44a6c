"""Where it happened, where the journey began and was to end, where a shot came from, where an exchange was due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geomap.claims.containers import describes, without_containers, without_mentions
from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.journeys import exchanges, goes_to, launches, movement_role
from geomap.claims.lexicon import words
from geomap.claims.links import Link, head_of, links
from geomap.claims.locatives import LocativePhrase
from geomap.claims.persons import is_title
from geomap.claims.positions import is_definite, site_ties, unplaced, unrecognised
from geomap.claims.saying import is_speech
from geomap.claims.scenes import (
    event_role,
    is_compared,
    is_passed,
    is_told,
    passing,
    there,
    trigger_at,
    when_told,
    where_told,
)
from geomap.claims.triggers import Trigger
from geomap.model import (
    EVENT_ROLES,
    Attribution,
    Claim,
    Kind,
    Locative,
    Referent,
    Relation,
    Resolution,
    Role,
    Span,
)

PENDING = Attribution("")
"""Stands in a claim until it is attributed."""

_CLOCK = re.compile(r" time\b")

_REACH = 14
"""Tokens to the left within which an event is looked for where the parse leads nowhere."""


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym that may be a site, with the words that tie it to its sentence."""

    resolution: Resolution
    span: Span
    locative: Locative | None
    tie: str
    other: Referent | None

    @property
    def referent(self) -> Referent:
        mention = self.resolution.mention
        return Referent(mention.surface, mention.span, self.resolution.place)


def sites(
    syntax: Syntax, events: Events, resolutions: Sequence[Resolution], phrases: Sequence[LocativePhrase]
) -> list[Claim]:
    """Every site claim of the incident, and a route where one sentence gives both its ends."""
    found: list[Claim] = []
    places: list[Place] = []
    for place in named(syntax, resolutions, phrases):
        claims = list(_claims(syntax, events, place))
        found.extend(claims)
        if not claims:
            places.append(place)
    found += _lead_sites(syntax, events, found, places)
    found += _destinations(syntax, found, places)
    kept = without_containers(syntax, without_mentions(syntax, found))
    return kept + list(routes(syntax, kept))


def named(syntax: Syntax, resolutions: Sequence[Resolution], phrases: Sequence[LocativePhrase]) -> Iterator[Place]:
    """Every toponym that may be a site, in no set order: embedded names, peoples and names of zones are left out."""
    tied: Mapping[Span, LocativePhrase] = {phrase.subject.span: phrase for phrase in phrases if phrase.subject.span}
    others = {phrase.other.span: phrase.subject.span for phrase in phrases if phrase.other}
    yielded: set[Span | None] = set()
    for resolution in (*resolutions, *unrecognised(syntax, resolutions)):
        if resolution.mention.kind in {Kind.EMBEDDED, Kind.DEMONYM} or not syntax.within(resolution.mention.span):
            continue
        if _CLOCK.match(syntax.article.text, resolution.mention.span.end) or describes(syntax, resolution):
            continue  # "18:30 Baku time", "the Missouri town of X"
        if others.get(resolution.mention.span) in yielded:
            continue  # the Y of "between X and Y" is told with its X
        if resolution.place is None and _is_titled(syntax, resolution.mention.span):
            continue  # "in President Ana Lopes's hometown"
        yielded.add(resolution.mention.span)
        yield _place(syntax, resolution, tied.get(resolution.mention.span))


def _is_titled(syntax: Syntax, name: Span) -> bool:
    """Whether a name is a person's with his office."""
    inside = [syntax.tokens[i] for i in syntax.within(name)]
    return len(inside) > 1 and is_title(inside[0].text) and inside[-1].entity == "PERSON"


def unknown(syntax: Syntax, words: range) -> Place:
    """A place that is in no gazetteer, by the words that name it."""
    span = syntax.span(words[0], words[-1])
    return _place(syntax, unplaced(syntax, span), None)


def _place(syntax: Syntax, resolution: Resolution, phrase: LocativePhrase | None) -> Place:
    span = resolution.mention.span
    if phrase:
        return Place(resolution, phrase.span, phrase.locative, phrase.cue, phrase.other)
    return Place(resolution, span, None, "", None)


def _claims(syntax: Syntax, events: Events, place: Place) -> Iterator[Claim]:
    index = head_of(syntax, place.resolution.mention.span)
    if not events.belongs(syntax, index):
        return
    after = syntax.article.text[place.resolution.mention.span.end :][:6]
    if after == "-bound":
        yield claimed(syntax, place, Role.DESTINATION, "in")
        return
    for link in links(syntax, place.resolution.mention.span):
        if not place.tie and link.near:
            place = replace(place, tie=link.near)
        found = _role(syntax, events, place, _measured(place, link))
        if found is None:
            continue
        if found != "":
            yield from _made(syntax, place, Role(found), link)
        return
    name = place.resolution.mention.span
    nearest = where_told(syntax, events, name) or _before(syntax, events, place) or there(syntax, events, name)
    if nearest is not None and not (nearest.kind == "deaths" and _is_hospitals(syntax, name)):
        yield claimed(syntax, place, event_role(events, nearest), place.tie)


def _measured(place: Place, link: Link) -> Link:
    """The link of a place that a distance is measured from: "30 km from X" says near, not whence."""
    if not place.locative or place.locative.relation is not Relation.OFFSET or link.near != "from":
        return link
    return replace(link, near="near", tie="near" if link.tie == "from" else link.tie)


def _lead_sites(syntax: Syntax, events: Events, found: Sequence[Claim], places: Sequence[Place]) -> Iterator[Claim]:
    """Where the opening sentence names a place without tying it to the event ("rescued from a hotel in X")."""
    if events.family in {"", "exchange"} or any(
        claim.role in EVENT_ROLES and _number(syntax, claim) < _OPENING for claim in found
    ):
        return
    for place in places:
        index = head_of(syntax, place.resolution.mention.span)
        if syntax.sentence_of[index] >= _OPENING or not events.belongs(syntax, index):
            continue
        for link in links(syntax, place.resolution.mention.span):
            word = syntax.tokens[link.word]
            if (
                is_speech(syntax, link.word)
                or _is_person(word.lemma.lower())
                or word.lemma.lower() in words("events", "opening", "hospitals")
            ):
                break
            if word.pos in {"VERB", "AUX"}:
                if (
                    link.near in site_ties()
                    and link.role == "prep"
                    and word.lemma.lower() not in words("events", "opening", "still")
                    and word.tag not in {"VBZ", "VBP"}
                ):
                    trigger = next((t for t in events.triggers if t.family == events.family), None)
                    role = event_role(events, trigger) if trigger else Role.INCIDENT_SITE
                    yield claimed(syntax, place, role, link.near)
                break


_OPENING = 2
"""Sentences that open a report."""


def _is_person(lemma: str) -> bool:
    return lemma in words("counts", "persons", "words") or lemma in words("attribution", "speakers", "unnamed")


def _number(syntax: Syntax, claim: Claim) -> int:
    return syntax.sentence_of[syntax.at(claim.span.start)]


def _destinations(syntax: Syntax, found: Sequence[Claim], places: Sequence[Place]) -> Iterator[Claim]:
    """The "to Y" right behind a "from X" that the parse has hung elsewhere, and the "from X" behind a "to Y"."""
    for claim in found:
        if claim.role is Role.DESTINATION:
            for place in places:
                start = place.resolution.mention.span.start
                if claim.span.end <= start and _FROM.fullmatch(syntax.article.text, claim.span.end, start):
                    yield claimed(syntax, place, Role.ORIGIN, "from")
        if claim.role != Role.ORIGIN:
            continue
        for place in places:
            start = place.resolution.mention.span.start
            between = syntax.article.text[claim.span.end : start] if claim.span.end <= start else None
            if between is not None and re.fullmatch(r" (?:to|for|towards?) (?:the )?(?:[a-z]+ (?:of )?)?", between):
                yield claimed(syntax, place, Role.DESTINATION, "to")


_FROM = re.compile(r" from (?:the )?(?:[a-z]+ (?:of )?)?")


def _made(syntax: Syntax, place: Place, role: Role, link: Link) -> Iterator[Claim]:
    """The claim, or two where a journey runs between two places."""
    if role is Role.ROUTE and place.other:
        yield claimed(syntax, end_of(place), Role.ORIGIN, "from")
        yield replace(claimed(syntax, end_of(place), Role.DESTINATION, "to"), subject=place.other)
    elif role is not Role.ROUTE:
        yield claimed(syntax, place, role, link.tie)


def end_of(place: Place) -> Place:
    """A place as an end of a way: what lies "between X and Y" is the way, and not its ends."""
    between = place.locative is not None and place.locative.relation is Relation.BETWEEN
    return replace(place, locative=None) if between else place


def _role(syntax: Syntax, events: Events, place: Place, link: Link) -> str | None:
    """The role that one step up gives a place: None to look further up, "" for none at all."""
    trigger = trigger_at(syntax, events, link.word)
    lemma = syntax.tokens[link.word].lemma.lower()
    launched = link.tie == "from" and launches(syntax, events, link.word)
    if launched:
        return Role.LAUNCH_AREA
    moved = movement_role(syntax, events, link, lemma)
    if moved is not None and not (link.tie == "between" and (trigger or goes_to(syntax, link.word))):
        return moved
    if trigger is not None:
        return _site_role(syntax, events, trigger, place, link)
    if lemma in events.props and link.near in site_ties() and is_definite(syntax, link.word):
        if _is_hospitals(syntax, place.resolution.mention.span, link.through):
            return ""
        return Role.CRASH_SITE if events.falls else Role.INCIDENT_SITE
    if exchanges(syntax, events, link.word) and link.tie in site_ties():
        return Role.EXCHANGE_POINT
    if syntax.tokens[link.word].pos in {"VERB", "AUX"}:
        return _scene(syntax, events, link)
    if lemma in words("events", "sites", "scene_nouns") or link.role != "prep":
        return None
    if lemma in words("events", "opening", "hospitals") and link.tie != "compound":
        return None
    return (
        ""
        if lemma in words("events", "opening", "stops") and link.tie in {"in", "at", "of", "from", "compound"}
        else None
    )


def _site_role(syntax: Syntax, events: Events, trigger: Trigger, place: Place, link: Link) -> str | None:
    """Whether an event happened at the place that hangs on it."""
    if not is_told(syntax, trigger) or is_compared(syntax, trigger):
        return ""
    if link.near == "from" and link.near != link.tie:
        return ""
    if link.near in site_ties() and link.tie not in site_ties():
        link = replace(link, tie=link.near)
    if trigger.kind == "exchange":
        return Role.EXCHANGE_POINT if link.tie in site_ties() and link.role != "subject" else ""
    lemma = syntax.tokens[trigger.index].lemma.lower()
    if trigger.kind == "deaths" and _is_hospitals(syntax, place.resolution.mention.span, link.through):
        return ""
    if link.role == "object" and not link.tie:
        return event_role(events, trigger) if lemma in words("events", "sites", "object_verbs") else ""
    if link.role == "subject":
        struck = lemma in words("events", "sites", "object_verbs") and syntax.is_passive(trigger.index)
        inside = (link.tie in site_ties() and trigger.kind != "deaths") or (trigger.kind == "eruption" and not link.tie)
        return event_role(events, trigger) if struck or inside else ""
    if link.tie in site_ties() or link.tie in {"of", "compound", ""}:
        if link.tie in {"of", ""} and not trigger.noun:
            return "" if link.tie else event_role(events, trigger)
        return event_role(events, trigger)
    return "" if link.tie in {"from", "to", "for", "with", "against"} else None


def _is_hospitals(syntax: Syntax, name: Span, through: Sequence[int] = ()) -> bool:
    """Whether a place is a hospital, or that of one ("died in hospital in Osh", "the wounded at Temple Hospital")."""
    hospitals = words("events", "opening", "hospitals")
    before = syntax.at(name.start) - 2
    near = (*through, *([before] if before >= 0 else []), *syntax.within(name))
    return any(syntax.tokens[each].lemma.lower() in hospitals for each in near)


def _scene(syntax: Syntax, events: Events, link: Link) -> str | None:
    """As in "The scene is in X", "X was the scene of the fire": a verb without an event of its own."""
    subject = syntax.subject(link.word)
    if subject is None:
        return None
    if syntax.tokens[link.word].lemma.lower() in words("events", "sites", "perceived"):
        return ""
    when = when_told(syntax, events, link.word)
    if when is not None and (link.tie in site_ties() or link.near in site_ties() or is_passed(syntax, link)):
        return event_role(events, when)
    passed = passing(syntax, events, link)
    if passed is not None:
        return event_role(events, passed)
    trigger = trigger_at(syntax, events, subject)
    tied = link.tie in site_ties() or (link.tie == "of" and link.near in site_ties())
    if trigger is not None and trigger.noun and tied and not is_speech(syntax, link.word):
        return event_role(events, trigger)
    return None


def _before(syntax: Syntax, events: Events, place: Place) -> Trigger | None:
    """The event told just before a place whose phrase the parse has hung elsewhere."""
    if place.tie not in site_ties() and not (
        place.locative and place.locative.relation in {Relation.NEAR, Relation.OFFSET}
    ):
        return None
    start = syntax.at(place.span.start)
    first = max(syntax.sentence(start).first, start - _REACH)
    triggers = {t.index: t for t in events.by_sentence.get(syntax.sentence_of[start], ())}
    for index in range(start - 1, first - 1, -1):
        if index in triggers:
            told = triggers[index]
            return told if events.belongs(syntax, index) and is_told(syntax, told) and told.kind != "exchange" else None
        token = syntax.tokens[index]
        if token.tag == "VBG" and token.dep == "advcl" and token.head in triggers:
            told = triggers[token.head]  # "a dam burst, sending water through X"
            moved = token.lemma.lower() in words("events", "movement", "verbs") or is_speech(syntax, index)
            unplaced = moved or told.kind == "eruption" or not events.belongs(syntax, token.head)
            return None if unplaced else told
        if token.text in {";", ":", "”", "“"} or (
            token.pos == "VERB"
            and token.tag == "VBG"
            and token.lemma.lower() not in words("events", "places", "located")
        ):
            return None
        if token.pos == "VERB" and token.tag in {"VBD", "VBZ", "VBP", "VBN"} and token.dep != "acl":
            return None
        if token.pos == "AUX" or token.lemma.lower() in words("events", "opening", "stops"):
            return None
    return None


def claimed(syntax: Syntax, place: Place, role: Role, tie: str) -> Claim:
    """The claim that ``place`` has ``role``; ``tie`` is the preposition that ties it to its sentence."""
    locative = place.locative or Locative(_relation(tie, place))
    article = syntax.article
    sentence = syntax.sentence(syntax.at(place.span.start))
    return Claim(
        id="",
        article=article.id,
        span=place.span,
        quote=article.quote(place.span),
        role=role,
        attribution=PENDING,
        subject=place.referent,
        reference=place.other if locative.relation is Relation.BETWEEN else None,
        value=locative,
        context=sentence.span,
    )


def _relation(tie: str, place: Place) -> Relation:
    if tie in words("events", "sites", "near"):
        return Relation.NEAR
    code = place.resolution.place.feature_code if place.resolution.place else ""
    return (
        Relation.IN
        if tie in words("events", "sites", "in") or code.startswith(("ADM", "PCL", "RGN", "PPL"))
        else Relation.AT
    )


def routes(syntax: Syntax, claims: Sequence[Claim]) -> Iterator[Claim]:
    """A route for each sentence that gives an origin and a destination."""
    ends: dict[Span | None, dict[Role, Claim]] = {}
    for claim in claims:
        if claim.role in {Role.ORIGIN, Role.DESTINATION}:
            ends.setdefault(claim.context, {}).setdefault(claim.role, claim)
    for both in ends.values():
        if len(both) < 2:
            continue
        start, end = both[Role.ORIGIN], both[Role.DESTINATION]
        span = Span(min(start.span.start, end.span.start), max(start.span.end, end.span.end))
        yield replace(
            start, role=Role.ROUTE, span=span, quote=syntax.article.quote(span), reference=end.subject, value=None
        )
