"""The sentences that the stages write into their records, as forms with gaps; :mod:`geomap.render.restated` reads them.

Reasons are stored as English sentences, and the stages know of no other language. Each form here is one of theirs and a
message of the catalogs. ``FORMS`` are whole sentences or what stands between two semicolons; ``TAILS`` are what one may
end with.
"""

from __future__ import annotations

from geomap.tongue import mark

LINES = (
    mark("the straight line is %(length)s"),
    mark("a small part of the straight line (%(length)s)"),
    mark("about a tenth of the straight line (%(length)s)"),
    mark("about a fifth of the straight line (%(length)s)"),
    mark("about a quarter of the straight line (%(length)s)"),
    mark("about a third of the straight line (%(length)s)"),
    mark("about half the straight line (%(length)s)"),
    mark("a third shorter than the straight line (%(length)s)"),
    mark("a quarter shorter than the straight line (%(length)s)"),
    mark("a fifth shorter than the straight line (%(length)s)"),
    mark("a tenth shorter than the straight line (%(length)s)"),
    mark("a little shorter than the straight line (%(length)s)"),
    mark("a little longer than the straight line (%(length)s)"),
    mark("a tenth longer than the straight line (%(length)s)"),
    mark("a fifth longer than the straight line (%(length)s)"),
    mark("a quarter longer than the straight line (%(length)s)"),
    mark("a third longer than the straight line (%(length)s)"),
    mark("half as long again as the straight line (%(length)s)"),
    mark("three quarters longer than the straight line (%(length)s)"),
    mark("about twice the straight line (%(length)s)"),
    mark("about three times the straight line (%(length)s)"),
    mark("about four times the straight line (%(length)s)"),
    mark("several times the straight line (%(length)s)"),
    mark("about ten times the straight line (%(length)s)"),
    mark("many times the straight line (%(length)s)"),
)
"""How a quote stands to the straight line (geomap.check.reasons)."""

CHECKS = (
    mark("it lies %(lies)s as quoted"),
    mark("it lies %(lies)s, which %(quoted)s takes in"),
    mark("the direction is reversed: it lies %(lies)s, not %(quoted)s"),
    mark("it lies %(lies)s, %(turn)s degrees from %(quoted)s"),
    mark("the places are so wide that edges may fit"),
    mark("the claim quotes no distance and no direction"),
    mark("a length, not a distance between two places"),
    mark("a travelling time is no distance: it hangs on road, vehicle and stops"),
    mark("a radius round a place: there is no second place to measure to"),
    mark("the other end is no place that could be found"),
    mark("“%(name)s” is no place that could be found"),
    mark("shorter than the places reach (%(length)s together): no two points to measure between"),
    mark("%(hedge)s that, as quoted"),
    mark("inside the range quoted"),
    mark("fits the other %(name)s"),
    mark("both ends are the same place"),
    mark("%(one)s and %(other)s lie one inside the other: there is no gap to measure"),
    mark("measured from the edge of %(together)s"),
    mark("no border of %(name)s is known"),
    mark("no coast of %(name)s is known"),
    mark("measured from the nearest point of the border"),
    mark("measured from the nearest point of the coast"),
    mark("%(given)s is %(exact)s: the conversion to %(number)s holds"),
    mark("%(given)s is %(exact)s, not %(number)s"),
)
"""What else is said of a distance (geomap.check)."""

SUMS = (
    mark("%(sum)s"),
    mark("%(sum)s, which “%(hedged)s” leaves room for"),
    mark("%(sum)s, not %(total)s: %(by)s fewer than the parts"),
    mark("%(sum)s, not %(total)s: %(by)s more than the parts"),
    mark("%(total)s cannot be among %(whole)s: a part is more than the whole"),
    mark("%(sum)s, more than %(total)s: a part is more than the whole"),
    mark("%(sum)s, more than %(total)s, unless some are counted twice"),
)

TIMES = (
    mark("%(day)s was a %(weekday)s, as said"),
    mark("%(day)s was a %(weekday)s, not a %(said)s"),
    mark("%(time)s is no time of day"),
    mark("no place is named by whose clocks it was %(time)s"),
    mark("“%(zone)s” is no time zone that is known"),
    mark("%(time)s was no time in %(name)s on %(day)s: the clocks went forward over it"),
    mark("%(here)s is %(there)s, as quoted"),
    mark("%(here)s is %(there)s, near enough"),
    mark("%(here)s is %(there)s, a minute or two from that quoted"),
    mark("%(here)s is %(there)s, not %(time)s: %(off)s off"),
    mark("it fits what clocks there showed on that day, though that was not %(zone)s"),
    mark("the text does not say whose local time it is: %(either)s"),
)

UNPLACED = (
    mark("a word for people or a nation, not a place"),
    mark("part of the name of an organisation or a person"),
    mark("not in the gazetteer"),
    mark("%(name)s is not in the gazetteer"),
    mark("%(name)s is not in the gazetteer; the nearest spelling is %(other)s"),
    mark("the gazetteer has no %(name)s in %(other)s"),
    mark("%(name)s may be a place that the gazetteer lacks: %(other)s is far from the report's other places"),
    mark("%(name)s is ambiguous: it may be %(either)s"),
    mark("the %(name)s that is known lies %(km)s from where the report puts it"),
    mark("the wording does not say where clearly enough to draw it"),
    mark("this report is in %(language)s: its place names are read, its claims are not"),
    mark("this report is in %(language)s: its place names are looked for as in English, its claims are not read"),
    mark("this report is in %(language)s, which is not read"),
    mark("the whole report"),
)

EVIDENCE = (
    mark("its main name"),
    mark("an everyday form of its name"),
    mark("another name of it"),
    mark("read with or without its article"),
    mark("another name of it, and another place's main name"),
    mark("its name without what kind of unit it is"),
    mark("the name of the seat it is named after"),
    mark("demonym"),
    mark("its name without what kind of facility it is"),
    mark("an abbreviation of it"),
    mark("an abbreviation or everyday name"),
    mark("a name that is spelt so, but is no abbreviation"),
    mark("fits '%(name)s'"),
    mark("does not fit '%(name)s'"),
    mark("the seat that the adjective is made from"),
    mark("%(name)s read as %(other)s"),
    mark("lies in %(name)s, as the report says"),
    mark("lies in %(name)s"),
    mark("does not lie in %(name)s"),
    mark("%(name)s lies in it"),
    mark("at the distance from %(name)s that the report gives"),
)
"""What speaks for a candidate (geomap.geoparse, geomap.gazetteer)."""

TITLES = (
    mark("Crash near %(name)s"),
    mark("Incident near %(name)s"),
    mark("Crash in %(name)s"),
    mark("Incident in %(name)s"),
    mark("Crash between %(name)s and %(other)s"),
    mark("Incident between %(name)s and %(other)s"),
    mark("Crash about %(length)s from %(name)s"),
    mark("Incident about %(length)s from %(name)s"),
)
"""What an incident is called that nobody named (geomap.incident)."""

FORMS = (*TITLES, *LINES, *CHECKS, *TIMES, *SUMS, *UNPLACED, *EVIDENCE)

TAILS = (
    mark(" and inside the band of real quotes"),
    mark(", as road distances are"),
    mark(", as quotes this short often are"),
    mark(", yet it holds from edge to edge of the places"),
    mark(", and it holds from edge to edge of the places"),
    mark(": fits if %(unit)s were meant"),
    mark(": a digit too many would explain it"),
    mark(": a digit too few would explain it"),
    mark(", as far as such wording stretches"),
    mark(", though far less"),
    mark(", though far more"),
    mark(", as if morning and evening were mixed up"),
    mark(", as if summer time were meant"),
    mark(", as if winter time were meant"),
    mark(", as if the difference were counted the wrong way"),
    mark(", at some times of year or in some years; the text names no day"),
    mark(", if the time without a zone is local"),
)

UNITS = {
    "kilometres": mark("kilometres"),
    "miles": mark("miles"),
    "nautical miles": mark("nautical miles"),
    "metres": mark("metres"),
    "feet": mark("feet"),
}
