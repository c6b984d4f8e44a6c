"""How records read on a page: labels, values, lengths and dates, in the language that is spoken (geomap.tongue)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from geomap import tongue
from geomap.model import (
    THERE,
    Article,
    Claim,
    ClockTime,
    Conflict,
    Count,
    Footprint,
    Incident,
    Locative,
    Matter,
    QuotedDistance,
    Relation,
    Role,
    Side,
    Status,
    Value,
    Verdict,
)
from geomap.render.terms import (
    AWAY,
    HEDGES,
    MANNERS,
    METHODS,
    NONE_PROVIDED,
    PLACE_KINDS,
    POINTS,
    RELATIONS,
    ROLES,
    STATUSES,
    THINGS,
    VERDICTS,
)
from geomap.tongue import quantity, say, say_in, say_many, series

OWN_VOICE = "the report"
"""The speaker of what a report says itself."""

COORDINATE_DECIMALS = 3
"""A thousandth of a degree is about 100 m: finer than any report's words support."""

number = tongue.figure


def role(of: Role) -> str:
    """What a role is called."""
    return say(ROLES[of])


def status(of: str) -> str:
    """How sure a report is, in a word."""
    return say(STATUSES[Status(of)])


def verdict(of: Verdict) -> str:
    """What measuring says, in a word."""
    return say(VERDICTS[of])


def point(code: str) -> str:
    """A compass point in short: NNE."""
    return say(POINTS[code])


def evidence(given: str | None) -> str | None:
    """What a claim rests on, as its report says it."""
    return say(NONE_PROVIDED) if given == NONE_PROVIDED else given


def kilometres(metres: float) -> float:
    """Metres as kilometres, to the metre: a page rounds what it shows, in the unit it shows it in."""
    return round(metres / 1000, 3)


def length(km: float) -> str:
    """Kilometres as a page first shows them: 61.7 km, 1,500 km."""
    return quantity(f"{km:,.0f}" if km >= 1000 else f"{km:,.1f}".replace(".0", ""), "km")


def day(when: dt.date | None) -> str:
    """A date as 24 January 2024, "" where there is none."""
    return tongue.day(when) if when else ""


def hour(moment: dt.datetime) -> str:
    """A moment of its own day as 14:05 (UTC+3)."""
    return f"{moment:%H:%M} ({zone(moment)})"


def zone(moment: dt.datetime) -> str:
    """A moment's zone as UTC, UTC+3 or UTC+5:30."""
    minutes = round((moment.utcoffset() or dt.timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" if not minutes else f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def published(article: Article) -> str:
    """When a report came out: 24 January 2024, with 14:05 (UTC+3) where the report gives the hour."""
    told = day(article.published)
    return tongue.joined([told, hour(article.published_at)]) if article.published_at else told


def updated(article: Article) -> str:
    """When a report was last changed, the day left out where it is that of publication; "" for a report unchanged."""
    if article.updated is None:
        return ""
    told = "" if article.updated == article.published and article.updated_at else day(article.updated)
    at = hour(article.updated_at) if article.updated_at else ""
    return tongue.joined([part for part in (told, at) if part])


def coordinates(lon: float, lat: float) -> str:
    """A position as 50.873° N, 37.345° E."""
    up, across = _degrees(lat), _degrees(lon)
    north = say("%(degrees)s° N", degrees=up) if lat >= 0 else say("%(degrees)s° S", degrees=up)
    east = say("%(degrees)s° E", degrees=across) if lon >= 0 else say("%(degrees)s° W", degrees=across)
    return tongue.joined([north, east])


def _degrees(value: float) -> str:
    return tongue.decimal(abs(value), COORDINATE_DECIMALS)


def place_kind(code: str) -> str:
    """What a GeoNames feature code calls the place."""
    known = PLACE_KINDS.get(code)
    return say(known) if known else say("settlement") if code.startswith("PPL") else ""


def capitalized(text: str) -> str:
    """The text with its first letter large, and no other changed: "km" and German nouns stay as they are."""
    return text[:1].upper() + text[1:]


def about(question: str) -> str:
    """What a question is about, as a heading: "Time", "Missiles fired", "Distance, Belgorod to Yablonovo"."""
    head, _, rest = question.partition(":")
    if head == Role.DISTANCE and rest:
        return say("Distance, %(between)s", between=between(rest.split(" to ", 1)))
    if head == Role.TIME and rest:
        return say("Date") if rest == "date" else say("Time on %(day)s", day=iso_day(rest))
    if head == Role.COUNT and rest:
        return capitalized(thing(rest))
    known = ROLES.get(Role(head)) if head in list(Role) else None
    return say(known) if known else words(rest or head).capitalize()


def between(names: list[str]) -> str:
    """The two places of a distance: "Belgorod to Yablonovo"; one alone stands as it is."""
    return say("%(start)s to %(end)s", start=names[0], end=names[1]) if len(names) == 2 else " ".join(names)


def dispute(conflict: Conflict) -> str:
    """What a conflict is over, in a sentence: "the time", "the number of missiles fired"."""
    head, _, rest = conflict.about.partition(":")
    if head == Role.COUNT and rest:
        return say("the number aboard") if rest == "aboard" else say("the number of %(things)s", things=thing(rest))
    asked = rest or head
    return say(DISPUTES[asked]) if asked in DISPUTES else say("the %(question)s", question=words(asked))


DISPUTES: Mapping[str, str] = {
    "incident-site": tongue.mark("the incident site"),
    "crash-site": tongue.mark("the crash site"),
    "origin": tongue.mark("the origin"),
    "destination": tongue.mark("the destination"),
    "launch-area": tongue.mark("the launch area"),
    "exchange-point": tongue.mark("the exchange point"),
    "time": tongue.mark("the time"),
    "date": tongue.mark("the date"),
    "cause": tongue.mark("the cause"),
    "cargo": tongue.mark("the cargo"),
    "weapon": tongue.mark("the weapon"),
}
"""What is most often disputed; anything else is said by the name of its question."""


def thing(slug: str) -> str:
    """What is counted, in words."""
    return say(THINGS[slug]) if slug in THINGS else words(slug)


def support(origins: int) -> str:
    """How many independent origins an answer has, in words."""
    if not origins:
        return say("nobody vouches for it")
    return say("one origin") if origins == 1 else counted("independent origin", origins)


def iso_day(date: str) -> str:
    """An ISO 8601 date as a reader writes it."""
    return day(dt.date.fromisoformat(date))


def answer(side: Side) -> str:
    """What a side answers, by itself: "at least 12", "11:15", "Lyptsi"."""
    value = side.value if isinstance(side.value, str) else number(side.value)
    return " ".join(filter(None, (hedge(side.hedge), value)))


def method(name: str) -> str:
    """How a footprint was made, in words."""
    known = METHODS.get(name) or METHODS.get(name.partition(":")[0])
    return say(known) if known else name


def words(slug: str) -> str:
    """A hyphenated name as words."""
    return slug.replace("-", " ")


def hedge(given: str | None) -> str:
    """A hedge that quotes often have; another as the report words it."""
    return say(given) if given in HEDGES else given or ""


def distance(quoted: QuotedDistance) -> str:
    """A quoted distance in one form: "about 60 mi north", "30 to 40 km", "northeast"."""
    parts = [_far(quoted)]
    if quoted.conversion:
        parts.append(f"({quantity(quoted.conversion.quantity, quoted.conversion.unit)})")
    if quoted.manner:
        parts.append(say(MANNERS[quoted.manner]) if quoted.manner in MANNERS else quoted.manner)
    return " ".join(part for part in parts if part)


def _far(quoted: QuotedDistance) -> str:
    """How far and whither, without a conversion and whence it is measured."""
    parts = [hedge(quoted.hedge)]
    if quoted.quantity is not None:
        size = quantity(quoted.quantity if quoted.quantity_to is None else quoted.quantity_to, quoted.unit or "")
        low = quoted.quantity if quoted.quantity_to is not None else None
        parts.append(size if low is None else say("%(least)s to %(most)s", least=number(low), most=size))
    parts.append(say_in("away", AWAY[quoted.direction]) if quoted.direction in AWAY else "")
    return " ".join(part for part in parts if part)


def clock(time: ClockTime) -> str:
    """A quoted time with every zone it was given in."""
    parts = [say("%(time)s local", time=time.local) if time.local else "", f"{time.gmt} GMT" if time.gmt else ""]
    parts += [f"{when} {zone}" for zone, when in time.zones]
    told = tongue.joined([part for part in parts if part])
    return f"{hedge(time.hedge)} {told}" if time.hedge else told


def count(given: Count) -> str:
    """A number of things with its hedge: "at least 24 prisoners". Where number bends noun, languages set them apart."""
    hedged = " ".join(part for part in (hedge(given.hedge), number(given.count)) if part)
    things = thing(given.of)
    return say("%(number)s %(things)s", number=hedged, things=things) if things else hedged


def value(given: Value | None) -> str:
    """What a claim says, in few words; "" for a plain place."""
    match given:
        case QuotedDistance():
            return distance(given)
        case ClockTime():
            return clock(given)
        case Count():
            return count(given)
        case Matter():
            return given.what
        case Locative(relation=Relation.OFFSET, distance=QuotedDistance() as offset):
            return distance(offset)
        case Locative():
            return say(RELATIONS[given.relation])
        case None:
            return ""


def placing(lead: Claim) -> dict[str, str]:
    """How a claim puts its site (:func:`whereabouts`); what no gazetteer has is somewhere in what holds it."""
    there = not isinstance(lead.value, Locative) or lead.value.relation in THERE
    if lead.subject and lead.subject.within and there:
        return {"message": tongue.mark("%(place)s, somewhere in %(other)s"), "other": lead.subject.within.name}
    if isinstance(lead.value, Locative):
        return whereabouts(lead.value, lead.reference.text if lead.reference else "")
    return {}


def whereabouts(told: Locative, other: str = "") -> dict[str, str]:
    """How a wording puts a site that is not at the place it names: a message and what fills it, but for the place.

    Empty where the site is at the place or near it; ``other`` is the second place of what lies between two.
    """
    match told:
        case Locative(relation=Relation.OFFSET, distance=QuotedDistance() as offset):
            far = "" if offset.quantity == 0 else _far(offset)
            return {"message": _off(offset), "distance": far} if far else {}
        case Locative(relation=Relation.BETWEEN) if other:
            return {"message": tongue.mark("between %(place)s and %(other)s"), "other": other}
        case Locative(relation=Relation.BORDER, distance=None):
            return {"message": tongue.mark("on the border of %(place)s")}
        case Locative(relation=Relation.BORDER):
            return {"message": tongue.mark("near the coast of %(place)s")}
    return {}


def _off(offset: QuotedDistance) -> str:
    if offset.manner == "border":
        return tongue.mark("%(distance)s from the border of %(place)s")
    if offset.manner == "coast":
        return tongue.mark("%(distance)s off the coast of %(place)s")
    if offset.direction:
        return tongue.mark("%(distance)s of %(place)s")
    return tongue.mark("%(distance)s from %(place)s")


def sited(place: str, where: Mapping[str, str]) -> str:
    """What a site is called, ``where`` it is as :func:`whereabouts` has it: "between Kaduna and Zaria"."""
    gaps = {gap: told for gap, told in where.items() if gap != "message"}
    return say(where["message"], place=place, **gaps) if where else place


def called(name: str, lead: Claim | None) -> str:
    """What a site of that name is called, as the claim puts it that says most finely where it is."""
    return sited(name, placing(lead)) if lead else name


def reach(footprint: Footprint) -> float:
    """How far the truth may lie from the best point, in kilometres: whole ones from 10 up."""
    km = footprint.uncertainty_m / 1000
    return round(km) if km >= 10 else round(km, 1)


COUNTED: Mapping[str, Callable[[int], str]] = {
    "report": lambda n: say_many("%(num)s report", "%(num)s reports", n),
    "source": lambda n: say_many("%(num)s source", "%(num)s sources", n),
    "name": lambda n: say_many("%(num)s name", "%(num)s names", n),
    "claim": lambda n: say_many("%(num)s claim", "%(num)s claims", n),
    "distance": lambda n: say_many("%(num)s distance", "%(num)s distances", n),
    "time": lambda n: say_many("%(num)s time", "%(num)s times", n),
    "sum": lambda n: say_many("%(num)s sum", "%(num)s sums", n),
    "independent origin": lambda n: say_many("%(num)s independent origin", "%(num)s independent origins", n),
    "other wording": lambda n: say_many("%(num)s other wording", "%(num)s other wordings", n),
}
"""What is counted on pages, each with its forms."""


def counted(noun: str, many: int) -> str:
    """An amount with its noun: "one report", "five reports", "12 reports"."""
    return COUNTED[noun](many)


def summary(incident: Incident) -> str:
    """The incident in three sentences: how many reports on how many sources, what they disagree over, what is lost."""
    reports, sources = counted("report", len(incident.articles)), counted("source", len(incident.origins))
    whole = say("%(reports)s, resting on %(sources)s.", reports=reports, sources=sources)
    sentences = [capitalized(whole if incident.origins else say("%(reports)s.", reports=reports))]
    if incident.conflicts:
        over = dict.fromkeys(dispute(each) for each in incident.conflicts)
        sentences.append(say("They disagree over %(questions)s.", questions=series(list(over))))
    elif len(incident.articles) > 1:
        sentences.append(say("They do not contradict one another."))
    if lost := {each.text for each in incident.unplaced if each.span}:
        sentences.append(capitalized(_lost(len(lost))))
    if unread := {each.report for each in incident.unplaced if not each.span}:
        sentences.append(capitalized(_unread(len(unread))))
    return " ".join(sentences)


def _lost(many: int) -> str:
    return say_many("%(num)s name could not be put on the map.", "%(num)s names could not be put on the map.", many)


def _unread(many: int) -> str:
    return say_many("%(num)s report could not be read in full.", "%(num)s reports could not be read in full.", many)
