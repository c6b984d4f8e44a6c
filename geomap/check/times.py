"""A time quoted in several zones, and a weekday beside a date, against the clocks and the calendar of that day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from geomap import zones
from geomap.model import HARSHNESS, Claim, ClockTime, Finding, LocalZone, Verdict, ZonedTime
from geomap.zones import Meaning

AROUND = dt.timedelta(minutes=10)
"""How far a time that is only about right may lie from its conversion."""
ROUNDED = dt.timedelta(minutes=2)
"""How far beyond that rounding may carry it."""
HALF_DAY, DAY = dt.timedelta(hours=12), dt.timedelta(days=1)
ABOUT = frozenset({"around", "about", "shortly before", "shortly after"})
"""Hedges that leave the time itself open, not only the side of it that is meant."""
SEASONS = ((1, 15), (7, 15))
SINCE, UNTIL = 2005, 2027
"""The years whose offsets are tried where a report names no day."""
DELAY = dt.timedelta(days=7)
"""How long before publication an event may lie that the report gives no day."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class _Judged:
    """What holding one way of giving a moment against another says.

    ``off`` is quoted less expected. ``start`` and ``fits`` are what was started from and what fits it to the minute.
    """

    verdict: Verdict
    said: str
    off: dt.timedelta = dt.timedelta(0)
    start: str = ""
    fits: str = ""


@dataclass(frozen=True, slots=True)
class _Moment:
    """A quoted time as a moment (UTC), by one of the things that its zone may stand for."""

    utc: dt.datetime
    offset: dt.timedelta
    meaning: Meaning


_Known = Sequence[tuple[ZonedTime, tuple[Meaning, ...]]]
"""The ways of giving a moment whose zones are known, with what those may stand for."""


def check_time(
    claim: Claim, *, published: dt.date | None = None, elsewhere: Sequence[LocalZone] = ()
) -> Finding | None:
    """What the clocks say of a time quoted in several zones, and the calendar of a weekday beside a date.

    None where there is nothing to hold against anything: one zone, no weekday. ``published`` stands in for the day
    where the claim has none; ``elsewhere`` are the zones of "local time" where its own report names no place.
    """
    value = claim.value
    if not isinstance(value, ClockTime):
        return None
    judged = [each for each in (_weekday(value), _conversion(value, published, elsewhere)) if each]
    if not judged:
        return None
    verdict = max((each.verdict for each in judged), key=HARSHNESS.index)
    return Finding(claim.id, verdict, "; ".join(each.said for each in judged))


def _weekday(value: ClockTime) -> _Judged | None:
    if value.weekday is None or value.date is None:
        return None
    day = dt.date.fromisoformat(value.date)
    is_, said = _WEEKDAYS[day.weekday()], _WEEKDAYS[value.weekday]
    if day.weekday() == value.weekday:
        return _Judged(Verdict.AGREES, f"{_date(day)} was a {is_}, as said")
    return _Judged(Verdict.CONTRADICTED, f"{_date(day)} was a {is_}, not a {said}")


def _conversion(value: ClockTime, published: dt.date | None, elsewhere: Sequence[LocalZone]) -> _Judged | None:
    """The harshest of what its ways of giving the moment say of one another."""
    if len(value.quoted) < 2:
        return None
    for form in value.quoted:
        if not _TIME.fullmatch(form.time):
            return _Judged(Verdict.UNCHECKABLE, f"{form.time} is no time of day")
    known = [(form, meant) for form in value.quoted if (meant := _meant(form, elsewhere))]
    lost = [_unknown(form) for form in value.quoted if not _meant(form, elsewhere)]
    if len(known) < 2:
        return _Judged(Verdict.UNCHECKABLE, "; ".join(lost))
    judged = _judged(value, published, known)
    return _Judged(judged.verdict, "; ".join([judged.said, *lost]))


def _judged(value: ClockTime, published: dt.date | None, known: _Known) -> _Judged:
    """On the claim's day, else before publication; without either, on any day of the years that are tried."""
    slack = AROUND if value.hedge in ABOUT else dt.timedelta(0)
    on = partial(_on, known=known, slack=slack)
    if value.date:
        return on(_inside(dt.date.fromisoformat(value.date)))
    if published:
        last = _inside(published)
        return _mildest([on(last), on(last - DELAY)])
    today = [on(dt.date(UNTIL, *day)) for day in SEASONS]
    if all(each.verdict is Verdict.AGREES for each in today):
        return today[0]
    ever = _mildest([*today, *(on(dt.date(year, *day)) for year in range(UNTIL - 1, SINCE - 1, -1) for day in SEASONS)])
    if ever.verdict is Verdict.AGREES:
        return _Judged(Verdict.PLAUSIBLE, f"{ever.said}, at some times of year or in some years; the text names no day")
    return ever


def _inside(day: dt.date) -> dt.date:
    """A day that leaves room for any offset: clocks stood the same on those nearest the calendar's ends."""
    return min(max(day, dt.date.min + 2 * DELAY), dt.date.max - 2 * DELAY)


def _mildest(judged: Sequence[_Judged]) -> _Judged:
    return min(judged, key=lambda each: HARSHNESS.index(each.verdict))


def _meant(form: ZonedTime, elsewhere: Sequence[LocalZone]) -> tuple[Meaning, ...]:
    """What the zone of a quoted time may stand for, with the place whose clocks are meant."""
    if form.zone in {"", "local"} or form.places:
        return tuple(Meaning(each.zone, None, each.place) for each in form.places or elsewhere)
    return zones.meanings(form.zone)


def _unknown(form: ZonedTime) -> str:
    if form.zone in {"", "local"}:
        return f"no place is named by whose clocks it was {form.time}"
    return f"“{form.zone}” is no time zone that is known"


def _on(day: dt.date, known: _Known, slack: dt.timedelta) -> _Judged:
    """Each way of giving the moment against the one that most of the others bear out, on one day."""
    against = partial(_against, day=day, slack=slack)
    tried = [_harshest(against(form, meant, [each for each in known if each[0] is not form])) for form, meant in known]
    order = sorted(range(len(tried)), key=lambda n: (_weight(tried[n]), _trust(known[n][0])))
    return tried[order[0]][1]


def _weight(tried: tuple[int, _Judged]) -> tuple[int, int]:
    wrong, judged = tried
    return wrong, HARSHNESS.index(judged.verdict)


def _trust(form: ZonedTime) -> int:
    """What to start from where nothing else decides: the time as first told, by local clocks."""
    return 0 if form.zone in {"", "local"} else 1


def _harshest(judged: Sequence[_Judged]) -> tuple[int, _Judged]:
    """How many do not agree, and all of them as one."""
    worst = max(judged, key=lambda each: HARSHNESS.index(each.verdict))
    wrong = sum(each.verdict is not Verdict.AGREES for each in judged)
    if all(each.fits for each in judged) and len(judged) > 1:
        *fits, last = (each.fits for each in judged)
        return wrong, _Judged(worst.verdict, f"{judged[0].start} is {', '.join(fits)} and {last}, as quoted")
    return wrong, _Judged(worst.verdict, "; ".join(each.said for each in judged))


def _against(
    form: ZonedTime,
    meant: Sequence[Meaning],
    others: Sequence[tuple[ZonedTime, Sequence[Meaning]]],
    *,
    day: dt.date,
    slack: dt.timedelta,
) -> list[_Judged]:
    """What ``form`` on ``day`` makes of each of the others, by the meaning of its zone that suits them best."""
    best: list[_Judged] = []
    for moment in _moments(form, meant, day):
        judged = [_held(form, moment, other, theirs, slack) for other, theirs in others]
        if not best or _weight(_harshest(judged)) < _weight(_harshest(best)):
            best = judged
    if best:
        return best
    where = meant[0].place or form.zone
    gone = f"{form.time} was no time in {where} on {_date(day)}: the clocks went forward over it"
    return [_Judged(Verdict.UNCHECKABLE, gone)]


def _moments(form: ZonedTime, meant: Sequence[Meaning], day: dt.date) -> Iterator[_Moment]:
    """The moments that a time on a day may be; none where its clocks skipped it."""
    hours, minutes = map(int, form.time.split(":"))
    walls = [dt.datetime(day.year, day.month, day.day, hours, minutes)]
    if not form.half:
        walls.append(walls[0] + (HALF_DAY if hours < 12 else -HALF_DAY))
    for wall in walls:
        for meaning in meant:
            for offset in _offsets(meaning, wall):
                yield _Moment((wall - offset).replace(tzinfo=dt.UTC), offset, meaning)


def _offsets(meaning: Meaning, wall: dt.datetime) -> set[dt.timedelta]:
    """The offsets from UTC that clocks showing ``wall`` may have: two when they go back, none when they skip it."""
    if meaning.offset is not None:
        return {meaning.offset}
    zone = ZoneInfo(meaning.zone)
    found = set()
    for fold in (0, 1):
        at = wall.replace(tzinfo=zone, fold=fold)
        offset = at.utcoffset()
        assert offset is not None
        if at.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == wall:
            found.add(offset)
    return found


def _held(
    form: ZonedTime, moment: _Moment, other: ZonedTime, theirs: Sequence[Meaning], slack: dt.timedelta
) -> _Judged:
    """What the moment of ``form`` makes of another way of giving it: by the meaning of its zone that fits best."""
    tried = [_compared(form, moment, other, meaning, slack) for meaning in theirs]
    best = min(tried, key=lambda each: (HARSHNESS.index(each.verdict), abs(each.off)))
    if best.verdict is Verdict.CONTRADICTED:
        return _softened(form, moment, other, theirs, best)
    return best


def _compared(form: ZonedTime, moment: _Moment, other: ZonedTime, meaning: Meaning, slack: dt.timedelta) -> _Judged:
    offset = _offset_at(meaning, moment.utc)
    expected = (moment.utc + offset).time()
    off = _difference(other, expected)
    here, there = _clock_words(form, moment), _zone_words(other, meaning)
    shown = f"{expected:%H:%M} {there}"
    if not off:
        return _Judged(Verdict.AGREES, f"{here} is {shown}, as quoted", off, here, shown)
    if abs(off) <= slack:
        return _Judged(Verdict.AGREES, f"{here} is {shown}, near enough", off)
    if abs(off) <= slack + ROUNDED:
        return _Judged(Verdict.PLAUSIBLE, f"{here} is {shown}, a minute or two from that quoted", off)
    slip = _slip(form, moment, other, meaning, off)
    said = f"{here} is {shown}, not {other.time}: {slip}"
    return _Judged(Verdict.CONTRADICTED, said, off)


def _softened(form: ZonedTime, moment: _Moment, other: ZonedTime, theirs: Sequence[Meaning], best: _Judged) -> _Judged:
    """A misfit that may be of names and not of times: the other season's abbreviation, a zone that is not named."""
    label = _out_of_season(form, moment, other, theirs)
    if label:
        return _Judged(Verdict.DOUBTFUL, f"{best.said}; {label}", best.off)
    if "" in {form.zone, other.zone}:
        return _Judged(Verdict.DOUBTFUL, f"{best.said}, if the time without a zone is local", best.off)
    places = {each.place for each in (*theirs, moment.meaning) if each.place}
    if other.zone == "local" and len(places) > 1:
        names = " or ".join(sorted(places))
        return _Judged(Verdict.UNCHECKABLE, f"the text does not say whose local time it is: {names}", best.off)
    return best


def _out_of_season(form: ZonedTime, moment: _Moment, other: ZonedTime, theirs: Sequence[Meaning]) -> str:
    """Words on an abbreviation that is wrong for the season where the time is right: "EST" in July."""
    for meaning in theirs:
        if meaning.offset is None or not meaning.zone:
            continue
        kept = ZoneInfo(meaning.zone)
        if not _difference(other, moment.utc.astimezone(kept).time()):
            return f"it fits what clocks there showed on that day, though that was not {other.zone.upper()}"
    mine = moment.meaning
    if mine.offset is not None and mine.zone:
        # Had the first abbreviation been the season's own, would the other fit?
        wall = moment.utc + mine.offset
        for offset in _offsets(Meaning(mine.zone), wall.replace(tzinfo=None)):
            utc = wall - offset
            if any(not _difference(other, (utc + _offset_at(each, utc)).time()) for each in theirs):
                return f"it fits what clocks there showed on that day, though that was not {form.zone.upper()}"
    return ""


def _offset_at(meaning: Meaning, utc: dt.datetime) -> dt.timedelta:
    if meaning.offset is not None:
        return meaning.offset
    offset = utc.astimezone(ZoneInfo(meaning.zone)).utcoffset()
    assert offset is not None
    return offset


def _difference(quoted: ZonedTime, expected: dt.time) -> dt.timedelta:
    """Quoted less expected, the short way round the day; of two halves of the day the one that fits."""
    hours, minutes = map(int, quoted.time.split(":"))
    off = dt.timedelta(hours=hours - expected.hour, minutes=minutes - expected.minute)
    halves = [off] if quoted.half else [off, off + HALF_DAY]
    return min(((each + HALF_DAY) % DAY - HALF_DAY for each in halves), key=abs)


def _slip(form: ZonedTime, moment: _Moment, other: ZonedTime, meaning: Meaning, off: dt.timedelta) -> str:
    """How far off it is, and what would explain it: summer time, the half of the day, the wrong way round."""
    said = _off(off)
    if abs(off) == HALF_DAY:
        return f"{said}, as if morning and evening were mixed up"
    if season := _wrong_season(moment, meaning, off):
        return f"{said}, as if {season} time were meant"
    theirs = _offset_at(meaning, moment.utc)
    backwards = (moment.utc + moment.offset + moment.offset - theirs).time()
    if moment.offset != theirs and not _difference(other, backwards):
        return f"{said}, as if the difference were counted the wrong way"
    return said


def _wrong_season(moment: _Moment, meaning: Meaning, off: dt.timedelta) -> str:
    """Which season's clocks, at one end or the other, would make it right."""
    for zone, sign in ((meaning.zone, 1), (moment.meaning.zone, -1)):
        if not zone:
            continue
        now = _offset_at(Meaning(zone), moment.utc)
        year = moment.utc.year
        for month, day in SEASONS:
            other = ZoneInfo(zone).utcoffset(dt.datetime(year, month, day))
            if other is not None and other != now and (other - now) * sign == off:
                return "summer" if other > now else "winter"
    return ""


def _off(off: dt.timedelta) -> str:
    minutes = round(abs(off).total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    words = [f"{hours} hours" if hours != 1 else "an hour"] if hours else []
    words += [f"{rest} minutes" if rest != 1 else "a minute"] if rest else []
    return f"{' and '.join(words)} off"


def _clock_words(form: ZonedTime, moment: _Moment) -> str:
    """A time with its zone and offset: "11:15 at Belgorod (UTC+3)"."""
    shown = f"{moment.utc + moment.offset:%H:%M} {_zone_words(form, moment.meaning)}"
    return shown if form.zone == "gmt" else f"{shown} ({_utc(moment.offset)})"


def _zone_words(form: ZonedTime, meaning: Meaning) -> str:
    if form.zone == "gmt":
        return "GMT"
    return f"at {meaning.place}" if form.zone in {"", "local"} else form.zone


def _utc(offset: dt.timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}{f':{rest:02d}' if rest else ''}"


def _date(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"
